package document

// parseSimple reads the statement or comment at p.next if it is written as nearly all are: without escapes,
// strings in three quotes, dates and unusual numbers, and not wrong. What it does not read is go-toml's.
func (p *parser) parseSimple() bool {
	i := p.next
	switch p.data[i] {
	case '#':
		end := commentEnd(p.data, i)
		if end < 0 {
			return false
		}
		p.comment(i, end)
		return true
	case '[':
		return p.simpleHeader(i)
	}
	return p.simpleKeyValue(i)
}

// comment records a comment that begins a line or is after a statement.
func (p *parser) comment(start, end int) {
	p.at = end
	p.doc.Comments = push(p.doc.Comments, Span{start, end})
}

func (p *parser) simpleHeader(start int) bool {
	d, i := p.data, start+1
	double := i < len(d) && d[i] == '['
	if double {
		i++
	}
	i = p.simpleKey(afterBlanks(d, i))
	if i < 0 || i == len(d) || d[i] != ']' || double && (i+1 == len(d) || d[i+1] != ']') {
		return false
	}
	if i++; double {
		i++
	}
	remark, end := afterStatement(d, i)
	if end < 0 {
		return false
	}
	p.at = i
	p.open(Span{start, i}, double)
	if remark < end {
		p.comment(remark, end)
	}
	return true
}

func (p *parser) simpleKeyValue(start int) bool {
	d, i := p.data, p.simpleKey(start)
	if i < 0 || i == len(d) || d[i] != '=' {
		return false
	}
	from := afterBlanks(d, i+1)
	kind, i := p.simpleScalar(from)
	if i < 0 {
		p.items = p.items[:0]
		if i = p.simpleBracket(from, 1); i < 0 {
			return false
		}
	}
	remark, end := afterStatement(d, i)
	if end < 0 {
		return false
	}
	table, last := p.table, len(p.parts)-1
	for nth, k := range p.parts[:last] {
		if table = p.dotted(table, k, nth+1 < last); table == nil {
			break
		}
	}
	n := p.assign(table, p.parts[last], start, table != nil)
	if kind != Invalid {
		n.Kind, n.at = kind, Span{from, i}.extent()
	} else {
		p.buildValue(n, 0)
	}
	p.at = i
	if remark < end {
		p.comment(remark, end)
	}
	return true
}

// item is a part of a value, in the order of the file.
type item struct {
	kind Kind // Invalid: a comment
	form form // of its key
	key  extent
	at   extent
	next int32 // the number of the item that is no part of this one
	size int32 // how many entries it has
}

// maxItems is the number of items from which on a value is left to go-toml: it has no more separators
// than may be, two for each of them. maxNested is that of brackets inside each other.
const (
	maxItems  = maxInStatement/2 - maxParts
	maxNested = 16
)

// buildValue makes n, whose key is set, the value that begins with item i.
func (p *parser) buildValue(n *Node, i int32) {
	it := &p.items[i]
	n.Kind, n.at = it.kind, it.at
	if it.kind >= String {
		return
	}
	if it.kind == InlineTable {
		p.arena.table(n)
	}
	if it.size > 0 {
		p.ensureBranch(n)
		n.Entries = p.newList(int(it.size))
	}
	next := it.next
	for i++; i < next; i = p.items[i].next {
		p.buildEntry(n, i)
	}
}

// buildEntry adds item i to the array or inline table n.
func (p *parser) buildEntry(n *Node, i int32) {
	e := &p.items[i]
	if e.kind == Invalid {
		p.doc.Comments = push(p.doc.Comments, e.at.span())
		return
	}
	c := p.newNode()
	c.state, c.form, c.key = valued, e.form, e.key
	if n.Kind == InlineTable {
		p.setKey(n, c)
	} else {
		p.add(n, c)
	}
	p.buildValue(c, i)
}

