package lsp

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

// named is what an id is of.
type named uint8

const (
	toNothing named = iota
	toProfile
	toAccount
)

// refersTo tells what the value at n names by its id.
func (at *place) refersTo(n *document.Node, v schema.Value) named {
	if n.Kind != document.String || v.Path == schema.NoPath {
		return toNothing
	}
	switch key := v.Decl(); {
	case key == nil:
	case v.Path.Parent() == schema.RootPath && (key.Key == schema.KeyActiveProvider || key.Key == schema.KeyLastProvider):
		return toProfile
	case key.Key == schema.KeyDefaultAccount && v.Path.Parent().Child("accounts") != schema.NoPath:
		return toAccount
	}
	return toNothing
}

// idOf is what an id says to Loong, which compares ids in this form.
func (what named) idOf(text string) string {
	switch what {
	case toProfile:
		return loong.NormalID(text)
	case toAccount:
		return loong.NormalAccountID(text)
	}
	return ""
}

// target is a profile or account that a place names.
type target struct {
	what named
	id   string           // as Loong has it
	in   *document.Node   // the table of them, or nil
	defs []*document.Node // the tables with that id: more than one where they clash
}

// targetAt is the profile or account whose id is at a place; nil where there is none.
func (at *place) targetAt() *target {
	n := at.spot.Node
	if n == nil {
		return nil
	}
	t := &target{}
	switch {
	case at.spot.Part == document.Value:
		if t.what = at.refersTo(n, at.value(n)); t.what == toNothing {
			return nil
		}
		t.id = t.what.idOf(n.Text())
		t.in = at.document.Root.At("providers")
		if t.what == toAccount {
			t.in = n.Parent.At("accounts")
		}
	case at.spot.Part == document.Key && n.Parent != nil:
		if t.what = holds(n.Parent); t.what == toNothing || !n.Kind.IsTable() {
			return nil
		}
		t.in, t.id = n.Parent, t.what.idOf(n.Name())
	default:
		return nil
	}
	if t.id == "" {
		return nil
	}
	if t.in != nil {
		for _, e := range t.in.Entries {
			if e.Kind.IsTable() && t.what.idOf(e.Name()) == t.id {
				t.defs = append(t.defs, e)
			}
		}
	}
	return t
}

// holds tells what the entries of a table are named by.
func holds(table *document.Node) named {
	switch path := schema.PathOfNode(table); {
	case path.Shape().Op != schema.OpMap || path == schema.NoPath:
		return toNothing
	case path == schema.PathOf("providers"):
		return toProfile
	case path.Field() != nil && path.Field().Key == schema.KeyAccounts:
		return toAccount
	}
	return toNothing
}

// references lists the values that name a target.
func (at *place) references(t *target) (list []*document.Node) {
	table := at.document.Root
	if t.what == toAccount {
		if t.in == nil {
			return nil
		}
		table = t.in.Parent
	}
	for _, n := range table.Entries {
		if at.refersTo(n, at.value(n)) == t.what && t.what.idOf(n.Text()) == t.id {
			list = append(list, n)
		}
	}
	return list
}

// mentions lists where the tables of a target are named: in headers and dotted keys, also in those of tables below.
func (at *place) mentions(t *target) (list []document.Span) {
	for _, d := range t.defs {
		list = append(list, at.locate().Mentions(d)...)
	}
	return list
}

func (at *place) locations(spans []document.Span) []location {
	list := []location{}
	slices.SortFunc(spans, func(a, b document.Span) int { return a.Start - b.Start })
	for _, s := range spans {
		list = append(list, location{at.buffer.uri, at.text.rangeOf(s)})
	}
	return list
}

// definition answers where the profile or account is that a place names.
func (s *Server) definition(p *placeParams) ([]location, error) {
	at, err := s.placeOf(p)
	if at == nil || at.config == nil {
		return nil, err
	}
	t := at.targetAt()
	if t == nil {
		return nil, nil
	}
	var spans []document.Span
	for _, d := range t.defs {
		if m := at.locate().Mentions(d); len(m) > 0 {
			spans = append(spans, m[0])
		}
	}
	return at.locations(spans), nil
}

