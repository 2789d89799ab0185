package document

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// ErrOverlap says that two edits would change the same bytes.
var ErrOverlap = errors.New("edits overlap")

// Apply returns src with all edits made; src itself is left alone. Edits may come in any order,
// insertions at one place keep theirs. Overlapping edits give ErrOverlap, spans outside src an error.
func Apply(src []byte, edits []Edit) ([]byte, error) {
	sorted := slices.Clone(edits)
	slices.SortStableFunc(sorted, func(a, b Edit) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End))
	})
	size := len(src)
	for _, e := range sorted {
		size += len(e.Text)
	}
	out, at := make([]byte, 0, size), 0
	for _, e := range sorted {
		switch {
		case e.Span.Start < 0 || e.Span.End < e.Span.Start || e.Span.End > len(src):
			return nil, fmt.Errorf("edit of bytes %d to %d lies outside the %d bytes of the file", e.Span.Start, e.Span.End, len(src))
		case e.Span.Start < at:
			return nil, fmt.Errorf("%w at byte %d", ErrOverlap, e.Span.Start)
		}
		out = append(out, src[at:e.Span.Start]...)
		out = append(out, e.Text...)
		at = e.Span.End
	}
	return append(out, src[at:]...), nil
}
