package lint

import (
	"fmt"
	"iter"

	"github.com/loonglint/loonglint/internal/document"
)

// Fact is what a rule's Collect recorded of one file.
type Fact struct {
	File string
	Is   any
}

// CrossPass is a rule at work on the facts of all files. Facts must hold no node or document:
// a file's tree is gone by then. Secrets are compared by hash only.
type CrossPass struct {
	Rule  *Rule
	Facts iter.Seq[Fact] // in path order; gone through once, while the files are still being checked

	findings []*Finding
	stored   []stored // by file, once all is compared
	failed   any      // what the rule panicked with
}

// Place is a span that outlives its document.
type Place struct {
	Span       document.Span
	Start, End document.Position
	Key        string
}

// PlaceOf remembers where a span is and which node it belongs to.
func (p *Pass) PlaceOf(at document.Span, n *document.Node) Place {
	pl := Place{Span: at}
	pl.Start, pl.End = p.Document.Positions(at)
	if n != nil {
		pl.Key = n.KeyPath()
	}
	return pl
}

// Report adds a finding at a place of the file whose facts are current, or of another one. It has no fix.
func (p *CrossPass) Report(file string, at Place, format string, args ...any) *Finding {
	f := &Finding{Rule: p.Rule, Severity: p.Rule.Level, File: file, Span: at.Span, Start: at.Start, End: at.End,
		KeyPath: at.Key, Message: fmt.Sprintf(format, args...)}
	p.findings = append(p.findings, f)
	return f
}

// WithRelatedIn adds a labeled place in another file.
func (f *Finding) WithRelatedIn(file string, at Place, format string, args ...any) *Finding {
	f.Related = append(f.Related, Related{File: file, Span: at.Span, Start: at.Start, End: at.End,
		Message: fmt.Sprintf(format, args...)})
	return f
}
