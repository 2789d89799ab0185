package lint

import (
	"bytes"
	"slices"
	"time"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/suggest"
)

const suppressionDoc = `A suppression is a comment "# loonglint: ignore[rule, rule] reason" at the end of a line or alone on
the line above it, or "# loonglint: ignore-file[rule] reason" above the first key of the file. A date
may come before the reason: until=2026-12-31. `

// The rules about suppressions themselves; the engine reports them, and nothing suppresses them.
var (
	UnknownSuppression = Rule{
		Name: "unknown-suppression", Group: GroupSuppressions, Level: Warning, Since: "0.1.0",
		Summary: "a suppression that names no rule, or cannot be read",
		Doc: suppressionDoc + `One that cannot be read, or names a rule that does not exist or cannot be
suppressed (toml-syntax, crashes-loong, and the rules about suppressions), does nothing.`,
		Bad:  "[providers.main]\nkind = \"openai\"\nmodel = \"gpt-4.1\" # loonglint: ignore[no-such-rule] agreed with the team\n",
		Good: "[providers.main]\nkind = \"openai\"\nmodel = \"gpt-4.1\" # agreed with the team\n",
	}
	SuppressionWithoutReason = Rule{
		Name: "suppression-without-reason", Group: GroupSuppressions, Level: Warning, Since: "0.1.0",
		Summary: "a suppression that does not say why",
		Doc: suppressionDoc + `One without a reason does nothing: who reads the file later could not tell
whether it still holds. Write the reason after the brackets.`,
		Bad:  "# loonglint: ignore-file[unknown-key]\n[providers.main]\nkind = \"openai\"\n",
		Good: "[providers.main]\nkind = \"openai\"\n",
	}
	UnusedSuppression = Rule{
		Name: "unused-suppression", Group: GroupSuppressions, Level: Warning, Since: "0.1.0",
		Summary: "a suppression of something that is not there",
		Doc: suppressionDoc + `One that suppresses nothing hides the next mistake in its line. Delete it. Rules that do
not run, and rules across files, are not judged.`,
		Bad:  "[providers.main]\nkind = \"openai\" # loonglint: ignore[unknown-key] the key is of a newer version\n",
		Good: "[providers.main]\nkind = \"openai\"\n",
	}
	ExpiredSuppression = Rule{
		Name: "expired-suppression", Group: GroupSuppressions, Level: Warning, Since: "0.1.0",
		Summary: "a suppression whose date is past",
		Doc: suppressionDoc + `After that day it does nothing. Repair what it hid, or decide again and set
another date.`,
		Bad:  "# loonglint: ignore-file[wider-default] until=2020-02-29 until the move to the new version\n[providers.main]\nkind = \"openai\"\n",
		Good: "[providers.main]\nkind = \"openai\"\n",
	}
)

// suppressible reports whether a comment may switch a rule off.
func suppressible(r *Rule) bool {
	switch r.Name {
	case InternalError.Name, UnknownSuppression.Name, SuppressionWithoutReason.Name, UnusedSuppression.Name, ExpiredSuppression.Name:
		return false
	}
	return !r.Mandatory
}

// mayIgnore reports whether a document could have suppressing comments.
func mayIgnore(doc *document.Document, opt *Options) bool {
	return !opt.NoIgnores && slices.ContainsFunc(doc.Comments, func(c document.Span) bool {
		return bytes.Contains(doc.Source[c.Start:c.End], []byte(marker))
	})
}

// suppress leaves out what comments suppress, and judges these comments.
func (r *FileResult) suppress(doc *document.Document, opt *Options) {
	if !mayIgnore(doc, opt) {
		return
	}
	j := judge{r: r, doc: doc, opt: opt}
	r.ignores = readDirectives(doc)
	for _, d := range r.ignores {
		j.before(d)
	}
	r.Findings = slices.DeleteFunc(r.Findings, r.ignored)
	for _, d := range r.ignores {
		j.after(d)
	}
	slices.SortStableFunc(r.Findings, Compare)
}

// ignored reports whether a comment suppresses a finding, and counts it.
func (r *FileResult) ignored(f *Finding) bool {
	if !suppressible(f.Rule) {
		return false
	}
	hit := false
	for _, d := range r.ignores {
		if d.problem != "" || !d.file && d.line != f.Start.Line {
			continue
		}
		for i, n := range d.rules {
			if n.name == f.Rule.Name {
				d.used[i], hit = true, true
			}
		}
	}
	if hit {
		r.Suppressed++
	}
	return hit
}

// judge reports on directives.
type judge struct {
	r   *FileResult
	doc *document.Document
	opt *Options
}

// before reports what makes a directive void; it then suppresses nothing.
func (j *judge) before(d *directive) {
	switch {
	case d.problem != "":
		j.report(&UnknownSuppression, d.at, "%s", d.problem)
		return
	case d.reason == "":
		j.report(&SuppressionWithoutReason, d.span, "the suppression does not say why").
			WithHelp("write the reason after the brackets; until then nothing is suppressed")
		d.problem = "no reason"
	case d.until != "" && d.until < j.opt.today():
		j.report(&ExpiredSuppression, d.untilAt, "the suppression was valid until %s", d.until).
			WithHelp("repair what it hid, or set another date")
		d.problem = "expired"
	}
	for i, n := range d.rules {
		rule := j.rule(n.name)
		switch {
		case n.name == InternalError.Name, rule != nil && !suppressible(rule):
			j.report(&UnknownSuppression, n.span, "%s cannot be suppressed", n.name).
				WithHelp("delete the name, and repair what the rule reports")
		case rule == nil:
			f := j.report(&UnknownSuppression, n.span, "there is no rule %q", n.name).
				WithHelp("write the name of a rule, which each finding has in brackets")
			if near := suggest.Nearest(n.name, j.names); len(near) > 0 {
				f.WithHelp("did you mean %q?", near[0])
			}
		default:
			continue
		}
		d.used[i] = true
	}
}

// after reports the rules of a directive that suppressed nothing although they ran.
func (j *judge) after(d *directive) {
	if d.problem != "" {
		return
	}
	for i, n := range d.rules {
		if d.used[i] {
			continue
		}
		rule := j.rule(n.name)
		if rule.Compare != nil || !runs(rule, j.opt.level(j.doc.Name, rule), j.r.static) {
			continue
		}
		f := j.report(&UnusedSuppression, n.span, "there is no finding of %s to suppress here", n.name)
		f.WithHelp("delete the suppression")
	}
}

func (j *judge) report(rule *Rule, at document.Span, format string, args ...any) *Finding {
	p := Pass{Rule: rule, File: &File{Document: j.doc}}
	f := p.Report(at, format, args...)
	f.locate(j.doc)
	if level := j.opt.level(j.doc.Name, rule); isOn(rule, level) {
		if level != 0 {
			f.Severity = level
		}
		j.r.Findings = append(j.r.Findings, f)
	}
	return f
}

// rule finds a rule by name among those of the run.
func (j *judge) rule(name string) *Rule {
	for _, r := range j.opt.Rules {
		if r.Name == name {
			return r
		}
	}
	return nil
}

func (j *judge) names(yield func(string) bool) {
	for _, r := range j.opt.Rules {
		if suppressible(r) && !yield(r.Name) {
			return
		}
	}
}

// today is the day of the run.
func (o *Options) today() string {
	if o.Today != "" {
		return o.Today
	}
	return time.Now().Format(time.DateOnly)
}
