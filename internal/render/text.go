// Package render holds what reports and views share: the JSON of a finding, texts as they may be shown, colors.
package render

import (
	"bytes"
	"encoding/json"
	"strconv"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/redact"
)

// Where is a clickable place: path:line:col.
func Where(file string, p document.Position) string { return WhereIn(redact.Printable(file), p) }

// WhereIn is Where for a name of a file that may be shown as it is.
func WhereIn(name string, p document.Position) string { return string(AppendWhere(nil, name, p)) }

// AppendWhere appends what WhereIn returns.
func AppendWhere(b []byte, name string, p document.Position) []byte {
	b = append(b, name...)
	if p.Line == 0 {
		return b
	}
	b = strconv.AppendInt(append(b, ':'), int64(p.Line), 10)
	return strconv.AppendInt(append(b, ':'), int64(p.Column), 10)
}

// Home is where the documentation of a rule is found.
const Home = "https://github.com/loonglint/loonglint"

// RuleURL is the address of a rule's documentation.
func RuleURL(rule string) string { return Home + "/blob/main/docs/rules.md#" + rule }

// Encode writes JSON without HTML escapes and without a line break.
func Encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}
