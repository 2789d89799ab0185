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

// Source is the kind of place a value comes from.
type Source uint8

// The sources.
const (
	FromNowhere  Source = iota // not given, and there is no default
	FromFile                   // Origin.Node
	FromKind                   // the catalog's default for the kind
	FromDefault                // Loong's own default
	FromVariable               // Origin.Name
)

// Origin says where a resolved value comes from.
type Origin struct {
	Source Source
	Node   *document.Node // the node that gives it, or nil
	Name   string         // the variable's name for FromVariable
	Note   string         // a short remark for people, e.g. why the written value is ignored

	Ignored *document.Node // a written value that has no effect; Note says why
}

// Value is a resolved value with its origin.
type Value[T any] struct {
	Is   T
	From Origin
}

// Config is one reading of a file; it serves resolve, probe and every rule.
type Config struct {
	Document    *document.Document
	Environment *Environment

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

	channels     []Channel
	channelsOnce sync.Once
	written      []Channel
	writtenOnce  sync.Once
	byTable      []int32 // of each entry of [providers] its profile, from 1
	byTableOnce  sync.Once
}

// Read says what Loong makes of a document in a world. It never fails: what does not decode is
// in Problems, and the rest is filled in as far as it can be understood.
func Read(doc *document.Document, env *Environment) *Config {
	c := &Config{Document: doc, Environment: env, Root: schema.Root(doc.Root)}
	c.Problems = schema.Check(doc.Root) // first, as it makes reading quicker
	c.choose()
	for i := range c.Profiles {
		c.Profiles[i].fill(env)
	}
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

// Active returns the profile that Loong would use, or nil.
func (c *Config) Active() *Profile {
	for i := range c.Profiles {
		if c.Profiles[i].Active {
			return &c.Profiles[i]
		}
	}
	return nil
}

// Saved is a [providers.<id>] table as written.
type Saved struct {
	Written string
	ID      string // after normalisation, or the kind's id when Renamed
	Renamed bool   // Written has no normal form (A9)
	Table   schema.Value
	Kind    *Kind // nil when its kind is none
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
	ID      string         // after normalisation
	Written string         // the key as written; empty for [provider] and the defaults
	Node    *document.Node // its table, or nil when the file has none
	Legacy  bool           // it comes from [provider] or from nothing at all
	Active  bool

	Table          schema.Value // its fields as decoded
	Kind           *Kind
	KindFrom       Origin
	DefaultForKind bool

	Base    Value[string] // 3.1
	Path    Value[string] // 3.2, the chat path
	Request Value[string] // 3.3
	Models  Value[string] // 3.4

	DerivedRequest          string // what Request is unless endpoint overrides
	DerivedModels           string
	EndpointOverrides       bool // endpoint replaces the derived request address
	ModelsEndpointOverrides bool
	PrefixRemoved           bool   // a leading /v1 was taken off the path (U29)
	Region                  Region // of <region> in addresses; only kinds that have one

	Model           Value[string]
	Auto            bool     // the model is chosen from the service's list (7.9)
	PreferredModels []string // without blanks and repeats; used only when Auto
	WireAPI         string
	Transport       Transport
	Hint            *Hint // behaviour.md 5, or nil
	Credential      Credential
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
	APINames   []string // 4.1
	OAuthNames []string
	EnvNames   []string     // 4.5: what a user could set, in the program's order
	Sources    []NameSource // where each of EnvNames comes from
	Env        string       // 4.9: the name in use; empty: none
	Resolved   Tri          // a secret was found
	Candidates int          // API key candidates; -1 when not known
	Required   bool         // 4.5
	Ready      Tri          // 4.6

	APIKey SecretForm // how api_key is given
	OAuth  SecretForm
}

// NameSource is a variable that a profile would read a secret from.
type NameSource struct {
	Name  string
	OAuth bool   // it would hold an OAuth token, not an API key
	From  Origin // FromFile or FromKind
	State State
	Blank bool // set, but nothing in it
}

// Tri is a truth that may hang on something unknown.
type Tri uint8

// The three values.
const (
	No Tri = iota
	Yes
	Maybe
)

// SecretForm is how a secret field is given (behaviour.md 1.5).
type SecretForm struct {
	Kind SecretKind
	Text string         // the variable's name, the path, or the literal; never to be printed when Literal
	Args []string       // the program and its arguments
	Node *document.Node // the field's value, or nil
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
