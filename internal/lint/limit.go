package lint

import (
	"slices"
	"unicode/utf8"

	"github.com/loonglint/loonglint/internal/document"
)

// maxFindings is how many findings of a rule are held for a file; more of them are only counted, so
// that no file can make them take up all memory.
const maxFindings = 3_000

// longest is the length in bytes above which a text of a finding is cut, for it may quote a value.
const longest = 4 << 10

// cut shortens a text that is too long; it must be masked by now, or a secret could be cut in two.
func cut(text string) string {
	if len(text) <= longest {
		return text
	}
	end := longest
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end] + "…"
}

// excess is what of a rule's findings there was no room for.
type excess struct {
	last    *Finding       // about which nothing is decided: the rule may still change its severity
	dropped [Error + 1]int // how many of the others were dropped, by severity
}

// exceed takes a finding for which there is no room.
func (p *Pass) exceed(f *Finding) {
	if p.excess == nil {
		p.excess = &excess{}
	}
	p.countDropped()
	p.excess.last = f
}

// countDropped decides about the last finding that there was no room for: the first ones of a severity
// are held all the same, for the exit status depends on them.
func (p *Pass) countDropped() {
	if p.excess == nil || p.excess.last == nil {
		return
	}
	f, dropped := p.excess.last, &p.excess.dropped
	p.excess.last = nil
	if dropped[f.Severity] == 0 && !slices.ContainsFunc(p.findings, func(g *Finding) bool { return g.Severity == f.Severity }) {
		p.findings = append(p.findings, f)
		return
	}
	dropped[f.Severity]++
}

// overflow counts findings of a rule that were not held.
type overflow struct {
	rule     *Rule
	severity Level
	n        int
}

// overflow adds what p dropped to a list; level is the one set for its rule, or 0.
func (p *Pass) overflow(list []overflow, level Level) []overflow {
	if p.excess == nil {
		return list
	}
	for s, n := range p.excess.dropped {
		if n > 0 {
			o := overflow{p.Rule, Level(s), n} //nolint:gosec // an index of dropped
			if level != 0 {
				o.severity = level
			}
			list = append(list, o)
		}
	}
	return list
}

// suppressOver counts as suppressed what a comment for the whole file suppresses of the findings
// that were not held.
func (r *FileResult) suppressOver() {
	for i := range r.over {
		o := &r.over[i]
		if r.ignored(&Finding{Rule: o.rule, Start: document.Position{Line: -1}}) {
			r.Suppressed += o.n - 1
			o.n = 0
		}
	}
}

// Hide leaves out, and counts, the findings below a level, but those of rules across files only below
// another one.
func (r *FileResult) Hide(level, across Level) {
	r.Findings = slices.DeleteFunc(r.Findings, func(f *Finding) bool {
		if f.Rule.Compare == nil && f.Severity >= level || f.Rule.Compare != nil && f.Severity >= across {
			return false
		}
		r.Hidden.Count(f.Severity, 1+f.More)
		return true
	})
	r.over = slices.DeleteFunc(r.over, func(o overflow) bool {
		if o.severity >= level {
			return false
		}
		r.Hidden.Count(o.severity, o.n)
		return true
	})
}

// tellOverflow lets the last finding of each rule and severity say how many were not held.
func (r *FileResult) tellOverflow() {
	for _, o := range r.over {
		for _, f := range slices.Backward(r.Findings) {
			if f.Rule == o.rule && f.Severity == o.severity {
				f.More += o.n
				break
			}
		}
	}
	r.over = nil
}
