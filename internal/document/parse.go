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
	d := &Document{Name: name, Source: src}
	p := &parser{doc: d}
	p.grow(max(8, min(len(src)/20, 512))) // most files have a node for each 20 bytes or so
	d.Root = p.newNode()
	d.Root.Kind = Table
	d.Root.state = opened
	p.own(d.Root)
	d.Root.memo = new(memo)
	if len(src) > math.MaxInt32-1 {
		d.Err = ErrCrowded
		return d
	}
	d.text = unsafe.String(unsafe.SliceData(src), len(src)) // src does not change any more
	p.run()
	if d.Err != nil {
		return &Document{Name: name, Source: src, Root: &Node{Kind: Table, branch: &leaf}, Err: d.Err, text: d.text}
	}
	p.finish()
	return d
}

// parser is the state of one Parse.
type parser struct {
	doc   *Document
	toml  *unstable.Parser
	data  []byte // what is parsed: the source, or a copy of the same length with some bytes replaced
	text  string // the bytes of data from base on, as far as they are parsed now
	base  int
	at    int   // end of what has been read
	table *Node // where the next key = value goes
	again bool  // table was defined before: repeated keys in it were reported with its header

	repaired bool
	broken   int  // the number of problems with single bytes; they come first
	spent    int  // bytes searched by recover
	full     bool // no more problems are recorded
	salvage
	slab
}

// salvage is set while a statement that was refused is read, mended.
type salvage struct {
	on  bool
	end int  // of what stands in the file
	bad Span // where its value would be, if that is what was refused
}

// parsers keeps go-toml's parsers, whose arenas are worth keeping, between small files.
var parsers = sync.Pool{New: func() any { return &unstable.Parser{KeepComments: true} }}

// poolBelow is the size in bytes of the largest file whose parser is kept.
const poolBelow = 64 << 10

func (p *parser) run() {
	p.toml = parsers.Get().(*unstable.Parser)
	p.data, p.table = p.doc.Source, p.doc.Root
	if bytes.HasPrefix(p.data, []byte(byteOrderMark)) {
		p.at = len(byteOrderMark)
	}
	p.use(p.data)
	for {
		for p.doc.Err == nil && p.toml.NextExpression() {
			p.expression(p.toml.Expression())
			p.count()
		}
		if p.doc.Err != nil {
			return
		}
		err := p.toml.Error()
		if err == nil || p.full {
			break
		}
		if !p.repaired {
			p.repaired = true
			if p.repair() {
				p.use(p.data)
				continue
			}
			break
		}
		p.recover(p.place(err))
	}
	if len(p.data) < poolBelow {
		p.toml.Reset(nil)
		parsers.Put(p.toml)
	}
}

// count ends the parse when the file holds too much.
func (p *parser) count() {
	if p.made-len(p.nodes)+len(p.doc.Comments) > maxThings || p.tables > maxTables || p.most > maxInTable {
		p.doc.Err = ErrCrowded
	}
}

// use makes go-toml go on at p.at of data, which has the offsets of the source. Only what is not yet
// parsed of data may change later.
func (p *parser) use(data []byte) {
	p.base = p.at
	p.text = unsafe.String(unsafe.SliceData(data), len(data))[p.at:]
	p.start(data[p.at:])
}

// start gives go-toml its input, unless a statement of it holds too much.
func (p *parser) start(data []byte) {
	p.toml.Reset(data)
	if many, searched := crowded(data); searched {
		p.spent += len(data)
		if many {
			p.doc.Err = ErrCrowded
		}
	}
}

// resume makes go-toml go on at offset in the same data.
func (p *parser) resume(offset int) {
	p.at = offset
	if offset < p.base || p.base+len(p.text) != len(p.data) {
		p.use(p.data)
		return
	}
	p.text = p.text[offset-p.base:]
	p.base = offset
	p.start(p.data[offset:])
}

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

// cut is the text of a span.
func (p *parser) cut(s Span) string { return p.text[s.Start-p.base : s.End-p.base] }

// byteAt is the byte at offset, 0 behind the end.
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
	slices.SortStableFunc(p.doc.Problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End))
	})
	if p.repaired {
		slices.SortFunc(p.doc.Comments, func(a, b Span) int { return cmp.Compare(a.Start, b.Start) })
		p.doc.Comments = slices.Compact(p.doc.Comments)
	}
}
