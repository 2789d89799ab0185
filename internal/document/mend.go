package document

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// pair is where the parts of a key = value stand that go-toml refused.
type pair struct {
	key   Span
	sep   int // where an equals sign has room, or the key's end where there is none
	value int
}

// keepPair adds a key whose value or equals sign was refused. Its value is read where the statement has one
// reading, else it is Invalid.
func (f *failure) keepPair() bool {
	p, ok := f.pair()
	if !ok {
		return false
	}
	at := f.badValue(p.value)
	if len(bytes.TrimSpace(f.data[max(at.End, p.value):max(f.next, at.End)])) > 0 {
		f.table.form |= torn
	}
	text := bytes.Clone(f.data[f.start:max(at.End, p.value)])
	fillBlank(text[:p.key.Start-f.start])
	if p.sep > p.key.End || f.data[p.sep] == '=' {
		fillBlank(text[p.key.End-f.start : p.value-f.start])
		text[p.sep-f.start] = '='
		if rest, ok := mendBrackets(text, p.value-f.start); ok && f.read(text, "", rest, Span{}) {
			return true
		}
	}
	return f.read(text[:p.key.End-f.start], "", "=0", at)
}

func fillBlank(b []byte) {
	for i := range b {
		b[i] = ' '
	}
}

// leads are words that other languages write before a key.
var leads = [...]string{"- ", "* ", "export ", "set ", "let ", "var ", "const "}

// pair finds the parts of the statement.
func (f *failure) pair() (p pair, ok bool) {
	line := f.data[f.start:lineEnd(f.data, f.start)]
	rest := trimUnseen(line)
	for _, lead := range leads {
		if after, found := bytes.CutPrefix(rest, []byte(lead)); found && !bytes.HasPrefix(trimUnseen(after), []byte("=")) {
			rest = trimUnseen(after)
			break
		}
	}
	p.key.Start = f.start + len(line) - len(rest)
	after, ok := cutKey(rest)
	if !ok {
		return p, false
	}
	p.key.End = f.start + len(line) - len(after)
	p.key.End = p.key.Start + len(bytes.TrimRight(f.data[p.key.Start:p.key.End], " \t"))
	if len(bytes.Trim(f.data[p.key.Start:p.key.End], "-")) == 0 {
		return p, false
	}
	after = trimUnseen(after)
	p.sep = f.start + len(line) - len(after)
	n, apart := separator(after), p.sep > p.key.End
	p.value = p.sep + n
	switch {
	case n > 0:
	case len(after) == 0 || after[0] == '#':
		p.sep, p.value = p.key.End, p.key.End
	case apart && bytes.IndexByte([]byte(`"'[{`), after[0]) >= 0, apart && bytes.IndexByte(after, '=') < 0:
		p.sep = p.key.End
	case (after[0] == '"' || after[0] == '\'') && isBareByte(f.data[p.key.Start]):
		p.sep = p.key.End
	default:
		return p, false
	}
	if value := f.blanksAfter(p.value); value < lineEnd(f.data, p.value) {
		p.value = value
	}
	return p, true
}

// equalSigns are what people write between key and value, the longer ones first.
var equalSigns = [...]string{":=", "=>", "->", "==", "+=", "?=", "=", ":", "：", "＝"}

// separator is the length of what stands for an equals sign at the start of s, or 0.
func separator(s []byte) int {
	for _, sep := range equalSigns {
		if bytes.HasPrefix(s, []byte(sep)) {
			return len(sep)
		}
	}
	return 0
}

// trimUnseen removes blanks from the front, those that TOML does not know and other invisible characters too.
func trimUnseen(b []byte) []byte { return bytes.TrimLeftFunc(b, isUnseen) }

func isUnseen(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }

