package render

import (
	"github.com/loonglint/loonglint/internal/jsonwrite"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/redact"
)

// LinedFinding is a Finding with its source lines.
type LinedFinding struct {
	Finding
	Lines  Few[Line] `json:"lines,omitempty"`
	Status string    `json:"status,omitempty"` // new or unchanged, with --since
}

// Line is a masked source line; marks are in bytes of text.
type Line struct {
	Number int             `json:"line"`
	Text   string          `json:"text"`
	Marks  Few[markObject] `json:"marks,omitempty"`
}

type markObject struct {
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Label   string `json:"label,omitempty"`
	Primary bool   `json:"primary,omitempty"`
}

// LineOf returns the JSON form of a line.
func LineOf(l lint.Line) Line {
	w := Line{Number: l.Number, Text: l.Text}
	for _, m := range l.Marks {
		w.Marks = append(w.Marks, markObject(m))
	}
	return w
}

// AppendJSON appends the line as its fields are tagged.
func (w Line) AppendJSON(out *jsonwrite.Writer, key string) {
	out.Begin(key, '{')
	out.Number("line", w.Number)
	out.Text("text", w.Text)
	if len(w.Marks) > 0 {
		out.Begin("marks", '[')
		for _, m := range w.Marks {
			out.Begin("", '{')
			out.Number("start", m.Start)
			out.Number("end", m.End)
			out.TextIfAny("label", m.Label)
			out.TrueIf("primary", m.Primary)
			out.End('}')
		}
		out.End(']')
	}
	out.End('}')
}

// Restore returns the line that a document has, whoever wrote it.
func (w Line) Restore() lint.Line {
	l := lint.Line{Number: w.Number, Text: redact.Printable(w.Text)}
	if len(w.Marks) > 0 {
		l.Marks = make([]lint.Mark, len(w.Marks))
	}
	for i, m := range w.Marks {
		m.Label = redact.Printable(m.Label)
		m.Start = min(max(m.Start, 0), len(l.Text))
		m.End = min(max(m.End, m.Start), len(l.Text))
		l.Marks[i] = lint.Mark(m)
	}
	return l
}

// LinedFindingOf returns the JSON form of a finding with its lines.
func LinedFindingOf(f *lint.Finding) LinedFinding {
	w := LinedFinding{Finding: *FindingOf(f)}
	for _, l := range f.Lines {
		w.Lines = append(w.Lines, LineOf(l))
	}
	return w
}

// AppendJSON appends the finding as its fields are tagged.
func (j *LinedFinding) AppendJSON(w *jsonwrite.Writer, key string) {
	w.Begin(key, '{')
	j.appendMembers(w)
	if len(j.Lines) > 0 {
		w.Begin("lines", '[')
		for _, l := range j.Lines {
			l.AppendJSON(w, "")
		}
		w.End(']')
	}
	w.TextIfAny("status", j.Status)
	w.End('}')
}
