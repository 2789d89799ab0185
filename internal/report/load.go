package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

var (
	errNoReport = errors.New("not a saved report; loonglint check --format json, or audit --format json, writes one")
	errLongList = errors.New("not a saved report of loonglint: a list in it is too long")
)

// Load reads a saved json report, or the findings of an audit's. rule finds a rule by name; one that is
// nil becomes a bare name. What loonglint would not have written is refused at once, so that a report takes
// little more memory than its own size.
func Load(r io.Reader, rule func(name string) *lint.Rule) (*Result, error) {
	l := loader{dec: json.NewDecoder(r), rule: rule, byPath: map[string]*lint.FileResult{}, result: &Result{}}
	if err := l.object(); err != nil {
		return nil, err
	}
	l.result.Summary = lint.Summary{Suppressed: l.summary.Suppressed, Baselined: l.summary.Baselined,
		Hidden: lint.Counts{Warnings: l.summary.Hidden.Warnings, Infos: l.summary.Hidden.Infos}}
	for _, f := range l.result.Files {
		l.result.Summary.Add(f)
	}
	return l.result, nil
}

// loader reads a report part by part.
type loader struct {
	dec     *json.Decoder
	rule    func(name string) *lint.Rule
	byPath  map[string]*lint.FileResult
	schema  string
	summary jsonSummary
	result  *Result
}

// object reads the whole document.
func (l *loader) object() error {
	if open, err := l.dec.Token(); err != nil || open != json.Delim('{') {
		return notReport(err)
	}
	for l.dec.More() {
		key, err := l.dec.Token()
		if err != nil {
			return notReport(err)
		}
		if err := l.part(key); err != nil {
			return err
		}
	}
	if _, err := l.dec.Token(); err != nil || l.dec.More() || l.schema == "" {
		return notReport(err)
	}
	return nil
}

// notReport is what is told of an error of the decoder, whose words help nobody.
func notReport(err error) error {
	if errors.Is(err, errLongList) {
		return errLongList
	}
	return errNoReport
}

func (l *loader) part(key json.Token) error {
	switch key {
	case "schema":
		err := l.value(&l.schema)
		if err == nil && l.schema != schemaV1 && l.schema != auditSchema {
			err = fmt.Errorf("%w: its schema is %q, not %q or %q", errNoReport, shown(l.schema), schemaV1, auditSchema)
		}
		return err
	case "tool":
		var t jsonTool
		err := l.value(&t)
		l.result.Tool = Tool{shown(t.Version), shown(t.Loong.Version), shown(t.Loong.Commit)}
		return err
	case "summary":
		return l.value(&l.summary)
	case "files":
		return l.list(l.file)
	case "findings":
		return l.list(l.finding)
	}
	var other json.RawMessage
	return l.value(&other)
}

func (l *loader) value(into any) error {
	if err := l.dec.Decode(into); err != nil {
		return notReport(err)
	}
	return nil
}

func (l *loader) list(item func() error) error {
	if open, err := l.dec.Token(); err != nil || open != json.Delim('[') {
		return notReport(err)
	}
	for l.dec.More() {
		if err := item(); err != nil {
			return err
		}
	}
	if _, err := l.dec.Token(); err != nil {
		return notReport(err)
	}
	return nil
}

func (l *loader) file() error {
	var j jsonFile
	if err := l.value(&j); err != nil {
		return err
	}
	verdict := loong.Verdict(j.Verdict)
	if j.Path == "" || !slices.Contains(verdicts[:], verdict) {
		return errors.New("the report has a file without a path or a verdict")
	}
	f := &lint.FileResult{Path: j.Path, Verdict: verdict}
	if j.Error != "" {
		f.Err = errors.New(shown(j.Error))
	}
	l.byPath[j.Path] = f
	l.result.Files = append(l.result.Files, f)
	return nil
}

// verdicts are all there are.
var verdicts = [...]loong.Verdict{loong.Loads, loong.Refused, loong.Undecodable, loong.Crashes, loong.Unreadable}

