package loong

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
)

// byName returns the entries of a table in byte order of their names; the table's own list where it
// is in order. The list must not be changed.
func byName(entries []*document.Node) []*document.Node {
	for i := 1; i < len(entries); i++ {
		if entries[i].Name() < entries[i-1].Name() {
			return sortByName(entries)
		}
	}
	return entries
}

// few is the number of entries up to which they are sorted as they are.
const few = 16

// sortByName compares eight bytes at once, those after what all names begin with.
func sortByName(entries []*document.Node) []*document.Node {
	if len(entries) <= few {
		entries = slices.Clone(entries)
		slices.SortStableFunc(entries, func(a, b *document.Node) int { return strings.Compare(a.Name(), b.Name()) })
		return entries
	}
	type item struct {
		bytes uint64
		node  *document.Node
	}
	same := entries[0].Name()
	for _, n := range entries {
		same = same[:samePrefix(same, n.Name())]
	}
	items := make([]item, len(entries))
	for i, n := range entries {
		var eight [8]byte
		copy(eight[:], n.Name()[len(same):])
		items[i] = item{binary.BigEndian.Uint64(eight[:]), n}
	}
	slices.SortFunc(items, func(a, b item) int {
		if a.bytes != b.bytes {
			return cmp.Compare(a.bytes, b.bytes)
		}
		return cmp.Or(strings.Compare(a.node.Name(), b.node.Name()), cmp.Compare(a.node.Index(), b.node.Index()))
	})
	sorted := make([]*document.Node, len(items))
	for i := range items {
		sorted[i] = items[i].node
	}
	return sorted
}

// samePrefix is the number of bytes with which both texts begin.
func samePrefix(a, b string) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}
