package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/render"
)

// sarif writes SARIF 2.1.0.
type sarif struct {
	w       *bufio.Writer
	opt     *Options
	rules   []sarifRule
	index   map[string]int
	results Spool // after the rules, which are known at the end
	list    list
	failed  bool
}

type sarifText struct {
	Text     string `json:"text"`
	Markdown string `json:"markdown,omitempty"`
}

type sarifRule struct {
	ID      string     `json:"id"`
	Short   *sarifText `json:"shortDescription,omitempty"`
	Full    *sarifText `json:"fullDescription,omitempty"`
	Help    *sarifText `json:"help,omitempty"`
	HelpURI string     `json:"helpUri"`
	Default struct {
		Level string `json:"level"`
	} `json:"defaultConfiguration"`
}

type sarifRegion struct {
	StartLine   int        `json:"startLine,omitempty"`
	StartColumn int        `json:"startColumn,omitempty"`
	EndLine     int        `json:"endLine,omitempty"`
	EndColumn   int        `json:"endColumn,omitempty"`
	ByteOffset  *int       `json:"byteOffset,omitempty"`
	ByteLength  *int       `json:"byteLength,omitempty"`
	Snippet     *sarifText `json:"snippet,omitempty"`
}

type sarifArtifact struct {
	URI string `json:"uri"`
}

type sarifLocation struct {
	ID       int `json:"id,omitempty"`
	Physical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	} `json:"physicalLocation"`
	Logical []sarifLogical `json:"logicalLocations,omitempty"`
	Message *sarifText     `json:"message,omitempty"`
}

type sarifLogical struct {
	Name string `json:"fullyQualifiedName"`
}

type sarifFix struct {
	Description sarifText     `json:"description"`
	Changes     []sarifChange `json:"artifactChanges"`
}

type sarifChange struct {
	Artifact     sarifArtifact      `json:"artifactLocation"`
	Replacements []sarifReplacement `json:"replacements"`
}

type sarifReplacement struct {
	Deleted  sarifRegion `json:"deletedRegion"`
	Inserted *sarifText  `json:"insertedContent,omitempty"`
}

type sarifResult struct {
	RuleID       string            `json:"ruleId"`
	RuleIndex    int               `json:"ruleIndex"`
	Level        string            `json:"level"`
	Message      sarifText         `json:"message"`
	Locations    []sarifLocation   `json:"locations"`
	Related      []sarifLocation   `json:"relatedLocations,omitempty"`
	Fingerprints map[string]string `json:"partialFingerprints,omitempty"`
	Fixes        []sarifFix        `json:"fixes,omitempty"`
}

func newSARIF(w io.Writer, opt *Options) Writer {
	s := &sarif{w: bufio.NewWriter(w), opt: opt, index: map[string]int{}, rules: []sarifRule{}, results: opt.spool()}
	s.list = list{w: s.results, before: "\n    ", separator: ",\n    ", prefix: "    ", indent: " "}
	return s
}

// rule returns the index of a rule, which is added when it is new.
func (s *sarif) rule(r *lint.Rule) int {
	if i, ok := s.index[r.Name]; ok {
		return i
	}
	w := sarifRule{ID: r.Name, HelpURI: render.RuleURL(r.Name)}
	if r.Summary != "" {
		w.Short = &sarifText{Text: r.Summary}
	}
	if r.Doc != "" {
		w.Full = &sarifText{Text: r.Doc}
		w.Help = &sarifText{Text: r.Doc, Markdown: r.Doc + "\n\n```toml\n" + r.Bad + "```\n\nbecomes\n\n```toml\n" + r.Good + "```\n"}
	}
	w.Default.Level = sarifLevel(r.Level)
	s.index[r.Name] = len(s.rules)
	s.rules = append(s.rules, w)
	return len(s.rules) - 1
}

func sarifLevel(l lint.Level) string {
	if l == lint.Info || l == 0 {
		return "note"
	}
	return l.String()
}

