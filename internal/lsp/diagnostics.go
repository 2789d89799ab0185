package lsp

import (
	"encoding/hex"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/redact"
	"github.com/loonglint/loonglint/internal/render"
)

// source is what diagnostics are signed with.
const source = "loonglint"

// mostDiagnostics is how many diagnostics of a document are sent; editors become slow with more.
const mostDiagnostics = 1000

// holdBack is how long after a change findings outside of the changed lines wait while the text is not TOML but was:
// it will be again as soon as the statement is written.
const holdBack = 300 * time.Millisecond

type publishDiagnosticsParams struct {
	URI         string       `json:"uri"`
	Version     *int         `json:"version,omitempty"`
	Diagnostics []diagnostic `json:"diagnostics"`
}

// pulls reports whether the client asks for diagnostics. Every other one is sent them.
func (s *Server) pulls() bool { return s.client.TextDocument.Diagnostic != nil }

// publishNext sends the diagnostics of one document whose text has changed; false: there is none.
func (s *Server) publishNext() bool {
	if s.pulls() {
		return false
	}
	for _, b := range s.buffers {
		if b.due {
			s.publish(b, true)
			return true
		}
	}
	return false
}

// publish sends the diagnostics of a document.
func (s *Server) publish(b *buffer, mayHold bool) {
	b.due = false
	version := b.version
	s.notify("textDocument/publishDiagnostics", publishDiagnosticsParams{b.uri, &version, s.diagnosticsOf(b, mayHold)})
}

// release sends what was held back.
func (s *Server) release() {
	held := false
	for _, b := range s.buffers {
		if b.held && !s.pulls() {
			s.publish(b, false)
		}
		held = held || b.held
		b.held = false
	}
	if held && s.pulls() {
		s.ask("workspace/diagnostic/refresh", nil)
	}
}

type pullParams struct {
	TextDocument     textDocumentIdentifier `json:"textDocument"`
	PreviousResultID string                 `json:"previousResultId"`
}

// report is a DocumentDiagnosticReport.
type report struct {
	Kind     string        `json:"kind"` // full or unchanged
	ResultID string        `json:"resultId"`
	Items    *[]diagnostic `json:"items,omitempty"`
}

// pull answers a request for the diagnostics of a document.
func (s *Server) pull(p *pullParams) (*report, error) {
	b := s.buffers[p.TextDocument.URI]
	switch {
	case b == nil:
		return nil, errNotOpen
	case s.inbox.changes(b.uri):
		return nil, &Error{Code: codeServerCancelled, Message: "the document has changed", Data: map[string]bool{"retriggerRequest": true}}
	}
	// After quiet the client asks again, and gets all; a client that cannot be told to ask gets all at once.
	mayHold := s.client.Workspace.Diagnostics.RefreshSupport && (b.due || b.held)
	b.due = false
	list := s.diagnosticsOf(b, mayHold)
	r := reportOf(list, p.PreviousResultID)
	return &r, nil
}

// reportOf reports diagnostics to a client that has those with an id.
func reportOf(list []diagnostic, previous string) report {
	encoded, _ := render.Encode(list) // there is nothing in it that JSON lacks
	hash := fnv.New128a()
	hash.Write(encoded)
	id := hex.EncodeToString(hash.Sum(nil))
	if id == previous {
		return report{Kind: "unchanged", ResultID: id}
	}
	return report{"full", id, &list}
}

// diagnosticsOf lists the diagnostics of an open document; with mayHold some may wait for release.
func (s *Server) diagnosticsOf(b *buffer, mayHold bool) []diagnostic {
	settled := b.settled
	a := s.analyze(b)
	findings := a.findings
	b.held = mayHold && settled != nil && a.document != nil && !a.isTOML()
	if b.held {
		findings = calm(settled, a)
		s.quiet = s.after(holdBack)
	}
	return s.listDiagnostics(b.uri, a, findings)
}

// listDiagnostics lists the diagnostics of a document: findings, and what keeps it from being checked as it should be.
func (s *Server) listDiagnostics(uri string, a *analysis, findings []*lint.Finding) []diagnostic {
	list := []diagnostic{}
	if a.scope.problem != "" && a.config != nil {
		list = append(list, diagnostic{Severity: severityError, Source: source,
			Message: "the settings do not count, and the defaults do: " + redact.Printable(a.scope.problem)})
	}
	if a.trouble != "" {
		list = append(list, diagnostic{Severity: severityError, Source: source, Message: redact.Printable(a.trouble)})
	}
	for _, p := range a.problems {
		list = append(list, diagnostic{Range: a.text.rangeOf(p.Span), Severity: severityError, Source: source, Message: redact.Printable(p.Message)})
	}
	return append(list, s.diagnosticsFor(uri, a.text, findings)...)
}

