package secret

import (
	"slices"

	"github.com/loonglint/loonglint/internal/document"
)

// Within reports whether a span touches any of the secret ones.
func Within(spans []document.Span, s document.Span) bool {
	i := firstBehind(spans, s.Start)
	return i < len(spans) && spans[i].Start < max(s.End, s.Start+1)
}

// firstBehind is the first of some spans, which are in order, that does not end before a place.
func firstBehind(spans []document.Span, at int) int {
	i, _ := slices.BinarySearchFunc(spans, at, func(s document.Span, at int) int {
		if s.End <= at {
			return -1
		}
		return 1
	})
	return i
}
