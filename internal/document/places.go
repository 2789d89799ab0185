package document

import (
	"cmp"
	"slices"
)

// extent is a Span in half the room.
type extent struct{ start, end uint32 }

func (e extent) span() Span { return Span{int(e.start), int(e.end)} }

func (e extent) len() int { return int(e.end - e.start) }

func (s Span) extent() extent { return extent{uint32(s.Start), uint32(s.End)} } //nolint:gosec // Parse reads no file whose offsets do not fit

// form tells what of a node differs from what its places say.
type form uint8

const (
	quoted  form = 1 << iota // the key stands in quotes
	oddName                  // the name is kept as an oddity at the start of the key
	oddText                  // the text is kept as an oddity at the start of the value
	oddLead                  // what stands before the key's last part is kept as an oddity at its end
	torn                     // a statement of the table could not be read
)

// Name is the decoded key under Parent; empty for the root and for array entries.
func (n *Node) Name() string {
	if n.form&(quoted|oddName) != 0 {
		return n.doc.quotedName(n.key, n.form)
	}
	return n.doc.read[n.key.start:n.key.end]
}

// name is what a key says.
func (d *Document) name(key extent, form form) string {
	if form&(quoted|oddName) != 0 {
		return d.quotedName(key, form)
	}
	return d.read[key.start:key.end]
}

func (d *Document) quotedName(key extent, form form) string {
	if form&oddName != 0 {
		return d.oddity(key.start)
	}
	return d.read[key.start+1 : key.end-1]
}

// Key is the key part that first names n, quotes included.
func (n *Node) Key() Span { return n.key.span() }

// Value is a scalar, array or inline table as written.
func (n *Node) Value() Span {
	if n.Kind == Table {
		return Span{}
	}
	return n.at.span()
}

// Header is n's own [header] or [[header]], brackets included.
func (n *Node) Header() Span {
	if n.Kind != Table {
		return Span{}
	}
	return n.at.span()
}

// Expr is the whole key = value that n is the value of, from the first key part.
func (n *Node) Expr() Span {
	if n.state != valued || n.key.end == 0 {
		return Span{}
	}
	lead := int(n.lead)
	if n.form&oddLead != 0 {
		lead = len(n.doc.oddity(n.key.end))
	}
	return Span{int(n.key.start) - lead, int(n.at.end)}
}

// Text is a string decoded, any other scalar as written.
func (n *Node) Text() string {
	if n.Kind < String {
		return ""
	}
	if n.form&oddText != 0 {
		return n.doc.oddity(n.at.start)
	}
	raw := n.doc.read[n.at.start:n.at.end]
	if n.Kind != String {
		return raw
	}
	return unquote(raw)
}

// unquote is the text of a string without escapes.
func unquote(raw string) string {
	n := len(raw)
	if n < 6 || raw[0] != raw[1] || raw[0] != raw[2] {
		return raw[1 : n-1]
	}
	raw = raw[3 : n-3]
	if len(raw) > 0 && raw[0] == '\n' {
		return raw[1:]
	}
	if len(raw) > 1 && raw[:2] == "\r\n" {
		return raw[2:]
	}
	return raw
}

// oddity is a text that does not stand in the file as it is.
type oddity struct {
	at   uint32 // see form
	text string
}

func (d *Document) oddity(at uint32) string {
	i, ok := d.findOddity(at)
	if !ok {
		return ""
	}
	return d.oddities[i].text
}

func (d *Document) findOddity(at uint32) (int, bool) {
	return slices.BinarySearchFunc(d.oddities, at, func(o oddity, at uint32) int { return cmp.Compare(o.at, at) })
}

// keep adds an oddity.
func (d *Document) keep(at uint32, text string) {
	o := oddity{at, text}
	if n := len(d.oddities); n == 0 || d.oddities[n-1].at < at {
		d.oddities = push(d.oddities, o)
		return
	}
	i, found := d.findOddity(at)
	if found {
		d.oddities[i] = o
		return
	}
	d.oddities = slices.Insert(d.oddities, i, o)
}
