package lint

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/redact"
)

// Line is a source line of a finding, masked and harmless, with what is marked in it.
type Line struct {
	Number int
	Text   string
	Marks  []Mark
}

// Mark is an underlined range of a Line, in bytes of its Text.
type Mark struct {
	Start, End int
	Label      string
	Primary    bool
}

// margin is how many bytes of a long line are kept on each side of what is marked.
const (
	longLine = 160
	margin   = 60
)

// place is a labelled span of a finding.
type place struct {
	span    document.Span
	label   string
	primary bool
	line    int // where it begins
}

// excerpt renders the lines of a finding and its related places in the same file.
func excerpt(f *Finding, doc *document.Document, secrets *redact.Document) []Line {
	if len(doc.Source) == 0 || f.Rule == &InternalError {
		return nil
	}
	places := make([]place, 1, 1+len(f.Related))
	places[0] = place{f.Span, f.Label, true, doc.LineOf(f.Span.Start)}
	for _, r := range f.Related {
		if r.File == "" || r.File == f.File {
			places = append(places, place{r.Span, r.Message, false, doc.LineOf(r.Span.Start)})
		}
	}
	slices.SortStableFunc(places, func(a, b place) int { return a.line - b.line })
	lines := make([]Line, 0, len(places))
	for len(places) > 0 {
		n := 1
		for n < len(places) && places[n].line == places[0].line {
			n++
		}
		lines = append(lines, renderLine(doc, places[:n], secrets))
		places = places[n:]
	}
	return lines
}

// renderLine writes the line of some places with its marks; of a long line the part around the first place.
func renderLine(doc *document.Document, places []place, secrets *redact.Document) Line {
	number, whole := places[0].line, doc.LineAt(places[0].span.Start)
	if number == 1 && strings.HasPrefix(string(doc.Source[:min(3, len(doc.Source))]), "\ufeff") {
		whole.Start = 3
	}
	part := window(doc.Source, whole, places[0].span)
	w := lineWriter{src: doc.Text(), secrets: secrets.Spans, texts: secrets}
	if part.Start > whole.Start {
		w.b.WriteString("…")
	}
	slices.SortStableFunc(places, func(a, b place) int { return a.span.Start - b.span.Start })
	l := Line{Number: number, Marks: make([]Mark, 0, len(places))}
	for _, p := range places {
		start := min(max(p.span.Start, part.Start), part.End)
		end := min(max(p.span.End, start), part.End)
		if p.span.Start > part.End && part.End < whole.End {
			continue // outside what is shown
		}
		l.Marks = append(l.Marks, Mark{Start: start, End: end, Label: p.label, Primary: p.primary})
	}
	l.Text = w.write(part, l.Marks)
	if part.End < whole.End {
		l.Text += "…"
	}
	return l
}

// window is the part of a line to show around a span.
func window(src []byte, line, around document.Span) document.Span {
	if line.Len() <= longLine {
		return line
	}
	end := min(max(around.End, around.Start), around.Start+longLine)
	part := document.Span{Start: max(line.Start, around.Start-margin), End: min(line.End, end+margin)}
	for part.Start > line.Start && !utf8.RuneStart(src[part.Start]) {
		part.Start--
	}
	for part.End < line.End && !utf8.RuneStart(src[part.End]) {
		part.End++
	}
	return part
}

// lineWriter writes a part of a source with secrets masked, and moves marks along.
type lineWriter struct {
	src     string
	secrets []document.Span
	texts   *redact.Document // a secret is hidden also where its text stands again
	b       strings.Builder
}

// write renders part; the marks, given in source offsets, become offsets of the result. A mark
// that begins or ends inside a secret covers all of its mask.
func (w *lineWriter) write(part document.Span, marks []Mark) string {
	i, _ := slices.BinarySearchFunc(w.secrets, part.Start, func(s document.Span, at int) int {
		if s.End <= at {
			return -1
		}
		return 1
	})
	const none = -1
	moved := make([]Mark, len(marks))
	for k := range moved {
		moved[k] = Mark{Start: none, End: none}
	}
	// note says that the text from one offset to another is at out to end in the result.
	note := func(from, to, out int, end int) {
		for k, m := range marks {
			if n := &moved[k]; n.Start == none && (from <= m.Start && m.Start < to || from == m.Start) {
				n.Start = out
			}
			if from < m.End && m.End <= to {
				moved[k].End = end
			}
		}
	}
	w.b.Grow(part.Len())
	at := part.Start
	for at < part.End {
		if i < len(w.secrets) && w.secrets[i].Start <= at {
			end := min(w.secrets[i].End, part.End)
			out := w.b.Len()
			w.b.WriteString(redact.Mask)
			note(at, end, out, w.b.Len())
			at = end
			i++
			continue
		}
		next := part.End
		if i < len(w.secrets) {
			next = min(next, w.secrets[i].Start)
		}
		for _, m := range marks {
			if at < m.Start {
				next = min(next, m.Start)
			}
			if at < m.End {
				next = min(next, m.End)
			}
		}
		out := w.b.Len()
		w.b.WriteString(w.texts.Text(w.src[at:next]))
		note(at, next, out, w.b.Len())
		at = next
	}
	for k := range marks {
		m, start, end := &marks[k], moved[k].Start, moved[k].End
		if start == none {
			start = w.b.Len()
		}
		if end == none || m.End == m.Start {
			end = start
		}
		m.Start, m.End = start, max(start, end)
	}
	return w.b.String()
}
