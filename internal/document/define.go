package document

import "github.com/pelletier/go-toml/v2/unstable"

// state tells how a table came to be, and so what may still be added to it.
type state uint8

const (
	implied state = iota // by a longer header: its own may follow once
	opened               // by its own header
	dotted               // by a dotted key: more of these and headers below it may follow
	valued               // a value: closed
)

// dotted returns the table that a part of a dotted key other than the last leads to in table; nil, with a
// problem, where there is something else. An array of tables leads to its last entry, which is closed
// itself, so only when more such parts follow.
func (p *parser) dotted(table *Node, k part, more bool) *Node {
	p.measure(k.at)
	n := p.child(table, p.doc.name(k.at, k.form))
	switch {
	case n == nil:
		n = p.named(k)
		n.Kind, n.state = Table, dotted
		return p.addTable(table, n)
	case n.Kind == ArrayOfTables && (more || p.again):
		return n.Entries[len(n.Entries)-1]
	case n.state == dotted, p.again && n.state != valued:
		return n
	case n.state == implied:
		n.state = dotted
		return n
	case !p.again:
		p.closed(k.at.span(), n)
	}
	return nil
}

// closed reports a dotted key that adds to n, which takes no more.
func (p *parser) closed(at Span, n *Node) {
	first := Related{n.Place(), "first set here"}
	switch {
	case n.state == valued && n.Kind == InlineTable:
		p.problem(at, "inline table cannot be added to", "write the key inside the braces", first)
	case n.state == valued:
		p.problem(at, "key is set twice, as a value and as a table", "keep one of the two", first)
	default:
		if n.Kind == ArrayOfTables {
			n = n.Entries[len(n.Entries)-1]
		}
		p.problem(at, "table with a header of its own cannot be added to by a dotted key", "move the key below that header", Related{n.Place(), "the table's header"})
	}
}

// setKey adds n to table under its name; where the name is taken it reports that and only sets Parent.
func (p *parser) setKey(table, n *Node) {
	old := p.child(table, n.Name())
	if old == nil {
		p.add(table, n)
		return
	}
	n.Parent = table
	switch {
	case p.again:
	case old.state == valued:
		p.problem(n.Key(), "key is set twice", "keep one of the two", Related{old.Key(), "first set here"})
	default:
		p.problem(n.Key(), "key is set twice, as a table and as a value", "keep one of the two", Related{old.Place(), "the table is here"})
	}
}

// header opens the table of a [header] or [[header]].
func (p *parser) header(e *unstable.Node) {
	first, last := e.Child(), e.Child()
	count := 1
	p.parts = append(p.parts[:0], p.part(first))
	for k := first.Next(); k != nil; k = k.Next() {
		last = k
		if count++; count <= maxParts {
			p.parts = append(p.parts, p.part(k))
		}
	}
	double := e.Kind == unstable.ArrayTable
	at := p.headerSpan(first, last, double)
	p.at = at.End
	if count > maxParts {
		p.tooManyParts(first, p.span(last).End)
		p.enterDetached(at)
		return
	}
	p.open(at, double)
}

// open opens the table of a header with the current parts.
func (p *parser) open(header Span, double bool) {
	p.again = false
	table, last := p.doc.Root, len(p.parts)-1
	for _, k := range p.parts[:last] {
		if table = p.through(table, k, header); table == nil {
			p.enterDetached(header)
			return
		}
	}
	if double {
		p.table = p.openEntry(table, p.parts[last], header)
	} else {
		p.table = p.openTable(table, p.parts[last], header)
	}
	p.enter(p.table)
}

// headerSpan is the brackets around the keys first to last.
func (p *parser) headerSpan(first, last *unstable.Node, double bool) Span {
	start, end := p.span(first).Start-1, p.blanks(p.span(last).End)+1
	for c := p.byteAt(start); c == ' ' || c == '\t'; c = p.byteAt(start) {
		start--
	}
	if double {
		start, end = start-1, end+1
	}
	return p.real(Span{start, end})
}

// detached is a table outside the tree, for the keys below a header that makes none.
func (p *parser) detached(header Span) *Node {
	n := p.newNode()
	n.Kind, n.state, n.Parent, n.at = Table, opened, p.doc.Root, header.extent()
	return n
}

// enterDetached makes the keys that follow go to a table outside the tree.
func (p *parser) enterDetached(header Span) {
	p.table, p.again = p.detached(header), false
	p.enter(p.table)
}

// through returns the table that a part of a header other than the last goes through.
func (p *parser) through(table *Node, k part, header Span) *Node {
	p.measure(k.at)
	n := p.child(table, p.doc.name(k.at, k.form))
	switch {
	case n == nil:
		n = p.named(k)
		n.Kind = Table
		return p.addTable(table, n)
	case n.Kind == ArrayOfTables:
		return n.Entries[len(n.Entries)-1]
	case n.state != valued:
		return n
	}
	p.taken(header, n)
	return nil
}

// taken reports a header whose name is a value already.
func (p *parser) taken(header Span, n *Node) {
	first := Related{n.Place(), "first set here"}
	switch n.Kind {
	case InlineTable:
		p.problem(header, "inline table cannot be added to", "write the keys inside the braces, or all of them below the header", first)
	case Array:
		p.problem(header, "array cannot be added to", "write all of its entries in the brackets, or each below a header of its own", first)
	default:
		p.problem(header, "key is set twice, as a value and as a table", "keep one of the two", first)
	}
}

// openTable opens the table that the last part of a [header] names.
func (p *parser) openTable(table *Node, k part, header Span) *Node {
	p.measure(k.at)
	n := p.child(table, p.doc.name(k.at, k.form))
	if n == nil {
		n = p.named(k)
		n.Kind = Table
		p.addTable(table, n)
	}
	switch {
	case n.Kind == ArrayOfTables:
		p.problem(header, "table and array of tables have the same name", "double the brackets of this header, or rename it", Related{n.Place(), "the array of tables begins here"})
		return p.detached(header)
	case n.state == implied:
		n.state, n.at = opened, header.extent()
		return n
	case n.state == opened:
		p.problem(header, "table is defined twice", "put the keys below one of the two headers", Related{n.Header(), "first defined here"})
		p.again = true
		return n
	case n.state == dotted:
		p.problem(header, "table cannot have a header after a dotted key has added to it", "write its keys in one of the two ways", Related{p.addedBy(n), "this dotted key added to it"})
		p.again = true
		return n
	}
	p.taken(header, n)
	return p.detached(header)
}

// addedBy is the first dotted key that added to n.
func (p *parser) addedBy(n *Node) Span {
	for _, e := range n.Entries {
		switch {
		case p.full: // not shown
			return n.Key()
		case e.state == valued:
			return Span{e.Expr().Start, e.Key().End}
		case e.state == dotted:
			return p.addedBy(e)
		}
	}
	return n.Key()
}

// openEntry adds an entry to the array of tables that the last part of a [[header]] names.
func (p *parser) openEntry(table *Node, k part, header Span) *Node {
	p.measure(k.at)
	n := p.child(table, p.doc.name(k.at, k.form))
	if n == nil {
		n = p.named(k)
		n.Kind, n.state = ArrayOfTables, opened
		p.add(table, n)
	}
	switch {
	case n.Kind == ArrayOfTables:
		c := p.newNode()
		c.Kind, c.state, c.at = Table, opened, header.extent()
		return p.addTable(n, c)
	case n.state == valued:
		p.taken(header, n)
	default:
		p.problem(header, "table and array of tables have the same name", "write single brackets, or rename one of the two", Related{n.Place(), "the table is here"})
	}
	return p.detached(header)
}
