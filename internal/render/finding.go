package render

import (
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/jsonwrite"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/redact"
)

// AuditSchema names the document of an audit, whose findings a report can be made of.
const AuditSchema = "loonglint.audit.v1"

type positionObject struct {
	Line   int `json:"line"`
	Column int `json:"column"`
	Offset int `json:"offset"`
	Byte   int `json:"byte,omitempty"` // the column in bytes
}

// bytePlace is where an edit begins or ends, with the column in bytes.
type bytePlace struct {
	Line int `json:"line"`
	Byte int `json:"byte"`
}

type relatedObject struct {
	Message string         `json:"message"`
	File    string         `json:"file,omitempty"`
	Start   positionObject `json:"start"`
	End     positionObject `json:"end"`
}

type editObject struct {
	Start int       `json:"start"`
	End   int       `json:"end"`
	Text  string    `json:"text"`
	From  bytePlace `json:"from,omitzero"` // of start
	To    bytePlace `json:"to,omitzero"`   // of end
}

type fixObject struct {
	Message string          `json:"message"`
	Safety  string          `json:"safety"`
	Edits   Few[editObject] `json:"edits"`
}

type diagnosticObject struct {
	Code             string `json:"code"`
	Severity         string `json:"severity"`
	FieldPath        string `json:"field_path"`
	InlineFieldPath  string `json:"inline_field_path"`
	SuggestedEnvName string `json:"suggested_env_name,omitempty"`
	ExampleEnvName   string `json:"example_env_name,omitempty"`
}

// Finding is a finding of loonglint.v1.
type Finding struct {
	Rule        string             `json:"rule"`
	Severity    string             `json:"severity"`
	File        string             `json:"file"`
	Message     string             `json:"message"`
	Help        string             `json:"help,omitempty"`
	Note        string             `json:"note,omitempty"`
	Label       string             `json:"label,omitempty"`
	Key         string             `json:"key,omitempty"`
	Start       positionObject     `json:"start"`
	End         positionObject     `json:"end"`
	Related     Few[relatedObject] `json:"related,omitempty"`
	Fix         *fixObject         `json:"fix,omitempty"`
	Choices     Few[fixObject]     `json:"choices,omitempty"` // further fixes, which only a person may choose
	Loong       *diagnosticObject  `json:"loong,omitempty"`
	Fingerprint string             `json:"fingerprint"`
	More        int                `json:"more,omitempty"` // findings of the rule in the file that are not listed
}

// Summary is the summary of loonglint.v1.
type Summary struct {
	Files      int `json:"files"`
	Errors     int `json:"errors"`
	Warnings   int `json:"warnings"`
	Infos      int `json:"infos"`
	Suppressed int `json:"suppressed"`
	Baselined  int `json:"baselined"`
	Hidden     struct {
		Warnings int `json:"warnings"`
		Infos    int `json:"infos"`
	} `json:"hidden"` // below --min-level
	Unreadable int `json:"unreadable"` // of files
	Fixable    struct {
		Safe   int `json:"safe"`
		Unsafe int `json:"unsafe"`
	} `json:"fixable"` // findings, by what repairs them
}

// SummaryOf returns the JSON form of a summary.
func SummaryOf(s *lint.Summary) Summary {
	w := Summary{Files: s.Files, Errors: s.Errors, Warnings: s.Warnings, Infos: s.Infos, Suppressed: s.Suppressed, Baselined: s.Baselined,
		Unreadable: s.Unreadable}
	w.Hidden.Warnings, w.Hidden.Infos = s.Hidden.Warnings, s.Hidden.Infos
	w.Fixable.Safe, w.Fixable.Unsafe = s.Fixable, s.Unsafe
	return w
}

func positionOf(p document.Position) positionObject {
	return positionObject{Line: p.Line, Column: p.Column, Offset: p.Offset}
}

// FindingOf returns the JSON form of a finding; texts are shown as they may be.
func FindingOf(f *lint.Finding) *Finding {
	j := FindingIn(redact.Printable(f.File), f)
	return &j
}

