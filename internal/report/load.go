package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/redact"
)

// Load reads a saved json report. rule finds a rule by name; one that is nil becomes a bare name.
func Load(r io.Reader, rule func(name string) *lint.Rule) (*Result, error) {
	var j struct {
		Schema   string        `json:"schema"`
		Tool     jsonTool      `json:"tool"`
		Files    []jsonFile    `json:"files"`
		Findings []jsonFinding `json:"findings"`
		Summary  jsonSummary   `json:"summary"`
	}
	if err := json.NewDecoder(r).Decode(&j); err != nil {
		return nil, fmt.Errorf("not a json report: %w", err)
	}
	if j.Schema != schemaV1 && j.Schema != auditSchema {
		return nil, fmt.Errorf("not a %s report but %q", schemaV1, shown(j.Schema))
	}
	res := &Result{Tool: Tool{j.Tool.Version, j.Tool.Loong.Version, j.Tool.Loong.Commit}}
	byPath := map[string]*lint.FileResult{}
	for _, f := range j.Files {
		r := &lint.FileResult{Path: f.Path, Verdict: loong.Verdict(f.Verdict)}
		if f.Error != "" {
			r.Err = errors.New(shown(f.Error))
		}
		byPath[f.Path] = r
		res.Files = append(res.Files, r)
	}
	for i := range j.Findings {
		f, err := j.Findings[i].finding(rule)
		if err != nil {
			return nil, err
		}
		to := byPath[f.File]
		if to == nil {
			return nil, fmt.Errorf("the report has a finding in %q, which is not among its files", shown(f.File))
		}
		to.Failed = to.Failed || f.Rule.Name == lint.InternalError.Name
		to.Findings = append(to.Findings, f)
	}
	res.Summary = lint.Summary{Suppressed: j.Summary.Suppressed, Baselined: j.Summary.Baselined,
		Hidden: lint.Counts{Warnings: j.Summary.Hidden.Warnings, Infos: j.Summary.Hidden.Infos}}
	for _, f := range res.Files {
		res.Summary.Add(f)
	}
	return res, nil
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
	f := &lint.Finding{
		Severity: level, File: j.File, Message: shown(j.Message), HelpText: shown(j.Help), Note: shown(j.Note), Label: shown(j.Label),
		Key: shown(j.Key), Start: j.Start.position(), End: j.End.position(), Fingerprint: j.Fingerprint, More: j.More,
		Span: document.Span{Start: j.Start.Offset, End: j.End.Offset},
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
		f.Fixes = &lint.Fix{Message: shown(x.Message), Safety: lint.Safety(x.Safety), Secret: len(x.Edits) == 0}
		for _, e := range x.Edits {
			f.Fixes.Edits = append(f.Fixes.Edits, document.Edit{Span: document.Span{Start: e.Start, End: e.End}, Text: e.Text})
			f.Fixes.Secret = f.Fixes.Secret || redact.Text(e.Text) != e.Text // a report that others made
		}
	}
	if d := j.Loong; d != nil {
		f.Loong = &loong.Diagnostic{Code: d.Code, Severity: d.Severity, FieldPath: d.FieldPath, InlineFieldPath: d.InlineFieldPath,
			SuggestedEnvName: d.SuggestedEnvName, ExampleEnvName: d.ExampleEnvName}
	}
	return f, nil
}

func (p jsonPosition) position() document.Position {
	return document.Position{Line: p.Line, Column: p.Column, Offset: p.Offset}
}