// simpleKey reads a key into p.parts and returns where the blanks after it end, -1 when it is not plain.
func (p *parser) simpleKey(i int) int {
	d := p.data
	for p.parts = p.parts[:0]; len(p.parts) < maxParts; i = afterBlanks(d, i+1) {
		end, form := simplePart(d, i)
		if end < 0 {
			return -1
		}
		p.parts = append(p.parts, part{Span{i, end}.extent(), form})
		if i = afterBlanks(d, end); i == len(d) || d[i] != '.' {
			return i
		}
	}
	return -1
}

// simplePart returns where the part of a key at i ends.
func simplePart(d []byte, i int) (int, form) {
	start := i
	for i < len(d) && bareByte[d[i]] {
		i++
	}
	switch {
	case i > start && i-start <= maxText:
		return i, 0
	case i == start && i < len(d) && (d[i] == '"' || d[i] == '\''):
		return stringEnd(d, i), quoted
	}
	return -1, 0
}

// simpleScalar returns the kind of the scalar at i and where it ends, -1 when it is not plain.
func (p *parser) simpleScalar(i int) (Kind, int) {
	d := p.data
	if i == len(d) {
		return Invalid, -1
	}
	end := -1
	switch d[i] {
	case '"', '\'':
		end = stringEnd(d, i)
	case 't', 'f':
		return boolEnd(p.doc.read, i)
	default:
		return numberEnd(d, i)
	}
	if end < 0 {
		return Invalid, -1
	}
	return String, end
}

// simpleValue reads the value at i into p.items and returns where it ends, -1 when it is not plain.
func (p *parser) simpleValue(i, depth int) int {
	kind, end := p.simpleScalar(i)
	if end < 0 {
		return p.simpleBracket(i, depth+1)
	}
	p.items = append(p.items, item{kind: kind, at: Span{i, end}.extent(), next: int32(len(p.items)) + 1}) //nolint:gosec // few
	return end
}

// simpleBracket reads the array or inline table at start, which lies in depth brackets with its own.
func (p *parser) simpleBracket(start, depth int) int {
	d, own := p.data, len(p.items)
	kind, closing := Array, byte(']')
	switch {
	case start == len(d) || depth > maxNested:
		return -1
	case d[start] == '{':
		kind, closing = InlineTable, '}'
	case d[start] != '[':
		return -1
	}
	p.items = append(p.items, item{kind: kind})
	comma, size := true, int32(0) // a comma, or nothing yet, stands before i
	for i := afterLines(d, start+1); i < len(d) && len(p.items) < maxItems; i = afterLines(d, i) {
		switch c := d[i]; {
		case c == closing:
			it := &p.items[own]
			it.at, it.size, it.next = Span{start, i + 1}.extent(), size, int32(len(p.items)) //nolint:gosec // few
			return i + 1
		case c == '#':
			end := commentEnd(d, i)
			if end < 0 {
				return -1
			}
			p.items = append(p.items, item{at: Span{i, end}.extent(), next: int32(len(p.items)) + 1}) //nolint:gosec // few
			i = end
		case c == ',' && !comma:
			comma = true
			i++
		case comma:
			if i = p.simpleEntry(i, kind, depth); i < 0 {
				return -1
			}
			comma = false
			size++
		default:
			return -1
		}
	}
	return -1
}

// simpleEntry reads an entry of an array or inline table.
func (p *parser) simpleEntry(i int, kind Kind, depth int) int {
	if kind == Array {
		return p.simpleValue(i, depth)
	}
	d := p.data
	end, form := simplePart(d, i)
	if end < 0 {
		return -1
	}
	key := Span{i, end}.extent()
	i = afterBlanks(d, end)
	if i == len(d) || d[i] != '=' {
		return -1
	}
	own := len(p.items)
	if i = p.simpleValue(afterBlanks(d, i+1), depth); i >= 0 {
		p.items[own].key, p.items[own].form = key, form
	}
	return i
}
