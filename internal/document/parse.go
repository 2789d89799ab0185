package document

import (
	"bytes"
	"cmp"
	"errors"
	"math"
	"slices"
	"sync"
	"unsafe"

	"github.com/pelletier/go-toml/v2/unstable"
)

// Limits of Loong's TOML reader (dialect.md).
const (
	maxDepth = 80 // arrays and inline tables of one value, counted together
	maxParts = 80 // parts of one header or one dotted key
)

// Parse reads a TOML document. It keeps src, which must not change afterwards.
func Parse(name string, src []byte) *Document {
	return newParser(name, src).parse()
}

// newParser returns a parser that has read nothing.
func newParser(name string, src []byte) *parser {
	p := &parser{doc: newDocument(name, src), data: src, usual: true}
	p.leaf = &p.doc.leaf
	return p
}

func (p *parser) parse() *Document {
	d := p.doc
	if d.Err == nil {
		p.estimate()
		p.table = d.Root
		p.enter(d.Root)
		p.run()
		p.finish()
	}
	if d.Err != nil {
		err := d.Err
		d = newDocument(d.Name, d.Source)
		d.Err = err
	}
	return d
}

// estimate makes room for about as many nodes and branches as the first pieces of the source have.
func (p *parser) estimate() {
	src := p.data[:min(len(p.data), piece)]
	brackets, braces := bytes.Count(src, []byte{'['}), bytes.Count(src, []byte{'{'})
	values := bytes.Count(src, []byte{'='}) + bytes.Count(src, []byte{','}) // with those in brackets and braces
	p.grow(min(8+brackets+values, nodePiece))
	p.branches = make([]branch, min(4+brackets+braces, branchPiece))
	p.parts = make([]part, 0, 4)
}

// newDocument returns a document without entries.
func newDocument(name string, src []byte) *Document {
	d := &Document{Name: name, Source: src}
	d.leaf.doc = d
	d.Root = &Node{Kind: Table, state: opened, branch: &d.leaf}
	if len(src) > math.MaxInt32-1 {
		d.Err = ErrTooManyNodes
		return d
	}
	d.text = unsafe.String(unsafe.SliceData(src), len(src)) // src does not change any more
	d.read = d.text
	return d
}

// parser is the state of one Parse.
type parser struct {
	doc   *Document
	toml  *unstable.Parser // nil until it is needed
	data  []byte           // what is parsed: the source, or a copy of the same length with some bytes replaced
	text  string           // what go-toml parses; it begins at base
	base  int
	at    int    // end of what has been read
	next  int    // start of the statement after
	whole int    // from here on the size of statements is not known yet; -1: it is
	table *Node  // where the next key = value goes
	again bool   // table was defined before: repeated keys in it were reported with its header
	parts []part // of the current key or header
	items []item // of the current value

	usual    bool // statements that hold nothing unusual are read without go-toml
	repaired bool
	broken   int  // the number of problems with single bytes; they come first
	sniffed  bool // isForeign was asked
	spent    int  // bytes searched by recover
	full     bool // no more problems are recorded
	salvage
	arena
}

// salvage is set while a statement that was refused is read, mended.
type salvage struct {
	on    bool
	start int  // of what is in the file
	end   int  // likewise
	bad   Span // where its value would be, if that is what was refused
}

// parsers keeps go-toml's parsers, whose arenas are worth keeping, between small files.
var parsers = sync.Pool{New: func() any { return &unstable.Parser{KeepComments: true} }}

// poolBelow is the size in bytes of the largest file whose parser is kept.
const poolBelow = 64 << 10

func (p *parser) run() {
	if bytes.HasPrefix(p.data, []byte(byteOrderMark)) {
		p.at = len(byteOrderMark)
	}
	for p.use(); ; {
		for p.doc.Err == nil && p.statement() {
			p.count()
		}
		if p.doc.Err != nil {
			return
		}
		if p.next == len(p.data) || p.full {
			break
		}
		if !p.repaired {
			p.repaired = true
			if p.repair() {
				p.use()
				continue
			}
			break
		}
		p.recover(p.place(p.toml.Error()))
	}
	if p.toml != nil && len(p.data) < poolBelow {
		p.toml.Reset(nil)
		parsers.Put(p.toml)
	}
}