func (l *loader) finding() error {
	var j jsonFinding
	if err := l.value(&j); err != nil {
		return err
	}
	f, err := j.finding(l.rule)
	if err != nil {
		return err
	}
	to := l.byPath[f.File]
	if to == nil {
		return fmt.Errorf("the report has a finding in %q, which is not among its files", shown(f.File))
	}
	to.Failed = to.Failed || f.Rule.Name == lint.InternalError.Name
	to.Findings = append(to.Findings, f)
	return nil
}

// few is a list that is short in every report; a longer one is refused before it takes memory.
type few[T any] []T

const mostOfFew = 1000

func (l *few[T]) UnmarshalJSON(raw []byte) error {
	dec := json.NewDecoder(bytes.NewReader(raw))
	if open, err := dec.Token(); err != nil || open != json.Delim('[') {
		return err
	}
	for dec.More() {
		if len(*l) == mostOfFew {
			return errLongList
		}
		var item T
		if err := dec.Decode(&item); err != nil {
			return err
		}
		*l = append(*l, item)
	}
	return nil
}

// Hide leaves out findings as FileResult.Hide does; they stay counted as hidden.
func (r *Result) Hide(level, across lint.Level) {
	before := r.Summary
	r.Summary = lint.Summary{Suppressed: before.Suppressed, Baselined: before.Baselined, Hidden: before.Hidden}
	for _, f := range r.Files {
		f.Hide(level, across)
		r.Summary.Add(f)
	}
}

func (j *jsonFinding) finding(rule func(string) *lint.Rule) (*lint.Finding, error) {
	level, ok := lint.ParseLevel(j.Severity)
	if !ok {
		return nil, fmt.Errorf("the report has a finding of severity %q", shown(j.Severity))
	}
	if j.Rule == "" || j.Message == "" || strings.Trim(j.Fingerprint, "0123456789abcdef") != "" {
		return nil, errors.New("the report has a finding without a rule, a message or a fingerprint")
	}
	f := &lint.Finding{
		Severity: level, File: j.File, Message: shown(j.Message), HelpText: shown(j.Help), Note: shown(j.Note), Label: shown(j.Label),
		Key: shown(j.Key), Start: j.Start.position(), End: j.End.position(), Fingerprint: j.Fingerprint, More: j.More,
		Span: document.Span{Start: j.Start.Offset, End: j.End.Offset}, StartByte: j.Start.Byte, EndByte: j.End.Byte,
	}
	if rule != nil {
		f.Rule = rule(j.Rule)
	}
	if f.Rule == nil {
		f.Rule = &lint.Rule{Name: shown(j.Rule), Level: level}
	}
	for _, r := range j.Related {
		f.Relateds = append(f.Relateds, lint.Related{File: r.File, Message: shown(r.Message), Start: r.Start.position(), End: r.End.position(),
			Span: document.Span{Start: r.Start.Offset, End: r.End.Offset}})
	}
	if x := j.Fix; x != nil {
		f.Fixes = &lint.Fix{Message: shown(x.Message), Safety: lint.Unsafe, Secret: len(x.Edits) == 0}
		if x.Safety == string(lint.Safe) {
			f.Fixes.Safety = lint.Safe
		}
		for _, e := range x.Edits {
			if e.From != nil && e.To != nil {
				f.Fixes.Places = append(f.Fixes.Places, lint.EditPlace{StartLine: e.From.Line, StartByte: e.From.Byte, EndLine: e.To.Line, EndByte: e.To.Byte})
			}
			f.Fixes.Edits = append(f.Fixes.Edits, document.Edit{Span: document.Span{Start: e.Start, End: e.End}, Text: e.Text})
			line := strings.ReplaceAll(e.Text, "\n", " ")
			f.Fixes.Secret = f.Fixes.Secret || shown(line) != line // a report that others made
		}
	}
	if d := j.Loong; d != nil {
		f.Loong = &loong.Diagnostic{Code: shown(d.Code), Severity: shown(d.Severity), FieldPath: d.FieldPath, InlineFieldPath: d.InlineFieldPath,
			SuggestedEnvName: d.SuggestedEnvName, ExampleEnvName: d.ExampleEnvName}
	}
	return f, nil
}

func (p jsonPosition) position() document.Position {
	return document.Position{Line: p.Line, Column: p.Column, Offset: p.Offset}
}
