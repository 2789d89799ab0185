package report

import (
	"bufio"
	"io"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/render"
)

// jsonLines writes the findings of loonglint.v1, one a line.
type jsonLines struct{ w *bufio.Writer }

func newJSONLines(w io.Writer, _ *Options) Writer { return &jsonLines{bufio.NewWriter(w)} }

func (j *jsonLines) File(r *lint.FileResult) error {
	for _, f := range r.Findings {
		raw, err := render.Encode(render.FindingOf(f))
		if err != nil {
			return err
		}
		j.w.Write(raw)
		j.w.WriteByte('\n')
	}
	return j.w.Flush()
}

func (j *jsonLines) Close(*lint.Summary) error { return j.w.Flush() }
