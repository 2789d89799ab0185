package schema

import "github.com/loonglint/loonglint/internal/document"

// Value is a node read as one of Loong's types: the one place that knows the other ways in
// which a table may be written (by position, as a date, as a one-key table). The zero Value is
// an absent one, and every method may be called on it.
type Value struct {
	Node  *document.Node
	Shape Shape
}

// Root reads a document as LoongConfig.
func Root(root *document.Node) Value { panic("todo") }

// Present reports whether the value is written in the file.
func (v Value) Present() bool { return v.Node != nil }

// Field returns the value of a struct's key, or an absent Value.
func (v Value) Field(name string) Value { panic("todo") }

// Entry is a key of a map with its value.
type Entry struct {
	Name  string
	Value Value
}

// Entries lists a map's keys in file order; a date-time read as a map of strings has one.
func (v Value) Entries() []Entry { panic("todo") }

// Items lists a list's elements.
func (v Value) Items() []Value { panic("todo") }

// Text returns a string as decoded, and false when the value is absent or no string.
func (v Value) Text() (string, bool) { panic("todo") }

// Word returns the canonical word of an enum (an alias and a one-key table resolved).
func (v Value) Word() (string, bool) { panic("todo") }

// Int returns a whole number.
func (v Value) Int() (int64, bool) { panic("todo") }

// Float returns a number; a whole number counts.
func (v Value) Float() (float64, bool) { panic("todo") }

// Bool returns a truth value.
func (v Value) Bool() (bool, bool) { panic("todo") }
