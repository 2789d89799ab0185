package secret

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/schema"
)

// understand notes a statement of a broken document that was understood.
func (w *walker) understand(n *document.Node, path schema.PathID) {
	known := path != schema.NoPath && isKey(n.Name())
	if h := n.Header(); h.Len() > 0 {
		w.statements = append(w.statements, statement{h, n, path != schema.NoPath, path != schema.NoPath})
	}
	switch e := n.Expr(); {
	case e.Len() == 0:
	case n.Kind == document.Invalid:
		w.doubt(statement{e, n, known, false})
	default:
		w.statements = append(w.statements, statement{e, n, known, false})
	}
}

// notUnderstood hides what was not understood of a broken document: the text between statements, and
// keys after such text that Loong does not know, for they may be the rest of a secret.
func (w *walker) notUnderstood(d *document.Document) {
	slices.SortFunc(w.statements, func(a, b statement) int { return a.Start - b.Start })
	problems := merge(problemSpans(d.Problems))
	at, doubtful := 0, false
	for _, s := range w.statements {
		if s.Start < at { // within the one before, as in an inline table
			if doubtful && !s.known {
				w.doubt(s)
			}
			continue
		}
		if Within(problems, s.Span) {
			w.doubt(s)
			continue
		}
		if w.unread(document.Span{Start: at, End: s.Start}, d.Comments) {
			doubtful = true
		}
		if s.known {
			doubtful = false
		} else if doubtful {
			w.doubt(s)
		}
		at = s.End
	}
	w.unread(document.Span{Start: at, End: len(w.src)}, d.Comments)
}

// doubt hides the names of a statement, which may be the rest of a secret.
func (w *walker) doubt(s statement) {
	header := s.key.Header()
	bracketed := header.Len() > 0 && w.src[header.Start] == '[' && w.src[header.End-1] == ']'
	for n := s.key; n.Parent != nil && s.Start <= n.Key().Start && n.Key().End <= s.End; n = n.Parent {
		name := n.Name()
		if s.inSection || bracketed && isWord(name) || w.showsName(name) {
			continue
		}
		w.addText(name, n.Key())
		w.name(name)
	}
}

// isWord reports whether a name has nothing but small letters, as those of sections have.
func isWord(name string) bool { return strings.Trim(name, "abcdefghijklmnopqrstuvwxyz_-") == "" }

func problemSpans(problems []document.Problem) []document.Span {
	out := make([]document.Span, 0, len(problems))
	for i := range problems {
		s := problems[i].Span
		out = append(out, document.Span{Start: s.Start, End: max(s.End, s.Start+1)})
	}
	return out
}

// mostUnread is the number of words that are looked at one by one; what is left is hidden as a whole.
const mostUnread = 100_000

// unread hides what may be secret of a text that was not understood, and reports whether there is any text, even
// a comment that is no prose.
func (w *walker) unread(text document.Span, comments []document.Span) (found bool) {
	i, _ := slices.BinarySearchFunc(comments, text.Start, func(c document.Span, at int) int { return c.Start - at })
	for text.Start < text.End {
		end := text.End
		if i < len(comments) {
			end = min(end, comments[i].Start)
		}
		for text.Start < end {
			if w.words > mostUnread {
				w.hide(document.Span{Start: text.Start, End: end})
				text.Start = end
				break
			}
			line := w.src[text.Start:end]
			if n := strings.IndexByte(line, '\n'); n >= 0 {
				line = line[:n+1]
			}
			if strings.TrimSpace(line) != "" {
				found = true
				w.unreadLine(line, text.Start)
			}
			text.Start += len(line)
		}
		if i < len(comments) {
			if comments[i].Start < text.End && !found {
				plain, _ := w.prose(w.src[comments[i].Start:comments[i].End])
				found = !plain // the beginning of a secret may be in it
			}
			text.Start = max(text.Start, min(comments[i].End, text.End)) // comments are hidden by themselves
		}
		i++
	}
	return found
}

// unreadLine hides all of a line but punctuation, headers, keys of Loong before a separator, and a single
// word after a key whose value is not secret. After what it hides it shows no value: what looks like a key
// there may be part of a secret.
func (w *walker) unreadLine(line string, base int) {
	hidden := false
	for i := headerEnd(line); i < len(line); {
		if n := markAt(line, i); n > 0 {
			i += n
			continue
		}
		if w.words++; w.words > mostUnread {
			w.hide(document.Span{Start: base + i, End: base + len(line)})
			return
		}
		end := wordEnd(line, i)
		if value, ok := behindKey(line, end); ok && showsKey(line[i:end]) {
			i = value
			if end := valueEnd(line, value); !hidden && end > value && showsValue(lastName(line[:value]), line[value:end]) {
				i = end
			}
			continue
		}
		if end < len(line) && line[end] == ']' && namesTable(line[i:end]) {
			i = end // a header without its first bracket
			continue
		}
		end, hidden = w.phraseEnd(line, end), true
		w.hide(document.Span{Start: base + i, End: base + end})
		i = end
	}
}

// phraseEnd is where the words end that follow one up to the next mark or key: as many as they are, they are
// hidden as one.
func (w *walker) phraseEnd(line string, end int) int {
	for {
		next := end + len(line[end:]) - len(strings.TrimLeft(line[end:], " \t"))
		if next == len(line) || markAt(line, next) > 0 {
			return end
		}
		w.words++
		word := wordEnd(line, next)
		if _, ok := behindKey(line, word); ok && showsKey(line[next:word]) {
			return end
		}
		end = word
	}
}

