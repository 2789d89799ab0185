package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
)

// schemaV1 names the document of contract.md, "loonglint.v1".
const schemaV1 = "loonglint.v1"

type jsonTool struct {
	Name    string    `json:"name"`
	Version string    `json:"version"`
	Loong   jsonLoong `json:"loong"`
}

type jsonLoong struct {
	Version string `json:"version"`
	Commit  string `json:"commit"`
}

type jsonFile struct {
	Path    string `json:"path"`
	Verdict string `json:"verdict"`
	Error   string `json:"error,omitempty"`
}

type jsonPosition struct {
	Line   int `json:"line"`
	Column int `json:"column"`
	Offset int `json:"offset"`
	Byte   int `json:"byte,omitempty"` // the column in bytes
}

// jsonBytePlace is where an edit begins or ends, with the column in bytes.
type jsonBytePlace struct {
	Line int `json:"line"`
	Byte int `json:"byte"`
}

type jsonRelated struct {
	Message string       `json:"message"`
	File    string       `json:"file,omitempty"`
	Start   jsonPosition `json:"start"`
	End     jsonPosition `json:"end"`
}

type jsonEdit struct {
	Start int            `json:"start"`
	End   int            `json:"end"`
	Text  string         `json:"text"`
	From  *jsonBytePlace `json:"from,omitempty"` // of start
	To    *jsonBytePlace `json:"to,omitempty"`   // of end
}

type jsonFix struct {
	Message string        `json:"message"`
	Safety  string        `json:"safety"`
	Edits   few[jsonEdit] `json:"edits"`
}

type jsonDiagnostic struct {
	Code             string `json:"code"`
	Severity         string `json:"severity"`
	FieldPath        string `json:"field_path"`
	InlineFieldPath  string `json:"inline_field_path"`
	SuggestedEnvName string `json:"suggested_env_name,omitempty"`
	ExampleEnvName   string `json:"example_env_name,omitempty"`
}

type jsonFinding struct {
	Rule        string           `json:"rule"`
	Severity    string           `json:"severity"`
	File        string           `json:"file"`
	Message     string           `json:"message"`
	Help        string           `json:"help,omitempty"`
	Note        string           `json:"note,omitempty"`
	Label       string           `json:"label,omitempty"`
	Key         string           `json:"key,omitempty"`
	Start       jsonPosition     `json:"start"`
	End         jsonPosition     `json:"end"`
	Related     few[jsonRelated] `json:"related,omitempty"`
	Fix         *jsonFix         `json:"fix,omitempty"`
	Loong       *jsonDiagnostic  `json:"loong,omitempty"`
	Fingerprint string           `json:"fingerprint"`
	More        int              `json:"more,omitempty"` // findings of the rule in the file that are not listed
}

type jsonSummary struct {
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

// jsonWriter writes loonglint.v1. Files stand before findings, so findings wait, encoded.
type jsonWriter struct {
	w        *bufio.Writer
	tool     Tool
	files    bytes.Buffer
	findings bytes.Buffer
}

func newJSON(w io.Writer, opt *Options) Writer {
	return &jsonWriter{w: bufio.NewWriter(w), tool: opt.Tool}
}

func (j *jsonWriter) File(r *lint.FileResult) error {
	f := jsonFile{Path: shown(r.Path), Verdict: string(r.Verdict)}
	if r.Err != nil {
		f.Error = shown(r.Err.Error())
	}
	if err := listItem(&j.files, f); err != nil {
		return err
	}
	for _, f := range r.Findings {
		if err := listItem(&j.findings, wireFinding(f)); err != nil {
			return err
		}
	}
	return nil
}

// listItem adds an element to an array, on its own line.
func listItem(b *bytes.Buffer, v any) error {
	if b.Len() > 0 {
		b.WriteString(",\n  ")
	}
	raw, err := encode(v)
	b.Write(raw)
	return err
}

// encode is JSON without HTML escapes and without a line break.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

func (j *jsonWriter) Close(s *lint.Summary) error {
	tool, err := encode(jsonTool{"loonglint", j.tool.Version, jsonLoong{j.tool.LoongVersion, j.tool.LoongCommit}})
	if err != nil {
		return err
	}
	summary, err := encode(wireSummary(s))
	if err != nil {
		return err
	}
	for _, part := range [][]byte{
		[]byte(`{"schema": "` + schemaV1 + `",` + "\n" + ` "tool": `), tool,
		[]byte(",\n \"files\": ["), j.files.Bytes(), []byte("],\n \"findings\": ["), j.findings.Bytes(),
		[]byte("],\n \"summary\": "), summary, []byte("}\n"),
	} {
		j.w.Write(part) // a bufio.Writer keeps the first error for Flush
	}
	return j.w.Flush()
}

func wireSummary(s *lint.Summary) jsonSummary {
	w := jsonSummary{Files: s.Files, Errors: s.Errors, Warnings: s.Warnings, Infos: s.Infos, Suppressed: s.Suppressed, Baselined: s.Baselined,
		Unreadable: s.Unreadable}
	w.Hidden.Warnings, w.Hidden.Infos = s.Hidden.Warnings, s.Hidden.Infos
	w.Fixable.Safe, w.Fixable.Unsafe = s.Fixable, s.Unsafe
	return w
}

func wirePosition(p document.Position) jsonPosition {
	return jsonPosition{Line: p.Line, Column: p.Column, Offset: p.Offset}
}

func wireFinding(f *lint.Finding) *jsonFinding {
	j := &jsonFinding{
		Rule: f.Rule.Name, Severity: f.Severity.String(), File: shown(f.File), Message: f.Message, Help: f.HelpText,
		Note: f.Note, Label: f.Label, Key: f.Key, Start: wirePosition(f.Start), End: wirePosition(f.End),
		Fingerprint: f.Fingerprint, More: f.More,
	}
	j.Start.Byte, j.End.Byte = f.StartByte, f.EndByte
	for _, r := range f.Relateds {
		w := jsonRelated{Message: r.Message, Start: wirePosition(r.Start), End: wirePosition(r.End)}
		if r.File != "" && r.File != f.File {
			w.File = shown(r.File)
		}
		j.Related = append(j.Related, w)
	}
	if x := f.Fixes; x != nil {
		j.Fix = wireFix(x)
	}
	if d := f.Loong; d != nil {
		j.Loong = &jsonDiagnostic{d.Code, d.Severity, shown(d.FieldPath), shown(d.InlineFieldPath), shown(d.SuggestedEnvName), shown(d.ExampleEnvName)}
	}
	return j
}

// wireFix leaves the edits out where one holds a secret.
func wireFix(x *lint.Fix) *jsonFix {
	w := &jsonFix{Message: x.Message, Safety: string(x.Safety), Edits: []jsonEdit{}}
	if x.Secret {
		return w
	}
	for i, e := range x.Edits {
		edit := jsonEdit{Start: e.Span.Start, End: e.Span.End, Text: e.Text}
		if i < len(x.Places) {
			p := x.Places[i]
			edit.From, edit.To = &jsonBytePlace{p.StartLine, p.StartByte}, &jsonBytePlace{p.EndLine, p.EndByte}
		}
		w.Edits = append(w.Edits, edit)
	}
	return w
}
