package loong

import (
	"strings"
	"unicode"
)

// validSMTP reports whether Loong accepts an SMTP host; blank passes (validation.json, smtp).
func validSMTP(text string) bool {
	text = trim(text)
	if !strings.Contains(text, "://") {
		return isBareHost(text)
	}
	u, ok := ParseURL(text)
	return ok && u.HasHost && (u.Scheme == "smtp" || u.Scheme == "smtps")
}

// validIRCServer reports whether Loong accepts an IRC server; blank passes (irc_server).
func validIRCServer(text string) bool {
	text = trim(text)
	if !strings.Contains(text, "://") {
		return isBareHost(text)
	}
	u, ok := ParseURL(text)
	return ok && u.HasHost && (u.Scheme == "irc" || u.Scheme == "ircs") && !u.HasUser &&
		!u.HasQuery && !u.HasFragment && (u.Path == "" || u.Path == "/") && u.Port != 0
}

// isBareHost reports whether text may be a host without a scheme.
func isBareHost(text string) bool {
	return !strings.ContainsAny(text, "/?#:") && !hasBlank(text)
}

// validIRCNickname reports whether Loong accepts a nickname; blank passes (irc_nickname).
func validIRCNickname(text string) bool {
	text = trim(text)
	return !hasBlank(text) && !strings.ContainsRune(text, 0)
}

func hasBlank(text string) bool { return strings.IndexFunc(text, unicode.IsSpace) >= 0 }

// validMailbox reports whether Loong accepts a sender: `local@domain`, `<local@domain>` or
// `Name <local@domain>`; blank passes (mailbox). Blanks are allowed in front of words only, and
// quotes around the local part are dropped before it is judged.
func validMailbox(text string) bool {
	text = trim(text)
	if text == "" {
		return true
	}
	rest := cutPhrase(text)
	if inner, ok := strings.CutPrefix(skipBlanks(rest), "<"); ok {
		if rest, ok = cutAddress(inner); ok {
			rest, ok = strings.CutPrefix(rest, ">")
			return ok && skipBlanks(rest) == ""
		}
		return false
	}
	rest, ok := cutAddress(text)
	return ok && rest == ""
}

// skipBlanks drops the blanks that mail addresses know.
func skipBlanks(s string) string { return strings.TrimLeft(s, " \t") }

// cutPhrase cuts a display name off: words and quoted strings, and dots after the first.
func cutPhrase(s string) (rest string) {
	rest = s
	for first := true; ; first = false {
		if _, after, ok := cutQuoted(rest); ok {
			rest = after
		} else if word, after := cutWord(skipBlanks(rest)); word != "" {
			rest = after
		} else if !first && strings.HasPrefix(rest, ".") {
			rest = rest[1:]
		} else {
			return rest
		}
	}
}

// cutAddress cuts local@domain off, and reports whether both are well-formed.
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
	for i < len(s) && isWordByte(s[i]) {
		i++
	}
	return s[:i], s[i:]
}

// isWordByte reports whether c may stand in a word: RFC 5322 atext, or part of a character
// outside ASCII.
func isWordByte(c byte) bool {
	return isAlnum(c) || c >= 0x80 || strings.IndexByte("!#$%&'*+-/=?^_`{|}~", c) >= 0
}

// cutQuoted cuts a quoted string off and returns what it holds.
func cutQuoted(s string) (text, rest string, ok bool) {
	if !strings.HasPrefix(s, `"`) {
		return "", s, false
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch c := s[i]; c {
		case '"':
			return b.String(), s[i+1:], true
		case '\\':
			if i++; i == len(s) || s[i] == '\n' || s[i] == '\r' || s[i] >= 0x80 {
				return "", s, false
			}
			b.WriteByte(s[i])
		case '\n', '\r', 0:
			return "", s, false
		default:
			b.WriteByte(c)
		}
	}
	return "", s, false
}

func validLocal(s string) bool {
	if len(s) > 64 {
		return false
	}
	text, rest := cutDotted(s)
	return text != "" && text == s && rest == ""
}

func validDomain(s string) bool {
	for label := range strings.SplitSeq(s, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
	}
	return len(s) <= 254
}
