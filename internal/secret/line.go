package secret

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/loonglint/loonglint/internal/document"
)

// lines hides the values of settings in a string, and all behind the first of a secret, which may be several lines long. It hides
// also what looks like lines of a configuration: with quotes too many before them nobody knows where their secrets end.
func (w *walker) lines(text document.Span) {
	section := public
	for start := text.Start; start < text.End; {
		end := start + strings.IndexByte(w.src[start:text.End], '\n')
		if end < start {
			end = text.End
		}
		line := document.Span{Start: start, End: end}
		if start > text.Start && isStatement(w.src[line.Start:line.End]) {
			w.add(document.Span{Start: start, End: text.End})
			return
		}
		start = end + 1
		if p, ok := sectionOf(w.src[line.Start:line.End]); ok {
			section = p
		}
		if w.line(line, section) {
			w.add(document.Span{Start: end, End: text.End})
			return
		}
	}
}

// isStatement reports whether a line begins as one of a configuration: with a header of Loong, or with a key of Loong and a separator.
func isStatement(line string) bool {
	line = strings.TrimLeft(line, " \t")
	if headerEnd(line) > 0 {
		return true
	}
	end := wordEnd(line[:min(len(line), longestKey)], 0)
	_, ok := behindKey(line, end)
	return ok && isKey(line[:end])
}

// holdsStatement reports whether a line of a text that goes on on another one is a statement.
func holdsStatement(text string) bool {
	_, more, _ := strings.Cut(text, "\n")
	for line := range strings.Lines(more) {
		if isStatement(line) {
			return true
		}
	}
	return false
}

// sectionOf says what is expected of the values below a line that begins like a header.
func sectionOf(line string) (place, bool) {
	s := strings.TrimSpace(line[:min(len(line), 256)])
	if !strings.HasPrefix(s, "[") {
		return public, false
	}
	s, _, _ = strings.Cut(s, "]")
	if strings.Contains(s, "=") {
		return public, false
	}
	s = strings.Trim(s, "[ \t")
	s = s[strings.LastIndexByte(s, '.')+1:]
	switch p := placeOf(strings.Trim(s, `"' `)); p {
	case values, secret:
		return values, true
	default:
		return public, true
	}
}

// line hides what follows the first key of a secret in a line, and reports whether there is one.
func (w *walker) line(line document.Span, section place) bool {
	text := w.src[line.Start:line.End]
	if !mayAssign(text) {
		return false
	}
	n := strings.Count(text, "=") + strings.Count(text, ":")
	if w.words += n; w.words > mostUnread && n > 0 {
		w.hide(line)
		return false
	}
	from, ok := assignedIn(text, section == values)
	if ok {
		w.add(document.Span{Start: line.Start + from, End: line.End})
	}
	return ok
}

// assigns reports whether a text sets a secret.
func assigns(text string) bool {
	_, ok := assignedIn(text, false)
	return ok
}

// assignedIn finds the value that a line of text gives to a key of a secret; any: all keys are.
func assignedIn(line string, any bool) (from int, ok bool) {
	for i := 0; i < len(line); i++ {
		if !maySeparate(line[i]) {
			continue
		}
		n := separatorAt(line, i)
		quote := n == 0 && i > 0 && (line[i] == '"' || line[i] == '\'') && setsOf[line[i-1]]&setWord == 0
		if n == 0 && !quote {
			continue
		}
		key := keyBefore(line[:i])
		if quote && placeOf(key) != secret {
			continue // no separator
		}
		if key == "" || line[i] == ':' && i+1 < len(line) && line[i+1] == '/' {
			continue
		}
		if p := placeOf(key); !any && p != secret && p != values && !namesSecret(key) && !belowSecret(line[:i], key) {
			continue
		}
		from := i + n
		from += len(line[from:]) - len(strings.TrimLeft(line[from:], " \t=>"))
		value := strings.Trim(line[from:], "\"' \t\r,;")
		if isReference(value) {
			return 0, false // it is all that is left of the line
		}
		if value == "" || Shown(value) {
			continue
		}
		if q := line[from]; q == '"' || q == '\'' {
			from++
		}
		return from, true
	}
	return 0, false
}

