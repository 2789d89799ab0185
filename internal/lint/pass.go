package lint

import (
	"fmt"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/policy"
	"github.com/loonglint/loonglint/schema"
)

// File is what rules look at.
type File struct {
	Document    *document.Document
	Config      *loong.Config // never nil, filled in as far as the file could be understood
	Environment *loong.Environment
	Policy      *policy.Policy // nil: there is none
	Alone       bool           // there is no other file to compare it with

	secret   schema.SecretValue // of secretAt, the one asked for last
	secretAt *document.Node
	oneKey   bool // the rules are asked about a key
	once     any  // of onceAt, likewise
	onceAt   *document.Node
}

// Once returns what work makes of a node, of which several rules in a row ask for the same. All of them
// must pass the same work.
func (f *File) Once(n *document.Node, work func() any) any {
	if f.onceAt != n {
		f.once, f.onceAt = work(), n
	}
	return f.once
}

// Secret is v.Secret(), decoded once for all rules that are asked about the key.
func (f *File) Secret(v schema.Value) schema.SecretValue {
	if f.secretAt != v.Node || v.Node == nil {
		f.secret, f.secretAt = v.Secret(), v.Node
	}
	return f.secret
}

// Pass is one rule at work on one file.
type Pass struct {
	Rule *Rule
	*File
	State any // what the rule's hooks keep for each other

	index    int   // of the rule in Options.Rules
	skipped  bool  // by the rule's Skip, of the file before
	level    Level // set for the rule's findings; 0: their own
	findings []*Finding
	spare    *Finding       // the last one reported, when there was no room for it
	dropped  [Error + 1]int // how many there was no room for, by severity
	failed   bool
}

// Full reports whether so many findings of the rule are held that the next ones are hardly more
// than counted: what they would say need not be worked out.
func (p *Pass) Full() bool { return len(p.findings) >= maxFindings }

// Report adds a finding at a span; the message names the user's text and what is wrong with it.
func (p *Pass) Report(at document.Span, format string, args ...any) *Finding {
	f := &Finding{Rule: p.Rule, Severity: p.Rule.Level, File: p.Document.Name, Span: at, Message: fmt.Sprintf(format, args...), oneKey: p.oneKey}
	if len(p.findings) >= maxFindings {
		p.settle()
		p.spare = f
		return f
	}
	p.findings = append(p.findings, f)
	return f
}