// markAt is the length of a blank or of punctuation at i, 0 in a word.
func markAt(s string, i int) int {
	switch c := s[i]; {
	case c == '-' && i+1 < len(s) && (s[i+1] == '>' || s[i+1] == ' '):
		return 1
	case c < utf8.RuneSelf:
		if strings.IndexByte(" \t\r\n[]{}(),=:\"'`#<>|", c) >= 0 {
			return 1
		}
		return 0
	}
	if r, n := utf8.DecodeRuneInString(s[i:]); unicode.IsSpace(r) || unicode.IsPunct(r) || r == '＝' || unicode.Is(unicode.Cf, r) {
		return n
	}
	return 0
}

// wordEnd is where a word ends that begins at i, with the equals signs that fill up base64.
func wordEnd(s string, i int) int {
	for i < len(s) && markAt(s, i) == 0 {
		_, n := utf8.DecodeRuneInString(s[i:])
		i += n
	}
	if strings.HasPrefix(s[i:], "==") {
		i += 2
	}
	return i
}

// behindKey is where a value begins that a separator divides from the word that ends at i.
func behindKey(s string, i int) (value int, ok bool) {
	rest := s[i:]
	if rest != "" && (rest[0] == '"' || rest[0] == '\'') {
		rest = rest[1:]
	}
	rest = strings.TrimLeft(rest, " \t\u00a0")
	after := strings.TrimLeft(rest, "=:->＝：")
	if separator := rest[:len(rest)-len(after)]; strings.Trim(separator, "-") == "" || strings.HasPrefix(rest, "://") {
		return 0, false
	}
	return len(s) - len(strings.TrimLeft(after, " \t\u00a0")), true
}

// showsKey reports whether a word is a key of Loong, perhaps with the tables before it.
func showsKey(word string) bool {
	first, last := word, word
	if i := strings.IndexByte(word, '.'); i >= 0 {
		first, last = word[:i], word[strings.LastIndexByte(word, '.')+1:]
	}
	_, near := nearKey(last)
	return near && (first == last || namesTable(word)) || KnownVariable(word)
}

// lastName is the last name of the key before a separator.
func lastName(s string) string {
	s = strings.TrimRight(s, " \t\u00a0=:->＝：\"'")
	return s[strings.LastIndexFunc(s, func(r rune) bool { return setsOf[byte(r)]&setToken == 0 || r >= utf8.RuneSelf })+1:]
}

// valueEnd is where a value ends that is one word, perhaps in quotes, after which the line or entry ends;
// else i.
func valueEnd(s string, i int) int {
	end := i
	for end < len(s) && (s[end] == '"' || s[end] == '\'') {
		end++
	}
	for end < len(s) && (setsOf[s[end]]&setWord != 0 && s[end] != '=' || s[end] == '@') {
		end++
	}
	for end < len(s) && (s[end] == '"' || s[end] == '\'') {
		end++
	}
	if rest := strings.TrimLeft(s[end:], " \t"); rest != "" && strings.IndexByte(",}]\r\n", rest[0]) < 0 {
		return i
	}
	return end
}

// showsValue reports whether a word may be shown as the value of a key: one that is not secret, and is not
// what is left of the name of one that is.
func showsValue(key, value string) bool {
	value = strings.Trim(value, "\"'")
	if key, _ = nearKey(key); key == "" || endsSecretKey(key) {
		return false
	}
	switch placeOf(key) {
	case public:
		return !strings.Contains(value, "://") && len(In(value)) == 0 && !LooksRandom(value)
	case address:
		return isPlainAddress(value) && len(In(value)) == 0 && !LooksRandom(value)
	case variable:
		return isVariableName(value)
	case secret:
		return Shown(value)
	case values: // { env = "NAME" }
		return key == "env" && (KnownVariable(value) || upperSnake(value) && isVariableName(value))
	}
	return false
}

// endsSecretKey reports whether the key of a secret ends with a key, as webhook_url with url.
func endsSecretKey(key string) bool {
	if key == "" {
		return true
	}
	last := key[len(key)-1]
	for _, name := range secretFields {
		if len(name) > len(key) && name[len(name)-1] == last && strings.HasSuffix(name, key) {
			return true
		}
	}
	return false
}

// headerEnd is where the header ends that a line begins with, if it names a section of Loong; else 0.
func headerEnd(line string) int {
	start := len(line) - len(strings.TrimLeft(line, " \t["))
	if !strings.Contains(line[:start], "[") {
		return 0
	}
	end := start
	for end < len(line) && (setsOf[line[end]]&setDotted != 0 || line[end] == '"') {
		end++
	}
	if rest := strings.TrimLeft(line[end:], " \t"); rest != "" && strings.IndexByte("]\r\n", rest[0]) < 0 {
		return 0
	}
	if !namesTable(line[start:end]) {
		return 0
	}
	return end
}

// namesTable reports whether a text could be the name of a section of Loong or of a table in one.
func namesTable(s string) bool {
	first, _, _ := strings.Cut(s, ".")
	return schema.RootPath.Child(first) != schema.NoPath && len(s) <= longestKey && !LooksRandom(s) && len(In(s)) == 0
}