// mayAssign is false for a text without separators and quotes, as most are.
func mayAssign(line string) bool {
	for i := range len(line) {
		if maySeparate(line[i]) {
			return true
		}
	}
	return false
}

// maySeparate is false for a byte that is neither of a separator nor a quote.
func maySeparate(c byte) bool {
	return c == '=' || c == ':' || c == '"' || c == '\'' || c >= utf8.RuneSelf
}

// belowSecret reports whether a key is after the names of tables of which one holds secrets:
// headers.X-Team.
func belowSecret(before, key string) bool {
	before = strings.TrimRight(before, " \t\"'")
	before = strings.TrimRight(strings.TrimSuffix(before, key), "\"'")
	for range 4 {
		rest, ok := strings.CutSuffix(before, ".")
		if !ok {
			return false
		}
		name := keyBefore(rest)
		if p := placeOf(name); p == secret || p == values {
			return true
		}
		before = strings.TrimSuffix(strings.TrimRight(rest, " \t\"'"), name)
	}
	return false
}

// isReference reports whether a value says where a secret comes from: { env = "NAME" }.
func isReference(value string) bool {
	inner, ok := strings.CutPrefix(value, "{")
	if !ok {
		return false
	}
	key, name, _ := strings.Cut(inner, "=")
	switch name = strings.Trim(name, "\"' }\t"); strings.TrimSpace(key) {
	case "env":
		return isVariableName(name)
	case "file", "exec":
		return !strings.ContainsAny(name, "=:")
	}
	return false
}

// separatorAt is the length of a separator between key and value at i, or 0.
func separatorAt(s string, i int) int {
	switch c := s[i]; {
	case c == '=' || c == ':':
		return 1
	case c < utf8.RuneSelf:
		return 0
	}
	if r, n := utf8.DecodeRuneInString(s[i:]); r == '＝' || r == '：' {
		return n
	}
	return 0
}

// keyBefore is the last word before a separator, without quotes.
func keyBefore(s string) string {
	s = strings.TrimRightFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '-' })
	if n := len(s); n > 0 && (s[n-1] == '"' || s[n-1] == '\'') {
		if from := strings.LastIndexByte(s[max(0, n-longestKey):n-1], s[n-1]); from >= 0 {
			return s[max(0, n-longestKey)+from+1 : n-1]
		}
		s = s[:n-1]
	}
	i := len(s)
	for i > 0 && len(s)-i < longestKey && (setsOf[s[i-1]]&setToken != 0 || s[i-1] >= utf8.RuneSelf) {
		i--
	}
	return s[i:]
}

// prose reads a comment. It is prose when it is no setting, nor what is left of one: it has no equals sign, and no
// quotes but around words of Loong and apostrophes. open: one of its quotes does not end.
func (w *walker) prose(text string) (plain, open bool) {
	plain = true
	for i := 0; i < len(text); {
		if c := text[i]; c == ' ' || setsOf[c]&setAlnum != 0 {
			i++ // as most bytes of a comment
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == '=' || r == '＝':
			plain = false
		case r == '"' || r == '\'' || r == '`' || r == '＂' || r >= utf8.RuneSelf && unicode.In(r, unicode.Pi, unicode.Pf):
			if isApostrophe(text, i, n) {
				break
			}
			open = !open
			word, _, ok := strings.Cut(text[i+n:min(len(text), i+longestKey)], text[i:i+n])
			if open && plain && ok && w.showsName(word) {
				open = false
				n += len(word) + n
			} else {
				plain = false
			}
		}
		i += n
	}
	return plain, open
}

// isApostrophe reports whether a quote of n bytes stands between letters.
func isApostrophe(text string, i, n int) bool {
	if r := text[i : i+n]; r != "'" && r != "’" {
		return false
	}
	before, after := text[:i], text[i+n:]
	return before != "" && setsOf[before[len(before)-1]]&setAlnum != 0 && after != "" && setsOf[after[0]]&setAlnum != 0
}
