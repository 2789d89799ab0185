// Package placeholder finds what is left over where a value was to be filled in: changeme, <account_id>.
package placeholder

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// how says how a leftover's text must be met.
type how uint8

const (
	matchWord     how = iota // is the text
	matchPrefix              // begins with it
	matchSuffix              // ends with it
	matchRepeat              // three times or more
	matchBrackets            // between its two runes
)

// leftover is an entry of facts/placeholders.json.
type leftover struct {
	text  string
	how   how
	token bool // also counts between separators, not only as the whole value
}

// Match is a text that stands where a value was to be filled in.
type Match struct {
	Start, End int
	Text       string
}

// In is a part of a text as a match: where it stands, or all of the text where that is encoded.
func In(text, part string) Match {
	if at := strings.Index(text, part); at >= 0 {
		return Match{at, at + len(part), part}
	}
	return Match{0, len(text), part}
}

// First finds the first leftover in a value: the whole of it, as "changeme", or a part of
// an address, as <account_id> and YOUR_RESOURCE.
func First(s string) (Match, bool) {
	all := find(s, 1)
	if len(all) == 0 {
		return Match{}, false
	}
	return all[0], true
}

// Is reports whether a value is a leftover and nothing else: that First finds all of it.
func Is(s string) bool {
	return (isLeftover(s, false) || s != "" && bracketEnd(s, 0) == len(s)) && strings.TrimSpace(s) == s
}

// All lists all leftovers of a value.
func All(s string) []Match { return find(s, -1) }

func find(s string, most int) []Match {
	var out []Match
	if t := strings.TrimSpace(s); isLeftover(t, false) {
		at := strings.Index(s, t)
		return []Match{{at, at + len(t), t}}
	}
	for i := 0; i < len(s) && len(out) != most; {
		if !isToken[s[i]] && s[i] < utf8.RuneSelf && !leftoverOpen[s[i]] {
			i++ // what divides words
			continue
		}
		end := tokenEnd(s, i)
		if end == i {
			if end = bracketEnd(s, i); end > i {
				out = append(out, Match{i, end, s[i:end]})
			}
			i = max(end, i+1)
			continue
		}
		if isLeftover(s[i:end], true) && (i == 0 || s[i-1] != '$' && s[i-1] != '%') && !inReference(s, i) && !isReal(s, i, end) {
			out = append(out, Match{i, end, s[i:end]})
		}
		i = end
	}
	return out
}

// IsPlain reports whether nothing but words of templates stands in a text, so that it holds no password
// that merely begins as a placeholder does.
func IsPlain(s string) bool {
	if isLeftover(s, false) && !isTokenWord(s) {
		return true
	}
	for word := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return r < 'a' || r > 'z' && r < 0x80 }) {
		if _, ok := slices.BinarySearch(words[:], word); !ok && strings.Trim(word, "x") != "" {
			return false
		}
	}
	return !strings.ContainsAny(s, "0123456789")
}

// isTokenWord reports whether a text has letters.
func isTokenWord(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < 0x80 && isAlnum(byte(r)) }) >= 0
}

// isReal reports whether the word from one place to another is the name of a domain that exists, or the top-level
// domain .xxx.
func isReal(s string, from, to int) bool {
	if from > 0 && s[from-1] == '.' && strings.EqualFold(s[from:to], "xxx") && (to == len(s) || s[to] == '/' || s[to] == ':') {
		return true
	}
	return slices.ContainsFunc(realDomains[:], func(name string) bool {
		rest, found := strings.CutPrefix(strings.ToLower(s[from:min(len(s), from+len(name)+1)]), name)
		return found && (rest == "" || strings.Contains("/:.?#", rest))
	})
}

// inReference reports whether the word at i is the name in ${NAME} or env:NAME.
func inReference(s string, i int) bool {
	return strings.HasSuffix(s[:i], "${") || strings.EqualFold(s[:i], "env:")
}

// tokenEnd is where the letters, digits, dashes and underscores at i end.
func tokenEnd(s string, i int) int {
	for {
		for i < len(s) && isToken[s[i]] {
			i++
		}
		if i == len(s) || s[i] < utf8.RuneSelf {
			return i
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsLetter(r) {
			return i
		}
		i += n
	}
}

func isAlnum(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}

// leftoverSpan are the leftovers from one index up to another; beside has a bit for each byte, of its last six bits, that
// one of them has beside the byte by which it is found.
type leftoverSpan struct {
	from, to uint8
	beside   uint64
}

// isLeftover reports whether a word is a leftover by itself.
func isLeftover(word string, token bool) bool {
	n := len(word)
	if n < 2 {
		return false
	}
	first, last := &firstLeftovers[word[0]], &lastLeftovers[word[n-1]]
	return first.beside>>(word[1]&63)&1 != 0 && first.have(word, token) ||
		last.beside>>(word[n-2]&63)&1 != 0 && last.have(word, token)
}

// have reports whether a word is one of the leftovers.
func (at *leftoverSpan) have(word string, token bool) bool {
	for i := at.from; i < at.to; i++ {
		if l := &leftovers[i]; (!token || l.token) && l.is(word) {
			return true
		}
	}
	return false
}

// is reports whether a word is the leftover l.
func (l *leftover) is(word string) bool {
	n := len(word)
	switch l.how {
	case matchWord:
		return n == len(l.text) && strings.EqualFold(word, l.text)
	case matchPrefix:
		return n > 3 && n >= len(l.text) && strings.EqualFold(word[:len(l.text)], l.text) && wordy(word)
	case matchSuffix:
		return n > len(l.text) && strings.EqualFold(word[n-len(l.text):], l.text) && wordy(word)
	case matchRepeat:
		return n >= 3 && strings.Count(strings.ToLower(word), l.text) == n
	}
	return false
}

func asciiLower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}

// bracketEnd is where the <name> or {name} at i ends, or i; ${NAME} is a reference, and a name has letters.
func bracketEnd(s string, i int) int {
	if !leftoverOpen[s[i]] {
		return i
	}
	for k := firstBrackets; k < len(leftovers); k++ {
		l := &leftovers[k]
		open, shut, _ := cutRune(l.text)
		if !strings.HasPrefix(s[i:], open) || i > 0 && s[i-1] == '$' {
			continue
		}
		n := strings.Index(s[i+len(open):min(len(s), i+len(open)+60)], shut)
		if n < 1 {
			continue
		}
		if name := s[i+len(open) : i+len(open)+n]; wordy(name) {
			return i + len(open) + n + len(shut)
		}
	}
	return i
}

func cutRune(s string) (first, rest string, ok bool) {
	for i := range s {
		if i > 0 {
			return s[:i], s[i:], true
		}
	}
	return s, "", false
}

// wordy reports whether a name consists of words: a letter first, no more than two digits
// in a row, words divided by blanks and punctuation that names have.
func wordy(s string) bool {
	digits := 0
	for i := range len(s) {
		c := s[i]
		switch {
		case '0' <= c && c <= '9':
			if digits++; digits > 2 || i == 0 {
				return false
			}
			continue
		case isToken[c], c >= utf8.RuneSelf, c == '.', c == ' ', c == '/':
		default:
			return false
		}
		digits = 0
	}
	return s != "" && (isAlnum(s[0]) || s[0] >= utf8.RuneSelf)
}
