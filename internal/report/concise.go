package report

import (
	"bufio"
	"io"
	"strconv"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/redact"
	"github.com/loonglint/loonglint/internal/render"
)

// concise writes a line per finding: path:line:col: level[rule] message.
type concise struct{ w *bufio.Writer }

func newConcise(w io.Writer, _ *Options) Writer { return &concise{bufio.NewWriter(w)} }

func (c *concise) File(r *lint.FileResult) error {
	name := redact.Printable(r.Path)
	for _, f := range r.Findings {
		c.w.Write(render.AppendWhere(c.w.AvailableBuffer(), name, f.Start)) // a bufio.Writer keeps the first error for Flush
		for _, part := range [...]string{": ", f.Severity.String(), "[", f.Rule.Name, "] ", f.Message} {
			c.w.WriteString(part)
		}
		if f.More > 0 {
			c.w.WriteString(" (" + strconv.Itoa(f.More) + " more in this file are not listed)")
		}
		c.w.WriteByte('\n')
	}
	return c.w.Flush()
}

func (c *concise) Close(*lint.Summary) error { return c.w.Flush() }
