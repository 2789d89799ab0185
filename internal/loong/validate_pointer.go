package loong

import (
	"strings"
	"unicode/utf8"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/schema"
)

// pointerFault is what Loong finds wrong with a variable's name.
type pointerFault struct {
	kind    string // the last part of the code; empty: nothing is wrong
	suggest string // the name to write; empty: none
	crash   bool   // Loong aborts on it instead
}

// checkPointer judges a name by validation.json env_pointer; example is suggested where nothing
// better is known, telegram says that bot tokens are looked for, too.
func checkPointer(value, example string, telegram bool) pointerFault {
	value = trim(value)
	if value == "" {
		return pointerFault{}
	}
	if left, right, ok := strings.Cut(value, "="); ok {
		name, crash := assignedName(trim(left))
		if crash {
			return pointerFault{crash: true}
		}
		if name != "" && trim(right) != "" {
			return pointerFault{kind: "assignment", suggest: name}
		}
	}
	switch {
	case value[0] == '$':
		return pointerFault{kind: "dollar_prefix", suggest: dollarName(value[1:], example)}
	case len(value) > 1 && value[0] == '%' && value[len(value)-1] == '%':
		name := trim(value[1 : len(value)-1])
		if name == "" {
			name = example
		}
		return pointerFault{kind: "percent_wrapped", suggest: name}
	case looksSecret(value, telegram):
		return pointerFault{kind: "secret_literal"}
	case !schema.PointerName(value):
		return pointerFault{kind: "invalid_name", suggest: example}
	}
	return pointerFault{}
}

// assignedName drops a leading `export ` or `set `. Loong cuts by bytes, and aborts when a cut
// falls inside a character.
func assignedName(s string) (name string, crash bool) {
	for _, prefix := range [...]string{"export ", "set "} {
		n := len(prefix)
		if len(s) <= n {
			continue
		}
		if !utf8.RuneStart(s[n]) {
			return "", true
		}
		if ascii.Lower(s[:n]) == prefix {
			return trim(s[n:]), false
		}
	}
	return s, false
}

// dollarName is the name meant by what follows a dollar sign.
func dollarName(rest, example string) string {
	rest = trim(rest)
	if rest == "" {
		return example
	}
	if len(rest) > 1 && rest[0] == '{' && rest[len(rest)-1] == '}' {
		if inner := trim(rest[1 : len(rest)-1]); inner != "" {
			return inner
		}
	}
	return rest
}

// looksSecret reports whether Loong takes a name for a key (behaviour.md 1.6, 4a to 4c).
func looksSecret(value string, telegram bool) bool {
	for _, prefix := range [...]string{"sk-", "rk-", "pk-", "ya29.", "bearer ", "ghp_", "glpat-"} {
		if hasFoldedPrefix(value, prefix) {
			return true
		}
	}
	if telegram && isBotToken(value) || isUUID(value) {
		return true
	}
	return len(value) >= 24 && strings.ContainsAny(value, "-.:/+") && !schema.PointerName(value)
}

// hasFoldedPrefix reports whether s, in lower case, begins with prefix.
func hasFoldedPrefix(s, prefix string) bool {
	if len(s) < len(prefix) {
		return false
	}
	for i := range len(prefix) {
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != prefix[i] {
			return false
		}
	}
	return true
}

// isBotToken reports whether s is 6 to 12 digits, a colon and 12 or more of [A-Za-z0-9_-].
func isBotToken(s string) bool {
	id, secret, ok := strings.Cut(s, ":")
	if !ok || len(id) < 6 || len(id) > 12 || len(secret) < 12 || strings.Trim(id, "0123456789") != "" {
		return false
	}
	for i := 0; i < len(secret); i++ {
		if c := secret[i]; !ascii.IsAlnum(c) && c != '_' && c != '-' {
			return false
		}
	}
	return true
}

// isUUID reports whether s is hex digits in groups of 8-4-4-4-12.
func isUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := 0; i < len(s); i++ {
		dash := i == 8 || i == 13 || i == 18 || i == 23
		if dash && s[i] != '-' || !dash && !ascii.IsHex(s[i]) {
			return false
		}
	}
	return true
}

// AbortsOn reports whether Loong aborts when it checks text as the name of a variable, instead
// of saying what is wrong with it (behaviour.md 1.6).
func AbortsOn(text string) bool { return checkPointer(text, "", false).crash }
