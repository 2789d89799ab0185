package lint

import (
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/policy"
	"github.com/loonglint/loonglint/internal/redact"
	"github.com/loonglint/loonglint/internal/secret"
	"github.com/loonglint/loonglint/schema"
)

// File is what rules look at.
type File struct {
	Document    *document.Document
	Config      *loong.Config // never nil, filled in as far as the file could be understood
	Environment *loong.Environment
	Policy      *policy.Policy // nil: there is none
	Alone       bool           // there is no other file to compare it with

	asked  *Pass  // the rule that a hook of is at work; nil: none is
	causes causes // that the rules have spoken of
	oneKey bool   // the rules are asked about a key
	*memo         // what they worked out for each other about the place that they are asked about

	keys      []secret.Match // once they are found
	keysFound bool
	secrets   *redact.Document // once they are found
}

// KeyShapes lists the keys of known shape in the text of the document, looked for once for all who ask.
func (f *File) KeyShapes() []secret.Match {
	if !f.keysFound {
		f.keys, f.keysFound = secret.Find(f.Document.Text()), true
	}
	return f.keys
}

// Secrets redacts what is said about the document, found once for all who ask.
func (f *File) Secrets() *redact.Document {
	if f.secrets == nil {
		f.secrets = redact.With(f.Document, f.KeyShapes())
	}
	return f.secrets
}

// Pass is one rule at work on one file.
type Pass struct {
	Rule *Rule
	*File
	State any // what the rule's hooks keep for each other

	off      bool // the rule is asked no more about this file: it has nothing to look for, or it panicked
	failed   bool
	findings []*Finding
	excess   *excess // findings that there was no room for; nil: none
}

// clear makes p as it was before the rule was asked.
func (p *Pass) clear() {
	p.State, p.off, p.failed, p.findings, p.excess = nil, false, false, nil, nil
}

// The methods below call a hook of the rule, unless it is off. Whoever calls them recovers from a panic and calls fail.

func (p *Pass) skip() {
	p.asked = p
	p.off = p.off || p.Rule.Skip(p)
	p.asked = nil
}

func (p *Pass) run() {
	if !p.off {
		p.asked = p
		p.Rule.Run(p)
		p.asked = nil
	}
}

func (p *Pass) table(table schema.Value, made *loong.Profile) {
	if !p.off {
		p.asked = p
		p.Rule.Table(p, table, made)
		p.asked = nil
	}
}

func (p *Pass) profile(profile *loong.Profile) {
	if !p.off {
		p.asked = p
		p.Rule.Profile(p, profile)
		p.asked = nil
	}
}

func (p *Pass) key(key, parent schema.Value) {
	if !p.off {
		p.asked = p
		p.Rule.Key(p, key, parent)
		p.asked = nil
	}
}

func (p *Pass) end() {
	if !p.off {
		p.asked = p
		p.Rule.End(p)
		p.asked = nil
	}
}

// collect is like the others, and recovers itself.
func (p *Pass) collect() (collected any) {
	if !p.off {
		defer func() { p.fail(recover()) }()
		collected = p.Rule.Collect(p)
	}
	return collected
}

// fail makes a finding of what was recovered from a panic, nil where there was none.
func (p *Pass) fail(recovered any) {
	p.asked = nil
	if recovered != nil {
		p.findings = append(p.findings, internalError(p.Document.Name, p.Rule.Name, recovered))
		p.off, p.failed = true, true
	}
}

// Full reports whether so many findings of the rule are held that the next ones are hardly more
// than counted: what they would say need not be worked out.
func (p *Pass) Full() bool { return len(p.findings) >= maxFindings }

// Counted counts a finding that has the rule's own level and need not be made, since Full is true and such ones were not held
// before; else it is false, and the finding is to be reported.
func (p *Pass) Counted() bool {
	if p.excess == nil || p.excess.dropped[p.Rule.Level] == 0 {
		return false
	}
	p.excess.dropped[p.Rule.Level]++
	return true
}

// Report adds a finding at a span; the message names the user's text and what is wrong with it.
func (p *Pass) Report(at document.Span, format string, args ...any) *Finding {
	return p.Say(at, text(format, args...))
}

// Say is Report for a message that has nothing to fill in.
func (p *Pass) Say(at document.Span, message string) *Finding {
	f := &Finding{Rule: p.Rule, Severity: p.Rule.Level, File: p.Document.Name, Span: at, Message: message, oneKey: p.oneKey}
	if len(p.findings) >= maxFindings {
		p.exceed(f)
		return f
	}
	p.findings = append(p.findings, f)
	return f
}
