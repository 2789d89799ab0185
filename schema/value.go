package schema

import (
	"iter"
	"math"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
)

// Value is a node read as the type of its place: the one thing that knows the other ways in
// which Loong lets a value be written (a table by position or as a date, an enum word as a
// one-key table). The zero Value is absent, as is a key that the file leaves out; every method
// may be called on an absent Value, and on one that does not decode, which then has no content.
type Value struct {
	Node  *document.Node // nil when absent
	Shape Shape
	Path  PathID // of a list's item the path of the list; NoPath for an unknown key
	reading
}

// reading is what else is known of a Value. It is a struct of its own because the compiler keeps no struct of more than four
// fields in registers, and nothing is done as often as to look a Value up.
type reading struct {
	state  valueState
	target Target
}

type valueState uint8

const (
	plain     valueState = iota
	dateEntry            // the string that a date-time holds when it is read as a map of strings
	orphan               // absent, and the table around it is absent too
)

// dateKey is the key under which the TOML library of Loong hands over a date-time.
const dateKey = "$__toml_private_datetime"

// Root reads a document as LoongConfig, as a version of Loong does. All Values that come from it know the version.
func Root(root *document.Node, target Target) Value {
	return Value{Node: root, Shape: RootPath.Shape(), Path: RootPath, reading: reading{target: target}}
}

// ValueOf reads a node of a document as the type of its place. A key that Loong ignores has no Path.
func ValueOf(n *document.Node, target Target) Value {
	path := PathOfNode(n).In(target)
	v := Value{Node: n, Shape: path.Shape(), Path: path, reading: reading{target: target}}
	if n.InArray() && v.Shape.Op == OpList {
		v.Shape = v.Shape.Item()
	}
	return v
}

// Target is the version of Loong that v is read as.
func (v Value) Target() Target { return v.target }

// Present reports whether the value is written in the file.
func (v Value) Present() bool { return v.Node != nil }

// Type is the named type of v, or nil.
func (v Value) Type() *Type { return v.Shape.Type() }

// Decl is the declaration of the key that v is the value of, or nil.
func (v Value) Decl() *Field { return v.Path.Field() }

// Field returns the value of a table's key. A key that is not written gives an absent Value that
// still knows its path, and an unknown name the zero Value. It does not allocate.
func (v Value) Field(name string) Value {
	t := v.Shape.Type()
	if t == nil {
		return Value{}
	}
	f := t.Field(name)
	if f == nil {
		return Value{}
	}
	return v.At(f.Key)
}

// At is Field for a key that is known when the program is built, and quicker: v.At(KeyBaseURL).
func (v Value) At(key Key) Value {
	t := v.Shape.Type()
	if t == nil {
		return Value{}
	}
	i := t.at(key)
	if i < 0 || t.Fields[i].Missing.Has(v.target) {
		return Value{}
	}
	f := v.member(t, i, nil)
	switch n := v.Node; {
	case n == nil:
		f.state = orphan
	case !n.MayHave(key.hash()):
	case n.Kind.IsTable():
		f.Node = n.ChildHashed(t.Fields[i].Name, key.hash())
	case n.Kind.IsArray() && t.Positional:
		if at := t.place(v.target, i); at < len(n.Entries) {
			f.Node = n.Entries[at]
		}
	}
	return f
}

// NodeOf is At(key).Node, at less cost.
func (v Value) NodeOf(key Key) *document.Node {
	if !v.MayHave(key) {
		return nil
	}
	t := v.Shape.Type()
	if t == nil {
		return nil
	}
	i := t.at(key)
	if i < 0 || t.Fields[i].Missing.Has(v.target) {
		return nil
	}
	if v.Node.Kind.IsTable() {
		return v.Node.ChildHashed(t.Fields[i].Name, key.hash())
	}
	return v.At(key).Node
}

// MayHave reports whether a key may be written: where it is false, as for most keys that are not, Has is.
func (v Value) MayHave(key Key) bool { return v.Node != nil && v.Node.MayHave(key.hash()) }

// Has reports whether a key is written: At(key).Present(), and quicker.
func (v Value) Has(key Key) bool { return v.NodeOf(key) != nil }

// Get follows several keys.
func (v Value) Get(names ...string) Value {
	for _, name := range names {
		v = v.Field(name)
	}
	return v
}

// Default is the JSON text of what Loong uses when v is absent: the key's own default, or the
// other one where the whole table around it is absent; empty when there is none.
func (v Value) Default() string {
	f := v.Decl()
	if f == nil {
		return ""
	}
	present, absent := f.Default, f.AbsentDefault
	if f.moved.Has(v.target) {
		old := older(v.Path, v.target)
		present, absent = old.present, old.absent
	}
	if v.state == orphan && absent != "" {
		return absent
	}
	return present
}

// Entry is a key of a map with its value.
type Entry struct {
	Name  string
	Value Value
}

// Entries lists a map's keys in file order; a date-time read as a map of strings has one.
func (v Value) Entries() []Entry {
	n := v.Len()
	if n == 0 {
		return nil
	}
	entries := make([]Entry, n)
	for i := range entries {
		entries[i] = v.EntryAt(i)
	}
	return entries
}

// Len is the number of Entries.
func (v Value) Len() int {
	switch {
	case v.Node == nil || v.Shape.Op != OpMap:
		return 0
	case v.Node.Kind.IsTable():
		return len(v.Node.Entries)
	case v.Node.Kind.IsDatetime() && v.Shape.Item().Op == OpString:
		return 1
	}
	return 0
}

