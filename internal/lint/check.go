package lint

import (
	"bytes"
	"cmp"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/policy"
	"github.com/loonglint/loonglint/internal/redact"
	"github.com/loonglint/loonglint/internal/weburl"
	"github.com/loonglint/loonglint/schema"
)

// Options says which rules run and what is kept of their findings. The zero value runs nothing.
type Options struct {
	Rules []*Rule
	// LevelOf returns the level that a rule's findings have in a file: 0 to keep their own, Off
	// to switch the rule off. nil keeps all. An opt-in rule runs only when a level is returned.
	LevelOf   func(file string, r *Rule) Level
	NoIgnores bool // show what comments suppress
	// MinLevel is the level below which findings are only counted, AcrossMinLevel the same for rules
	// that compare files; 0: all are kept.
	MinLevel, AcrossMinLevel Level
	Baseline                 *Baseline // may be nil
	// NameOf is what a file is called in fingerprints and in the baseline; nil: as it is.
	NameOf  func(file string) string
	NoLines bool // leave Finding.Lines empty
	// NoFingerprints leaves Finding.Fingerprint empty, unless there is a Baseline, which needs them.
	NoFingerprints bool
	// LinesFor is how many findings of a rule and level in a file have Finding.Lines; 0: all.
	LinesFor int
	Today    string // the day for until= of suppressions, as 2006-01-02; empty: the clock's
	// OwnHost reports whether a host, in lower case, is the user's own, so that rules about addresses
	// have nothing to say about it; nil: none is.
	OwnHost func(host string) bool
	// Policy is what the rules about a policy hold configurations to; nil: nothing.
	Policy *policy.Policy
	// Targets returns the versions of Loong that a file is read as; nil, and an empty set: the newest release.
	Targets func(file string) schema.Targets
	// Inspect sees every file that was read, after its rules; it is called by many goroutines.
	Inspect func(*File, *FileResult)

	alone bool // there is no other file, so nothing is collected for rules across files
}

// Off is the level of a rule that is switched off.
const Off Level = 255

// InternalError is reported when a rule fails; it is no rule of the list.
var InternalError = Rule{Name: "internal-error", Summary: "loonglint itself failed on this file", Level: Error}

// FileResult is what is known of a file after all rules ran.
type FileResult struct {
	Path       string
	Verdict    loong.Verdict  // of the newest of Targets
	Targets    schema.Targets // the versions of Loong that it was read as; none: it was not read, or that is not known
	Findings   []*Finding     // sorted by position, then rule
	Suppressed int            // findings left out by comments
	Baselined  int            // findings left out by the baseline
	Hidden     Counts         // findings below Options.MinLevel
	Err        error          // why the file could not be read; Verdict is then Unreadable
	Failed     bool           // an internal error is among the findings
	Known      []string       // fingerprints that the baseline left out
	Inspected  any            // what Options.Inspect made of it
	Repaired   *Repaired      // what Runner.Repair made of it; nil: there was nothing to repair

	facts   []fact
	ignores []*directive // kept for findings across files
	over    []overflow   // findings beyond maxFindings
	static  bool         // nothing was known about variables
}

// fact is what the rule with an index in Options.Rules collected.
type fact struct {
	rule  int
	value any
}

// targets are the versions of Loong that a file is read as.
func (o *Options) targets(file string) schema.Targets {
	if o.Targets == nil {
		return 0
	}
	return o.Targets(file)
}

// Check runs the rules over a document that was read as cfg. Everything it returns may be printed.
// For several files a Checker is quicker.
func Check(doc *document.Document, cfg *loong.Config, opt *Options) *FileResult {
	return NewChecker(opt).Check(doc, cfg)
}

// Check is the function Check with the options of c.
func (c *Checker) Check(doc *document.Document, cfg *loong.Config) *FileResult {
	jobs := []job{{Source: &Source{Path: doc.Name}, document: doc, config: cfg}}
	p := c.planOf(cfg)
	p.check(jobs, c.opt)
	return jobs[0].result
}

