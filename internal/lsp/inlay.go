package lsp

import (
	"cmp"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

type inlayHint struct {
	Position    Position `json:"position"`
	Label       string   `json:"label"`
	Tooltip     string   `json:"tooltip,omitempty"`
	PaddingLeft bool     `json:"paddingLeft"`
}

type rangeParams struct {
	TextDocument textDocumentIdentifier `json:"textDocument"`
	Range        Range                  `json:"range"`
}

// inlayHints answers what Loong makes of the profiles in a part of a document: which is active, and where requests go.
func (s *Server) inlayHints(p *rangeParams) ([]inlayHint, error) {
	_, a, err := s.documentOf(p.TextDocument)
	if err != nil || a.config == nil {
		return nil, err
	}
	within := a.text.span(p.Range)
	list := []inlayHint{}
	seen := func(offset int) bool { return within.Start <= offset && offset <= within.End }
	add := func(offset int, label, tooltip string) {
		if seen(offset) && label != "" {
			list = append(list, inlayHint{a.text.position(offset), label, tooltip, true})
		}
	}
	for i := range a.config.Profiles {
		pr := &a.config.Profiles[i]
		if pr.Node == nil || pr.Node.Header().IsZero() {
			continue
		}
		header, n := pr.Node.Header().End, pr.Table.NodeOf(schema.KeyKind)
		hasKind := n != nil && !n.Value().IsZero()
		if !seen(header) && !(hasKind && seen(n.Value().End)) {
			continue
		}
		address := a.redacted(addressOf(pr))
		if hasKind {
			if pr.Active && len(a.config.Profiles) > 1 {
				add(header, "active", "Loong uses this profile")
			}
			add(n.Value().End, shortAddress(address), address)
			continue
		}
		label := pr.Kind.ID + " " + shortAddress(address) // nothing tells it
		if pr.Active && len(a.config.Profiles) > 1 {
			label = "active, " + label
		}
		add(header, label, address)
	}
	slices.SortStableFunc(list, func(a, b inlayHint) int {
		return cmp.Or(a.Position.Line-b.Position.Line, a.Position.Character-b.Position.Character)
	})
	return list, nil
}

// addressOf is where chat requests of a profile go, "" where that is not known.
func addressOf(pr *loong.Profile) string {
	if pr.RoutesByModel() {
		return pr.ChatAddress()
	}
	return pr.Request.Val
}

// longestHint is how many characters of an address a hint shows; editors cut long ones off, or push the line apart.
const longestHint = 60

// shortAddress is an address for a hint: without https:// and a query, and not long.
func shortAddress(address string) string {
	if address == "" {
		return ""
	}
	short, _, _ := strings.Cut(strings.TrimPrefix(address, "https://"), "?")
	if r := []rune(short); len(r) > longestHint {
		short = string(r[:longestHint-1]) + "…"
	}
	return "→ " + short
}

// documentLink is a part of a document that leads to a page.
type documentLink struct {
	Range  Range  `json:"range"`
	Target string `json:"target"`
}

// links answers the names of rules in a document, each with the page of the rule.
func (s *Server) links(p *documentParams) ([]documentLink, error) {
	_, a, err := s.documentOf(p.TextDocument)
	if err != nil || a.tree() == nil {
		return nil, err
	}
	list := []documentLink{}
	add := func(at document.Span) {
		if url := ruleURL(string(a.text.source[at.Start:at.End])); url != "" {
			list = append(list, documentLink{a.text.rangeOf(at), url})
		}
	}
	for _, c := range a.tree().Comments {
		for _, at := range suppressedRules(a.text.source, c) {
			add(at)
		}
	}
	if a.settings != nil {
		for i := range a.locate().Statements {
			for _, k := range a.locate().KeyParts(&a.locate().Statements[i]) {
				if k.Node.Parent != nil && k.Node.Parent.Name() == "rules" {
					add(k.Span)
				}
			}
		}
	}
	return list, nil
}

// suppressedRules lists the names in the brackets of a comment that suppresses findings.
func suppressedRules(src []byte, comment document.Span) (list []document.Span) {
	text := string(src[comment.Start:comment.End])
	_, rest, ok := strings.Cut(text, "loonglint:")
	if !ok {
		return nil
	}
	at := comment.Start + len(text) - len(rest)
	open, end := strings.IndexByte(rest, '['), strings.IndexByte(rest, ']')
	if open < 0 || end < open {
		return nil
	}
	for i := at + open + 1; i < at+end; i++ {
		if w := wordAt(src, i); w.Len() > 0 {
			list = append(list, w)
			i = w.End
		}
	}
	return list
}
