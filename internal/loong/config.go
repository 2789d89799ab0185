// Package loong says what Loong makes of a configuration: whether it loads, what its own
// validation says, which profile is active, which addresses and credentials it uses, and which
// channels are ready. It reads and never judges; judging is the rules' work.
package loong

import (
	"sync"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/schema"
)

// Verdict is what becomes of a file (contract.md, "Verdict of a file").
type Verdict string

// The verdicts.
const (
	Loads       Verdict = "loads"
	Refused     Verdict = "refused"
	Undecodable Verdict = "undecodable"
	Crashes     Verdict = "crashes"
	Unreadable  Verdict = "unreadable"
)

// Config is one reading of a file; it serves resolve, probe and every rule.
type Config struct {
	Document    *document.Document
	Environment *Environment
	Target      schema.Target // the version of Loong that the file is read as

	Verdict     Verdict
	Problems    []schema.Problem // why it does not decode, in file order
	Diagnostics []Diagnostic     // in Loong's order; nil unless it decodes

	// What follows is filled in as far as the file could be understood, whatever the verdict.
	Root           schema.Value  // the file as LoongConfig
	Legacy         schema.Value  // [provider]; absent when not written
	Saved          []Saved       // every [providers.<id>] in byte order of the written ids
	ActiveProvider Value[string] // empty when there is none
	Basis          Basis
	ActiveUnknown  bool // active_provider is written and names no profile (2.5)
	ActiveImplicit bool // it is not written and there are several profiles (2.5)
	LastProvider   Value[string]
	Profiles       []Profile // by id, in byte order
	KindUnknown    []Profile // those whose kind is none; only ID, Written, Node, Table are set
	Lost           []Lost    // profiles replaced by another of the same normal form (A8, A9)

	Others []*Config // what the other versions asked for make of the file, oldest first

	channels     []Channel
	channelsOnce sync.Once
	written      []Channel
	writtenOnce  sync.Once
	byTable      []int32 // of each entry of [providers] its profile, from 1
	byTableOnce  sync.Once
	ignoresTools bool // IgnoredTools yields something
	toolsOnce    sync.Once
	reported     map[*document.Node]bool // nodes of diagnostics and what they are in
	reportedOnce sync.Once
}

// Reports tells whether Loong's own validation has something to say about a value, or about a part of it.
func (c *Config) Reports(n *document.Node) bool {
	c.reportedOnce.Do(func() {
		c.reported = make(map[*document.Node]bool, len(c.Diagnostics))
		for i := range c.Diagnostics {
			if at := c.Diagnostics[i].Node; at != nil {
				c.reported[at], c.reported[at.Parent] = true, true
			}
		}
	})
	return n != nil && c.reported[n]
}

// Read says what the newest release of Loong makes of a document in a world; see ReadAs.
func Read(doc *document.Document, env *Environment) *Config { return ReadAs(0, doc, env) }

// ReadAs says what a version of Loong makes of a document in a world. It never fails: what does not decode is
// in Problems, and the rest is filled in as far as it can be understood.
func ReadAs(target schema.Target, doc *document.Document, env *Environment) *Config {
	c := &Config{Document: doc, Environment: env, Target: target, Root: schema.Root(doc.Root, target)}
	c.Problems = schema.Check(doc.Root, target)
	c.choose()
	c.fill()
	if doc.Err != nil {
		c.Verdict = Unreadable
		return c
	}
	if len(doc.Problems) > 0 || len(c.Problems) > 0 {
		c.Verdict = Undecodable
		return c
	}
	diagnostics, crash := validate(c)
	c.Verdict = Loads
	for _, d := range diagnostics {
		if d.Severity == "error" {
			c.Verdict = Refused
		}
	}
	if crash {
		c.Verdict = Crashes
	}
	c.Diagnostics = diagnostics
	return c
}

// ReadAll reads a document as the newest of several versions of Loong, and Others as the rest of them; no
// version at all stands for the newest release.
func ReadAll(targets schema.Targets, doc *document.Document, env *Environment) *Config {
	if targets == 0 {
		return Read(doc, env)
	}
	list := targets.List()
	last := len(list) - 1
	c := ReadAs(list[last], doc, env)
	for _, t := range list[:last] {
		c.Others = append(c.Others, ReadAs(t, doc, env))
	}
	return c
}

// Targets are the versions of Loong that the file was read as.
func (c *Config) Targets() schema.Targets {
	set := schema.Targets(0).With(c.Target)
	for _, o := range c.Others {
		set = set.With(o.Target)
	}
	return set
}

// Active returns the profile that Loong would use, or nil.
func (c *Config) Active() *Profile {
	for i := range c.Profiles {
		if c.Profiles[i].Active {
			return &c.Profiles[i]
		}
	}
	return nil
}

// Saved is a provider table as written: [providers.<id>], or [provider] of a profile made from it.
type Saved struct {
	ID      string // after normalization, or the kind's id when Renamed
	Written string // the key as written; empty for [provider] and the defaults
	Renamed bool   // Written has no normal form (A9)
	Table   schema.Value
	Fields  schema.Fields // that the table writes
	Kind    *Kind         // nil when its kind is none
}

