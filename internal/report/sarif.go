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
	"github.com/loonglint/loonglint/internal/jsonwrite"
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
		if err := s.list.write(func(w *jsonwrite.Writer) { s.result(w, uri, f) }); err != nil {
			return err
		}
	}
	return nil
}

// result appends a finding in the file that a uri names.
func (s *sarif) result(w *jsonwrite.Writer, uri string, f *lint.Finding) {
	w.Begin("", '{')
	w.Text("ruleId", f.Rule.Name)
	w.Number("ruleIndex", s.rule(f.Rule))
	w.Text("level", sarifLevel(f.Severity))
	appendSARIFText(w, "message", long(f, "\n"))
	w.Begin("locations", '[')
	appendLocation(w, &sarifLocation{uri: uri, start: f.Start, end: f.End, key: f.KeyPath})
	w.End(']')
	if len(f.Related) > 0 {
		w.Begin("relatedLocations", '[')
		for i, rel := range f.Related {
			of := uri
			if rel.File != "" {
				of = s.uri(rel.File)
			}
			appendLocation(w, &sarifLocation{id: i + 1, uri: of, start: rel.Start, end: rel.End, message: rel.Message})
		}
		w.End(']')
	}
	if f.Fingerprint != "" {
		w.Begin("partialFingerprints", '{')
		w.Text("loonglint/v1", f.Fingerprint)
		w.End('}')
	}
	if x := f.Fix(); x != nil && !x.Secret && len(x.Edits) > 0 {
		w.Begin("fixes", '[')
		appendSARIFFix(w, uri, x)
		w.End(']')
	}
	w.End('}')
}

func appendSARIFText(w *jsonwrite.Writer, key, text string) {
	w.Begin(key, '{')
	w.Text("text", text)
	w.End('}')
}

// sarifLocation is a place in a file. What is zero is left out.
type sarifLocation struct {
	id         int
	uri        string
	start, end document.Position
	key        string // key path
	message    string
}

func appendLocation(w *jsonwrite.Writer, l *sarifLocation) {
	w.Begin("", '{')
	w.NumberIfAny("id", l.id)
	w.Begin("physicalLocation", '{')
	appendArtifact(w, l.uri)
	if l.start.Line > 0 {
		w.Begin("region", '{')
		w.NumberIfAny("startLine", l.start.Line)
		w.NumberIfAny("startColumn", l.start.Column)
		w.NumberIfAny("endLine", l.end.Line)
		w.NumberIfAny("endColumn", l.end.Column)
		w.End('}')
	}
	w.End('}')
	if l.key != "" {
		w.Begin("logicalLocations", '[')
		w.Begin("", '{')
		w.Text("fullyQualifiedName", l.key)
		w.End('}')
		w.End(']')
	}
	if l.message != "" {
		appendSARIFText(w, "message", l.message)
	}
	w.End('}')
}

func appendArtifact(w *jsonwrite.Writer, uri string) {
	w.Begin("artifactLocation", '{')
	w.Text("uri", uri)
	w.End('}')
}

func appendSARIFFix(w *jsonwrite.Writer, uri string, x *lint.Fix) {
	w.Begin("", '{')
	appendSARIFText(w, "description", x.Message)
	w.Begin("artifactChanges", '[')
	w.Begin("", '{')
	appendArtifact(w, uri)
	w.Begin("replacements", '[')
	for _, e := range x.Edits {
		w.Begin("", '{')
		w.Begin("deletedRegion", '{')
		w.Number("byteOffset", e.Span.Start)
		w.Number("byteLength", e.Span.Len())
		w.End('}')
		if e.Text != "" {
			appendSARIFText(w, "insertedContent", e.Text)
		}
		w.End('}')
	}
	w.End(']')
	w.End('}')
	w.End(']')
	w.End('}')
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
		Tool        tool         `json:"tool"`
		ColumnKind  string       `json:"columnKind"`
		Invocations []invocation `json:"invocations"`
		Results     []struct{}   `json:"results"`
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
		Invocations: []invocation{{!s.failed}}, Results: []struct{}{},
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
