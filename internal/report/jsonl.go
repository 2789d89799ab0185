package report

import (
	"io"

	"github.com/loonglint/loonglint/internal/jsonwrite"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/redact"
	"github.com/loonglint/loonglint/internal/render"
)

// jsonLines writes the findings of loonglint.v1, one a line.
type jsonLines struct {
	w     io.Writer
	lines jsonwrite.Writer // of a file
}

func newJSONLines(w io.Writer, _ *Options) Writer { return &jsonLines{w: w} }

func (j *jsonLines) File(r *lint.FileResult) error {
	name := redact.Printable(r.Path)
	j.lines.Bytes = j.lines.Bytes[:0]
	for _, f := range r.Findings {
		finding := render.FindingIn(name, f)
		finding.AppendJSON(&j.lines, "")
		j.lines.Bytes = append(j.lines.Bytes, '\n')
	}
	return send(j.w, j.lines.Bytes)
}

func (j *jsonLines) Close(*lint.Summary) error { return nil }
