package report

import (
	"io"
	"unicode/utf8"
)

// xmlWriter writes indented XML as encoding/xml does, whose tables would be made on each start. It holds what was not
// sent yet.
type xmlWriter struct {
	b      []byte
	depth  int
	inside bool // the last tag began an element
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8"?>`

// send writes what there is to w.
func (x *xmlWriter) send(w io.Writer) error {
	_, err := w.Write(x.b)
	x.b = x.b[:0]
	return err
}

func (x *xmlWriter) text(s string) { x.b = append(x.b, s...) }

// start begins an element; attributes are names and values in turns.
func (x *xmlWriter) start(name string, attributes ...string) {
	x.line()
	x.depth++
	x.inside = true
	x.text("<")
	x.text(name)
	for i := 0; i < len(attributes); i += 2 {
		x.text(" ")
		x.text(attributes[i])
		x.text(`="`)
		x.escape(attributes[i+1])
		x.text(`"`)
	}
	x.text(">")
}

// end ends an element.
func (x *xmlWriter) end(name string) {
	x.depth--
	if !x.inside {
		x.line()
	}
	x.inside = false
	x.text("</")
	x.text(name)
	x.text(">")
}

// element writes an element that holds a text.
func (x *xmlWriter) element(name, text string, attributes ...string) {
	x.start(name, attributes...)
	x.escape(text)
	x.end(name)
}

func (x *xmlWriter) line() {
	x.b = append(x.b, '\n')
	for range x.depth {
		x.b = append(x.b, ' ')
	}
}

// escape writes a text. What XML cannot hold becomes U+FFFD.
func (x *xmlWriter) escape(s string) {
	from := 0 // what is before this byte is written
	for i := 0; i < len(s); {
		if isPlainXML(s[i]) {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if xmlEscapes(r) {
			x.text(s[from:i])
			x.rune(r)
			from = i + size
		}
		i += size
	}
	x.text(s[from:])
}

// isPlainXML reports whether a byte is a character that needs no escape; most are letters.
func isPlainXML(c byte) bool {
	return '>' < c && c < utf8.RuneSelf || c == ' ' || '\'' < c && c < '<' || c == '='
}

func xmlEscapes(r rune) bool {
	return r < ' ' || r == '"' || r == '\'' || r == '&' || r == '<' || r == '>' || r >= utf8.RuneError
}

func (x *xmlWriter) rune(r rune) {
	switch r {
	case '"':
		x.text("&#34;")
	case '\'':
		x.text("&#39;")
	case '&':
		x.text("&amp;")
	case '<':
		x.text("&lt;")
	case '>':
		x.text("&gt;")
	case '\t':
		x.text("&#x9;")
	case '\n':
		x.text("&#xA;")
	case '\r':
		x.text("&#xD;")
	default:
		if r < ' ' || r == 0xFFFE || r == 0xFFFF {
			r = utf8.RuneError
		}
		x.b = utf8.AppendRune(x.b, r) // of bytes that are no UTF-8, decoding makes U+FFFD
	}
}