// Basis says how the active profile was chosen (behaviour.md 2.3, 2.4).
type Basis uint8

// The bases.
const (
	LegacyOnly   Basis = iota // no profiles: [provider] or the defaults
	Explicit                  // active_provider names it
	LegacyTable               // recovered from [provider]
	FirstProfile              // the first id in byte order
)

// Lost is a profile table that Loong drops while reading.
type Lost struct {
	Node *document.Node // the table that is lost
	By   *document.Node // the table that replaces it
	ID   string         // the id both end up with
}

// Diagnostic is what Loong's own validation reports (validation.json), with the place.
type Diagnostic struct {
	Code             string
	Severity         string // "error" or "warn"
	FieldPath        string
	InlineFieldPath  string
	SuggestedEnvName string // empty: none
	ExampleEnvName   string // empty: none

	Node    *document.Node // the value it is about; nil when nothing is written
	Related []*document.Node
	Min     int64 // for config.numeric_range, inclusive
	Max     int64
	Rule    string // the rule of validation.json that found it, e.g. "irc_server"
}

// Profile is a provider profile as Loong will use it (behaviour.md 2 to 5).
type Profile struct {
	*Saved
	Node *document.Node // its table, or nil when the file has none
	*Route

	Legacy         bool // it comes from [provider] or from nothing at all
	Active         bool
	DefaultForKind bool
	Auto           bool // the model is chosen from the service's list (7.9)

	Model           Value[string]
	PreferredModels []string // without blanks and repeats; used only when Auto
	Hint            *Hint    // behaviour.md 5, or nil
	Credential      Credential

	headers schema.Value
}

// KindFrom tells where the kind comes from.
func (p *Profile) KindFrom() Origin {
	v := p.Table.At(schema.KeyKind)
	if !v.Present() {
		return Origin{Source: FromDefault}
	}
	from := Origin{Source: FromFile, Node: v.Node}
	if t, _ := v.WrittenWord(); t != p.Kind.ID {
		from.note = noteAlias
	}
	return from
}

// Route is where the requests of a profile go, and how. Profiles that write nothing about it share
// that of their kind, so it must not be changed.
type Route struct {
	Base    Value[string] // 3.1
	Path    Value[string] // 3.2, the chat path
	Request Value[string] // 3.3
	Models  Value[string] // 3.4

	OwnBase                 string // base_url as written, trimmed, where it is used and not the kind's default; else empty
	DerivedRequest          string // what Request is unless endpoint overrides
	DerivedModels           string
	EndpointOverrides       bool // endpoint replaces the derived request address
	ModelsEndpointOverrides bool
	PrefixRemoved           bool   // a leading /v1 was taken off the path (U29)
	Region                  Region // of <region> in addresses; only kinds that have one

	WireAPI   string
	Transport Transport

	hint                  *Hint // not of kinds whose hint depends on the model, too
	base, request, models parsed
}

// Transport is the level of behaviour.md 3.7.
type Transport string

// The levels.
const (
	Ready       Transport = "ready"
	Review      Transport = "review"
	Unsupported Transport = "unsupported"
)

// Hint is a configuration hint of behaviour.md 5.
type Hint struct {
	Rule    string // "cross_route", "route_path", "opencode", "tenant_base_url"
	Source  string // "request", "models" or "base"
	Suggest string // the kind it belongs to, when known
}

// Credential is what a profile authenticates with (behaviour.md 4).
type Credential struct {
	APINames   []string // 4.1; shared, as is all that follows from the kind alone
	OAuthNames []string
	Sources    []NameSource // 4.5: what a user could set, in the program's order
	Env        string       // 4.9: the name in use; empty: none
	Candidates int          // API key candidates; -1 when not known
	Resolved   Tri          // a secret was found
	Required   bool         // 4.5
	Ready      Tri          // 4.6

	pointer bool // one of the *_env keys is written

	APIKey SecretForm // how api_key is given
	OAuth  SecretForm
}

// NameSource is a variable that a profile would read a secret from.
type NameSource struct {
	Name  string
	From  Origin // FromFile or FromKind
	OAuth bool   // it would hold an OAuth token, not an API key
	State State
	Blank bool // set, but nothing in it
}

// Tri is a truth that may depend on something unknown.
type Tri uint8

// The three values.
const (
	No Tri = iota
	Yes
	Maybe
)

// SecretForm is how a secret field is given (behaviour.md 1.5).
type SecretForm struct {
	Text string         // the variable's name, the path, the program, or the literal; never to be printed when Literal
	Node *document.Node // the field's value, or nil
	Kind SecretKind
}

// Args are the program and its arguments of an ExecReference.
func (f SecretForm) Args() []string {
	if f.Kind != ExecReference {
		return nil
	}
	return schema.Program(f.Node)
}

// SecretKind is a form of a secret.
type SecretKind uint8

// The forms. A blank literal is Absent.
const (
	Absent SecretKind = iota
	Literal
	EnvReference
	FileReference
	ExecReference
)