// FindingIn is FindingOf for the name of its file, which may be shown as it is.
func FindingIn(name string, f *lint.Finding) Finding {
	j := Finding{
		Rule: f.Rule.Name, Severity: f.Severity.String(), File: name, Message: f.Message, Help: f.Help,
		Note: f.Note, Label: f.Label, Key: f.KeyPath, Start: positionOf(f.Start), End: positionOf(f.End),
		Fingerprint: f.Fingerprint, More: f.More,
	}
	j.Start.Byte, j.End.Byte = f.StartByte, f.EndByte
	for _, r := range f.Related {
		w := relatedObject{Message: r.Message, Start: positionOf(r.Start), End: positionOf(r.End)}
		if r.File != "" && r.File != f.File {
			w.File = redact.Printable(r.File)
		}
		j.Related = append(j.Related, w)
	}
	for i := range f.Fixes {
		if x := fixOf(&f.Fixes[i]); f.Fixes[i].Choice {
			j.Choices = append(j.Choices, *x)
		} else {
			j.Fix = x
		}
	}
	if d := f.Diagnostic; d != nil {
		j.Loong = &diagnosticObject{d.Code, d.Severity, redact.Printable(d.FieldPath), redact.Printable(d.InlineFieldPath), redact.Printable(d.SuggestedEnvName), redact.Printable(d.ExampleEnvName)}
	}
	return j
}

// fixOf leaves the edits out where one holds a secret.
func fixOf(x *lint.Fix) *fixObject {
	w := &fixObject{Message: x.Message, Safety: string(x.Safety), Edits: []editObject{}}
	if x.Secret {
		return w
	}
	w.Edits = make([]editObject, len(x.Edits))
	for i, e := range x.Edits {
		edit := &w.Edits[i]
		*edit = editObject{Start: e.Span.Start, End: e.Span.End, Text: e.Text}
		if i < len(x.Places) {
			p := x.Places[i]
			edit.From, edit.To = bytePlace{p.StartLine, p.StartByte}, bytePlace{p.EndLine, p.EndByte}
		}
	}
	return w
}

// AppendJSON appends the finding as its fields are tagged.
func (j *Finding) AppendJSON(w *jsonwrite.Writer, key string) {
	w.Begin(key, '{')
	j.appendMembers(w)
	w.End('}')
}

func (j *Finding) appendMembers(w *jsonwrite.Writer) {
	w.Text("rule", j.Rule)
	w.Text("severity", j.Severity)
	w.Text("file", j.File)
	w.Text("message", j.Message)
	w.TextIfAny("help", j.Help)
	w.TextIfAny("note", j.Note)
	w.TextIfAny("label", j.Label)
	w.TextIfAny("key", j.Key)
	j.Start.appendJSON(w, "start")
	j.End.appendJSON(w, "end")
	if len(j.Related) > 0 {
		w.Begin("related", '[')
		for i := range j.Related {
			j.Related[i].appendJSON(w)
		}
		w.End(']')
	}
	if j.Fix != nil {
		j.Fix.appendJSON(w, "fix")
	}
	if len(j.Choices) > 0 {
		w.Begin("choices", '[')
		for i := range j.Choices {
			j.Choices[i].appendJSON(w, "")
		}
		w.End(']')
	}
	if j.Loong != nil {
		j.Loong.appendJSON(w, "loong")
	}
	w.Text("fingerprint", j.Fingerprint)
	w.NumberIfAny("more", j.More)
}

func (p positionObject) appendJSON(w *jsonwrite.Writer, key string) {
	w.Begin(key, '{')
	w.Number("line", p.Line)
	w.Number("column", p.Column)
	w.Number("offset", p.Offset)
	w.NumberIfAny("byte", p.Byte)
	w.End('}')
}

func (r *relatedObject) appendJSON(w *jsonwrite.Writer) {
	w.Begin("", '{')
	w.Text("message", r.Message)
	w.TextIfAny("file", r.File)
	r.Start.appendJSON(w, "start")
	r.End.appendJSON(w, "end")
	w.End('}')
}

func (x *fixObject) appendJSON(w *jsonwrite.Writer, key string) {
	w.Begin(key, '{')
	w.Text("message", x.Message)
	w.Text("safety", x.Safety)
	w.Begin("edits", '[')
	for i := range x.Edits {
		e := &x.Edits[i]
		w.Begin("", '{')
		w.Number("start", e.Start)
		w.Number("end", e.End)
		w.Text("text", e.Text)
		e.From.appendJSON(w, "from")
		e.To.appendJSON(w, "to")
		w.End('}')
	}
	w.End(']')
	w.End('}')
}

func (p bytePlace) appendJSON(w *jsonwrite.Writer, key string) {
	if p == (bytePlace{}) {
		return
	}
	w.Begin(key, '{')
	w.Number("line", p.Line)
	w.Number("byte", p.Byte)
	w.End('}')
}

func (d *diagnosticObject) appendJSON(w *jsonwrite.Writer, key string) {
	w.Begin(key, '{')
	w.Text("code", d.Code)
	w.Text("severity", d.Severity)
	w.Text("field_path", d.FieldPath)
	w.Text("inline_field_path", d.InlineFieldPath)
	w.TextIfAny("suggested_env_name", d.SuggestedEnvName)
	w.TextIfAny("example_env_name", d.ExampleEnvName)
	w.End('}')
}
