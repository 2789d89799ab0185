package report

import (
	"io"
	"strconv"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/redact"
	"github.com/loonglint/loonglint/internal/render"
)

// concise writes a line per finding: path:line:col: level[rule] message.
type concise struct {
	w io.Writer
	b []byte // the lines of a file
}

func newConcise(w io.Writer, _ *Options) Writer { return &concise{w: w} }

func (c *concise) File(r *lint.FileResult) error {
	name := redact.Printable(r.Path)
	c.b = c.b[:0]
	for _, f := range r.Findings {
		c.b = render.AppendWhere(c.b, name, f.Start)
		for _, part := range [...]string{": ", f.Severity.String(), "[", f.Rule.Name, "] ", f.Message} {
			c.b = append(c.b, part...)
		}
		if f.More > 0 {
			c.b = append(c.b, " ("+strconv.Itoa(f.More)+" more in this file are not listed)"...)
		}
		c.b = append(c.b, '\n')
	}
	return send(c.w, c.b)
}

func (c *concise) Close(*lint.Summary) error { return nil }
