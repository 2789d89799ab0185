package document

// Span is a half-open range of bytes in a source.
type Span struct{ Start, End int }

// Len is the number of bytes in s.
func (s Span) Len() int { return s.End - s.Start }

// IsZero reports whether s is not set.
func (s Span) IsZero() bool { return s == Span{} }

// Contains reports whether t lies inside s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Overlaps reports whether s and t share a byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Position is a place in a source as people count: line and column from 1,
// columns in code points; Offset in bytes from 0.
type Position struct{ Line, Column, Offset int }

// Edit replaces the bytes of Span by Text.
type Edit struct {
	Span Span
	Text string
}
