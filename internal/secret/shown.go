package secret

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/placeholder"
	"github.com/loonglint/loonglint/schema"
)

// Shown reports whether a text that stands where a secret is expected may be shown: it is
// blank, names a variable (behaviour.md 1.5) or is the name of one that Loong knows, or is a
// leftover placeholder.
func Shown(s string) bool {
	s = strings.TrimSpace(s)
	if s == "" {
		return true
	}
	name := ""
	switch {
	case s[0] == '$':
		name = strings.TrimSpace(s[1:])
		if strings.HasPrefix(name, "{") && strings.HasSuffix(name, "}") {
			name = name[1 : len(name)-1]
		}
	case len(s) > 4 && strings.EqualFold(s[:4], "env:"):
		name = s[4:]
	case len(s) > 2 && s[0] == '%' && s[len(s)-1] == '%':
		name = s[1 : len(s)-1]
	default:
		return isPlaceholder(s) || KnownVariable(s)
	}
	return shownName(name)
}

func shownName(name string) bool { return isVariableName(strings.TrimSpace(name)) }

// ShownName reports whether a text that stands where the name of a variable is expected may be shown.
func ShownName(name string) bool {
	_, hidden := secretInName(name)
	return !hidden
}

// shownLiteral is Shown where nothing is resolved: only what refers to a variable in the custom spelling
// may be shown, for a password may begin with a dollar sign, too.
func shownLiteral(s string) bool {
	s = strings.TrimSpace(s)
	name, ok := schema.EnvReference(s, 0)
	if !ok {
		return s == "" || isPlaceholder(s) || KnownVariable(s)
	}
	return KnownVariable(name) || upperSnake(name) && isVariableName(name)
}

// isVariableName reports whether a text can be the name of a variable and is not more likely a secret: a
// word with digits that is not written as variables are.
func isVariableName(s string) bool {
	if KnownVariable(s) {
		return true
	}
	if IsKey(s) || hasSecretPrefix(s) {
		return false
	}
	if strings.Contains(s, "_") {
		return schema.PortableName(strings.TrimSpace(s))
	}
	digits := strings.ContainsAny(s, "0123456789")
	if strings.ToUpper(s) != s {
		return schema.PortableName(strings.TrimSpace(s)) && !digits
	}
	for i := range len(s) {
		if setsOf[s[i]]&setDotted == 0 {
			return false
		}
	}
	return s != "" && !(digits && len(s) >= longestPlainName)
}

// longestPlainName is more bytes than names of variables have that are one word.
const longestPlainName = 12

// KnownVariable reports whether name is a variable that Loong itself knows.
func KnownVariable(name string) bool {
	_, ok := slices.BinarySearch(variables[:], name)
	return ok
}

// secretInName finds where a text that should name a variable could hold a secret: all of it, or
// what follows an equals sign.
func secretInName(s string) (from int, ok bool) {
	t := strings.TrimSpace(s)
	if t == "" {
		return 0, false
	}
	if eq := strings.IndexByte(s, '='); eq >= 0 {
		if _, left := secretInName(strings.TrimPrefix(s[:eq], "export ")); !left {
			return eq + 1, strings.TrimSpace(s[eq+1:]) != ""
		}
		return 0, true
	}
	if name, ok := schema.EnvReference(t, 0); ok {
		t = name
	}
	return 0, !isVariableName(t) && !isPlaceholder(t)
}

// hasSecretPrefix reports what Loong itself takes for a key (behaviour.md 1.6, 4a), whatever
// its length.
func hasSecretPrefix(s string) bool {
	if s == "" {
		return false
	}
	for _, i := range buckets[bucketOf[s[0]]] {
		first := &segments[shapes[i].from]
		if shapes[i].fold && first.lit != "" && startsWith(s, first.lit, true) && len(s) > len(first.lit)+3 {
			return true
		}
	}
	return false
}

// longestPlaceholder is more bytes than any leftover has.
const longestPlaceholder = 512

// isPlaceholder reports whether nothing of a value but leftovers is written, so that it
// may be shown although it stands where a secret is expected.
func isPlaceholder(s string) bool {
	s = strings.TrimSpace(s)
	if n := len("bearer "); len(s) > n && strings.EqualFold(s[:n], "bearer ") {
		s = s[n:]
	}
	if len(s) > longestPlaceholder {
		return false
	}
	return placeholder.Is(s) && placeholder.IsPlain(s) && len(Find(s)) == 0
}
