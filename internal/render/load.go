package render

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/redact"
)

// ErrLongList is returned where a list of a document is longer than any that loonglint writes.
var ErrLongList = errors.New("not a saved report of loonglint: a list in it is too long")

// Few is a list that is short in every report; a longer one is refused before it takes memory.
type Few[T any] []T

const mostOfFew = 1000

func (l *Few[T]) UnmarshalJSON(raw []byte) error {
	if longList(raw) {
		return ErrLongList
	}
	return json.Unmarshal(raw, (*[]T)(l))
}

// longList reports whether a valid JSON array has more than mostOfFew elements.
func longList(raw []byte) bool {
	commas, depth, quoted := 0, 0, false
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			depth--
		case c == ',' && depth == 1:
			commas++
		}
	}
	return commas >= mostOfFew
}

// Restore returns the finding that a document has, whoever wrote it; rule finds a rule by name, and one that is nil
// becomes a bare name.
func (j *Finding) Restore(rule func(string) *lint.Rule) (*lint.Finding, error) {
	level, ok := lint.ParseLevel(j.Severity)
	if !ok {
		return nil, fmt.Errorf("the report has a finding of severity %q", redact.Printable(j.Severity))
	}
	if j.Rule == "" || j.Message == "" || strings.Trim(j.Fingerprint, "0123456789abcdef") != "" {
		return nil, errors.New("the report has a finding without a rule, a message or a fingerprint")
	}
	f := &lint.Finding{
		Severity: level, File: j.File, Message: redact.Printable(j.Message), Help: redact.Printable(j.Help), Note: redact.Printable(j.Note), Label: redact.Printable(j.Label),
		KeyPath: redact.Printable(j.Key), Start: j.Start.position(), End: j.End.position(), Fingerprint: j.Fingerprint, More: j.More,
		Span: document.Span{Start: j.Start.Offset, End: j.End.Offset}, StartByte: j.Start.Byte, EndByte: j.End.Byte,
	}
	if rule != nil {
		f.Rule = rule(j.Rule)
	}
	if f.Rule == nil {
		f.Rule = &lint.Rule{Name: redact.Printable(j.Rule), Level: level}
	}
	for _, r := range j.Related {
		f.Related = append(f.Related, lint.Related{File: r.File, Message: redact.Printable(r.Message), Start: r.Start.position(), End: r.End.position(),
			Span: document.Span{Start: r.Start.Offset, End: r.End.Offset}})
	}
	if j.Fix != nil {
		f.Fixes = append(f.Fixes, j.Fix.restore())
	}
	for i := range j.Choices {
		x := j.Choices[i].restore()
		x.Choice = true
		f.Fixes = append(f.Fixes, x)
	}
	if d := j.Loong; d != nil {
		f.Diagnostic = &loong.Diagnostic{Code: redact.Printable(d.Code), Severity: redact.Printable(d.Severity), FieldPath: d.FieldPath, InlineFieldPath: d.InlineFieldPath,
			SuggestedEnvName: d.SuggestedEnvName, ExampleEnvName: d.ExampleEnvName}
	}
	return f, nil
}

func (x *fixObject) restore() lint.Fix {
	fix := lint.Fix{Message: redact.Printable(x.Message), Safety: lint.Unsafe, Secret: len(x.Edits) == 0}
	if x.Safety == string(lint.Safe) {
		fix.Safety = lint.Safe
	}
	for _, e := range x.Edits {
		if e.From != (bytePlace{}) && e.To != (bytePlace{}) {
			fix.Places = append(fix.Places, lint.EditPlace{StartLine: e.From.Line, StartByte: e.From.Byte, EndLine: e.To.Line, EndByte: e.To.Byte})
		}
		fix.Edits = append(fix.Edits, document.Edit{Span: document.Span{Start: e.Start, End: e.End}, Text: e.Text})
		line := strings.ReplaceAll(e.Text, "\n", " ")
		fix.Secret = fix.Secret || redact.Printable(line) != line // a report that others made
	}
	return fix
}

func (p positionObject) position() document.Position {
	return document.Position{Line: p.Line, Column: p.Column, Offset: p.Offset}
}

// IsVerdict reports whether a text of a document is a verdict.
func IsVerdict(s string) bool {
	switch loong.Verdict(s) {
	case loong.Loads, loong.Refused, loong.Undecodable, loong.Crashes, loong.Unreadable:
		return true
	}
	return false
}
