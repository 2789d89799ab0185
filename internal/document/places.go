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
	quoted      form = 1 << iota // the key is in quotes
	decodedName                  // the name is kept in decodedTexts at the start of the key
	decodedText                  // the text is kept in decodedTexts at the start of the value
	decodedLead                  // what stands before the key's last part is kept in decodedTexts at its end
	torn                         // a statement of the table could not be read
)

// Name is the decoded key under Parent; empty for the root and for array entries.
func (n *Node) Name() string {
	if n.form&(quoted|decodedName) != 0 {
		return n.doc.quotedName(n.key, n.form)
	}
	return n.doc.read[n.key.start:n.key.end]
}

// name is what a key says.
func (d *Document) name(key extent, form form) string {
	if form&(quoted|decodedName) != 0 {
		return d.quotedName(key, form)
	}
	return d.read[key.start:key.end]
}

func (d *Document) quotedName(key extent, form form) string {
	if form&decodedName != 0 {
		return d.decodedAt(key.start)
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
	if n.form&decodedLead != 0 {
		lead = len(n.doc.decodedAt(n.key.end))
	}
	return Span{int(n.key.start) - lead, int(n.at.end)}
}

// Text is a string decoded, any other scalar as written.
func (n *Node) Text() string {
	if n.Kind < String {
		return ""
	}
	if n.form&decodedText != 0 {
		return n.doc.decodedAt(n.at.start)
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

// decoded is a text that is written in the file in another form.
type decoded struct {
	at   uint32 // see form
	text string
}

func (d *Document) decodedAt(at uint32) string {
	i, ok := d.findDecoded(at)
	if !ok {
		return ""
	}
	return d.decodedTexts[i].text
}

func (d *Document) findDecoded(at uint32) (int, bool) {
	return slices.BinarySearchFunc(d.decodedTexts, at, func(o decoded, at uint32) int { return cmp.Compare(o.at, at) })
}

// keep adds a decoded text.
func (d *Document) keep(at uint32, text string) {
	o := decoded{at, text}
	if n := len(d.decodedTexts); n == 0 || d.decodedTexts[n-1].at < at {
		d.decodedTexts = push(d.decodedTexts, o)
		return
	}
	i, found := d.findDecoded(at)
	if found {
		d.decodedTexts[i] = o
		return
	}
	d.decodedTexts = slices.Insert(d.decodedTexts, i, o)
}
