// Package jsonwrite writes JSON of a known form at a fraction of what reflection costs, for documents of which there
// are very many. Its bytes are those of encoding/json without HTML escapes.
package jsonwrite

import (
	"strconv"
	"unicode/utf8"

	"github.com/loonglint/loonglint/internal/ascii"
)

// Writer appends a value of JSON to Bytes, which may hold something already. It puts commas where they belong; whether the
// rest is in order is up to the caller. In an array, keys are empty.
type Writer struct {
	Bytes []byte
	// Prefix begins each line of the value but its first, and Indent follows once for each object or array that the line is
	// in, as with json.MarshalIndent. Without Indent the value has one line.
	Prefix, Indent string

	depth  int
	indent []byte // what line appends, as far as it was needed
}

// Begin opens an object or array: with '{' or '['.
func (w *Writer) Begin(key string, open byte) {
	w.Bytes = append(w.key(key), open)
	w.depth++
}

// End closes it, with '}' or ']'.
func (w *Writer) End(closing byte) {
	w.depth--
	b := w.Bytes
	if !opens(b[len(b)-1]) {
		b = w.line(b)
	}
	w.Bytes = append(b, closing)
}

// Text writes a string.
func (w *Writer) Text(key, s string) {
	w.Bytes = AppendText(w.key(key), s)
}

// TextIfAny writes a string that is not empty.
func (w *Writer) TextIfAny(key, s string) {
	if s != "" {
		w.Text(key, s)
	}
}

// Number writes a number.
func (w *Writer) Number(key string, n int) {
	w.Bytes = strconv.AppendInt(w.key(key), int64(n), 10)
}

// NumberIfAny writes a number that is not 0.
func (w *Writer) NumberIfAny(key string, n int) {
	if n != 0 {
		w.Number(key, n)
	}
}

// TrueIf writes true, or nothing.
func (w *Writer) TrueIf(key string, is bool) {
	if is {
		w.Raw(key, []byte("true"))
	}
}

// Raw writes what is JSON already.
func (w *Writer) Raw(key string, value []byte) {
	w.Bytes = append(w.key(key), value...)
}

// key appends to Bytes, which it returns, the comma that comes before a value, and its key, which must need no escapes.
func (w *Writer) key(key string) []byte {
	b := w.Bytes
	if w.depth > 0 {
		if !opens(b[len(b)-1]) {
			b = append(b, ',')
		}
		b = w.line(b)
	}
	if key == "" {
		return b
	}
	b = append(append(append(b, '"'), key...), '"', ':')
	if w.Indent != "" {
		b = append(b, ' ')
	}
	return b
}

// line appends the beginning of a line, if there are lines.
func (w *Writer) line(b []byte) []byte {
	if w.Indent == "" {
		return b
	}
	if len(w.indent) == 0 {
		w.indent = append(append(w.indent, '\n'), w.Prefix...)
	}
	n := 1 + len(w.Prefix) + w.depth*len(w.Indent)
	for len(w.indent) < n {
		w.indent = append(w.indent, w.Indent...)
	}
	return append(b, w.indent[:n]...)
}

// opens reports whether no comma comes after a byte that is written: a value ends with none of these.
func opens(last byte) bool { return last == '{' || last == '[' }

// AppendText appends a string. Bytes that are not UTF-8 become U+FFFD.
func AppendText(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0 // what is before this byte is written
	for i := ascii.Plain(s, '"', '\\'); i < len(s); i += ascii.Plain(s[i:], '"', '\\') {
		r, size := utf8.DecodeRuneInString(s[i:])
		if escape := escapeOf(r, size); escape != "" {
			b = append(append(b, s[from:i]...), escape...)
			from = i + size
		}
		i += size
	}
	b = append(b, s[from:]...)
	return append(b, '"')
}

// escapeOf is how a character of a number of bytes is written, or empty: as it is.
func escapeOf(r rune, size int) string {
	switch r {
	case '"':
		return `\"`
	case '\\':
		return `\\`
	case '\b':
		return `\b`
	case '\f':
		return `\f`
	case '\n':
		return `\n`
	case '\r':
		return `\r`
	case '\t':
		return `\t`
	case '\u2028':
		return `\u2028`
	case '\u2029':
		return `\u2029`
	case utf8.RuneError:
		if size == 1 {
			return `\ufffd`
		}
	}
	if r < ' ' {
		const digits = "0123456789abcdef"
		return `\u00` + digits[r>>4:r>>4+1] + digits[r&15:r&15+1]
	}
	return ""
}
