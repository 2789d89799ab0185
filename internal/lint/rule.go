// Package lint runs rules over a document and collects their findings.
package lint

import (
	"strconv"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

// Level is the severity of a finding.
type Level uint8

// The levels, from least to most severe.
const (
	Info Level = iota + 1
	Warning
	Error
)

// String is the word that every output uses: "info", "warning" or "error".
func (l Level) String() string {
	switch l {
	case Info:
		return "info"
	case Warning:
		return "warning"
	case Error:
		return "error"
	}
	return "level(" + strconv.Itoa(int(l)) + ")"
}

// ParseLevel reads a level's word.
func ParseLevel(s string) (Level, bool) {
	for l := Info; l <= Error; l++ {
		if l.String() == s {
			return l, true
		}
	}
	return 0, false
}

// Needs says what a rule must know besides the file.
type Needs uint8

// The needs.
const (
	Static      Needs = iota // the file alone
	Environment              // variables or files of the machine
	Network                  // what a service answers: reported by the probe, never by a check
)

// Rule is a check: a value, without state. Its fields are its documentation everywhere
// (explain, docs/rules, SARIF).
type Rule struct {
	Name    string   // kebab-case; says the bad thing
	Group   Group    // its subject: the beginning of its file's name, and its page in docs/rules
	Summary string   // one line, lower case, no full stop
	Doc     string   // paragraphs: why in Loong's terms, how to fix, what it does not catch
	Level   Level    // the default level
	Levels  string   // when findings differ from Level: which and why; else empty
	Since   string   // the version that brought it
	Covers  []string // entries of the behavior reference that it reports: "U4", "X3"
	Needs   Needs
	OptIn   bool // off unless enabled by name
	// Mandatory rules are neither suppressed by comments nor lowered by settings: they tell that nothing of
	// a file counts.
	Mandatory bool
	Address   bool // judges where an address leads: silent about the hosts of Options.OwnHost
	Running   bool // says what Loong does after loading, and so nothing about versions of which that is not known
	// Anyway: its findings are true whatever else of the profile or section could not be read. Those of other rules are left out
	// in a profile of unknown kind, or with a value of a wrong type (torn.go).
	Anyway bool
	// Silences names more general rules: where a finding of this rule shares its place with one of
	// theirs, only this one stays (one cause, one finding). A finding that carries Loong's own
	// diagnostic is never silenced: it stays instead and takes this one's note, help and fix.
	Silences []string
	// After names rules whose findings End asks for with Pass.Told: all hooks of theirs come first.
	After []string
	// Collect, for a rule across files, records what Compare needs of one file; see cross.go.
	Collect func(*Pass) any
	// Compare reports on all files together, after the last one; facts are in path order.
	Compare func(*CrossPass)
	Bad     string // a config that only this rule reports
	Good    string // its repaired form, which no rule reports
	// Settings is the loonglint.toml that Bad, Good and the rule's fixtures are read with.
	Settings string
	Env      []string // the environment of Bad and Good as NAME=value; nil: nothing is known (static)

	// What the rule looks at, in this order; any may be nil. The provider tables, profiles and keys of
	// a file are gone through once, for all rules together (docs/adr/0008-one-pass.md).
	Run     func(*Pass)
	Table   func(*Pass, schema.Value, *loong.Profile) // each provider table and its profile; nil: Loong makes none, as of an unknown kind
	Profile func(*Pass, *loong.Profile)               // each profile that Loong keeps, active or not
	Writes  []schema.Key                              // Table and Profile need look only where one of these is written; nil: at each
	Key     func(p *Pass, v, parent schema.Value)     // each key of schema.Value.Walk that Keys or Paths selects
	Keys    Keys                                      // the classes of Key, or
	Paths   *[schema.PathCount]uint8                  // its paths: those with a number other than 0
	End     func(*Pass)                               // the file, after all else, and after the End of the rules in After
	// Skip reports that there is nothing to look for in a file; nil: there always may be.
	Skip func(*Pass) bool
}

// Looks reports whether the rule looks at files at all, and not only at what a service answers.
func (r *Rule) Looks() bool {
	return r.Run != nil || r.Table != nil || r.Profile != nil || r.Key != nil || r.End != nil || r.Collect != nil
}

// Keys is a set of classes of keys; a key may be of several.
type Keys uint16

// The classes. Those from Secrets on have the order of schema.Class.
const (
	Unknown    Keys = 1 << iota // Loong does not know it where it stands
	Positional                  // an array or a date, which Loong may read as a table
	Entries                     // of a map: Loong takes any key
	Secrets                     // a secret field, in any form
	Pointers                    // it names a variable
	Headers                     // a map of headers, or an entry of one
	Variables                   // a map of variables for a child process, or an entry of one
	Addresses                   // an address, or a list of them
)

// classOf tells the classes of a key.
func classOf(v schema.Value) Keys {
	k := Keys(v.Path.Class()) * Secrets // shifted to its place
	if v.Path == schema.NoPath {
		k = Unknown
	} else if v.Path.Field() == nil {
		k |= Entries
	}
	if v.Shape.Op == schema.OpSecret {
		k |= Secrets
	}
	if isPositional(v.Node) {
		k |= Positional
	}
	return k
}

func isPositional(n *document.Node) bool { return n.Kind.IsArray() || n.Kind.IsDatetime() }
