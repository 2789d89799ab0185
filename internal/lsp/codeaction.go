package lsp

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/redact"
)

// The kinds of actions.
const (
	kindQuickFix = "quickfix"
	kindFixAll   = "source.fixAll.loonglint"
)

// codeActionParams leaves the diagnostics of the client out: they may be those of another server, and the own ones are
// known better here.
type codeActionParams struct {
	TextDocument textDocumentIdentifier `json:"textDocument"`
	Range        Range                  `json:"range"`
	Context      struct {
		Only []string `json:"only"`
	} `json:"context"`
}

type codeAction struct {
	Title       string         `json:"title"`
	Kind        string         `json:"kind"`
	Diagnostics []diagnostic   `json:"diagnostics,omitempty"`
	IsPreferred bool           `json:"isPreferred,omitempty"`
	Edit        *workspaceEdit `json:"edit"`
}

// workspaceEdit has DocumentChanges for clients that know them, for these refuse an edit of another version of the text.
type workspaceEdit struct {
	DocumentChanges []textDocumentEdit    `json:"documentChanges,omitempty"`
	Changes         map[string][]textEdit `json:"changes,omitempty"`
}

type textDocumentEdit struct {
	TextDocument versionedTextDocumentIdentifier `json:"textDocument"`
	Edits        []any                           `json:"edits"` // of textEdit and snippetTextEdit
}

// snippetTextEdit is a textEdit after which the user goes on typing at a place of it (protocol 3.18).
type snippetTextEdit struct {
	Range   Range       `json:"range"`
	Snippet stringValue `json:"snippet"`
}

type stringValue struct {
	Kind  string `json:"kind"` // snippet
	Value string `json:"value"`
}

// codeActions lists what can be done about the findings of a place.
func (s *Server) codeActions(p *codeActionParams) ([]codeAction, error) {
	b, a, err := s.documentOf(p.TextDocument)
	if err != nil {
		return nil, err
	}
	list := []codeAction{}
	if a.config == nil {
		return list, nil
	}
	wants := func(kind string) bool {
		return len(p.Context.Only) == 0 || slices.ContainsFunc(p.Context.Only, func(only string) bool {
			return only == "" || kind == only || strings.HasPrefix(kind, only+".")
		})
	}
	if wants(kindQuickFix) {
		at := a.text.span(p.Range)
		var ignores []codeAction
		for _, f := range a.findings {
			if touches(f.Span, at) {
				list = append(list, s.quickFixes(b, a, f)...)
				if len(ignores) < mostIgnores {
					ignores = append(ignores, s.ignoring(b, a, f)...)
				}
			}
			if len(list)+len(ignores) >= mostActions {
				break
			}
		}
		list = append(list, ignores...)
	}
	if wants(kindFixAll) {
		list = append(list, s.fixAll(b, a)...)
	}
	return list, nil
}

// mostActions is how many actions of a place are offered; more than a few are asked for where all of a text is selected.
const mostActions = 50

// mostIgnores is how many of them may be suppressions, each of which is tried on the whole text first.
const mostIgnores = 5

// quickFixes are the fixes of a finding.
func (s *Server) quickFixes(b *buffer, a *analysis, f *lint.Finding) (list []codeAction) {
	for i := range f.Fixes {
		fix := &f.Fixes[i]
		edits, ok := a.shown(fix.Edits)
		if !ok {
			continue
		}
		list = append(list, codeAction{Title: title(fix.Message), Kind: kindQuickFix, Diagnostics: []diagnostic{s.diagnosticFor(b.uri, a.text, f)},
			IsPreferred: fix == f.Fix() && fix.Safety == lint.Safe, Edit: s.editOf(b, a.text, edits)})
	}
	return list
}

// title is the message of a fix as an entry of a menu.
func title(message string) string {
	return strings.ToUpper(message[:min(1, len(message))]) + message[min(1, len(message)):]
}

