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
}

// excerpt renders the lines of a finding and its related places in the same file.
func excerpt(f *Finding, doc *document.Document, secrets *redact.Document) []Line {
	if len(doc.Source) == 0 || f.Rule == &InternalError {
		return nil
	}
	places := []place{{f.Span, f.Label, true}}
	for _, r := range f.Related {
		if r.File == "" || r.File == f.File {
			places = append(places, place{r.Span, r.Message, false})
		}
	}
	byLine := map[int][]place{}
	var numbers []int
	for _, p := range places {
		n := doc.LineOf(p.span.Start)
		if byLine[n] == nil {
			numbers = append(numbers, n)
		}
		byLine[n] = append(byLine[n], p)
	}
	slices.Sort(numbers)
	lines := make([]Line, 0, len(numbers))
	for _, n := range numbers {
		lines = append(lines, renderLine(doc, n, byLine[n], secrets))
	}
	return lines
}

// renderLine writes one line with its marks; of a long line the part around the first place.
func renderLine(doc *document.Document, number int, places []place, secrets *redact.Document) Line {
	whole := doc.Line(number)
	if number == 1 && strings.HasPrefix(string(doc.Source[:min(3, len(doc.Source))]), "\ufeff") {
		whole.Start = 3
	}
	part := window(doc.Source, whole, places[0].span)
	w := lineWriter{src: doc.Source, secrets: secrets.Spans, texts: secrets}
	if part.Start > whole.Start {
		w.b.WriteString("…")
	}
	slices.SortStableFunc(places, func(a, b place) int { return a.span.Start - b.span.Start })
	l := Line{Number: number}
	w.from = part.Start
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
	src     []byte
	secrets []document.Span
	texts   *redact.Document // a secret is hidden also where its text stands again
	from    int
	b       strings.Builder
}

// write renders part; the marks, given in source offsets, become offsets of the result. A mark
// that begins or ends inside a secret covers all of its mask.
func (w *lineWriter) write(part document.Span, marks []Mark) string {
	cuts := make([]int, 0, 2*len(marks)+8)
	for _, m := range marks {
		cuts = append(cuts, m.Start, m.End)
	}
	i, _ := slices.BinarySearchFunc(w.secrets, part.Start, func(s document.Span, at int) int {
		if s.End <= at {
			return -1
		}
		return 1
	})
	starts, ends := map[int]int{}, map[int]int{}
	note := func(from, to, out int, end int) {
		for _, c := range cuts {
			if from <= c && c < to || from == c {
				if _, ok := starts[c]; !ok {
					starts[c] = out
				}
			}
			if from < c && c <= to {
				ends[c] = end
			}
		}
	}
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
		for _, c := range cuts {
			if at < c {
				next = min(next, c)
			}
		}
		out := w.b.Len()
		w.b.WriteString(w.texts.Text(string(w.src[at:next])))
		note(at, next, out, w.b.Len())
		at = next
	}
	for k := range marks {
		m := &marks[k]
		start, ok := starts[m.Start]
		if !ok {
			start = w.b.Len()
		}
		end, ok := ends[m.End]
		if !ok || m.End == m.Start {
			end = start
		}
		m.Start, m.End = start, max(start, end)
	}
	return w.b.String()
}
