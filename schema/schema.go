// Package schema holds the structure of a Loong configuration as static tables generated from
// the facts (surface.json), and decides what Loong decodes and what it does not. It knows types;
// what the values mean to Loong is package loong's.
//
// It is no API: only the JSON Schemas in this folder are published. Programs that embed loonglint import the root package.
//
// A place in a configuration is a PathID, a small number that the generated tables are keyed by;
// a node read as the type of its place is a Value; Walk meets every written key once.
package schema

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/document"
)

// Op is the shape of a field's value.
type Op uint8

// The shapes. TOML has no null, so an optional T is a T that may be absent. Those of integers stand together.
const (
	OpInvalid Op = iota
	OpString
	OpPath // a string naming a file
	OpBool
	OpU8
	OpU16
	OpU32
	OpU64
	OpUsize
	OpI64
	OpF64
	OpSecret // a string, or one of { env }, { file }, { exec }
	OpList
	OpMap  // string keys
	OpType // a struct, enum or variant struct of Types
)

// IsWhole reports whether values of the shape are integers.
func (op Op) IsWhole() bool { return OpU8 <= op && op <= OpI64 }

// Shape is a type expression. Elem indexes Shapes for OpList and OpMap, Types for OpType and
// OpSecret.
type Shape struct {
	Op   Op
	Elem uint16
}

// Type is the named type of s, or nil.
func (s Shape) Type() *Type {
	if s.Op == OpType || s.Op == OpSecret {
		return &Types[s.Elem]
	}
	return nil
}

// Item is the shape of a list's or map's elements.
func (s Shape) Item() Shape {
	if s.Op == OpList || s.Op == OpMap {
		return Shapes[s.Elem]
	}
	return Shape{}
}

// Kind tells what a Type is.
type Kind uint8

// The kinds of types.
const (
	Struct Kind = iota
	Enum
	Variants // common fields, and exactly one of several sets of further ones (MCP servers)
	Secret
)

// Compare tells how the words of an enum are compared.
type Compare uint8

// The comparisons.
const (
	CompareExact Compare = iota
	CompareLower         // after trimming, ASCII letters lower-cased
	CompareSlug          // as CompareLower; runs of anything but ASCII letters and digits are one _
)

// Type is a named type of Loong's configuration.
type Type struct {
	Name        string
	Kind        Kind
	DenyUnknown bool    // unknown keys are refused, not ignored
	Positional  bool    // also read from an array, fields in declared order
	TableForm   Targets // that take an enum word that is the only key of a table, too
	Compare     Compare // of an enum
	exactIn     Targets // that compare exactly, whatever Compare is
	Fields      []Field // of a Variants type the common ones, then those of each variant
	Values      []Word
	Common      uint8 // number of common fields of a Variants type
	Variants    []Variant

	slots     string // a hash table of Fields: indexes from 1 as bytes, 0 where it is free
	wordSlots string // the same for the spellings of Values
	required  string // the indexes of required Fields
}

// Field is a key of a table. Defaults are JSON, empty for none; {"type_default": "T"} stands for
// T with its own defaults, {"expr": "…"} for a value that Loong computes.
type Field struct {
	Name             string
	Key              Key // Name as a number
	Shape            Shape
	Required         bool
	Optional         bool    // option<T>: absent means unset
	Flattened        bool    // read through a flattened struct: no empty array in an enum's table form
	Default          string  // when the table around it is present
	AbsentDefault    string  // when that table is absent, where this differs
	EffectiveDefault string  // what Loong uses instead of an unset value
	Missing          Targets // that have the type and not this key
	Plain            Targets // in which a secret is a text, which no table can stand for
	moved            Targets // that have other defaults: see olderDefaults
}

// Key is the name of a field as a number, in whatever type it stands: KeyBaseURL is base_url of
// [provider], of a profile and of a channel. The numbers may change whenever they are generated.
type Key uint32

// hash is the document.NameHash of the key.
func (k Key) hash() uint32 { return uint32(k >> 16) }

// String is the key as a file has it.
func (k Key) String() string { return keyNames[uint16(k)] }

