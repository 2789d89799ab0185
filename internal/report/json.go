package report

import (
	"bufio"
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

// jsonWriter writes loonglint.v1. Files come before findings, so both wait for the end, encoded.
type jsonWriter struct {
	w               *bufio.Writer
	tool            render.Tool
	files, findings Spool
	file, finding   list
}

func newJSON(w io.Writer, opt *Options) Writer {
	j := &jsonWriter{w: bufio.NewWriter(w), tool: opt.Tool, files: opt.spool(), findings: opt.spool()}
	j.file, j.finding = list{w: j.files, separator: ",\n  "}, list{w: j.findings, separator: ",\n  "}
	return j
}

func (j *jsonWriter) File(r *lint.FileResult) error {
	f := jsonFile{Path: redact.Printable(r.Path), Verdict: string(r.Verdict)}
	if r.Targets != 0 && r.Targets != j.tool.Targets && j.tool.Targets != 0 {
		f.Target = r.Targets.String()
	}
	if r.Err != nil {
		f.Error = redact.Printable(r.Err.Error())
	}
	name := f.Path
	if err := j.file.add(f); err != nil {
		return err
	}
	for _, f := range r.Findings {
		if err := j.finding.writeFinding(name, f); err != nil {
			return err
		}
	}
	return nil
}

func (j *jsonWriter) Close(s *lint.Summary) error {
	defer j.files.Close()
	defer j.findings.Close()
	tool, err := render.Encode(j.tool.Object())
	if err != nil {
		return err
	}
	summary, err := render.Encode(render.SummaryOf(s))
	if err != nil {
		return err
	}
	j.w.WriteString(`{"schema": "` + schemaV1 + `",` + "\n" + ` "tool": `) // a bufio.Writer keeps the first error for Flush
	j.w.Write(tool)
	j.w.WriteString(",\n \"files\": [")
	if _, err := j.files.WriteTo(j.w); err != nil {
		return err
	}
	j.w.WriteString("],\n \"findings\": [")
	if _, err := j.findings.WriteTo(j.w); err != nil {
		return err
	}
	j.w.WriteString("],\n \"summary\": ")
	j.w.Write(summary)
	j.w.WriteString("}\n")
	return j.w.Flush()
}