// fixAll makes all safe fixes that can be made together.
func (s *Server) fixAll(b *buffer, a *analysis) []codeAction {
	findings := slices.DeleteFunc(slices.Clone(a.findings), func(f *lint.Finding) bool {
		if !f.Fixable(false) {
			return true
		}
		_, ok := a.shown(f.Fix().Edits)
		return !ok
	})
	_, repaired, err := lint.ApplyFixes(a.document, findings, false)
	if err != nil || len(repaired) == 0 {
		return nil
	}
	var edits []document.Edit
	for _, f := range repaired {
		more, _ := a.shown(f.Fix().Edits)
		edits = append(edits, more...)
	}
	return []codeAction{{Title: "Make all safe fixes of loonglint", Kind: kindFixAll, Edit: s.editOf(b, a.text, edits)}}
}

// ignoring offers to suppress a finding. The reason is for the user to write: without one the comment does nothing, and
// a finding says so.
func (s *Server) ignoring(b *buffer, a *analysis, f *lint.Finding) []codeAction {
	e, ok := lint.Suppression(a.document, f, "")
	if !ok {
		return nil
	}
	action := codeAction{Title: "Ignore " + f.Rule.Name + " here, with a reason", Kind: kindQuickFix,
		Diagnostics: []diagnostic{s.diagnosticFor(b.uri, a.text, f)}, Edit: s.editOf(b, a.text, []document.Edit{e})}
	if edit := action.Edit; s.client.Workspace.WorkspaceEdit.SnippetEditSupport && edit.DocumentChanges != nil && strings.Contains(e.Text, "] ") {
		before, after, _ := strings.Cut(e.Text, "] ")
		edit.DocumentChanges[0].Edits = []any{snippetTextEdit{a.text.rangeOf(e.Span), stringValue{"snippet", before + "] ${1:reason}" + after}}}
	}
	return []codeAction{action}
}

// editOf makes edits of a document for the client.
func (s *Server) editOf(b *buffer, t *text, edits []document.Edit) *workspaceEdit {
	list := make([]textEdit, 0, len(edits))
	for _, e := range edits {
		list = append(list, textEdit{t.rangeOf(e.Span), e.Text})
	}
	if !s.client.Workspace.WorkspaceEdit.DocumentChanges {
		return &workspaceEdit{Changes: map[string][]textEdit{b.uri: list}}
	}
	all := make([]any, 0, len(list))
	for _, e := range list {
		all = append(all, e)
	}
	return &workspaceEdit{DocumentChanges: []textDocumentEdit{{versionedTextDocumentIdentifier{b.uri, b.version}, all}}}
}

// shown returns edits that write no secret of the document. Editors log what they are sent, so an edit replaces no more
// than it must; it is false where a secret would still be in it, as in one that moves a key.
func (a *analysis) shown(edits []document.Edit) ([]document.Edit, bool) {
	secrets := redact.Of(a.document)
	list := make([]document.Edit, 0, len(edits))
	for _, e := range edits {
		if secrets.Holds(e.Text) {
			if e = a.text.shortest(e); secrets.Holds(e.Text) {
				return nil, false
			}
		}
		list = append(list, e)
	}
	return list, true
}

// shortest is an edit without the beginning and end that it leaves as they are.
func (t *text) shortest(e document.Edit) document.Edit {
	old, n := t.source[e.Span.Start:e.Span.End], 0
	for n < len(old) && n < len(e.Text) && old[n] == e.Text[n] {
		n++
	}
	for n > 0 && (n < len(old) && !utf8.RuneStart(old[n]) || n < len(e.Text) && !utf8.RuneStart(e.Text[n])) {
		n--
	}
	e.Span.Start, e.Text, old = e.Span.Start+n, e.Text[n:], old[n:]
	for n = 0; n < len(old) && n < len(e.Text) && old[len(old)-1-n] == e.Text[len(e.Text)-1-n]; n++ {
	}
	for n > 0 && !utf8.RuneStart(old[len(old)-n]) {
		n--
	}
	e.Span.End, e.Text = e.Span.End-n, e.Text[:len(e.Text)-n]
	return e
}