// mendBrackets writes single characters of a value at offset from otherwise, so that its brackets and what is
// in them become TOML, and returns what is missing at the end. It does not change the length.
func mendBrackets(text []byte, from int) (rest string, ok bool) {
	w := walk(text, from)
	w.stage = atValue
	var prev token
	for t := w.next(); t.kind != tokenEnd; t = w.next() {
		if t.kind == tokenString && !t.closed {
			if len(w.open) > 0 || t.multi {
				return "", false
			}
			whole := t.End == len(text) && !endsInQuote(text) && bytes.IndexByte(text[t.Start:], '#') < 0
			return string(text[t.Start]), whole
		}
		if t.kind == tokenLine || t.kind == tokenComment {
			w.accept(t)
			continue
		}
		if len(w.open) > 0 && !mendInside(w, &t, prev) {
			return "", false
		}
		w.accept(t)
		prev = t
	}
	for i := len(w.open) - 1; i >= 0; i-- {
		rest += string(text[w.open[i]] + 2) // [ and ], { and } are two apart
	}
	return rest, true
}

// endsInQuote reports whether text ends in a character that was meant to close a string.
func endsInQuote(text []byte) bool {
	r, _ := utf8.DecodeLastRune(text)
	return isQuote(r)
}

func isQuote(r rune) bool { return r == '"' || r == '\'' || r == '`' || isCurly(r) }

// mendInside mends the token t in brackets, or the blank between prev and it.
func mendInside(w *walker, t *token, prev token) bool {
	text, table := w.data, w.top() == '{'
	switch {
	case t.kind == '}' && !table, t.kind == ']' && table:
		text[t.Start] = text[w.open[len(w.open)-1]] + 2
		t.kind = text[t.Start]
	case t.kind == ',' && (w.stage == atValue || w.stage == atKey) && prev.kind == ',':
		text[t.Start] = ' '
	case t.kind == tokenWord && t.Len() == 1 && text[t.Start] == ';':
		text[t.Start], t.kind = ',', ','
	case t.kind == tokenWord && table && text[t.End-1] == ':' && w.stage <= afterKey:
		text[t.End-1] = '='
		w.pos, t.End = t.End-1, t.End-1
		if t.Len() == 0 {
			*t = w.next()
		}
	case w.stage == afterValue && t.kind != ',' && t.kind != ']' && t.kind != '}':
		if prev.End == t.Start {
			return false
		}
		text[prev.End] = ','
		w.comma()
	}
	return true
}

// guess makes of n, whose value could not be read, what its text can only mean: a text without its quotes, or a
// truth in other words.
func (p *parser) guess(n *Node) {
	raw := string(p.data[n.at.start:n.at.end])
	text, quoted := bareText(raw)
	switch word := strings.ToLower(text); {
	case text == "" || strings.ContainsAny(text, "\"\n") || strings.IndexByte("]}=,", text[0]) >= 0:
	case quoted:
		n.Kind = String
	case word == "true" || word == "yes" || word == "on":
		n.Kind, text = Bool, "true"
	case word == "false" || word == "no" || word == "off":
		n.Kind, text = Bool, "false"
	case word == "null" || word == "none" || word == "nil" || word == "undefined" || word == "~":
	case strings.IndexByte("[{", text[0]) >= 0:
	case strings.IndexByte("+-.0123456789", text[0]) >= 0 && !strings.ContainsAny(text, ":/") && strings.Count(text, ".") < 2:
	default:
		n.Kind = String
	}
	if n.Kind != Invalid {
		n.form |= decodedText
		p.doc.keep(n.at.start, text)
	}
}

// bareText is a text without comment, quotes of any form, and separators after it; quoted: it has quotes.
func bareText(raw string) (text string, quoted bool) {
	if i := strings.Index(raw, " #"); i >= 0 {
		raw = raw[:i]
	}
	text = strings.TrimFunc(raw, isUnseen)
	text = strings.TrimRightFunc(text, func(r rune) bool { return isUnseen(r) || r == ',' || r == ';' })
	bare := strings.TrimFunc(text, isQuote)
	return bare, bare != text
}
