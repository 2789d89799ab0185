package files

import (
	"strings"
	"unicode/utf8"
)

// globMatch reports whether a slash-separated name matches a gitignore pattern: * and ? stop at
// a slash, ** as a whole part spans parts, [a-z] and [!a-z] are classes, a backslash quotes.
func globMatch(glob, name string) bool {
	return matchParts(strings.Split(glob, "/"), strings.Split(name, "/"))
}

// matchParts goes back to the last ** only, like matchPart to the last star.
func matchParts(globs, names []string) bool {
	g, n := 0, 0
	starG, starN := -1, 0
	for n < len(names) {
		switch {
		case g < len(globs) && globs[g] == "**":
			starG, starN = g, n
			g++
			if g == len(globs) {
				return true
			}
		case g < len(globs) && matchPart(globs[g], names[n]):
			g, n = g+1, n+1
		case starG >= 0:
			starN++
			g, n = starG+1, starN
		default:
			return false
		}
	}
	return g == len(globs)
}

// matchPart matches without slashes; on a mismatch it goes back to the last star only, so that
// its cost is at most the product of both lengths.
func matchPart(glob, name string) bool {
	g, n := 0, 0
	starG, starN := -1, 0
	for n < len(name) {
		if g < len(glob) && glob[g] == '*' {
			starG, starN = g, n
			g++
			continue
		}
		if g < len(glob) {
			if gl, nl, ok := matchOne(glob[g:], name[n:]); ok {
				g, n = g+gl, n+nl
				continue
			}
		}
		if starG < 0 {
			return false
		}
		_, size := utf8.DecodeRuneInString(name[starN:])
		starN += size
		g, n = starG+1, starN
	}
	return strings.Trim(glob[g:], "*") == ""
}

// matchOne matches one character and returns the bytes used up on both sides.
func matchOne(glob, name string) (used, size int, ok bool) {
	r, size := utf8.DecodeRuneInString(name)
	switch glob[0] {
	case '?':
		return 1, size, true
	case '[':
		used, ok := matchClass(glob, r)
		return used, size, ok
	case '\\':
		if len(glob) > 1 {
			want, used := utf8.DecodeRuneInString(glob[1:])
			return 1 + used, size, want == r
		}
		return 0, 0, false
	}
	want, used := utf8.DecodeRuneInString(glob)
	return used, size, want == r
}

// matchClass matches [a-z], [!a-z] and [^a-z]; an unclosed class matches nothing.
func matchClass(glob string, r rune) (used int, ok bool) {
	i := 1
	negate := i < len(glob) && (glob[i] == '!' || glob[i] == '^')
	if negate {
		i++
	}
	found := false
	for first := true; ; first = false {
		if i >= len(glob) {
			return 0, false
		}
		if glob[i] == ']' && !first {
			return i + 1, found != negate
		}
		lo, size := classRune(glob[i:])
		i += size
		hi := lo
		if i+1 < len(glob) && glob[i] == '-' && glob[i+1] != ']' {
			hi, size = classRune(glob[i+1:])
			i += 1 + size
		}
		if lo <= r && r <= hi {
			found = true
		}
	}
}

func classRune(s string) (rune, int) {
	if s[0] == '\\' && len(s) > 1 {
		r, n := utf8.DecodeRuneInString(s[1:])
		return r, n + 1
	}
	return utf8.DecodeRuneInString(s)
}