type referenceParams struct {
	placeParams
	Context struct {
		IncludeDeclaration bool `json:"includeDeclaration"`
	} `json:"context"`
}

// referencesTo answers where a profile or account is named.
func (s *Server) referencesTo(p *referenceParams) ([]location, error) {
	at, err := s.placeOf(&p.placeParams)
	if at == nil || at.config == nil {
		return nil, err
	}
	t := at.targetAt()
	if t == nil {
		return nil, nil
	}
	var spans []document.Span
	if p.Context.IncludeDeclaration {
		spans = at.mentions(t)
	}
	for _, n := range at.references(t) {
		spans = append(spans, n.Value())
	}
	return at.locations(spans), nil
}

type documentHighlight struct {
	Range Range `json:"range"`
}

// highlight answers where in the document the profile or account of a place is named.
func (s *Server) highlight(p *placeParams) ([]documentHighlight, error) {
	list, err := s.referencesTo(&referenceParams{placeParams: *p, Context: struct {
		IncludeDeclaration bool `json:"includeDeclaration"`
	}{true}})
	if list == nil {
		return nil, err
	}
	all := []documentHighlight{}
	for _, l := range list {
		all = append(all, documentHighlight{l.Range})
	}
	return all, nil
}

// renameable is the answer to prepareRename.
type renameable struct {
	Range       Range  `json:"range"`
	Placeholder string `json:"placeholder"`
}

// prepareRename answers what would be renamed at a place; nothing where there is no id.
func (s *Server) prepareRename(p *placeParams) (*renameable, error) {
	at, err := s.placeOf(p)
	if at == nil || at.config == nil {
		return nil, err
	}
	t := at.targetAt()
	if t == nil || len(t.defs) == 0 || !at.mayShow(t.id) {
		return nil, nil
	}
	return &renameable{at.text.rangeOf(bare(at.text.source, at.spot.Span)), t.id}, nil
}

// bare is a key or string without its quotes.
func bare(src []byte, s document.Span) document.Span {
	if s.Len() > 1 && (src[s.Start] == '"' || src[s.Start] == '\'') {
		return document.Span{Start: s.Start + 1, End: s.End - 1}
	}
	return s
}

type renameParams struct {
	placeParams
	NewName string `json:"newName"`
}

// rename answers the edits that give a profile or account another id wherever it is named.
func (s *Server) rename(p *renameParams) (*workspaceEdit, error) {
	at, err := s.placeOf(&p.placeParams)
	if at == nil || at.config == nil {
		return nil, err
	}
	t := at.targetAt()
	if t == nil || len(t.defs) == 0 {
		return nil, &Error{Code: codeRequestFailed, Message: "there is no id of a profile or account here"}
	}
	name := strings.TrimSpace(p.NewName)
	id := t.what.idOf(name)
	switch {
	case id == "" || t.what == toProfile && id != name:
		return nil, &Error{Code: codeRequestFailed, Message: "an id has lower-case letters, digits, - and _, and does not begin with - or _"}
	case id != name:
		return nil, &Error{Code: codeRequestFailed, Message: "Loong would read that id otherwise; write it in lower case, with letters, digits and dashes"}
	case len(t.defs) > 1:
		return nil, &Error{Code: codeRequestFailed, Message: "several tables have this id for Loong; give them different ids first"}
	}
	for _, e := range t.in.Entries {
		if e != t.defs[0] && t.what.idOf(e.Name()) == id {
			return nil, &Error{Code: codeRequestFailed, Message: "another one has that id"}
		}
	}
	var edits []document.Edit
	for _, m := range at.mentions(t) {
		edits = append(edits, document.Edit{Span: m, Text: document.KeyText(name)})
	}
	for _, n := range at.references(t) {
		edits = append(edits, document.Edit{Span: n.Value(), Text: string(document.AppendString(nil, name))})
	}
	return s.editOf(at.buffer, at.text, edits), nil
}
