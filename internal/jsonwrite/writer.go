// Package jsonwrite writes JSON of a known form at a fraction of what reflection costs, for documents of which there
// are very many. Its bytes are those of encoding/json without HTML escapes.
package jsonwrite

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// Writer appends JSON to Bytes, which may hold whole lines already. It puts commas where they belong; whether the rest is
// in order is up to the caller. In an array, keys are empty.
type Writer struct{ Bytes []byte }

// Begin opens an object or array: with '{' or '['.
func (w *Writer) Begin(key string, open byte) {
	w.key(key)
	w.Bytes = append(w.Bytes, open)
}

// End closes it, with '}' or ']'.
func (w *Writer) End(closing byte) { w.Bytes = append(w.Bytes, closing) }

// Text writes a string.
func (w *Writer) Text(key, s string) {
	w.key(key)
	w.Bytes = AppendText(w.Bytes, s)
}

// TextIfAny writes a string that is not empty.
func (w *Writer) TextIfAny(key, s string) {
	if s != "" {
		w.Text(key, s)
	}
}

// Number writes a number.
func (w *Writer) Number(key string, n int) {
	w.key(key)
	w.Bytes = strconv.AppendInt(w.Bytes, int64(n), 10)
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
	w.key(key)
	w.Bytes = append(w.Bytes, value...)
}

// key writes the comma that comes before a value, and its key, which must need no escapes.
func (w *Writer) key(key string) {
	if n := len(w.Bytes); n > 0 && !opens(w.Bytes[n-1]) {
		w.Bytes = append(w.Bytes, ',')
	}
	if key != "" {
		w.Bytes = append(w.Bytes, '"')
		w.Bytes = append(w.Bytes, key...)
		w.Bytes = append(w.Bytes, '"', ':')
	}
}

// opens reports whether no comma comes after a byte that is written: a value ends with none of these.
func opens(last byte) bool { return last == '{' || last == '[' || last == '\n' }

// AppendText appends a string.
func AppendText(b []byte, s string) []byte {
	if !isPlain(s) {
		return appendEscaped(b, s)
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}

// isPlain reports whether a string needs no escapes.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' || c >= 0x80 {
			return false
		}
	}
	return true
}

// appendEscaped leaves the string to encoding/json.
func appendEscaped(b []byte, s string) []byte {
	out := bytes.NewBuffer(b)
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		panic(err) // a string cannot fail, nor can a buffer
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}