// conclude makes the result of a file that the rules were asked about.
func (v *visitor) conclude(opt *Options) *FileResult {
	doc, cfg := v.file.Document, v.file.Config
	r := &FileResult{Path: doc.Name, Verdict: cfg.Verdict, Targets: cfg.Targets(), static: isStatic(cfg)}
	if !opt.alone {
		r.facts = v.collect()
	}
	for i := range v.passes {
		if p := &v.passes[i]; len(p.findings) > 0 {
			r.take(p, &v.rules[i], opt)
		}
	}
	if len(r.Findings) > 0 {
		r.Findings = findTorn(doc, cfg).drop(r.Findings, doc)
	}
	finish(r, &v.file, opt)
	if opt.Inspect != nil {
		opt.Inspect(&v.file, r)
	}
	return r
}

// take moves the findings of a rule, which has some, into the result.
func (r *FileResult) take(p *Pass, rule *planned, opt *Options) {
	if rule.muted {
		p.mute()
	} else {
		p.countDropped()
		r.Failed = r.Failed || p.failed
		r.over = p.overflow(r.over, rule.level)
		rule.setLevel(p.findings)
	}
	if p.Rule.Address && opt.OwnHost != nil {
		p.findings = slices.DeleteFunc(p.findings, opt.ownHost)
	}
	r.Findings = append(r.Findings, p.findings...)
}

// setLevel gives the rule's findings the level that is set for it.
func (r *planned) setLevel(findings []*Finding) {
	for _, f := range findings {
		if r.level != 0 && f.Rule == r.Rule {
			f.Severity = r.level
		}
	}
}

// mute marks the findings of a rule that is switched off; where it failed nobody hears of it.
func (p *Pass) mute() {
	p.findings = slices.DeleteFunc(p.findings, func(f *Finding) bool { return f.Rule != p.Rule })
	for _, f := range p.findings {
		f.muted = true
	}
}

// ownHost reports whether a finding is about an address of the user's own.
func (o *Options) ownHost(f *Finding) bool {
	if f.node == nil || f.node.Kind != document.String {
		return false
	}
	u, ok := weburl.Parse(strings.TrimSpace(f.node.Text()))
	return ok && u.Host != "" && o.OwnHost(u.Host)
}

// isStatic reports whether nothing is known about variables and files.
func isStatic(cfg *loong.Config) bool {
	e := cfg.Environment
	return e.Static() && (e == nil || e.Files == nil)
}

// level returns the level set for a rule in a file; 0: none is.
func (o *Options) level(file string, r *Rule) Level {
	if o.LevelOf == nil {
		return 0
	}
	return o.LevelOf(file, r)
}

// isOn reports whether a rule for which a level is set is switched on.
func isOn(r *Rule, level Level) bool { return level != Off && (level != 0 || !r.OptIn) }

// internalError tells what failed; the panic's value is left out, except of runtime errors, since
// it could hold text of the file.
func internalError(file, what string, v any) *Finding {
	why := "panic"
	if err, ok := v.(runtime.Error); ok {
		why = err.Error()
	}
	return &Finding{Rule: &InternalError, Severity: Error, File: file,
		Message: fmt.Sprintf("%s failed: %s", what, redact.Printable(why)),
		Note:    "at " + callSite(),
		Help:    "please report this; all other checks of the file were made"}
}

// callSite lists the functions that a panic went through, innermost first.
func callSite() string {
	var pcs [32]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs[:])])
	var at []string
	panicked := false
	for more := true; more && len(at) < 4; {
		var f runtime.Frame
		f, more = frames.Next()
		if panicked && !strings.HasPrefix(f.Function, "runtime.") {
			at = append(at, fmt.Sprintf("%s:%d", filepath.Base(f.File), f.Line))
		}
		panicked = panicked || f.Function == "runtime.gopanic"
	}
	return strings.Join(at, ", ")
}

