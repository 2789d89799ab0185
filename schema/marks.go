package schema

import (
	"bytes"

	"github.com/loonglint/loonglint/internal/document"
)

// marks tell of each entry of a table which field it is, from 1, and 0 of unknown keys. Check leaves
// them behind two bytes for the type that they are of, so that names need not be looked up again. It
// leaves none for tables that it does not enter, and for large ones.
type marks []byte

const (
	markHead    = 2
	markEntries = 255 // a table with more is large
)

// marks returns what Check left with the table v, or nil.
func (v Value) marks() marks {
	s := v.Node.Slots()
	if len(s) < markHead || uint16(s[0])|uint16(s[1])<<8 != v.Shape.Elem {
		return nil
	}
	return s[markHead:]
}

// index is the field of t that entry k of its table, the node n, is; -1 for an unknown key.
func (m marks) index(t *Type, k int, n *document.Node) int {
	if m == nil {
		return t.Index(n.Name())
	}
	return int(m[k]) - 1
}

// of is the entry that is field i, or -1.
func (m marks) of(i int) int { return bytes.IndexByte(m, byte(i+1)) } //nolint:gosec // fewer than 256

// entry is the node of field i of t, the type of the table v.
func (v Value) entry(t *Type, i int) *document.Node {
	m := v.marks()
	if m == nil {
		return v.Node.At(t.Fields[i].Name)
	}
	if k := m.of(i); k >= 0 {
		return v.Node.Entries[k]
	}
	return nil
}

// mark makes room for the marks of the table v, and leaves them with it; nil where there are none.
func (c *checker) mark(v Value) marks {
	entries := len(v.Node.Entries)
	if entries == 0 || entries > markEntries {
		return nil
	}
	n := markHead + entries
	if len(c.room) < n {
		c.rooms = min(2*c.rooms+192, 64<<10)
		c.room = make([]byte, max(n, c.rooms))
	}
	s := c.room[:n:n]
	c.room = c.room[n:]
	s[0], s[1] = byte(v.Shape.Elem), byte(v.Shape.Elem>>8) //nolint:gosec // both halves
	v.Node.SetSlots(s)
	return s[markHead:]
}
