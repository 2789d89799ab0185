package report

import (
	"bufio"
	"io"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/redact"
)

// jsonLines writes the findings of loonglint.v1, one a line.
type jsonLines struct {
	w    *bufio.Writer
	list list
}

func newJSONLines(w io.Writer, _ *Options) Writer {
	j := &jsonLines{w: bufio.NewWriter(w)}
	j.list = list{w: j.w, end: "\n"}
	return j
}

func (j *jsonLines) File(r *lint.FileResult) error {
	name := redact.Printable(r.Path)
	for _, f := range r.Findings {
		if err := j.list.writeFinding(name, f); err != nil {
			return err
		}
	}
	return j.w.Flush()
}

func (j *jsonLines) Close(*lint.Summary) error { return j.w.Flush() }
