package lsp

import (
	"fmt"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/schema"
)

// The kinds of completions (CompletionItemKind).
const (
	completionModule   = 9
	completionProperty = 10
	completionValue    = 12
	completionEnum     = 20
	completionSnippet  = 15
	completionVariable = 6
	completionRef      = 18
)

type completionItem struct {
	Label            string    `json:"label"`
	Kind             int       `json:"kind"`
	Detail           string    `json:"detail,omitempty"`
	Documentation    string    `json:"documentation,omitempty"`
	SortText         string    `json:"sortText,omitempty"`
	FilterText       string    `json:"filterText,omitempty"`
	InsertTextFormat int       `json:"insertTextFormat,omitempty"` // 2: a snippet
	TextEdit         *textEdit `json:"textEdit"`
}

type completionList struct {
	IsIncomplete bool             `json:"isIncomplete"`
	Items        []completionItem `json:"items"`
}

type completionOptions struct {
	TriggerCharacters []string `json:"triggerCharacters"`
}

// completionTriggers are the characters after which something else can be written than before.
var completionTriggers = [...]string{"[", ".", "=", "\"", "'", "{", ","}

// complete answers what can be written at a place.
func (s *Server) complete(p *placeParams) (*completionList, error) {
	at, err := s.placeOf(p)
	if at == nil {
		return nil, err
	}
	w := &completer{place: at, snippets: s.client.TextDocument.Completion.CompletionItem.SnippetSupport}
	if at.spot.Part == document.Comment {
		w.ruleNames()
		return &completionList{Items: w.items}, nil
	}
	start := at.statementStart()
	table := at.spot.Table
	for table != nil && table.Kind == document.InlineTable {
		table = table.Parent
	}
	c, ok := contextAt(at.text.source, start, at.offset, table.Path())
	if !ok {
		return nil, nil
	}
	w.context = c
	w.find()
	return &completionList{Items: w.items}, nil
}

// statementStart is where the statement begins that is being written: in the line of the place, or earlier if a value of
// several lines is.
func (at *place) statementStart() int {
	start := at.text.starts[at.text.line(at.offset)]
	all := at.locate().Statements
	for i := len(all) - 1; i >= 0; i-- {
		if st := &all[i]; st.Span.Start < start {
			if at.offset <= st.Span.End {
				return st.Span.Start
			}
			break
		}
	}
	return start
}

// completer lists what can be written.
type completer struct {
	*place
	context  completionContext
	snippets bool
	items    []completionItem
}

func (w *completer) find() {
	c := &w.context
	switch {
	case w.settings != nil:
		w.ofSettings()
	case c.header:
		w.headers()
	case c.value:
		w.values()
	default:
		w.keys()
	}
}

// add offers a text in place of the word that is being written. A label that is or holds a secret is not offered; what
// text has beside it is never from the document.
func (w *completer) add(item completionItem, text string) {
	if !w.mayShow(item.Label) {
		return
	}
	if !w.snippets && item.InsertTextFormat != 0 {
		return
	}
	item.SortText = fmt.Sprintf("%s%04d", item.SortText, len(w.items)) // in the order in which they are offered
	item.TextEdit = &textEdit{w.text.rangeOf(w.context.word), text}
	w.items = append(w.items, item)
}

// addText offers a string as a value.
func (w *completer) addText(item completionItem, text string) {
	if item.Label == "" {
		item.Label = text
	}
	quoted := string(document.AppendString(nil, text))
	switch {
	case w.context.quote == '\'' && strings.ContainsAny(text, "'\n"):
		return
	case w.context.quote == '\'':
		quoted = text
	case w.context.quote == '"':
		quoted = quoted[1 : len(quoted)-1]
	}
	w.add(item, quoted)
}

// pathOf is the path of the keys that are above what is being written.
func (w *completer) pathOf() schema.PathID {
	path := schema.RootPath
	for _, name := range w.context.above {
		if name != "[]" {
			path = path.Child(name)
		}
	}
	return path.In(w.config.Target)
}

// tableAt is the table above what is being written as far as it is in the document, or nil.
func (w *completer) tableAt() *document.Node {
	if slices.Contains(w.context.above, "[]") {
		return nil
	}
	return w.document.Root.At(w.context.above...)
}

// tableAbove is the nearest table of the document around what is being written.
func (w *completer) tableAbove() *document.Node {
	n := w.document.Root
	for _, name := range w.context.above {
		next := n.At(name)
		if next == nil || !next.Kind.IsTable() {
			break
		}
		n = next
	}
	return n
}
