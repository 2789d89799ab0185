package report

import (
	"bufio"
	"bytes"
	"io"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/redact"
	"github.com/loonglint/loonglint/internal/render"
)

// schemaV1 names the document of contract.md, "loonglint.v1".
const schemaV1 = "loonglint.v1"

type jsonFile struct {
	Path    string `json:"path"`
	Verdict string `json:"verdict"`
	Target  string `json:"target,omitempty"` // where it is not that of the tool
	Error   string `json:"error,omitempty"`
}

// jsonWriter writes loonglint.v1. Files stand before findings, so findings wait, encoded.
type jsonWriter struct {
	w        *bufio.Writer
	tool     render.Tool
	files    bytes.Buffer
	findings bytes.Buffer
}

func newJSON(w io.Writer, opt *Options) Writer {
	return &jsonWriter{w: bufio.NewWriter(w), tool: opt.Tool}
}

func (j *jsonWriter) File(r *lint.FileResult) error {
	f := jsonFile{Path: redact.Printable(r.Path), Verdict: string(r.Verdict)}
	if r.Targets != 0 && r.Targets != j.tool.Targets && j.tool.Targets != 0 {
		f.Target = r.Targets.String()
	}
	if r.Err != nil {
		f.Error = redact.Printable(r.Err.Error())
	}
	if err := listItem(&j.files, f); err != nil {
		return err
	}
	for _, f := range r.Findings {
		if err := listItem(&j.findings, render.FindingOf(f)); err != nil {
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
	raw, err := render.Encode(v)
	b.Write(raw)
	return err
}

func (j *jsonWriter) Close(s *lint.Summary) error {
	tool, err := render.Encode(j.tool.Object())
	if err != nil {
		return err
	}
	summary, err := render.Encode(render.SummaryOf(s))
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