// finish turns raw findings into those of the result.
func finish(r *FileResult, file *File, opt *Options) {
	doc := file.Document
	if len(r.Findings) == 0 && !mayIgnore(doc, opt) {
		return
	}
	for _, f := range r.Findings {
		f.locate(doc)
	}
	r.Findings = silence(r.Findings)
	dropDeciding(r.Findings, file.Config)
	slices.SortStableFunc(r.Findings, Compare)
	if opt.fingerprints() {
		fingerprint(r.Findings, opt, file.Secrets())
	}
	r.suppress(doc, opt)
	r.suppressOver()
	if len(r.facts) == 0 {
		r.ignores = nil // nothing about other files is going to be suppressed
	}
	if opt.fingerprints() {
		fingerprint(r.Findings, opt, file.Secrets()) // those about suppressions
	}
	r.dropKnown(opt.Baseline)
	r.Hide(opt.MinLevel, opt.AcrossMinLevel)
	r.tellOverflow()
	if len(r.Findings) == 0 {
		return // the secrets are looked for only where something is shown
	}
	redactAll(r.Findings, file.Secrets(), opt.fingerprints())
	if !opt.NoLines {
		r.showLines(file, opt.LinesFor)
	}
	for _, f := range r.Findings {
		f.node = nil
	}
}

// showLines gives the first findings of each rule and level their lines; most is 0 for all.
func (r *FileResult) showLines(file *File, most int) {
	type kind struct {
		rule  *Rule
		level Level
	}
	counts := map[kind]int{}
	for _, f := range r.Findings {
		k := kind{f.Rule, f.Severity}
		if counts[k]++; most == 0 || counts[k] <= most {
			f.Lines = excerpt(f, file.Document, file.Secrets())
		}
	}
}

// Compare orders findings by path, position and rule.
func Compare(a, b *Finding) int {
	if c := cmp.Or(strings.Compare(a.File, b.File), a.Span.Start-b.Span.Start, a.Span.End-b.Span.End); c != 0 {
		return c
	}
	return cmp.Or(strings.Compare(a.Rule.Name, b.Rule.Name), strings.Compare(a.Message, b.Message))
}

// locate computes the positions of a finding's own file.
func (f *Finding) locate(doc *document.Document) {
	f.Span = clip(f.Span, len(doc.Source))
	f.Start, f.End = doc.Positions(f.Span)
	f.StartByte = f.Span.Start - doc.LineAt(f.Span.Start).Start + 1
	if f.EndByte = f.StartByte + f.Span.Len(); f.End.Line != f.Start.Line {
		f.EndByte = f.Span.End - doc.LineAt(f.Span.End).Start + 1
	}
	for i := range f.Related {
		if o := &f.Related[i]; o.File == "" {
			o.Span = clip(o.Span, len(doc.Source))
			o.Start, o.End = doc.Positions(o.Span)
		}
	}
	for i := range f.Fixes {
		if x := &f.Fixes[i]; x.Places == nil {
			x.locate(doc, f)
		}
	}
}

// locate computes where the edits are of a fix of f, whose own place is known.
func (x *Fix) locate(doc *document.Document, f *Finding) {
	x.Places = make([]EditPlace, len(x.Edits))
	for i, e := range x.Edits {
		p, s := &x.Places[i], clip(e.Span, len(doc.Source))
		if s == f.Span { // as of most
			*p = EditPlace{f.Start.Line, f.StartByte, f.End.Line, f.EndByte}
			continue
		}
		p.StartLine, p.StartByte = bytePlace(doc, s.Start)
		if p.EndLine, p.EndByte = p.StartLine, p.StartByte+s.Len(); bytes.IndexByte(doc.Source[s.Start:s.End], '\n') >= 0 {
			p.EndLine, p.EndByte = bytePlace(doc, s.End)
		}
	}
}

func bytePlace(doc *document.Document, offset int) (line, column int) {
	return doc.LineOf(offset), offset - doc.LineAt(offset).Start + 1
}

func clip(s document.Span, size int) document.Span {
	s.Start = min(max(s.Start, 0), size)
	s.End = min(max(s.End, s.Start), size)
	return s
}
