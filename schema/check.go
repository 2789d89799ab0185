package schema

import "github.com/loonglint/loonglint/internal/document"

// ProblemKind names why a value does not decode; each is a rule of the same name.
type ProblemKind uint8

// The kinds of problems.
const (
	WrongType ProblemKind = iota
	InvalidValue
	NumberOutOfRange
	MissingRequiredKey
	InvalidSecretReference
	UnknownProviderKind
	ForbiddenKey // a key where unknown keys are refused
)

// Problem is a place where a document does not decode as Loong's configuration.
type Problem struct {
	Kind  ProblemKind
	Node  *document.Node // the value, or the table that lacks Key
	Type  *Type          // the type that was expected, when it has a name
	Want  string         // what is accepted, in words: "a string", "a whole number from 0 to 65535"
	Key   string         // the missing or forbidden key
	Words []Word         // the accepted words, for an enum
}

// Check lists all places at which a document does not decode, in file order.
func Check(root *document.Node) []Problem { panic("todo") }

// Visit is called for every key of a document that stands where the tables know the parent.
// path is the field's path as in the facts, maps as <id> ("providers.<id>.base_url"); field is
// nil for a key that Loong ignores, parent then names the type that lacks it.
type Visit func(path string, v Value, parent *Type, field *Field)
