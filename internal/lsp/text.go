package lsp

import (
	"bytes"
	"slices"
	"unicode/utf8"

	"github.com/loonglint/loonglint/internal/document"
)

// Position is a place in a text: line and character from 0. A character is a unit of the encoding that client and
// server have agreed on. What lies beyond a line or the text counts as its end.
type Position struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

// Range is what lies between two places, the end left out.
type Range struct {
	Start Position `json:"start"`
	End   Position `json:"end"`
}

// text is a version of a document. Lines end at \n, \r\n and \r, as the protocol has it; TOML has no lone \r, so the
// lines of package document may be others. A byte order mark that the editor passes on is a character of the first line.
type text struct {
	source []byte // never changed
	utf16  bool   // characters are units of UTF-16, else bytes
	starts []int  // offset of the first byte of each line

	counted bool  // units is made
	units   []int // units of UTF-16 before each multiple of unitStep; nil where all are bytes
}

// unitStep is the distance in bytes between two counted places.
const unitStep = 256

func newText(source []byte, utf16 bool) *text {
	starts := make([]int, 1, 1+bytes.Count(source, []byte("\n")))
	return &text{source: source, utf16: utf16, starts: appendStarts(starts, source, 0, len(source))}
}

// appendStarts appends the offsets after the ends of lines that lie from one offset to before another.
func appendStarts(starts []int, source []byte, from, to int) []int {
	for i := from; i < to; i++ {
		if c := source[i]; c == '\n' || c == '\r' && (i+1 == len(source) || source[i+1] != '\n') {
			starts = append(starts, i+1)
		}
	}
	return starts
}

func isASCII(b []byte) bool {
	return !slices.ContainsFunc(b, func(c byte) bool { return c >= utf8.RuneSelf })
}

func unitCounts(source []byte) []int {
	counts := make([]int, 0, len(source)/unitStep+1)
	n := 0
	for at := 0; at <= len(source); at += unitStep {
		counts = append(counts, n)
		n += countUnits(source[at:min(at+unitStep, len(source))])
	}
	return counts
}

// countUnits counts the units of UTF-16 of the characters that begin in b.
func countUnits(b []byte) int {
	n := 0
	for _, c := range b {
		n += unitsOf(c)
	}
	return n
}

// unitsOf is how many units of UTF-16 the character has that begins with a byte; 0 for a byte within a character.
func unitsOf(c byte) int {
	switch {
	case c&0xC0 == 0x80:
		return 0
	case c >= 0xF0:
		return 2
	}
	return 1
}

// unitsBefore counts the units before an offset.
func (t *text) unitsBefore(offset int) int {
	if !t.counted {
		t.counted = true
		if t.utf16 && !isASCII(t.source) {
			t.units = unitCounts(t.source)
		}
	}
	if t.units == nil {
		return offset
	}
	k := offset / unitStep
	return t.units[k] + countUnits(t.source[k*unitStep:offset])
}

// line returns the index of the line that an offset lies in.
func (t *text) line(offset int) int {
	i, found := slices.BinarySearch(t.starts, offset)
	if !found {
		i--
	}
	return i
}

// lineSpan is a line without its break.
func (t *text) lineSpan(line int) document.Span {
	start, end := t.starts[line], len(t.source)
	if line+1 < len(t.starts) {
		end = t.starts[line+1]
	}
	for end > start && (t.source[end-1] == '\n' || t.source[end-1] == '\r') {
		end--
	}
	return document.Span{Start: start, End: end}
}

// position is the place of an offset in bytes.
func (t *text) position(offset int) Position {
	offset = min(max(offset, 0), len(t.source))
	line := t.line(offset)
	return Position{line, t.unitsBefore(offset) - t.unitsBefore(t.starts[line])}
}

// rangeOf is the place of a span.
func (t *text) rangeOf(s document.Span) Range {
	return Range{t.position(s.Start), t.position(max(s.Start, s.End))}
}

// offset is where a place is, in bytes. One within a character is its start.
func (t *text) offset(p Position) int {
	switch {
	case p.Line < 0:
		return 0
	case p.Line >= len(t.starts):
		return len(t.source)
	}
	span := t.lineSpan(p.Line)
	line := t.source[span.Start:span.End]
	at := min(max(p.Character, 0), len(line))
	if t.utf16 {
		at = byteOfUnit(line, p.Character)
	}
	for at > 0 && at < len(line) && !utf8.RuneStart(line[at]) {
		at--
	}
	return span.Start + at
}

// byteOfUnit is the offset in a line of the character that holds a unit of UTF-16.
func byteOfUnit(line []byte, unit int) int {
	n := 0
	for i, c := range line {
		if n += unitsOf(c); n > unit {
			return i
		}
	}
	return len(line)
}

// span is where a range is, in bytes; one that runs backwards is empty.
func (t *text) span(r Range) document.Span {
	start := t.offset(r.Start)
	return document.Span{Start: start, End: max(start, t.offset(r.End))}
}

// change is what the editor did to a text: the part that Range says, or without it all, became Text.
type change struct {
	Range *Range `json:"range"`
	Text  string `json:"text"`
}

// apply returns the text after a change. Only the lines that it touches are looked at: a message may hold many changes.
func (t *text) apply(c change) *text {
	if c.Range == nil {
		return newText([]byte(c.Text), t.utf16)
	}
	at := t.span(*c.Range)
	next := &text{source: slices.Concat(t.source[:at.Start], []byte(c.Text), t.source[at.End:]), utf16: t.utf16}
	// A byte on each side counts, too: a line break may be made or taken apart.
	first := t.line(max(0, at.Start-1))
	end := at.Start + len(c.Text)
	next.starts = append(make([]int, 0, len(t.starts)+1), t.starts[:first+1]...)
	next.starts = appendStarts(next.starts, next.source, t.starts[first], min(end+1, len(next.source)))
	rest, _ := slices.BinarySearch(t.starts, at.End+2)
	for _, start := range t.starts[rest:] {
		next.starts = append(next.starts, start+end-at.End)
	}
	return next
}
