package report

import (
	"bytes"
	"encoding/json"
	"io"

	"github.com/loonglint/loonglint/internal/jsonwrite"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/render"
)

// list writes elements of a JSON array, or lines of JSON, as they come.
type list struct {
	w         io.Writer
	before    string // the first element
	separator string // before each further one
	end       string // after each
	prefix    string // of the lines of an element but the first, with an indent
	indent    string // empty: an element has one line

	n    int // elements so far
	json jsonwrite.Writer
}

// add writes an element; HTML is not escaped in it.
func (l *list) add(v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent(l.prefix, l.indent)
	if err := e.Encode(v); err != nil {
		return err
	}
	return l.write(func(w *jsonwrite.Writer) { w.Raw("", bytes.TrimSuffix(b.Bytes(), []byte("\n"))) })
}

// write writes an element that a function appends.
func (l *list) write(element func(*jsonwrite.Writer)) error {
	between := l.separator
	if l.n == 0 {
		between = l.before
	}
	l.n++
	l.json.Prefix, l.json.Indent = l.prefix, l.indent
	l.json.Bytes = append(l.json.Bytes[:0], between...)
	element(&l.json)
	l.json.Bytes = append(l.json.Bytes, l.end...)
	_, err := l.w.Write(l.json.Bytes)
	return err
}

// writeFinding writes a finding of loonglint.v1; name is that of its file, as it may be shown.
func (l *list) writeFinding(name string, f *lint.Finding) error {
	return l.write(func(w *jsonwrite.Writer) {
		j := render.FindingIn(name, f)
		j.AppendJSON(w, "")
	})
}

// close returns what ends the array; of one without elements also what begins it.
func (l *list) close(end string) string {
	if l.n == 0 {
		return l.before + end
	}
	return end
}
