package loonglint

import (
	"errors"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/redact"
	"github.com/loonglint/loonglint/internal/render"
	"github.com/loonglint/loonglint/rules"
	"github.com/loonglint/loonglint/schema"
)

// Verdict is what Loong makes of a document as a whole.
type Verdict string

// The verdicts.
const (
	Loads       Verdict = "loads"       // it starts with it
	Refused     Verdict = "refused"     // its own validation refuses it
	Undecodable Verdict = "undecodable" // it is not TOML, or a value has a type that Loong does not take
	Crashes     Verdict = "crashes"     // Loong crashes while it reads it
	Unreadable  Verdict = "unreadable"  // it was not checked
)

// Result is what is known of a document.
type Result struct {
	Name       string
	Target     string    // the version of Loong that it was read as, or several as A..B or A,B
	Verdict    Verdict   // of the newest of them
	Findings   []Finding // by position, then rule
	Suppressed int       // findings left out by comments
	Baselined  int       // findings left out by the baseline
	Hidden     Counts    // findings that are less severe than asked for
	// Err says why the document is Unreadable: it is beyond a limit of what is read.
	Err error
	// Failed says that loonglint itself failed: a finding of the rule internal-error tells where.
	Failed bool
}

// Counts are numbers of findings.
type Counts struct{ Errors, Warnings, Infos int }

// Finding is a problem of a document.
type Finding struct {
	Rule     string
	Severity Severity
	File     string // the name of the document
	Start    Position
	End      Position

	Message string // what is written and what is wrong with it
	Label   string // the same in a few words, for under the place; may be empty
	Note    string // what Loong does instead; may be empty
	Help    string // what to do; may be empty
	Key     string // path of the key in TOML; may be empty
	Related []Related
	Fixes   []Fix       // to choose one of; what Repair makes is the first
	Loong   *Diagnostic // what Loong's own validation says, if it does; else nil
	Lines   []Line      // the lines of the places, to show

	// Fingerprint is the same for the same finding in a later version of the document; baselines list it.
	Fingerprint string
	URL         string // of the page of the rule
	More        int    // findings of the rule and severity that are counted and not listed, for there are too many
}

// Position is a place in a document.
type Position struct {
	Offset int // in bytes, from 0
	Line   int // from 1
	Column int // in characters, from 1; a byte order mark has none
	Byte   int // the column in bytes, from 1; 0: not given
}

// Related is a further place of a finding.
type Related struct {
	Start, End Position
	Message    string
}

// Fix is a change that removes a finding; its edits are made together.
type Fix struct {
	Message string
	// Safe says that the document keeps its meaning for Loong.
	Safe  bool
	Edits []Edit
	// Secret says that an edit holds a secret of the document: it may be made, never shown.
	Secret bool
	// Choice says that only a person may choose it, for it needs something that the document cannot tell, as a variable
	// that must be set first; Repair leaves it alone.
	Choice bool
}

// Edit replaces the bytes from Start to before End by Text. Lines and columns in bytes count from 1.
type Edit struct {
	Start, End int
	Text       string

	StartLine, StartByte int
	EndLine, EndByte     int
}

// Diagnostic is one of Loong's own validation.
type Diagnostic struct {
	Code, Severity             string
	FieldPath, InlineFieldPath string
	SuggestedEnvName           string
	ExampleEnvName             string
}

// Line is a line of a document as it may be shown: secrets are masked, and of a long line a part is left.
type Line struct {
	Number int
	Text   string
	Marks  []Mark
}

// Mark is an underlined part of a line, in bytes of its text.
type Mark struct {
	Start, End int
	Label      string
	Primary    bool // the place of the finding, not a related one
}

func resultOf(r *lint.FileResult) *Result {
	out := &Result{Name: r.Path, Target: r.Targets.String(), Verdict: Verdict(r.Verdict), Suppressed: r.Suppressed, Baselined: r.Baselined,
		Hidden: Counts(r.Hidden), Err: r.Err, Failed: r.Failed}
	for _, f := range r.Findings {
		out.Findings = append(out.Findings, findingOf(f))
	}
	return out
}

func findingOf(f *lint.Finding) Finding {
	out := Finding{Rule: f.Rule.Name, Severity: Severity(f.Severity), File: f.File, Start: positionOf(f.Start), End: positionOf(f.End),
		Message: f.Message, Label: f.Label, Note: f.Note, Help: f.Help, Key: f.KeyPath,
		Fingerprint: f.Fingerprint, URL: render.RuleURL(f.Rule.Name), More: f.More}
	out.Start.Byte, out.End.Byte = f.StartByte, f.EndByte
	for _, r := range f.Related {
		out.Related = append(out.Related, Related{positionOf(r.Start), positionOf(r.End), r.Message})
	}
	for i := range f.Fixes {
		out.Fixes = append(out.Fixes, fixOf(&f.Fixes[i]))
	}
	if d := f.Diagnostic; d != nil {
		out.Loong = diagnosticOf(d)
	}
	for _, l := range f.Lines {
		line := Line{Number: l.Number, Text: l.Text}
		for _, m := range l.Marks {
			line.Marks = append(line.Marks, Mark(m))
		}
		out.Lines = append(out.Lines, line)
	}
	return out
}

