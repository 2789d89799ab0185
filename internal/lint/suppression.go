package lint

import (
	"bytes"

	"github.com/loonglint/loonglint/internal/document"
)

// Suppression returns the edit that suppresses a finding of a document by a comment: in one that suppresses something else
// in the line, else at the end of the line, else alone above it. Without a reason the comment does nothing until somebody
// writes one at its end. It is false where the rule cannot be suppressed, or the line can have no comment, as in a text
// over several lines.
func Suppression(doc *document.Document, f *Finding, reason string) (document.Edit, bool) {
	if !suppressible(f.Rule) || f.Start.Line == 0 {
		return document.Edit{}, false
	}
	line := f.Start.Line
	at := doc.Line(line)
	text := "# " + marker + " ignore[" + f.Rule.Name + "] " + reason
	var tries []suppression
	for _, d := range readDirectives(doc) {
		if d.line == line && !d.file && d.problem == "" {
			end := d.rules[len(d.rules)-1].span.End
			tries = []suppression{{document.Edit{Span: document.Span{Start: end, End: end}, Text: ", " + f.Rule.Name}, line}}
		}
	}
	end := at.Start + len(bytes.TrimRight(doc.Source[at.Start:at.End], " \t"))
	tries = append(tries, suppression{document.Edit{Span: document.Span{Start: end, End: at.End}, Text: " " + text}, line})
	if line == 1 {
		at.Start += len(doc.Source[at.Start:at.End]) - len(bytes.TrimPrefix(doc.Source[at.Start:at.End], []byte("\ufeff")))
	}
	indent := doc.Source[at.Start : at.End-len(bytes.TrimLeft(doc.Source[at.Start:at.End], " \t"))]
	tries = append(tries, suppression{document.Edit{Span: document.Span{Start: at.Start, End: at.Start}, Text: string(indent) + text + doc.LineBreak()}, line + 1})
	for _, s := range tries {
		if s.works(doc, f.Rule.Name) {
			return s.edit, true
		}
	}
	return document.Edit{}, false
}

// suppression is an edit that may suppress findings of a line of the text that it makes.
type suppression struct {
	edit document.Edit
	line int
}

// works reports whether what an edit writes is read as a suppression of a rule, and breaks nothing.
func (s *suppression) works(doc *document.Document, rule string) bool {
	src, err := document.Apply(doc.Source, []document.Edit{s.edit})
	if err != nil {
		return false
	}
	after := document.Parse(doc.Name, src)
	if after.Err != nil || len(after.Problems) > len(doc.Problems) {
		return false
	}
	for _, d := range readDirectives(after) {
		if d.line != s.line || d.file || d.problem != "" {
			continue
		}
		for _, n := range d.rules {
			if n.name == rule {
				return true
			}
		}
	}
	return false
}
