package loong

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/weburl"
)

// validMailbox reports whether Loong accepts a sender: `local@domain`, `<local@domain>` or
// `Name <local@domain>`; blank passes (mailbox). Blanks are allowed in front of words only.
func validMailbox(text string) bool {
	text = trim(text)
	if text == "" {
		return true
	}
	if inner, ok := strings.CutPrefix(skipBlanks(cutPhrase(text)), "<"); ok {
		rest, ok := cutAddress(inner)
		rest, closed := strings.CutPrefix(rest, ">")
		return ok && closed && skipBlanks(rest) == ""
	}
	rest, ok := cutAddress(text)
	return ok && rest == ""
}

// skipBlanks drops the blanks that mail addresses know.
func skipBlanks(s string) string { return strings.TrimLeft(s, " \t") }

// cutPhrase cuts a display name off: words and quoted strings, and dots after the first.
func cutPhrase(s string) (rest string) {
	for rest = s; ; {
		next := skipBlanks(rest)
		if _, after, ok := cutQuoted(next); ok {
			rest = after
		} else if word, after := cutWord(next); word != "" {
			rest = after
		} else if rest != s && strings.HasPrefix(next, ".") {
			rest = next[1:]
		} else {
			return rest
		}
	}
}

// cutAddress cuts local@domain off, and reports whether both are well-formed. The quotes around a local
// part are dropped before it is judged.
func cutAddress(s string) (rest string, ok bool) {
	local, rest := cutDotted(s)
	if local == "" {
		if local, rest, ok = cutQuoted(s); !ok {
			return s, false
		}
	}
	if rest, ok = strings.CutPrefix(rest, "@"); !ok {
		return s, false
	}
	domain, rest := cutDotted(rest)
	return rest, validLocal(local) && validDomain(domain)
}

// cutDotted cuts words joined by dots off, with blanks in front; text is empty when there is none.
func cutDotted(s string) (text, rest string) {
	s = skipBlanks(s)
	text, rest = cutWord(s)
	for text != "" && strings.HasPrefix(rest, ".") {
		word, after := cutWord(rest[1:])
		if word == "" {
			break
		}
		text, rest = s[:len(text)+1+len(word)], after
	}
	return text, rest
}

// cutWord cuts the longest run of word characters off.
func cutWord(s string) (word, rest string) {
	i := 0
	for i < len(s) && (s[i] >= utf8.RuneSelf || isWordByte(s[i])) {
		i++
	}
	return s[:i], s[i:]
}

// isWordByte reports whether c is atext of RFC 5322.
func isWordByte(c byte) bool {
	return ascii.IsAlnum(c) || strings.IndexByte("!#$%&'*+-/=?^_`{|}~", c) >= 0
}

// cutQuoted cuts a quoted string off and returns what it holds: of several blanks the first, of those at
// the end none.
func cutQuoted(s string) (text, rest string, ok bool) {
	if !strings.HasPrefix(s, `"`) {
		return "", s, false
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		blanks := len(s) - i - len(skipBlanks(s[i:]))
		if blanks > 0 && i+blanks < len(s) && s[i+blanks] != '"' {
			b.WriteByte(s[i])
		}
		if i += blanks; i == len(s) {
			break
		}
		if s[i] == '"' {
			return b.String(), s[i+1:], true
		}
		escaped := s[i] == '\\'
		if escaped {
			i++
		}
		if i == len(s) || strings.IndexByte("\x00\n\r", s[i]) >= 0 || escaped && s[i] >= utf8.RuneSelf {
			break
		}
		b.WriteByte(s[i])
	}
	return "", s, false
}

// validLocal judges a local part. Quotes that are still around it were escaped, and allow blanks.
func validLocal(s string) bool {
	if inner, ok := strings.CutPrefix(s, `"`); ok && strings.HasSuffix(inner, `"`) {
		return len(s) <= 64 && len(inner) > 1 && validQuoted(inner[:len(inner)-1])
	}
	for word := range strings.SplitSeq(s, ".") {
		if !isAtom(word) {
			return false
		}
	}
	return len(s) <= 64
}

// validQuoted judges what stands between such quotes.
func validQuoted(s string) bool {
	escaped := false
	for _, r := range s {
		switch {
		case escaped:
			escaped = false
			if r <= ' ' || r > '~' {
				return false
			}
		case r == '\\':
			escaped = true
		case r != '\t' && (r < ' ' || r > '~' || r == '"') && !isOddSyllable(r):
			return false
		}
	}
	return !escaped
}

// isAtom reports whether s is a word: atext of RFC 5322, letters and numbers.
func isAtom(s string) bool {
	for _, r := range s {
		if !isAlnumRune(r) && !isOddSyllable(r) && (r >= utf8.RuneSelf || !isWordByte(byte(r))) { //nolint:gosec // just compared
			return false
		}
	}
	return s != ""
}

// isOddSyllable reports whether the two bytes of r's number look like UTF-8, which is how the program asks for
// characters outside ASCII; besides Hangul these are a few that are not assigned.
func isOddSyllable(r rune) bool {
	high, low := r>>8, r&0xFF
	return 0xC2 <= high && high <= 0xDF && 0x80 <= low && low <= 0xBF
}

// isAlnumRune reports whether r is Alphabetic or a number, as Rust's char::is_alphanumeric.
func isAlnumRune(r rune) bool {
	return unicode.In(r, unicode.L, unicode.N, unicode.Other_Alphabetic, unicode.Other_Lowercase, unicode.Other_Uppercase, newerAlphanumeric)
}

// validDomain judges a domain as it is, and where that fails as ASCII.
func validDomain(s string) bool {
	if isDomain(s) {
		return true
	}
	encoded, ok := weburl.ASCIIHost(s)
	return ok && isDomain(encoded)
}

func isDomain(s string) bool {
	for label := range strings.SplitSeq(s, ".") {
		first, _ := utf8.DecodeRuneInString(label)
		last, _ := utf8.DecodeLastRuneInString(label)
		if !isAtom(label) || !isAlnumRune(first) || !isAlnumRune(last) || len(label) > 63 {
			return false
		}
	}
	return len(s) <= 254
}