// Word is a value of an enum with its other spellings.
type Word struct {
	Value   string
	Aliases []string
	Missing Targets // that lack Value

	aliasMissing []Targets // that lack each of Aliases; nil: none does
}

// Lacks is the set of versions that do not know a spelling of w.
func (w *Word) Lacks(spelling string) Targets {
	if spelling == w.Value {
		return w.Missing
	}
	if i := slices.Index(w.Aliases, spelling); i >= 0 && w.aliasMissing != nil {
		return w.aliasMissing[i]
	}
	return 0
}

// Variant is one of the sets of fields that a Variants type may have: Fields[From:To].
type Variant struct {
	Name     string
	From, To uint8
}

// Index returns the index in Fields of a key, or -1.
func (t *Type) Index(name string) int {
	if t.slots == "" {
		return -1
	}
	for at := document.NameHash(name); ; at++ {
		i := int(t.slots[at&uint32(len(t.slots)-1)]) - 1 //nolint:gosec // fewer than 512
		if i < 0 || t.Fields[i].Name == name {
			return i
		}
	}
}

// indexOf is Index for the name of an entry of a table.
func (t *Type) indexOf(n *document.Node) int {
	if t.slots == "" {
		return -1
	}
	hash := n.NameHash()
	for at := hash; ; at++ {
		i := int(t.slots[at&uint32(len(t.slots)-1)]) - 1 //nolint:gosec // fewer than 512
		if i < 0 {
			return i
		}
		if f := &t.Fields[i]; f.Key.hash() == hash && f.Name == n.Name() {
			return i
		}
	}
}

// at is Index for a key that is known when the program is built.
func (t *Type) at(key Key) int {
	if t.slots == "" {
		return -1
	}
	for at := key.hash(); ; at++ {
		i := int(t.slots[at&uint32(len(t.slots)-1)]) - 1 //nolint:gosec // fewer than 512
		if i < 0 || t.Fields[i].Key == key {
			return i
		}
	}
}

// Requires reports whether a table of the type must have any key.
func (t *Type) Requires() bool { return t.required != "" }

// Keys lists the keys that a version has in a table of the type, in the order of an array that stands for it.
func (t *Type) Keys(target Target) []Key {
	list := make([]Key, 0, len(t.Fields))
	for i := range t.Fields {
		if !t.Fields[i].Missing.Has(target) {
			list = append(list, t.Fields[i].Key)
		}
	}
	return list
}

// FieldIn returns the field that a version has for a key, or nil.
func (t *Type) FieldIn(name string, target Target) *Field {
	if f := t.Field(name); f != nil && !f.Missing.Has(target) {
		return f
	}
	return nil
}

// Field returns a key's field, of any version, or nil.
func (t *Type) Field(name string) *Field {
	if i := t.Index(name); i >= 0 {
		return &t.Fields[i]
	}
	return nil
}

// Word returns the canonical word that a version of Loong takes text for, compared as it compares.
func (t *Type) Word(text string, target Target) (string, bool) {
	compare := t.Compare
	if t.exactIn.Has(target) {
		compare = CompareExact
	}
	switch compare {
	case CompareLower:
		text = ascii.Lower(strings.TrimSpace(text))
	case CompareSlug:
		text = slug(text)
	}
	if t.wordSlots == "" {
		return "", false
	}
	for at := document.NameHash(text); ; at++ {
		i := int(t.wordSlots[at&uint32(len(t.wordSlots)-1)]) - 1 //nolint:gosec // fewer than 512
		if i < 0 {
			return "", false
		}
		if w := &t.Values[i]; w.is(text) {
			return w.Value, !w.Lacks(text).Has(target)
		}
	}
}

// is reports whether text is one of the spellings of w.
func (w *Word) is(text string) bool {
	if w.Value == text {
		return true
	}
	for _, a := range w.Aliases {
		if a == text {
			return true
		}
	}
	return false
}

// slug joins the lower-cased runs of ASCII letters and digits by one underscore each.
func slug(s string) string {
	var b strings.Builder
	gap := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
		default:
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte('_')
			gap = false
		}
		b.WriteByte(c)
	}
	return b.String()
}
