package document

import (
	"math"

	"github.com/pelletier/go-toml/v2/unstable"
)

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
	p.doc.Comments = push(p.doc.Comments, p.span(c))
	for sub := c.Child(); sub != nil; sub = sub.Next() {
		p.comments(sub)
	}
}

// measure ends the parse when a key or string is too long.
func (p *parser) measure(e extent) {
	if e.len() > maxText && p.doc.Err == nil {
		p.doc.Err = ErrLong
	}
}

// part is one part of a key.
type part struct {
	at   extent
	form form
}

// part returns one part of a key; what it is called is kept where the file does not say it.
func (p *parser) part(k *unstable.Node) part {
	at := p.span(k)
	switch raw := p.cut(at); {
	case p.on && raw != p.doc.read[at.Start:at.End]:
		p.doc.keep(at.extent().start, p.doc.read[at.Start:at.End])
		return part{at.extent(), decodedName}
	case raw[0] != '"' && raw[0] != '\'':
		return part{at.extent(), 0}
	case len(k.Data) == len(raw)-2:
		return part{at.extent(), quoted}
	}
	p.doc.keep(at.extent().start, string(k.Data))
	return part{at.extent(), decodedName}
}

// named returns a new node called k.
func (p *parser) named(k part) *Node {
	n := p.newNode()
	n.key, n.form = k.at, k.form
	return n
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
			if table = p.dotted(table, p.part(k), k.Next().Next() != nil); table == nil {
				keep = false
			}
		}
	}
	if count > maxParts {
		p.tooManyParts(first, p.span(last).End)
		keep = false
	}
	expr := p.span(e)
	n := p.assign(table, p.part(last), expr.Start, keep)
	if !p.bad.IsZero() {
		n.at = p.bad.extent()
		p.guess(n)
		return p.bad.End
	}
	start := p.blanks(p.blanks(n.Key().End) + 1)
	p.fill(n, value, start, expr.End, depth)
	return expr.End
}

// assign adds a node called k to table for the value of a key that starts at start. Without keep the
// node stays outside the tree.
func (p *parser) assign(table *Node, k part, start int, keep bool) *Node {
	p.measure(k.at)
	n := p.named(k)
	n.state = valued
	if lead := int(k.at.start) - start; lead > math.MaxUint8 {
		n.form |= decodedLead
		p.doc.keep(n.key.end, p.doc.read[start:k.at.start])
	} else {
		n.lead = uint8(lead) //nolint:gosec // just compared
	}
	if keep {
		p.setKey(table, n)
	} else {
		n.Parent = p.doc.Root
	}
	return n
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
		n.Kind, n.at = String, p.real(p.span(v)).extent()
		p.measure(n.at)
		if p.on || string(v.Data) != n.Text() {
			n.form |= decodedText
			p.doc.keep(n.at.start, string(v.Data))
		}
		return int(n.at.end)
	}
	at := p.span(v)
	n.at = at.extent()
	text := p.cut(at)
	switch v.Kind {
	case unstable.Bool:
		n.Kind = Bool
	case unstable.Integer:
		n.Kind = Integer
		if !intFits(text) {
			p.problem(at, "integer does not fit 64 bits", "Loong reads integers from -9223372036854775808 to 9223372036854775807")
		}
	case unstable.Float:
		n.Kind = Float
		if !floatFits(text) {
			p.problem(at, "number is too large", "the largest float is about 1.8e308; inf is written inf")
		}
	default:
		p.datetime(n, text)
	}
	return at.End
}

func (p *parser) datetime(n *Node, text string) {
	kind, ok := datetimeKind(text)
	n.Kind = kind
	if !ok {
		p.problem(n.Value(), "not a date or time that exists", "dates are written 2024-05-06, times 07:08:09, both 2024-05-06T07:08:09Z; other text needs quotes")
	}
}

// bracket makes n the array or inline table v. Beyond the allowed depth it only finds the end.
func (p *parser) bracket(n *Node, v *unstable.Node, start, end, depth int) int {
	table := v.Kind == unstable.InlineTable
	n.Kind = Array
	if table {
		n.Kind = InlineTable
		p.arena.table(n)
	}
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
		p.ensureBranch(n)
		n.Entries = p.newList(count)
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
		end = p.trivia(at) + 1
	}
	n.at = p.real(Span{start, end}).extent()
	return end
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
