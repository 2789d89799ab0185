package schema

import (
	"cmp"
	"slices"

	"github.com/loonglint/loonglint/internal/document"
)

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
	Node  *document.Node // the value, the forbidden key's value, or the table that lacks Key
	Value Value          // Node with its path and shape; only Node is set for a forbidden key
	Type  *Type          // the type that was expected, or that lacks or refuses Key; may be nil
	Want  string         // what is accepted, in words: "a string", "a whole number from 0 to 65535"
	Why   string         // what is wrong with a secret table or a server's keys, in words; may be empty
	Key   string         // the missing or forbidden key
	Words []Word         // the accepted words, for an enum
}

// IsLoose reports whether a key is written in a table of named tables, such as [providers], where only names are.
func (p *Problem) IsLoose() bool {
	n := p.Node
	return !n.Kind.IsTable() && n.Kind != document.ArrayOfTables && !n.InArray() &&
		p.Value.Path.Parent().Shape().Op == OpMap && p.Value.Type() != nil
}

// kindType is the enum whose problems have a rule of their own.
const kindType = "ProviderKind"

// Check lists all places at which a document does not decode, in file order. Nodes of the kind
// Invalid are passed over, as the document has a problem of its own for them.
//
// loong.Config.Problems has them, so that a document need not be checked again.
func Check(root *document.Node, target Target) []Problem {
	var c checker
	c.value(Root(root, target))
	slices.SortStableFunc(c.problems, func(a, b Problem) int {
		return cmp.Compare(a.Node.Place().Start, b.Node.Place().Start)
	})
	return c.problems
}

// Decodes reports whether Loong would read a node, wherever it is in the document, as the value at a path.
func Decodes(n *document.Node, path PathID, target Target) bool {
	var c checker
	c.value(Value{Node: n, Shape: path.Shape(), Path: path, reading: reading{target: target}})
	return len(c.problems) == 0 && n.Kind != document.Invalid && path.In(target) != NoPath
}

type checker struct{ problems []Problem }

func (c *checker) add(p Problem) {
	if p.Node == nil {
		p.Node = p.Value.Node
	}
	if p.Type == nil {
		p.Type = p.Value.Type()
	}
	c.problems = append(c.problems, p)
}

func (c *checker) wrongType(v Value) {
	c.add(Problem{Kind: WrongType, Value: v, Want: v.Want()})
}

func (c *checker) value(v Value) {
	if v.Node.Kind == document.Invalid {
		return
	}
	switch v.Shape.Op {
	case OpString, OpPath:
		c.scalar(v, v.Node.Kind == document.String)
	case OpBool:
		c.scalar(v, v.Node.Kind == document.Bool)
	case OpF64:
		c.scalar(v, v.Node.Kind == document.Float || v.Node.Kind == document.Integer)
	case OpU8, OpU16, OpU32, OpU64, OpUsize:
		c.integer(v)
	case OpI64:
		c.scalar(v, v.Node.Kind == document.Integer) // TOML has no greater
	case OpSecret:
		c.secret(v)
	case OpList:
		c.list(v)
	case OpMap:
		c.entries(v)
	case OpType:
		c.named(v)
	}
}

func (c *checker) scalar(v Value, ok bool) {
	if !ok {
		c.wrongType(v)
	}
}

func (c *checker) integer(v Value) {
	if v.Node.Kind != document.Integer {
		c.wrongType(v)
		return
	}
	if _, ok := v.Int(); !ok {
		c.add(Problem{Kind: NumberOutOfRange, Value: v, Want: v.Want()})
	}
}

func (c *checker) list(v Value) {
	if !v.Node.Kind.IsArray() {
		c.wrongType(v)
		return
	}
	item := Value{Shape: v.Shape.Item(), Path: v.Path, reading: reading{target: v.target}}
	for _, n := range v.Node.Entries {
		item.Node = n
		c.value(item)
	}
}

// entries checks a map; a date-time is a map of one string (README.md, decoding quirk 8).
func (c *checker) entries(v Value) {
	item := v.item()
	switch {
	case v.Node.Kind.IsTable():
		for _, n := range v.Node.Entries {
			item.Node = n
			c.value(item)
		}
	case v.Node.Kind.IsDatetime() && item.Shape.Op == OpString:
	default:
		c.wrongType(v)
	}
}

func (c *checker) named(v Value) {
	switch v.Type().Kind {
	case Enum:
		c.enum(v)
	case Struct:
		c.structure(v)
	case Variants:
		c.variants(v)
	}
}

func (c *checker) enum(v Value) {
	t := v.Type()
	text, ok := v.WrittenWord()
	if !ok {
		c.word(WrongType, v)
		return
	}
	if _, ok := t.Word(text, v.target); !ok {
		kind := InvalidValue
		if t.Name == kindType {
			kind = UnknownProviderKind
		}
		c.word(kind, v)
	}
}

// word adds a problem of what is no word of an enum.
func (c *checker) word(kind ProblemKind, v Value) {
	known := v.Type().Words(v.target)
	c.add(Problem{Kind: kind, Value: v, Want: words(known), Words: known})
}

// structure checks a table. A date-time is one without any known key (README.md, decoding
// quirk 8); an array gives the fields by position, and where it does not fit, a table was meant.
func (c *checker) structure(v Value) {
	t := v.Type()
	switch n := v.Node; {
	case n.Kind.IsTable():
		c.keys(v, t)
	case n.Kind.IsDatetime() && !t.DenyUnknown:
		c.required(v, t)
	case n.Kind.IsArray() && t.Positional:
		var inner checker
		for _, f := range v.placed(t) {
			inner.value(f)
		}
		inner.required(v, t)
		if len(inner.problems) > 0 {
			c.wrongType(v)
		}
	default:
		c.wrongType(v)
	}
}

func (c *checker) keys(v Value, t *Type) {
	for _, n := range v.Node.Entries {
		i := t.indexOf(n)
		if i >= 0 {
			c.value(v.fieldOf(t, i, n))
		} else if t.DenyUnknown {
			c.forbidden(n, t, "")
		}
	}
	c.required(v, t)
}

// required reports the missing fields of a type that has no variants.
func (c *checker) required(v Value, t *Type) {
	for k := range len(t.required) {
		c.requiredField(v, t, int(t.required[k]))
	}
}

func (c *checker) requiredField(v Value, t *Type, i int) {
	f := &t.Fields[i]
	if is := v.At(f.Key); !is.Present() {
		c.add(Problem{Kind: MissingRequiredKey, Value: v, Key: f.Name, Want: is.Want()})
	}
}

func (c *checker) forbidden(n *document.Node, t *Type, why string) {
	c.add(Problem{Kind: ForbiddenKey, Node: n, Type: t, Key: n.Name(), Why: why})
}

func (c *checker) secret(v Value) {
	switch {
	case v.Node.Kind == document.String:
		return
	case !v.Node.Kind.IsTable() || v.IsPlain():
		c.wrongType(v)
		return
	}
	before := len(c.problems)
	c.keys(v, v.Type())
	for i := range c.problems[before:] {
		p := &c.problems[before+i]
		if p.Kind == ForbiddenKey {
			p.Why = "a secret table has no key but env, file and exec"
		}
		p.Kind = InvalidSecretReference
	}
	if len(c.problems) > before {
		return
	}
	if _, wrong := v.tableSecret(); wrong != "" {
		c.add(Problem{Kind: InvalidSecretReference, Value: v, Want: v.Want(), Why: wrong})
	}
}
