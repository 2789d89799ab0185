package view

import (
	"bufio"
	"fmt"
	"io"

	"github.com/loonglint/loonglint/internal/render"
)

// lineWriter writes JSON and text piece by piece; the first error stays until flush.
type lineWriter struct {
	w   *bufio.Writer
	err error
}

func newLineWriter(w io.Writer) *lineWriter { return &lineWriter{w: bufio.NewWriterSize(w, 1<<16)} }

func (l *lineWriter) text(s string) { l.w.WriteString(s) }

func (l *lineWriter) printf(format string, args ...any) { fmt.Fprintf(l.w, format, args...) }

// item begins the element of an array on a line of its own.
func (l *lineWriter) item(i int) {
	if i > 0 {
		l.w.WriteByte(',')
	}
	l.w.WriteString("\n  ")
}

func (l *lineWriter) value(v any) {
	raw, err := render.Encode(v)
	if err != nil && l.err == nil {
		l.err = err
	}
	l.w.Write(raw)
}

func (l *lineWriter) flush() error {
	if err := l.w.Flush(); l.err == nil {
		l.err = err
	}
	return l.err
}
