package loong

import (
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

// sortByName sorts by eight bytes at once, those after what all names begin with.
func sortByName(entries []*document.Node) []*document.Node {
	if len(entries) <= few {
		entries = slices.Clone(entries)
		slices.SortStableFunc(entries, func(a, b *document.Node) int { return strings.Compare(a.Name(), b.Name()) })
		return entries
	}
	same := entries[0].Name()
	for _, n := range entries {
		same = same[:samePrefix(same, n.Name())]
	}
	items := make([]nameItem, 2*len(entries))
	items, room := items[:len(entries)], items[len(entries):]
	for i, n := range entries {
		var eight [8]byte
		copy(eight[:], n.Name()[len(same):])
		items[i] = nameItem{binary.BigEndian.Uint64(eight[:]), uint32(i)} //nolint:gosec // no more than document.Parse takes
	}
	items = sortBytes(items, room)
	sorted := make([]*document.Node, len(items))
	for i := range items {
		sorted[i] = entries[items[i].at]
	}
	for from, to := 0, 0; from < len(items); from = to {
		for to < len(items) && items[to].bytes == items[from].bytes {
			to++
		}
		if to-from > 1 {
			slices.SortStableFunc(sorted[from:to], func(a, b *document.Node) int { return strings.Compare(a.Name(), b.Name()) })
		}
	}
	return sorted
}

// nameItem is a place in a list of entries with eight bytes of its name.
type nameItem struct {
	bytes uint64
	at    uint32
}

// sortBytes is a radix sort, from the last byte to the first; room is as long as items.
func sortBytes(items, room []nameItem) []nameItem {
	for shift := 0; shift < 64; shift += 8 {
		var starts [257]int
		for i := range items {
			starts[1+items[i].bytes>>shift&0xff]++
		}
		if starts[1+items[0].bytes>>shift&0xff] == len(items) {
			continue // all have the same byte here
		}
		for b := 1; b < len(starts); b++ {
			starts[b] += starts[b-1]
		}
		for i := range items {
			at := &starts[items[i].bytes>>shift&0xff]
			room[*at] = items[i]
			*at++
		}
		items, room = room, items
	}
	return items
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
