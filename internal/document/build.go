package document

import (
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// slab hands out nodes and small entry lists from larger pieces.
type slab struct {
	nodes    []Node
	branches []branch
	entries  []*Node
	made     int // nodes allocated so far
	branched int // branches handed out
	tables   int // tables made, but the root
	most     int // of these in one table
}

// newNode returns an empty node.
func (s *slab) newNode() *Node {
	if len(s.nodes) == 0 {
		s.grow(max(16, min(s.made/4, 512)))
	}
	n := &s.nodes[0]
	s.nodes = s.nodes[1:]
	n.branch = &leaf
	return n
}

// own gives n, which gets a header or entries, a branch of its own, unless it has one.
func (s *slab) own(n *Node) {
	if n.branch != &leaf {
		return
	}
	if len(s.branches) == 0 {
		s.branches = make([]branch, max(8, min(s.branched, 256)))
	}
	n.branch = &s.branches[0]
	s.branches = s.branches[1:]
	s.branched++
}

// table counts the table n, whose parent is set.
func (s *slab) table(n *Node) {
	s.own(n.Parent)
	n.Parent.tables++
	s.most = max(s.most, n.Parent.tables)
	s.tables++
}

// head sets the header of n.
func (s *slab) head(n *Node, at Span) {
	s.own(n)
	n.header = at
}

// grow makes room for n nodes.
func (s *slab) grow(n int) {
	s.nodes = make([]Node, n)
	s.made += n
}

// list is an empty list with room for n entries.
func (s *slab) list(n int) []*Node {
	if n > 64 {
		return make([]*Node, 0, n)
	}
	if len(s.entries) < n {
		s.entries = make([]*Node, max(n, min(s.made, 512)))
	}
	l := s.entries[:0:n]
	s.entries = s.entries[n:]
	return l
}

// add makes a node the last entry of parent.
func (s *slab) add(parent, n *Node) *Node {
	s.own(parent)
	if cap(parent.Entries) == 0 {
		parent.Entries = s.list(4)
	}
	n.Parent, n.ord = parent, uint32(len(parent.Entries)) //nolint:gosec // bounded by the size of the file
	parent.Entries = append(parent.Entries, n)
	switch {
	case parent.names != nil:
		parent.names.add(parent.Entries)
	case len(parent.Entries) >= indexFrom && parent.Kind.IsTable():
		parent.names = newIndex(parent.Entries)
	}
	return n
}

// addTable adds a table to parent.
func (s *slab) addTable(parent, n *Node) *Node {
	s.add(parent, n)
	s.table(n)
	return n
}

// expression adds one statement or comment of the file to the document.
func (p *parser) expression(e *unstable.Node) {
	switch e.Kind {
	case unstable.Comment:
		p.comments(e)
	case unstable.KeyValue:
		p.at = p.keyValue(p.table, e, 0, true)
	default:
		p.header(e)
	}
	if c := e.Next(); c != nil {
		p.comments(c)
		p.at = p.doc.Comments[len(p.doc.Comments)-1].End
	}
}

// comments records a comment and those that go-toml hangs below it.
func (p *parser) comments(c *unstable.Node) {
	p.at = p.span(c).End
	p.doc.Comments = append(p.doc.Comments, p.span(c))
	for sub := c.Child(); sub != nil; sub = sub.Next() {
		p.comments(sub)
	}
}

// measure ends the parse when a key or string is too long.
func (p *parser) measure(s Span) {
	if s.Len() > maxText && p.doc.Err == nil {
		p.doc.Err = ErrLong
	}
}

// part decodes one part of a key.
func (p *parser) part(k *unstable.Node) (string, Span) {
	at := p.span(k)
	p.measure(at)
	switch inner := at.Len() - 2; {
	case p.byteAt(at.Start) != '"' && p.byteAt(at.Start) != '\'':
		return p.cut(at), at
	case len(k.Data) == inner:
		return p.cut(Span{at.Start + 1, at.End - 1}), at
	}
	return string(k.Data), at
}

// keyValue adds a key = value to table, which lies in depth brackets, and returns where it ends.
// Without keep its nodes stay outside the tree.
func (p *parser) keyValue(table *Node, e *unstable.Node, depth int, keep bool) int {
	value := e.Value()
	first, last := value.Next(), (*unstable.Node)(nil)
	count := 0
	for k := first; k != nil; k = k.Next() {
		last = k
		count++
		if keep && count <= maxParts && k.Next() != nil {
			if table = p.dotted(table, k); table == nil {
				keep = false
			}
		}
	}
	expr := p.span(e)
	if count > maxParts {
		p.tooManyParts(first, p.span(last).End)
		keep = false
	}
	n := p.newNode()
	n.name, n.key = p.part(last)
	n.expr = expr
	n.state = valued
	if keep {
		p.setKey(table, n)
	} else {
		n.Parent = p.doc.Root
	}
	if !p.bad.IsZero() {
		n.value, n.expr.End = p.bad, max(p.bad.End, n.key.End)
		return n.expr.End
	}
	start := p.blanks(p.blanks(n.key.End) + 1)
	p.fill(n, value, start, expr.End, depth)
	return expr.End
}

// tooManyParts reports a key whose parts begin with first.
func (p *parser) tooManyParts(first *unstable.Node, end int) {
	for range maxParts {
		first = first.Next()
	}
	p.problem(Span{p.span(first).Start, end}, "key has more than 80 parts", "Loong reads at most 80 parts in one header or dotted key")
}

// fill makes n the value v, which starts at start and lies in depth brackets. Where end is known it is
// given, else it is 0. It returns the end.
func (p *parser) fill(n *Node, v *unstable.Node, start, end, depth int) int {
	switch v.Kind {
	case unstable.Array, unstable.InlineTable:
		return p.bracket(n, v, start, end, depth+1)
	case unstable.String:
		n.Kind, n.value = String, p.span(v)
		p.measure(n.value)
		n.text = p.stringText(v, n.value)
		return n.value.End
	}
	n.value = p.span(v)
	n.text = p.cut(n.value)
	switch v.Kind {
	case unstable.Bool:
		n.Kind = Bool
	case unstable.Integer:
		n.Kind = Integer
		if !intFits(n.text) {
			p.problem(n.value, "integer does not fit 64 bits", "Loong reads integers from -9223372036854775808 to 9223372036854775807")
		}
	case unstable.Float:
		n.Kind = Float
		if !floatFits(n.text) {
			p.problem(n.value, "number is too large", "the largest float is about 1.8e308; inf is written inf")
		}
	default:
		p.datetime(n)
	}
	return n.value.End
}

func (p *parser) datetime(n *Node) {
	kind, ok := datetimeKind(n.text)
	n.Kind = kind
	if !ok {
		p.problem(n.value, "not a date or time that exists", "dates are written 2024-05-06, times 07:08:09, both 2024-05-06T07:08:09Z; other text needs quotes")
	}
}

// stringText is the decoded text of a string: a piece of the file where nothing is escaped.
func (p *parser) stringText(v *unstable.Node, at Span) string {
	if len(v.Data) == at.Len()-2 {
		return p.cut(Span{at.Start + 1, at.End - 1})
	}
	raw := p.cut(at)
	if raw[0] == '"' && strings.IndexByte(raw, '\\') >= 0 {
		return string(v.Data)
	}
	end := at.End
	if raw[:2] == `""` || raw[:2] == "''" {
		end -= 3
	}
	return p.cut(Span{end - len(v.Data), end})
}

// bracket makes n the array or inline table v. Beyond the allowed depth it only finds the end.
func (p *parser) bracket(n *Node, v *unstable.Node, start, end, depth int) int {
	table := v.Kind == unstable.InlineTable
	n.Kind = Array
	if table {
		n.Kind = InlineTable
		p.slab.table(n)
	}
	n.value = Span{start, end}
	if depth == maxDepth+1 {
		p.report(tooDeep(start))
	}
	count := 0
	for c := v.Child(); c != nil; c = c.Next() {
		if c.Kind != unstable.Comment {
			count++
		}
	}
	if count > 0 && depth <= maxDepth {
		p.own(n)
		n.Entries = p.list(count)
	}
	at := start + 1
	for c := v.Child(); c != nil; c = c.Next() {
		switch {
		case c.Kind == unstable.Comment:
			p.comments(c)
		case table:
			at = p.keyValue(n, c, depth, depth <= maxDepth)
		default:
			at = p.element(n, c, p.trivia(at), depth)
		}
	}
	if end == 0 {
		n.value.End = p.trivia(at) + 1
	}
	return n.value.End
}

// tooDeep reports the bracket at offset, the 81st inside each other.
func tooDeep(offset int) Problem {
	return fault(Span{offset, offset + 1}, "value is nested more than 80 brackets deep", "Loong reads at most 80 arrays and inline tables inside each other")
}

// element adds an entry to the array n and returns where it ends.
func (p *parser) element(n *Node, v *unstable.Node, start, depth int) int {
	c := p.newNode()
	c.state = valued
	if depth <= maxDepth {
		p.add(n, c)
	} else {
		c.Parent = n
	}
	return p.fill(c, v, start, 0, depth)
}
