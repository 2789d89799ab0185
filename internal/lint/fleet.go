package lint

import (
	"iter"
	"slices"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/redact"
)

// Ignore is a suppressing comment as rules across files need it.
type Ignore struct {
	Rules []string `json:"rules"`
	Line  int      `json:"line"` // whose findings it suppresses; 0: all of the file
}

// Each checks inputs as Run does, but leaves rules across files to a Comparison; the facts for them
// stay in the results. No more files are held at a time than by Run without such rules.
func (r *Runner) Each(inputs []Input, yield func(*FileResult) bool) { r.stream(inputs, yield) }

// Facts lists what rules across files collected of the file.
func (r *FileResult) Facts(opt *Options) iter.Seq2[*Rule, any] {
	return func(yield func(*Rule, any) bool) {
		for _, f := range r.facts {
			if !yield(opt.Rules[f.rule], f.value) {
				return
			}
		}
	}
}

// SetFact adds what a rule collected of the file in another process.
func (r *FileResult) SetFact(opt *Options, rule *Rule, is any) {
	if i := slices.Index(opt.Rules, rule); i >= 0 {
		r.facts = append(r.facts, fact{i, is})
	}
}

// Ignores lists the comments that could suppress findings across files, and of what they name
// only rules across files: the rest is any text.
func (r *FileResult) Ignores(opt *Options) []Ignore {
	var list []Ignore
	for _, d := range r.ignores {
		if d.problem != "" || !d.file && d.line == 0 {
			continue
		}
		ig := Ignore{Line: d.line}
		if d.file {
			ig.Line = 0
		}
		for _, n := range d.rules {
			if slices.ContainsFunc(opt.Rules, func(r *Rule) bool { return r.Compare != nil && r.Name == n.name }) {
				ig.Rules = append(ig.Rules, n.name)
			}
		}
		if len(ig.Rules) > 0 {
			list = append(list, ig)
		}
	}
	return list
}

// SetIgnores restores what Ignores gave in another process.
func (r *FileResult) SetIgnores(list []Ignore) {
	for _, ig := range list {
		d := &directive{file: ig.Line == 0, line: ig.Line, used: make([]bool, len(ig.Rules))}
		for _, name := range ig.Rules {
			d.rules = append(d.rules, named{name: name})
		}
		r.ignores = append(r.ignores, d)
	}
}

// Excerpt is the masked line of a span, underlined, for places that become findings later.
func Excerpt(doc *document.Document, at document.Span, s *redact.Document) Line {
	at = clip(at, len(doc.Source))
	return renderLine(doc, []place{{at, "", true, doc.LineOf(at.Start)}}, s)
}
