package document

import "bytes"

// token is a piece of a file that may be broken: one of = , [ ] { } or a class below.
type token struct {
	kind byte
	Span
	multi  bool // a string in three quotes
	closed bool // a string that ends
	first  bool // nothing but blanks stands before it in its line
}

// The classes of tokens that are no single character.
const (
	tokenEnd     byte = 0
	tokenLine    byte = '\n'
	tokenComment byte = '#'
	tokenString  byte = '"'
	tokenWord    byte = 'w' // anything else up to the next blank or special character
)

// endsWord holds the bytes that are no part of a word.
var endsWord = [256]bool{
	' ': true, '\t': true, '\r': true, '\n': true, '#': true, '=': true, ',': true,
	'[': true, ']': true, '{': true, '}': true, '"': true, '\'': true,
}

// stage is what a walker expects next.
type stage uint8

const (
	atKey stage = iota
	afterKey
	atValue
	afterValue
	inHeader    // between the brackets of a header
	afterHeader // after them
)

// walker reads tokens of a file that may be broken and keeps track of brackets and of what comes next.
type walker struct {
	data  []byte
	pos   int
	stage stage
	open  []int // offsets of the brackets that are open, as far as maxOpen
	over  int   // how many more there are
	start bool  // at the start of a line
}

func walk(data []byte, from int) *walker { return &walker{data: data, pos: from, start: true} }

// top is the innermost open bracket, 0 when there is none.
func (w *walker) top() byte {
	if len(w.open) == 0 {
		return 0
	}
	return w.data[w.open[len(w.open)-1]]
}

// next reads a token; what it means is told by accept.
func (w *walker) next() token {
	for w.pos < len(w.data) && (w.data[w.pos] == ' ' || w.data[w.pos] == '\t' || w.data[w.pos] == '\r') {
		w.pos++
	}
	t := token{Span: Span{w.pos, w.pos}, first: w.start, closed: true}
	if w.pos == len(w.data) {
		return t
	}
	w.start = false
	switch c := w.data[w.pos]; c {
	case '\n':
		t.kind, t.End, w.start = tokenLine, w.pos+1, true
	case '#':
		t.kind, t.End = tokenComment, lineEnd(w.data, w.pos)
	case '=', ',', '[', ']', '{', '}':
		t.kind, t.End = c, w.pos+1
	case '"', '\'':
		w.str(&t, c)
	default:
		t.kind, t.End = tokenWord, w.pos
		for t.End < len(w.data) && !endsWord[w.data[t.End]] {
			t.End++
		}
	}
	w.pos = t.End
	return t
}

// str reads a string; only a value may have three quotes.
func (w *walker) str(t *token, quote byte) {
	t.kind, t.closed = tokenString, false
	d, i := w.data, t.Start+1
	t.multi = w.stage == atValue && i+1 < len(d) && d[i] == quote && d[i+1] == quote
	if t.multi {
		i += 2
	}
	for ; i < len(d) && !t.closed; i++ {
		switch {
		case d[i] == '\\' && quote == '"' && i+1 < len(d) && (t.multi || d[i+1] != '\n'):
			i++
		case d[i] == '\n' && !t.multi:
			t.End = i
			if d[i-1] == '\r' {
				t.End--
			}
			return
		case d[i] == quote && (!t.multi || i+2 < len(d) && d[i+1] == quote && d[i+2] == quote):
			t.closed = true
			for n := 0; t.multi && n < 4 && i+1 < len(d) && d[i+1] == quote; n++ {
				i++
			}
		}
	}
	t.End = min(i, len(d))
}

// accept moves w after a token.
func (w *walker) accept(t token) {
	switch t.kind {
	case tokenLine:
		if len(w.open) == 0 {
			w.stage = atKey
		}
	case tokenString, tokenWord:
		w.stage = after(w.stage)
	case '=':
		if w.stage < inHeader && w.top() != '[' {
			w.stage = atValue
		}
	case ',':
		w.comma()
	case '[', '{':
		w.bracket(t)
	case ']', '}':
		w.close(t)
	}
}

func after(s stage) stage {
	switch s {
	case atKey:
		return afterKey
	case atValue:
		return afterValue
	}
	return s
}