func (s *sarif) File(r *lint.FileResult) error {
	s.failed = s.failed || r.Failed
	uri := s.uri(r.Path)
	for _, f := range r.Findings {
		res := sarifResult{RuleID: f.Rule.Name, RuleIndex: s.rule(f.Rule), Level: sarifLevel(f.Severity),
			Message: sarifText{Text: long(f, "\n")}, Locations: []sarifLocation{place(uri, f.Start, f.End, "")}}
		if f.KeyPath != "" {
			res.Locations[0].Logical = []sarifLogical{{f.KeyPath}}
		}
		if f.Fingerprint != "" {
			res.Fingerprints = map[string]string{"loonglint/v1": f.Fingerprint}
		}
		for i, rel := range f.Related {
			of := uri
			if rel.File != "" {
				of = s.uri(rel.File)
			}
			l := place(of, rel.Start, rel.End, rel.Message)
			l.ID = i + 1
			res.Related = append(res.Related, l)
		}
		if x := f.Fix(); x != nil && !x.Secret && len(x.Edits) > 0 {
			res.Fixes = []sarifFix{fixIn(uri, f)}
		}
		if err := s.list.add(res); err != nil {
			return err
		}
	}
	return nil
}

func place(uri string, start, end document.Position, message string) sarifLocation {
	var l sarifLocation
	l.Physical.Artifact.URI = uri
	if start.Line > 0 {
		l.Physical.Region = &sarifRegion{StartLine: start.Line, StartColumn: start.Column, EndLine: end.Line, EndColumn: end.Column}
	}
	if message != "" {
		l.Message = &sarifText{Text: message}
	}
	return l
}

// uri is a path as a relative reference, or a file address when it is absolute.
func (s *sarif) uri(file string) string {
	path := s.opt.path(file)
	u := url.URL{Path: path}
	switch {
	case strings.HasPrefix(path, "/"):
		u.Scheme = "file"
	case filepath.IsAbs(filepath.FromSlash(path)):
		u = url.URL{Scheme: "file", Path: "/" + path}
	}
	return u.String()
}

func fixIn(uri string, f *lint.Finding) sarifFix {
	c := sarifChange{Artifact: sarifArtifact{uri}}
	for _, e := range f.Fix().Edits {
		offset, length := e.Span.Start, e.Span.Len()
		r := sarifReplacement{Deleted: sarifRegion{ByteOffset: &offset, ByteLength: &length}}
		if e.Text != "" {
			r.Inserted = &sarifText{Text: e.Text}
		}
		c.Replacements = append(c.Replacements, r)
	}
	return sarifFix{Description: sarifText{Text: f.Fix().Message}, Changes: []sarifChange{c}}
}

func (s *sarif) Close(*lint.Summary) error {
	defer s.results.Close()
	type driver struct {
		Name    string      `json:"name"`
		Version string      `json:"version,omitempty"`
		URI     string      `json:"informationUri"`
		Rules   []sarifRule `json:"rules"`
	}
	type tool struct {
		Driver driver `json:"driver"`
	}
	type invocation struct {
		OK bool `json:"executionSuccessful"`
	}
	type run struct {
		Tool        tool          `json:"tool"`
		ColumnKind  string        `json:"columnKind"`
		Invocations []invocation  `json:"invocations"`
		Results     []sarifResult `json:"results"`
	}
	var frame bytes.Buffer
	e := json.NewEncoder(&frame)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err := e.Encode(struct {
		Schema  string `json:"$schema"`
		Version string `json:"version"`
		Runs    []run  `json:"runs"`
	}{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []run{{
		Tool: tool{driver{"loonglint", s.opt.Tool.Version, render.Home, s.rules}}, ColumnKind: "unicodeCodePoints",
		Invocations: []invocation{{!s.failed}}, Results: []sarifResult{},
	}}})
	if err != nil {
		return err
	}
	at := bytes.LastIndex(frame.Bytes(), []byte("]\n  }\n")) // where the results end
	s.w.Write(frame.Bytes()[:at])                            // a bufio.Writer keeps the first error for Flush
	if _, err := s.results.WriteTo(s.w); err != nil {
		return err
	}
	if s.list.n > 0 {
		s.w.WriteString("\n   ")
	}
	s.w.Write(frame.Bytes()[at:])
	return s.w.Flush()
}
