package document

import (
	"bytes"
	"sort"
	"sync"
)

// lines is the line index of a source, built at the first question.
type lines struct {
	once   sync.Once
	starts []int32 // offset of the first byte of each line
	runes  []int32 // code points before each multiple of runeStep; nil when all is ASCII
}

// runeStep is the distance in bytes between two counted places.
const runeStep = 256

const byteOrderMark = "\xEF\xBB\xBF"

func (d *Document) index() *lines {
	d.lines.once.Do(func() {
		d.lines.starts = lineStarts(d.Source)
		if !isASCII(d.Source) {
			d.lines.runes = runeCounts(d.Source)
		}
	})
	return &d.lines
}

func lineStarts(src []byte) []int32 {
	starts := make([]int32, 1, 2+bytes.Count(src, []byte{'\n'}))
	for at := 0; ; {
		i := bytes.IndexByte(src[at:], '\n')
		if i < 0 {
			return starts
		}
		at += i + 1
		starts = append(starts, int32(at)) //nolint:gosec // Parse reads no file whose offsets do not fit
	}
}

func isASCII(src []byte) bool {
	for _, c := range src {
		if c >= 0x80 {
			return false
		}
	}
	return true
}

func runeCounts(src []byte) []int32 {
	counts := make([]int32, 0, len(src)/runeStep+1)
	n := int32(0)
	for at := 0; at <= len(src); at += runeStep {
		counts = append(counts, n)
		n += int32(runeStarts(src[at:min(at+runeStep, len(src))])) //nolint:gosec // no more than runeStep
	}
	return counts
}

// runeStarts counts the code points that begin in b; a stray continuation byte begins none.
func runeStarts(b []byte) int {
	n := 0
	for _, c := range b {
		if c&0xC0 != 0x80 {
			n++
		}
	}
	return n
}

// runesBefore counts the code points that begin before offset.
func (d *Document) runesBefore(offset int) int {
	runes := d.index().runes
	if runes == nil {
		return offset
	}
	k := offset / runeStep
	return int(runes[k]) + runeStarts(d.Source[k*runeStep:offset])
}

// Position computes the line and column of a byte offset; offsets outside the source are clipped.
// A byte order mark takes no column.
func (d *Document) Position(offset int) Position {
	offset = max(0, min(offset, len(d.Source)))
	if len(d.Source) <= countBelow {
		return d.countPosition(offset)
	}
	line := d.LineOf(offset)
	start := int(d.index().starts[line-1])
	if line == 1 && bytes.HasPrefix(d.Source, []byte(byteOrderMark)) {
		start = min(len(byteOrderMark), offset)
	}
	return Position{Line: line, Column: d.runesBefore(offset) - d.runesBefore(start) + 1, Offset: offset}
}

// Positions computes the positions of both ends of a span.
func (d *Document) Positions(s Span) (start, end Position) {
	start = d.Position(s.Start)
	if s.Start < len(byteOrderMark) || s.End > len(d.Source) || s.Start > s.End || bytes.IndexByte(d.Source[s.Start:s.End], '\n') >= 0 {
		return start, d.Position(s.End)
	}
	end = start
	end.Column += runeStarts(d.Source[s.Start:s.End])
	end.Offset = s.End
	return start, end
}

// countBelow is the size in bytes of the largest file whose lines are counted for each position, which
// is quicker there than an index.
const countBelow = 4 << 10

func (d *Document) countPosition(offset int) Position {
	before := d.Source[:offset]
	start := bytes.LastIndexByte(before, '\n') + 1
	line := bytes.Count(before, []byte{'\n'}) + 1
	if line == 1 && bytes.HasPrefix(d.Source, []byte(byteOrderMark)) {
		start = min(len(byteOrderMark), offset)
	}
	return Position{Line: line, Column: runeStarts(before[start:]) + 1, Offset: offset}
}

// LineOf is the number of the line, from 1, that holds the byte at offset.
func (d *Document) LineOf(offset int) int {
	if len(d.Source) <= countBelow {
		return bytes.Count(d.Source[:min(max(0, offset), len(d.Source))], []byte{'\n'}) + 1
	}
	starts := d.index().starts
	return sort.Search(len(starts), func(i int) bool { return int(starts[i]) > offset })
}

// LineAt is the span of the line that holds the byte at offset, without its line break.
func (d *Document) LineAt(offset int) Span {
	if len(d.Source) > countBelow {
		return d.Line(d.LineOf(offset))
	}
	s := Span{bytes.LastIndexByte(d.Source[:offset], '\n') + 1, len(d.Source)}
	if n := bytes.IndexByte(d.Source[offset:], '\n'); n >= 0 {
		if s.End = offset + n; s.End > s.Start && d.Source[s.End-1] == '\r' {
			s.End--
		}
	}
	return s
}

// Lines is the number of lines; the empty one after a last line break counts.
func (d *Document) Lines() int { return len(d.index().starts) }

// Line is the span of line n, from 1, without its line break; zero when there is no such line.
func (d *Document) Line(n int) Span {
	starts := d.index().starts
	if n < 1 || n > len(starts) {
		return Span{}
	}
	if n == len(starts) {
		return Span{int(starts[n-1]), len(d.Source)}
	}
	start, end := int(starts[n-1]), int(starts[n])-1
	if end > start && d.Source[end-1] == '\r' {
		end--
	}
	return Span{start, end}
}

// LineBreak is the line break of the document, as the first line has it.
func (d *Document) LineBreak() string {
	if i := bytes.IndexByte(d.Source, '\n'); i > 0 && d.Source[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// Offset is the byte offset of a line and column, both from 1 and clipped to what there is.
func (d *Document) Offset(line, column int) int {
	span := d.Line(max(1, min(line, d.Lines())))
	if span.Start == 0 && bytes.HasPrefix(d.Source, []byte(byteOrderMark)) {
		span.Start = len(byteOrderMark)
	}
	text := string(d.Source[span.Start:max(span.Start, span.End)])
	for i := range text {
		if column--; column < 1 {
			return span.Start + i
		}
	}
	return max(span.Start, span.End)
}

// Statement is the lines that hold the whole key = value n is the value of, or n's own header: from
// the first byte of the first line to after the last line's break. For an entry of an array or
// inline table it is the statement around it; it is zero for a table that has no place of its own.
func (d *Document) Statement(n *Node) Span {
	for ; n != nil; n = n.Parent {
		at := n.Header()
		if !n.Expr().IsZero() && !n.Parent.isInline() {
			at = n.Expr()
		}
		if at.IsZero() {
			if n.Kind == Table || n.Kind == ArrayOfTables {
				return Span{}
			}
			continue
		}
		return d.wholeLines(at)
	}
	return Span{}
}

// isInline reports whether n lies in an inline table, or is one.
func (n *Node) isInline() bool {
	for ; n != nil; n = n.Parent {
		if n.Kind == InlineTable {
			return true
		}
		if n.Header().Len() > 0 {
			return false
		}
	}
	return false
}

func (d *Document) wholeLines(s Span) Span {
	starts := d.index().starts
	start, last := int(starts[d.LineOf(s.Start)-1]), d.LineOf(max(s.Start, s.End-1))
	if start == 0 && bytes.HasPrefix(d.Source, []byte(byteOrderMark)) {
		start = len(byteOrderMark)
	}
	if last == len(starts) {
		return Span{start, len(d.Source)}
	}
	return Span{start, int(starts[last])}
}
