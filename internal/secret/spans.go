package secret

import (
	"slices"

	"github.com/loonglint/loonglint/internal/document"
)

// Within reports whether a span touches any of the secret ones.
func Within(spans []document.Span, s document.Span) bool {
	i, _ := slices.BinarySearchFunc(spans, s.Start, func(a document.Span, at int) int {
		if a.End <= at {
			return -1
		}
		return 1
	})
	return i < len(spans) && spans[i].Start < max(s.End, s.Start+1)
}