func (w *walker) comma() {
	switch w.top() {
	case '[':
		w.stage = atValue
	case '{':
		w.stage = atKey
	}
}

func (w *walker) bracket(t token) {
	switch {
	case w.stage >= inHeader:
	case t.kind == '[' && w.stage == atKey && len(w.open) == 0:
		w.stage = inHeader
	case t.kind == '[':
		w.push(t)
		w.stage = atValue
	default:
		w.push(t)
		w.stage = atKey
	}
}

// maxOpen is the number of open brackets that a walker knows; of more only the number.
const maxOpen = 1000

func (w *walker) push(t token) {
	if len(w.open) == maxOpen {
		w.over++
		return
	}
	w.open = append(w.open, t.Start)
}

// close leaves the bracket that t closes, and all inside it; one that closes nothing is passed over.
func (w *walker) close(t token) {
	if w.stage >= inHeader {
		w.stage = afterHeader
		return
	}
	if w.over > 0 {
		w.over--
		w.stage = afterValue
		return
	}
	opener := byte('[')
	if t.kind == '}' {
		opener = '{'
	}
	for i := len(w.open) - 1; i >= 0; i-- {
		if w.data[w.open[i]] == opener {
			w.open = w.open[:i]
			w.stage = afterValue
			return
		}
	}
}

// lineEnd is the offset of the line break after offset, or of the end.
func lineEnd(data []byte, offset int) int {
	i := bytes.IndexByte(data[offset:], '\n')
	if i < 0 {
		return len(data)
	}
	end := offset + i
	if end > offset && data[end-1] == '\r' {
		end--
	}
	return end
}

// nextLine is the offset after the next line break.
func nextLine(data []byte, offset int) int {
	i := bytes.IndexByte(data[offset:], '\n')
	if i < 0 {
		return len(data)
	}
	return offset + i + 1
}

// begins reports whether the line at offset looks like the beginning of a statement rather than
// like a part of a value: a header, or, outside inline tables, a key, an equals sign and a value.
func begins(data []byte, offset int, inTable bool) bool {
	line := bytes.TrimSpace(data[offset:lineEnd(data, offset)])
	if len(line) == 0 {
		return false
	}
	if line[0] == '[' {
		return isHeader(line)
	}
	if inTable {
		return false
	}
	rest, ok := cutKey(line)
	rest, found := bytes.CutPrefix(rest, []byte{'='})
	rest = bytes.TrimLeft(rest, " \t")
	return ok && found && len(rest) > 0 && bytes.IndexByte([]byte("\"'[{+-0123456789tfin"), rest[0]) >= 0
}

// isHeader reports whether line is a header that is hardly an array: its first name is bare and
// neither a number nor a word that is a value.
func isHeader(line []byte) bool {
	inner := bytes.TrimLeft(line, "[")
	depth := len(line) - len(inner)
	name := inner
	for i, c := range inner {
		if !isBareByte(c) {
			name = inner[:i]
			break
		}
	}
	switch string(name) {
	case "", "true", "false", "inf", "nan":
		return false
	}
	if depth > 2 || name[0] >= '0' && name[0] <= '9' || name[0] == '-' {
		return false
	}
	rest, ok := cutKey(inner)
	if !ok || !bytes.HasPrefix(rest, []byte("]]")[:depth]) {
		return false
	}
	rest = bytes.TrimLeft(rest[depth:], " \t")
	return len(rest) == 0 || rest[0] == '#'
}

// cutKey removes a dotted key and the blanks around it from the front of line.
func cutKey(line []byte) (rest []byte, ok bool) {
	for {
		line = bytes.TrimLeft(line, " \t")
		n := 0
		if len(line) > 1 && (line[0] == '"' || line[0] == '\'') {
			n = bytes.IndexByte(line[1:], line[0]) + 2
		} else {
			for n < len(line) && isBareByte(line[n]) {
				n++
			}
		}
		if n < 1 || n > len(line) || n == 1 && !isBareByte(line[0]) {
			return line, false
		}
		line = bytes.TrimLeft(line[n:], " \t")
		if len(line) == 0 || line[0] != '.' {
			return line, true
		}
		line = line[1:]
	}
}
