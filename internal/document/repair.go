package document

import (
	"bytes"
	"unicode/utf8"
)

// repair makes p.data a copy of the source, ended by a line break, in which what Loong reads and
// go-toml does not is written otherwise in the same number of bytes (dialect.md), and so are
// bytes that no TOML file may hold, which are reported. What is read already stays as it is.
// It reports whether there is anything to go on with.
func (p *parser) repair() bool {
	if wide := utf16(p.doc.Source); wide {
		p.problem(Span{0, 2}, "file is UTF-16, not UTF-8", "save it as UTF-8")
		p.full = true
		return false
	}
	n := len(p.doc.Source)
	p.data = append(make([]byte, 0, n+1), p.doc.Source...)
	if n == 0 || p.data[n-1] != '\n' {
		p.data = append(p.data, '\n')
	}
	p.replaceBytes()
	p.joinLines()
	return true
}

// utf16 reports whether src begins as Windows programs begin UTF-16 files, or with two ASCII
// characters in it.
func utf16(src []byte) bool {
	if bytes.HasPrefix(src, []byte{0xFF, 0xFE}) || bytes.HasPrefix(src, []byte{0xFE, 0xFF}) {
		return true
	}
	return len(src) >= 4 && (src[0] == 0) == (src[2] == 0) && (src[1] == 0) == (src[3] == 0) && (src[0] == 0) != (src[1] == 0)
}

// replaceBytes reports and replaces bytes that are not UTF-8, control characters and lone carriage returns.
func (p *parser) replaceBytes() {
	returns, told := byte(' '), false
	if bytes.IndexByte(p.doc.Source, '\n') < 0 {
		returns = '\n' // line ends of old Macs
	}
	for i := p.at; i < len(p.data); {
		n := 1
		switch c := p.data[i]; {
		case c >= utf8.RuneSelf:
			var r rune
			if r, n = utf8.DecodeRune(p.data[i:]); r == utf8.RuneError && n == 1 {
				n = p.replaceRun(i, '?', func(b []byte) bool {
					r, n := utf8.DecodeRune(b)
					return r == utf8.RuneError && n == 1
				})
				p.problem(Span{i, i + n}, "not UTF-8", "save the file as UTF-8")
			}
		case c == '\r' && (i+1 >= len(p.doc.Source) || p.data[i+1] != '\n'):
			p.data[i] = returns
			if returns == '\n' && told {
				break // one cause
			}
			told = true
			p.problem(Span{i, i + 1}, "carriage return without a line feed", "end lines with a line feed, or with both; inside a string write \\r")
		case c < ' ' && c != '\t' && c != '\n' && c != '\r', c == 0x7F:
			n = p.replaceRun(i, ' ', func(b []byte) bool { return b[0] == c })
			p.problem(Span{i, i + n}, "control character", "remove it; inside a string write \\u and four hexadecimal digits")
		}
		i += n
	}
	p.broken = len(p.doc.Problems)
}

// replaceRun replaces the bytes from i on as long as they are bad, and returns how many.
func (p *parser) replaceRun(i int, by byte, bad func([]byte) bool) int {
	n := 0
	for i+n < len(p.data) && bad(p.data[i+n:]) {
		p.data[i+n] = by
		n++
	}
	return n
}

// joinLines blanks the line breaks and comments around the equals signs of inline tables.
func (p *parser) joinLines() {
	w := walk(p.data, p.at)
	last := p.at // end of the last token that is neither line break nor comment
	equals := false
	for t := w.next(); t.kind != tokenEnd; t = w.next() {
		if t.first && len(w.open) > 0 && begins(p.data, t.Start, w.top() == '{') {
			w.open, w.over, w.stage = w.open[:0], 0, atKey
		}
		if t.kind != tokenLine && t.kind != tokenComment {
			now := t.kind == '=' && w.top() == '{' && w.stage == afterKey
			if now || equals {
				p.blank(last, t.Start)
			}
			equals, last = now, t.End
		}
		w.accept(t)
	}
}

// blank overwrites line breaks and comments; the comments are kept in the document.
func (p *parser) blank(start, end int) {
	for i := start; i < end; i++ {
		if p.data[i] == '#' {
			stop := lineEnd(p.data, i)
			p.doc.Comments = append(p.doc.Comments, Span{i, stop})
			for ; i < stop; i++ {
				p.data[i] = ' '
			}
		}
		p.data[i] = ' '
	}
}