// diagnosticsFor lists the diagnostics for findings, the most severe ones when there are too many.
func (s *Server) diagnosticsFor(uri string, t *text, findings []*lint.Finding) []diagnostic {
	more := 0
	for _, f := range findings {
		more += f.More
	}
	if left := len(findings) - mostDiagnostics; left > 0 {
		more += left
		findings = slices.Clone(findings)
		slices.SortStableFunc(findings, func(a, b *lint.Finding) int { return int(b.Severity) - int(a.Severity) })
		findings = findings[:mostDiagnostics]
		slices.SortStableFunc(findings, lint.Compare)
	}
	list := make([]diagnostic, 0, len(findings)+1)
	for _, f := range findings {
		list = append(list, s.diagnosticFor(uri, t, f))
	}
	if more > 0 {
		list = append(list, diagnostic{Severity: severityWarning, Source: source,
			Message: strconv.Itoa(more) + " more findings are not shown; loonglint check lists them"})
	}
	return list
}

// severities are those of the protocol. What is only worth knowing must not look like a problem.
var severities = [...]int{lint.Info: severityHint, lint.Warning: severityWarning, lint.Error: severityError}

func (s *Server) diagnosticFor(uri string, t *text, f *lint.Finding) diagnostic {
	can := &s.client.TextDocument.PublishDiagnostics
	d := diagnostic{Range: t.rangeOf(f.Span), Severity: severities[f.Severity], Code: f.Rule.Name, Source: source, Message: f.Message}
	if f.Rule != &lint.InternalError {
		d.CodeDescription = &codeDescription{render.RuleURL(f.Rule.Name)}
	}
	var message strings.Builder
	message.WriteString(f.Message)
	for _, more := range [...]struct{ name, text string }{{"note", f.Note}, {"help", f.Help}} {
		if more.text != "" {
			message.WriteString("\n" + more.name + ": " + more.text)
		}
	}
	d.Message = message.String()
	if f.Ignored != nil && can.TagSupport != nil && slices.Contains(can.TagSupport.ValueSet, tagUnnecessary) {
		d.Tags = []int{tagUnnecessary}
	}
	if can.RelatedInformation {
		for _, r := range f.Related {
			if r.File == "" {
				d.RelatedInformation = append(d.RelatedInformation, relatedInformation{location{uri, t.rangeOf(r.Span)}, r.Message})
			}
		}
	}
	return d
}

// calm lists the findings of a text that is not TOML while a statement of it is being written: in the lines that have
// changed since the text was TOML those of now, elsewhere those of then.
func calm(then, now *analysis) []*lint.Finding {
	before, after := changedLines(then.text, now.text)
	var list []*lint.Finding
	for _, f := range now.findings {
		if touches(f.Span, after) {
			list = append(list, f)
		}
	}
	moved := len(now.text.source) - len(then.text.source)
	for _, f := range then.findings {
		if touches(f.Span, before) {
			continue
		}
		g := *f
		g.Span, g.Related = shift(f.Span, before.End, moved), nil
		for _, r := range f.Related {
			if !touches(r.Span, before) {
				r.Span = shift(r.Span, before.End, moved)
				g.Related = append(g.Related, r)
			}
		}
		list = append(list, &g)
	}
	slices.SortStableFunc(list, lint.Compare)
	return list
}

func touches(s, lines document.Span) bool { return s.Start <= lines.End && lines.Start <= s.End }

// shift moves a span that lies after an offset.
func shift(s document.Span, after, by int) document.Span {
	if s.Start >= after {
		s.Start, s.End = s.Start+by, s.End+by
	}
	return s
}

// changedLines returns the lines that differ between two texts, in each of them, without the last line break.
func changedLines(a, b *text) (inA, inB document.Span) {
	most := min(len(a.source), len(b.source))
	start := 0
	for start < most && a.source[start] == b.source[start] {
		start++
	}
	same := 0
	for same < most-start && a.source[len(a.source)-1-same] == b.source[len(b.source)-1-same] {
		same++
	}
	return a.lines(start, len(a.source)-same), b.lines(start, len(b.source)-same)
}

// lines is the span of the whole lines between two offsets, without the last line break.
func (t *text) lines(start, end int) document.Span {
	return document.Span{Start: t.starts[t.line(start)], End: t.lineSpan(t.line(end)).End}
}
