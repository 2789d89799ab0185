// Package loong says what Loong makes of a configuration: whether it loads, what its own
// validation says, which profile is active, which addresses and credentials it uses, and which
// channels are ready. It reads and never judges; judging is the rules' work.
package loong

import (
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
	ActiveProvider Value[string] // empty when there is none
	Basis          Basis
	LastProvider   Value[string]
	Profiles       []Profile // by id, in byte order
	Lost           []Lost    // profiles replaced by another of the same normal form (A8, A9)
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

	EndpointOverrides       bool // endpoint replaces the derived request address
	ModelsEndpointOverrides bool

	Model           Value[string]
	Auto            bool // the model is chosen from the service's list (7.9)
	PreferredModels []string
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
	EnvNames   []string // 4.5: what a user could set, in the program's order
	Env        string   // 4.9: the name in use; empty: none
	Resolved   Tri      // a secret was found
	Candidates int      // API key candidates; -1 when not known
	Required   bool     // 4.5
	Ready      Tri      // 4.6

	APIKey SecretForm // how api_key is given
	OAuth  SecretForm
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
