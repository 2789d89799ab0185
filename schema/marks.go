package schema

import (
	"bytes"
	"encoding/binary"

	"github.com/loonglint/loonglint/internal/document"
)

// marks tell of each entry of a table which field it is, from 1, and 0 of unknown keys. Check leaves
// them with the table, so that names need not be looked up again; none with tables that it does not
// enter, and with large ones. Before them are two bytes for the type that they are of, and eight that
// tell at a glance which fields are missing: a bit for each, in turns where there are more than 64.
type marks []byte

const (
	markType    = 2
	markHead    = markType + 8
	markEntries = 255 // a table with more is large
	markFew     = 16  // so many are looked through most quickly one by one
)

// marks returns what Check left with the table v, or nil.
func (v Value) marks() marks {
	s := v.Node.Slots()
	if len(s) < markHead || uint16(s[0])|uint16(s[1])<<8 != v.Shape.Elem {
		return nil
	}
	return s
}

// index is the field of t that entry k of its table, the node n, is; -1 for an unknown key.
func (m marks) index(t *Type, k int, n *document.Node) int {
	if m == nil {
		return t.Index(n.Name())
	}
	return int(m[markHead+k]) - 1
}

// set notes that entry k is field i; -1 for an unknown key.
func (m marks) set(k, i int) {
	if m == nil || i < 0 {
		return
	}
	m[markHead+k] = byte(i + 1) //nolint:gosec // fewer than 256
	fields := m[markType:markHead]
	binary.LittleEndian.PutUint64(fields, binary.LittleEndian.Uint64(fields)|1<<(i&63))
}

// Fields is a set of fields of a type, a bit each, in turns where there are more than 64.
type Fields uint64

// Fields tells which fields are written in the table v, perhaps among others: all where that is not
// known at a glance.
func (v Value) Fields() Fields {
	if v.Node == nil {
		return 0
	}
	if m := v.marks(); m != nil {
		return Fields(binary.LittleEndian.Uint64(m[markType:markHead]))
	}
	return ^Fields(0)
}

// Set is the set of the fields that have these keys.
func (t *Type) Set(keys []Key) Fields {
	var set Fields
	for _, k := range keys {
		if i := t.at(k); i >= 0 {
			set |= 1 << (i & 63)
		}
	}
	return set
}

// of is the entry that is field i, or -1.
func (m marks) of(i int) int {
	if binary.LittleEndian.Uint64(m[markType:markHead])&(1<<(i&63)) == 0 {
		return -1
	}
	list := m[markHead:]
	if len(list) > markFew {
		return bytes.IndexByte(list, byte(i+1)) //nolint:gosec // fewer than 256
	}
	for k, mark := range list {
		if int(mark) == i+1 {
			return k
		}
	}
	return -1
}

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
	return s
}