func positionOf(p document.Position) Position {
	return Position{Offset: p.Offset, Line: p.Line, Column: p.Column}
}

func fixOf(x *lint.Fix) Fix {
	out := Fix{Message: x.Message, Safe: x.Safety == lint.Safe, Secret: x.Secret, Choice: x.Choice}
	for i, e := range x.Edits {
		edit := Edit{Start: e.Span.Start, End: e.Span.End, Text: e.Text}
		if i < len(x.Places) {
			p := x.Places[i]
			edit.StartLine, edit.StartByte, edit.EndLine, edit.EndByte = p.StartLine, p.StartByte, p.EndLine, p.EndByte
		}
		out.Edits = append(out.Edits, edit)
	}
	return out
}

func diagnosticOf(d *loong.Diagnostic) *Diagnostic {
	return &Diagnostic{Code: d.Code, Severity: d.Severity, FieldPath: redact.Printable(d.FieldPath), InlineFieldPath: redact.Printable(d.InlineFieldPath),
		SuggestedEnvName: redact.Printable(d.SuggestedEnvName), ExampleEnvName: redact.Printable(d.ExampleEnvName)}
}

// internal is the result for package report; what the caller has changed counts, made harmless.
func (r *Result) internal() *lint.FileResult {
	out := &lint.FileResult{Path: r.Name, Verdict: loong.Verdict(r.Verdict), Suppressed: r.Suppressed, Baselined: r.Baselined,
		Hidden: lint.Counts(r.Hidden), Failed: r.Failed}
	out.Targets, _ = schema.ParseTargets(r.Target) // none for what the caller made up
	if r.Err != nil {
		out.Err = errors.New(redact.Printable(r.Err.Error()))
	}
	for i := range r.Findings {
		out.Findings = append(out.Findings, r.Findings[i].internal())
	}
	return out
}

func (f *Finding) internal() *lint.Finding {
	out := &lint.Finding{Rule: rules.ByName(f.Rule), Severity: lint.Level(f.Severity), File: f.File,
		Span:  document.Span{Start: f.Start.Offset, End: f.End.Offset},
		Start: f.Start.internal(), End: f.End.internal(), StartByte: f.Start.Byte, EndByte: f.End.Byte,
		Message: redact.Printable(f.Message), Label: redact.Printable(f.Label), Note: redact.Printable(f.Note), Help: redact.Printable(f.Help),
		KeyPath: redact.Printable(f.Key), Fingerprint: f.Fingerprint, More: f.More}
	if out.Rule == nil {
		out.Rule = &lint.Rule{Name: redact.Printable(f.Rule), Level: out.Severity}
	}
	for _, r := range f.Related {
		out.Related = append(out.Related, lint.Related{Span: document.Span{Start: r.Start.Offset, End: r.End.Offset},
			Message: redact.Printable(r.Message), Start: r.Start.internal(), End: r.End.internal()})
	}
	for i := range f.Fixes {
		out.Fixes = append(out.Fixes, f.Fixes[i].internal())
	}
	if d := f.Loong; d != nil {
		out.Diagnostic = &loong.Diagnostic{Code: d.Code, Severity: d.Severity, FieldPath: d.FieldPath, InlineFieldPath: d.InlineFieldPath,
			SuggestedEnvName: d.SuggestedEnvName, ExampleEnvName: d.ExampleEnvName}
	}
	for _, l := range f.Lines {
		line := render.Line{Number: l.Number, Text: l.Text}.Restore()
		for _, m := range l.Marks {
			start := min(max(m.Start, 0), len(line.Text))
			line.Marks = append(line.Marks, lint.Mark{Start: start, End: min(max(m.End, start), len(line.Text)),
				Label: redact.Printable(m.Label), Primary: m.Primary})
		}
		out.Lines = append(out.Lines, line)
	}
	return out
}

func (p Position) internal() document.Position {
	return document.Position{Line: p.Line, Column: p.Column, Offset: p.Offset}
}

func (x *Fix) internal() lint.Fix {
	out := lint.Fix{Message: redact.Printable(x.Message), Safety: lint.Unsafe, Edits: x.edits(), Secret: x.Secret, Choice: x.Choice}
	if x.Safe {
		out.Safety = lint.Safe
	}
	for _, e := range x.Edits {
		out.Places = append(out.Places, lint.EditPlace{StartLine: e.StartLine, StartByte: e.StartByte, EndLine: e.EndLine, EndByte: e.EndByte})
	}
	return out
}

func (x *Fix) edits() (list []document.Edit) {
	for _, e := range x.Edits {
		list = append(list, document.Edit{Span: document.Span{Start: e.Start, End: e.End}, Text: e.Text})
	}
	return list
}
