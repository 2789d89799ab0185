package document

import (
	"cmp"
	"slices"
)

// Part tells what is written at a place of a document.
type Part uint8

// The parts. What could not be read is Blank.
const (
	Blank   Part = iota // nothing
	Comment             // from the # to the end of the line
	Header              // brackets, blanks and dots of a header
	Key                 // a part of a key, also in a header
	Value               // a scalar, or what belongs to an array or inline table and to nothing in it
)

// Spot is what is at an offset of a document.
type Spot struct {
	Part  Part
	Node  *Node // that the part of a key names, the innermost value, or the table of the header; nil for Blank and Comment
	Span  Span  // of the part, header, value or comment; zero for Blank
	Table *Node // that a key written here would be in: the one of the last header, or the inline table around; never nil
}

// Statement is a header, or a key with its value.
type Statement struct {
	Span Span
	Node *Node // the table of the header, or the value
}

// IsHeader reports whether s is a header.
func (s *Statement) IsHeader() bool { return s.Node.Kind == Table && s.Node.Header() == s.Span }

// Locator finds what is at a place of a document.
type Locator struct {
	doc        *Document
	Statements []Statement // by position; values are not looked into
}

// NewLocator makes a document ready to be asked about places; it takes time linear in its size.
func NewLocator(doc *Document) *Locator {
	l := &Locator{doc: doc}
	l.Statements = appendStatements(nil, doc.Root)
	slices.SortStableFunc(l.Statements, func(a, b Statement) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	return l
}

func appendStatements(list []Statement, table *Node) []Statement {
	for _, n := range table.Entries {
		if at := n.Header(); !at.IsZero() {
			list = append(list, Statement{at, n})
		} else if at := n.Expr(); !at.IsZero() {
			list = append(list, Statement{at, n})
			continue
		}
		if n.Kind == Table || n.Kind == ArrayOfTables {
			list = appendStatements(list, n)
		}
	}
	return list
}

// At tells what is at an offset. The end of a part still counts as the part, as a caret there does.
func (l *Locator) At(offset int) Spot {
	i, _ := slices.BinarySearchFunc(l.Statements, offset+1, func(s Statement, at int) int { return cmp.Compare(s.Span.Start, at) })
	spot := Spot{Table: l.tableBefore(i, offset)}
	if i > 0 && offset <= l.Statements[i-1].Span.End {
		l.inStatement(&l.Statements[i-1], offset, &spot)
		return spot
	}
	c, _ := slices.BinarySearchFunc(l.doc.Comments, offset+1, func(s Span, at int) int { return cmp.Compare(s.Start, at) })
	if c > 0 && offset <= l.doc.Comments[c-1].End {
		spot.Part, spot.Span = Comment, l.doc.Comments[c-1]
	}
	return spot
}

// tableBefore is the table of the last header that ends before an offset, among the first statements.
func (l *Locator) tableBefore(statements, offset int) *Node {
	for i := statements - 1; i >= 0; i-- {
		if s := &l.Statements[i]; s.IsHeader() && s.Span.End <= offset {
			return s.Node
		}
	}
	return l.doc.Root
}

// inStatement says what is at an offset of a statement.
func (l *Locator) inStatement(s *Statement, offset int, spot *Spot) {
	if s.IsHeader() {
		spot.Part, spot.Node, spot.Span = Header, s.Node, s.Span
	}
	if k, ok := l.keyAt(s, offset); ok {
		spot.Part, spot.Node, spot.Span = Key, k.Node, k.Span
	} else if v := s.Node.Value(); !s.IsHeader() && v.Start <= offset {
		l.inValue(s.Node, offset, spot)
	}
}

// inValue says what is at an offset of a value.
func (l *Locator) inValue(n *Node, offset int, spot *Spot) {
	spot.Part, spot.Node, spot.Span = Value, n, n.Value()
	switch n.Kind {
	case InlineTable:
		if offset > n.Value().Start && offset < n.Value().End {
			spot.Table = n
		}
		inner := appendStatements(nil, n)
		for i := range inner {
			if s := &inner[i]; s.Span.Start <= offset && offset <= s.Span.End {
				l.inStatement(s, offset, spot)
			}
		}
	case Array:
		for _, e := range n.Entries {
			if v := e.Value(); v.Start <= offset && offset <= v.End {
				l.inValue(e, offset, spot)
			}
		}
	}
}

// KeyPart is a part of a dotted key or header, quotes included, and what it names.
type KeyPart struct {
	Span Span
	Node *Node // of [[header]] the array for the last part
}

func (l *Locator) keyAt(s *Statement, offset int) (KeyPart, bool) {
	for _, k := range l.KeyParts(s) {
		if k.Span.Start <= offset && offset <= k.Span.End {
			return k, true
		}
	}
	return KeyPart{}, false
}

// KeyParts lists the parts of the key or header of a statement, in order.
func (l *Locator) KeyParts(s *Statement) []KeyPart {
	spans := keySpans(l.doc.Source, s.Span)
	parts := make([]KeyPart, len(spans))
	n := s.Node
	for i := len(spans) - 1; i >= 0; i-- {
		for n != nil && n.InArray() {
			n = n.Parent
		}
		if n == nil || n.Parent == nil {
			return parts[i+1:] // not what was understood
		}
		parts[i] = KeyPart{spans[i], n}
		n = n.Parent
	}
	return parts
}

// keySpans cuts the dotted key at the beginning of a statement into its parts.
func keySpans(src []byte, at Span) (spans []Span) {
	i := at.Start
	blanks := func() {
		for i < at.End && (src[i] == ' ' || src[i] == '\t') {
			i++
		}
	}
	for i < at.End && src[i] == '[' {
		i++
		blanks()
	}
	for i < at.End {
		blanks()
		start := i
		if quote := src[min(i, at.End-1)]; i < at.End && (quote == '"' || quote == '\'') {
			for i++; i < at.End && src[i] != quote; i++ {
				if src[i] == '\\' && quote == '"' {
					i++
				}
			}
			i = min(i+1, at.End)
		} else {
			for i < at.End && isBareByte(src[i]) {
				i++
			}
		}
		if i == start {
			return spans
		}
		spans = append(spans, Span{start, i})
		blanks()
		if i >= at.End || src[i] != '.' {
			return spans
		}
		i++
	}
	return spans
}

// Mentions lists the parts of keys and headers that name n, in order. In an inline table or array it is the key of n alone.
func (l *Locator) Mentions(n *Node) (spans []Span) {
	for i := range l.Statements {
		s := &l.Statements[i]
		if !s.Node.Within(n) {
			continue
		}
		for _, k := range l.KeyParts(s) {
			if k.Node == n {
				spans = append(spans, k.Span)
			}
		}
	}
	if spans == nil && !n.Key().IsZero() {
		spans = append(spans, n.Key())
	}
	return spans
}

// Within reports whether n is a table, or below it; it may be called on nil, which is below nothing.
func (n *Node) Within(around *Node) bool {
	for ; n != nil; n = n.Parent {
		if n == around {
			return true
		}
	}
	return false
}
