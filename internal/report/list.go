package report

import (
	"bytes"
	"encoding/json"
	"io"
)

// list writes elements of a JSON array, or lines of JSON, as they come.
type list struct {
	w         io.Writer
	before    string // the first element
	separator string // before each further one
	end       string // after each
	prefix    string // of the lines of an element but the first, with an indent
	indent    string // empty: an element has one line

	n   int // elements so far
	b   bytes.Buffer
	enc *json.Encoder
}

// add writes an element; HTML is not escaped in it.
func (l *list) add(v any) error {
	if l.enc == nil {
		l.enc = json.NewEncoder(&l.b)
		l.enc.SetEscapeHTML(false)
		if l.indent != "" {
			l.enc.SetIndent(l.prefix, l.indent)
		}
	}
	l.b.Reset()
	if l.n == 0 {
		l.b.WriteString(l.before)
	} else {
		l.b.WriteString(l.separator)
	}
	l.n++
	if err := l.enc.Encode(v); err != nil {
		return err
	}
	l.b.Truncate(l.b.Len() - 1) // the encoder's line break
	l.b.WriteString(l.end)
	_, err := l.w.Write(l.b.Bytes())
	return err
}

// close returns what ends the array; of one without elements also what begins it.
func (l *list) close(end string) string {
	if l.n == 0 {
		return l.before + end
	}
	return end
}