// statement reads the next statement or comment; false means that there is none, or that go-toml refuses it.
func (p *parser) statement() bool {
	p.next = afterLines(p.data, p.at)
	if p.next == len(p.data) {
		return false
	}
	return p.usual && p.parseSimple() || p.parseWithGoTOML()
}

// parseWithGoTOML makes go-toml read the next statement.
func (p *parser) parseWithGoTOML() bool {
	if p.whole >= 0 {
		p.measureStatements()
	}
	if p.toml == nil {
		p.toml = parsers.Get().(*unstable.Parser)
	}
	p.base, p.text = p.next, p.doc.read[p.next:]
	p.toml.Reset(p.data[p.next:])
	if p.doc.Err != nil || !p.toml.NextExpression() {
		return false
	}
	p.expression(p.toml.Expression())
	return true
}

// measureStatements ends the parse when a statement after p.whole holds too much.
func (p *parser) measureStatements() {
	data := p.data[p.whole:]
	p.whole = -1
	if many, searched := exceedsLimits(data); searched {
		p.spent += len(data)
		if many {
			p.doc.Err = ErrTooManyNodes
		}
	}
}

// count ends the parse when the file holds too much.
func (p *parser) count() {
	if p.made-len(p.nodes)+p.used+len(p.doc.Comments) > maxThings || p.tables > maxTables || p.most > maxInTable {
		p.doc.Err = ErrTooManyNodes
	}
}

// use makes p go on at p.at of data, which has the offsets of the source. Only what is not yet parsed
// of data may change later.
func (p *parser) use() {
	p.doc.read = unsafe.String(unsafe.SliceData(p.data), len(p.data))
	p.whole = p.at
}

// resume makes p go on at offset in the same data.
func (p *parser) resume(offset int) { p.at, p.whole = offset, offset }

// place is the offset an error of go-toml points at.
func (p *parser) place(err error) int {
	var perr *unstable.ParserError
	if !errors.As(err, &perr) {
		return p.at
	}
	return p.base + cap(p.toml.Data()) - cap(perr.Highlight)
}

// span is where a node of go-toml was written.
func (p *parser) span(n *unstable.Node) Span {
	start := p.base + int(n.Raw.Offset)
	return Span{start, start + int(n.Raw.Length)}
}

// real cuts off a span what is made up.
func (p *parser) real(s Span) Span {
	if p.on {
		s.Start = max(s.Start, p.start)
		s.End = max(s.Start, min(s.End, p.end))
	}
	return s
}

// cut is the text of a span.
func (p *parser) cut(s Span) string { return p.text[s.Start-p.base : s.End-p.base] }

// byteAt is the byte at offset, 0 after the end.
func (p *parser) byteAt(offset int) byte {
	if i := offset - p.base; i < len(p.text) {
		return p.text[i]
	}
	return 0
}

// blanks skips blanks and tabs from offset.
func (p *parser) blanks(offset int) int {
	for c := p.byteAt(offset); c == ' ' || c == '\t'; c = p.byteAt(offset) {
		offset++
	}
	return offset
}

// trivia skips blanks, line breaks, comments and commas from offset.
func (p *parser) trivia(offset int) int {
	for {
		switch p.byteAt(offset) {
		case ' ', '\t', '\n', '\r', ',':
			offset++
		case '#':
			for c := p.byteAt(offset); c != '\n' && c != 0; c = p.byteAt(offset) {
				offset++
			}
		default:
			return offset
		}
	}
}

func (p *parser) problem(at Span, message, help string, related ...Related) {
	p.report(fault(at, message, help, related...))
}

// report records a problem, unless there are too many.
func (p *parser) report(problem Problem) {
	if p.full = p.full || len(p.doc.Problems) >= MaxProblems; !p.full {
		p.doc.Problems = append(p.doc.Problems, problem)
	}
}

// finish puts problems and comments in the order of the file.
func (p *parser) finish() {
	p.close()
	slices.SortStableFunc(p.doc.Problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End))
	})
	if p.repaired {
		slices.SortFunc(p.doc.Comments, func(a, b Span) int { return cmp.Compare(a.Start, b.Start) })
		// What was read again, as something else, may have another comment within one: both end with the line.
		p.doc.Comments = slices.CompactFunc(p.doc.Comments, func(a, b Span) bool { return a.End == b.End })
	}
}
