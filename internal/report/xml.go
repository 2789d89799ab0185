package report

import (
	"io"
	"strings"
	"unicode/utf8"
)

// xmlWriter writes indented XML as encoding/xml does, whose tables would be made on each start.
type xmlWriter struct {
	strings.Builder
	depth  int
	inside bool // the last tag began an element
}

func newXML() *xmlWriter {
	x := &xmlWriter{}
	x.WriteString(`<?xml version="1.0" encoding="UTF-8"?>`)
	return x
}

// start begins an element; attributes are names and values in turns.
func (x *xmlWriter) start(name string, attributes ...string) {
	x.line()
	x.depth++
	x.inside = true
	x.WriteString("<" + name)
	for i := 0; i < len(attributes); i += 2 {
		x.WriteString(" " + attributes[i] + `="`)
		x.escape(attributes[i+1])
		x.WriteByte('"')
	}
	x.WriteByte('>')
}

// end ends an element.
func (x *xmlWriter) end(name string) {
	x.depth--
	if !x.inside {
		x.line()
	}
	x.inside = false
	x.WriteString("</" + name + ">")
}

// element writes an element that holds a text.
func (x *xmlWriter) element(name, text string, attributes ...string) {
	x.start(name, attributes...)
	x.escape(text)
	x.end(name)
}

func (x *xmlWriter) line() {
	x.WriteByte('\n')
	for range x.depth {
		x.WriteByte(' ')
	}
}

// escape writes a text. What XML cannot hold becomes U+FFFD.
func (x *xmlWriter) escape(s string) {
	for _, r := range s {
		switch r {
		case '"':
			x.WriteString("&#34;")
		case '\'':
			x.WriteString("&#39;")
		case '&':
			x.WriteString("&amp;")
		case '<':
			x.WriteString("&lt;")
		case '>':
			x.WriteString("&gt;")
		case '\t':
			x.WriteString("&#x9;")
		case '\n':
			x.WriteString("&#xA;")
		case '\r':
			x.WriteString("&#xD;")
		default:
			if r < ' ' || r == 0xFFFE || r == 0xFFFF {
				r = utf8.RuneError
			}
			x.WriteRune(r) // of bytes that are no UTF-8, range makes U+FFFD
		}
	}
}

// writeTo writes the document.
func (x *xmlWriter) writeTo(w io.Writer) error {
	x.WriteByte('\n')
	_, err := io.WriteString(w, x.String())
	return err
}