// EntryAt is one of Entries; i is below Len.
func (v Value) EntryAt(i int) Entry {
	item := v.item()
	if v.Node.Kind.IsTable() {
		item.Node = v.Node.Entries[i]
		return Entry{item.Node.Name(), item}
	}
	item.Node, item.state = v.Node, dateEntry
	return Entry{dateKey, item}
}

// Entry returns the value under a key of a map, or an absent Value.
func (v Value) Entry(name string) Value {
	if v.Shape.Op != OpMap {
		return Value{}
	}
	item := v.item()
	if v.Node != nil && v.Node.Kind.IsTable() {
		item.Node = v.Node.At(name)
	}
	return item
}

// Items yields a list's elements with their positions.
func (v Value) Items() iter.Seq2[int, Value] {
	return func(yield func(int, Value) bool) {
		if !v.HasItems() {
			return
		}
		item := Value{Shape: v.Shape.Item(), Path: v.Path, reading: reading{target: v.target}}
		for i, n := range v.Node.Entries {
			item.Node = n
			if !yield(i, item) {
				return
			}
		}
	}
}

// HasItems reports whether v is a list with any element.
func (v Value) HasItems() bool {
	return v.Node != nil && v.Shape.Op == OpList && v.Node.Kind.IsArray() && len(v.Node.Entries) > 0
}

// Texts lists the strings of a list of strings, and false when it is absent or does not decode.
func (v Value) Texts() ([]string, bool) {
	if v.Node == nil || v.Shape.Op != OpList || !v.Node.Kind.IsArray() {
		return nil, false
	}
	texts := make([]string, len(v.Node.Entries))
	for i, n := range v.Node.Entries {
		if n.Kind != document.String {
			return nil, false
		}
		texts[i] = n.Text()
	}
	return texts, true
}

// Text returns a string as decoded, and false when the value is absent or no string. It does not
// look into secret fields: see Secret.
func (v Value) Text() (string, bool) {
	if v.Node == nil || v.Shape.Op != OpString && v.Shape.Op != OpPath {
		return "", false
	}
	if v.Node.Kind == document.String || v.state == dateEntry {
		return v.Node.Text(), true
	}
	return "", false
}

// Word returns the canonical word of an enum (an alias and a one-key table resolved).
func (v Value) Word() (string, bool) {
	t := v.Shape.Type()
	if v.Node == nil || t == nil || t.Kind != Enum {
		return "", false
	}
	text, ok := v.WrittenWord()
	if !ok {
		return "", false
	}
	return t.Word(text, v.target)
}

// WrittenWord returns the text that stands for an enum's word, right or wrong: the string, or
// the key of a one-key table.
func (v Value) WrittenWord() (string, bool) {
	t := v.Shape.Type()
	if v.Node == nil || t == nil || t.Kind != Enum {
		return "", false
	}
	switch n := v.Node; {
	case n.Kind == document.String:
		return n.Text(), true
	case n.Kind.IsTable() && t.TableForm.Has(v.target) && len(n.Entries) == 1 && isUnit(n.Entries[0], v.Decl()):
		return n.Entries[0].Name(), true
	}
	return "", false
}

// isUnit reports whether n may be the value in the table form of an enum word.
func isUnit(n *document.Node, decl *Field) bool {
	if len(n.Entries) > 0 {
		return false
	}
	return n.Kind.IsTable() || n.Kind.IsArray() && (decl == nil || !decl.Flattened)
}

// Int returns a whole number.
func (v Value) Int() (int64, bool) {
	if v.Node == nil || v.Node.Kind != document.Integer {
		return 0, false
	}
	lo, hi, ok := v.Shape.Op.bounds()
	if i := v.Node.Int(); ok && lo <= i && i <= hi {
		return i, true
	}
	return 0, false
}

// Float returns a number; a whole number counts.
func (v Value) Float() (float64, bool) {
	if v.Node == nil || v.Shape.Op != OpF64 || v.Node.Kind != document.Float && v.Node.Kind != document.Integer {
		return 0, false
	}
	return v.Node.Float(), true
}

// Bool returns a truth value.
func (v Value) Bool() (value, ok bool) {
	if v.Node == nil || v.Shape.Op != OpBool || v.Node.Kind != document.Bool {
		return false, false
	}
	return v.Node.Bool(), true
}

// MayBeTrue reports whether a truth value is true, or is written in a way that does not decode, so that nobody
// knows what was meant.
func (v Value) MayBeTrue() bool {
	is, ok := v.Bool()
	return is || v.Present() && !ok
}

// bounds are the numbers that an integer shape holds. They end at the greatest i64 because the
// document is decoded a second time into generic values (README.md, decoding quirk 4).
func (op Op) bounds() (lo, hi int64, ok bool) {
	switch op {
	case OpU8:
		return 0, math.MaxUint8, true
	case OpU16:
		return 0, math.MaxUint16, true
	case OpU32:
		return 0, math.MaxUint32, true
	case OpU64, OpUsize:
		return 0, math.MaxInt64, true
	case OpI64:
		return math.MinInt64, math.MaxInt64, true
	}
	return 0, 0, false
}

// blank reports whether nothing but white space is in s.
func blank(s string) bool { return strings.TrimSpace(s) == "" }
