package loong

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
)

// byName returns the entries of a table in byte order of their names; the table's own list where it
// is in order. The list must not be changed.
func byName(entries []*document.Node) []*document.Node {
	compare := func(a, b *document.Node) int { return strings.Compare(a.Name(), b.Name()) }
	if slices.IsSortedFunc(entries, compare) {
		return entries
	}
	entries = slices.Clone(entries)
	slices.SortStableFunc(entries, compare)
	return entries
}
