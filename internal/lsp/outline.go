package lsp

import (
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/schema"
)

// The kinds of symbols (SymbolKind).
const (
	symbolModule   = 2
	symbolProperty = 7
)

type documentSymbol struct {
	Name           string           `json:"name"`
	Detail         string           `json:"detail,omitempty"`
	Kind           int              `json:"kind"`
	Range          Range            `json:"range"`
	SelectionRange Range            `json:"selectionRange"`
	Children       []documentSymbol `json:"children,omitempty"`
}

// symbolInformation is a symbol for clients that know no tree.
type symbolInformation struct {
	Name          string   `json:"name"`
	Kind          int      `json:"kind"`
	Location      location `json:"location"`
	ContainerName string   `json:"containerName,omitempty"`
}

// symbols answers the outline of a document: its headers, and the keys below each. Values are not in it.
func (s *Server) symbols(p *documentParams) (any, error) {
	b, a, err := s.documentOf(p.TextDocument)
	if err != nil || a.tree() == nil {
		return nil, err
	}
	tree := a.outline()
	if s.client.TextDocument.DocumentSymbol.HierarchicalDocumentSymbolSupport {
		return tree, nil
	}
	flat := []symbolInformation{}
	for _, section := range tree {
		flat = append(flat, symbolInformation{section.Name, section.Kind, location{b.uri, section.Range}, ""})
		for _, key := range section.Children {
			flat = append(flat, symbolInformation{key.Name, key.Kind, location{b.uri, key.Range}, section.Name})
		}
	}
	return flat, nil
}

func (a *analysis) outline() []documentSymbol {
	list := []documentSymbol{}
	section := -1 // in list
	for i, st := range a.locate().Statements {
		if !st.IsHeader() {
			key := documentSymbol{Name: a.keyName(&st), Kind: symbolProperty, Range: a.text.rangeOf(st.Span), SelectionRange: a.text.rangeOf(a.keySpan(&st))}
			if section < 0 {
				list = append(list, key)
			} else {
				list[section].Children = append(list[section].Children, key)
			}
			continue
		}
		end := a.sectionEnd(i)
		list = append(list, documentSymbol{Name: a.symbolName(st.Node), Detail: a.detail(st.Node), Kind: symbolModule,
			Range: a.text.rangeOf(document.Span{Start: st.Span.Start, End: end}), SelectionRange: a.text.rangeOf(st.Span)})
		section = len(list) - 1
	}
	return list
}

// sectionEnd is the end of the last statement that belongs to the header that is statement i.
func (a *analysis) sectionEnd(i int) int {
	all := a.locate().Statements
	end := all[i].Span.End
	for _, st := range all[i+1:] {
		if st.IsHeader() {
			break
		}
		end = st.Span.End
	}
	return end
}

// keySpan is the whole key of a statement.
func (a *analysis) keySpan(st *document.Statement) document.Span {
	parts := a.locate().KeyParts(st)
	if len(parts) == 0 {
		return document.Span{Start: st.Span.Start, End: st.Span.Start}
	}
	return document.Span{Start: parts[0].Span.Start, End: parts[len(parts)-1].Span.End}
}

// keyName is the key of a statement as written; editors refuse an empty name.
func (a *analysis) keyName(st *document.Statement) string {
	at := a.keySpan(st)
	name := string(a.text.source[at.Start:at.End])
	switch path := schema.PathOfNode(st.Node); {
	case name == "":
		return "?"
	case path.Field() != nil && path.Name() == name: // a name of Loong's
		return name
	}
	return a.redacted(name)
}

func (a *analysis) symbolName(n *document.Node) string { return a.redacted(n.KeyPath()) }

// detail is the kind of a profile.
func (a *analysis) detail(n *document.Node) string {
	if a.config == nil {
		return ""
	}
	pr := a.config.ProfileOf(n)
	switch {
	case pr == nil:
		return ""
	case pr.Active:
		return pr.Kind.ID + ", active"
	}
	return pr.Kind.ID
}

type foldingRange struct {
	StartLine int    `json:"startLine"`
	EndLine   int    `json:"endLine"`
	Kind      string `json:"kind,omitempty"`
}

// folds answers what can be folded: sections, values of several lines, and comments of several lines.
func (s *Server) folds(p *documentParams) ([]foldingRange, error) {
	_, a, err := s.documentOf(p.TextDocument)
	if err != nil || a.tree() == nil {
		return nil, err
	}
	list := []foldingRange{}
	add := func(start, end int, kind string) {
		if first, last := a.text.line(start), a.text.line(end); last > first {
			list = append(list, foldingRange{first, last, kind})
		}
	}
	for i, st := range a.locate().Statements {
		if st.IsHeader() {
			add(st.Span.Start, a.sectionEnd(i), "")
		} else {
			add(st.Span.Start, st.Span.End, "")
		}
	}
	comments := a.tree().Comments
	for i := 0; i < len(comments); {
		j := i
		for j+1 < len(comments) && a.isAlone(comments[j+1]) && a.text.line(comments[j+1].Start) == a.text.line(comments[j].Start)+1 {
			j++
		}
		if a.isAlone(comments[i]) {
			add(comments[i].Start, comments[j].Start, "comment")
		}
		i = j + 1
	}
	return list, nil
}

// isAlone reports whether nothing but blanks is before a comment in its line.
func (a *analysis) isAlone(comment document.Span) bool {
	for i := comment.Start - 1; i >= 0 && a.text.source[i] != '\n' && a.text.source[i] != '\r'; i-- {
		if a.text.source[i] != ' ' && a.text.source[i] != '\t' {
			return false
		}
	}
	return true
}
