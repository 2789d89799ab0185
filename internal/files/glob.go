package files

import "strings"

// glob is a compiled pattern of a .gitignore file. It reads bytes, as git does.
type glob []token

type token struct {
	kind tokenKind
	char byte       // of oneByte
	set  *[4]uint64 // of oneOf
}

type tokenKind uint8

const (
	oneByte  tokenKind = iota
	anyByte            // ?: not a slash
	oneOf              // [a-z]: not a slash
	star               // *: any number of bytes, but no slash
	deepStar           // **: any number of bytes
	deepDirs           // **/: any number of folders
)

// compileGlob reads a pattern; false when it can match nothing, as one with an unclosed class.
func compileGlob(text string) (g glob, ok bool) {
	first := strings.IndexAny(text, wildcards)
	for i := 0; i < len(text); {
		switch c := text[i]; c {
		case '*':
			t, size := compileStars(text, i, i == first)
			g, i = append(g, t), i+size
		case '?':
			g, i = append(g, token{kind: anyByte}), i+1
		case '[':
			set, size := compileClass(text[i:])
			if set == nil {
				return nil, false
			}
			g, i = append(g, token{kind: oneOf, set: set}), i+size
		case '\\':
			if i+1 == len(text) {
				return nil, false
			}
			g, i = append(g, token{char: text[i+1]}), i+2
		default:
			g, i = append(g, token{char: c}), i+1
		}
	}
	return g, true
}

// wildcards are the characters that are not taken literally.
const wildcards = `*?[\`

// compileStars reads a run of stars. Two or more go through folders when they are all there is between slashes; what
// comes before the first wildcard does not matter, since git has cut it off by then.
func compileStars(text string, at int, first bool) (t token, size int) {
	rest := strings.TrimLeft(text[at:], "*")
	size = len(text) - at - len(rest)
	switch {
	case size == 1 || !first && text[at-1] != '/':
		return token{kind: star}, size
	case rest == "" || strings.HasPrefix(rest, `\/`):
		return token{kind: deepStar}, size
	case rest[0] == '/':
		return token{kind: deepDirs}, size + 1
	}
	return token{kind: star}, size
}

// compileClass reads [a-z], [!a-z] or [^a-z], with names such as [:digit:] inside; nil when it is not closed.
func compileClass(text string) (set *[4]uint64, size int) {
	set = new([4]uint64)
	i := 1
	negate := i < len(text) && (text[i] == '!' || text[i] == '^')
	if negate {
		i++
	}
	var from byte // where a range may begin; 0: nowhere
	for first := true; i >= len(text) || text[i] != ']' || first; first = false {
		if i >= len(text) {
			return nil, 0
		}
		c := text[i]
		switch {
		case c == '-' && from != 0 && i+1 < len(text) && text[i+1] != ']':
			i++
			if text[i] == '\\' {
				i++
			}
			if i >= len(text) {
				return nil, 0
			}
			for b := int(from); b <= int(text[i]); b++ {
				set[b>>6] |= 1 << (b & 63)
			}
			i, from = i+1, 0
			continue
		case c == '[' && i+1 < len(text) && text[i+1] == ':':
			end := strings.IndexByte(text[i+2:], ']')
			if end < 0 {
				return nil, 0
			}
			if name, ok := strings.CutSuffix(text[i+2:i+2+end], ":"); ok {
				if !addNamed(set, name) {
					return nil, 0
				}
				i, from = i+2+end+1, 0
				continue
			}
		case c == '\\':
			i++
			if i >= len(text) {
				return nil, 0
			}
			c = text[i]
		}
		set[c>>6] |= 1 << (c & 63)
		i, from = i+1, c
	}
	if negate {
		for k := range set {
			set[k] = ^set[k]
		}
	}
	return set, i + 1
}

// addNamed adds the ASCII characters of a class such as digit; false when there is no such class.
func addNamed(set *[4]uint64, name string) bool {
	is := namedClass(name)
	if is == nil {
		return false
	}
	for b := range byte(0x80) {
		if is(b) {
			set[b>>6] |= 1 << (b & 63)
		}
	}
	return true
}

func namedClass(name string) func(byte) bool {
	lower := func(b byte) bool { return 'a' <= b && b <= 'z' }
	upper := func(b byte) bool { return 'A' <= b && b <= 'Z' }
	digit := func(b byte) bool { return '0' <= b && b <= '9' }
	alnum := func(b byte) bool { return lower(b) || upper(b) || digit(b) }
	graph := func(b byte) bool { return ' ' < b && b < 0x7f }
	switch name {
	case "alnum":
		return alnum
	case "alpha":
		return func(b byte) bool { return lower(b) || upper(b) }
	case "blank":
		return func(b byte) bool { return b == ' ' || b == '\t' }
	case "cntrl":
		return func(b byte) bool { return b < ' ' || b == 0x7f }
	case "digit":
		return digit
	case "graph":
		return graph
	case "lower":
		return lower
	case "print":
		return func(b byte) bool { return b == ' ' || graph(b) }
	case "punct":
		return func(b byte) bool { return graph(b) && !alnum(b) }
	case "space":
		return func(b byte) bool { return b == ' ' || '\t' <= b && b <= '\r' }
	case "upper":
		return upper
	case "xdigit":
		return func(b byte) bool { return digit(b) || 'a' <= b && b <= 'f' || 'A' <= b && b <= 'F' }
	}
	return nil
}

func (t *token) matches(c byte) bool {
	switch t.kind {
	case oneByte:
		return c == t.char
	case anyByte:
		return c != '/'
	case oneOf:
		return c != '/' && t.set[c>>6]&(1<<(c&63)) != 0
	}
	return false
}

// match reports whether a slash-separated name matches, and how many steps it took to tell. On a mismatch it
// goes back to the last star, then to the last deep one only: an earlier one could not do better.
func (g glob) match(name string) (ok bool, steps int64) {
	t, n := 0, 0
	starT, starN := -1, 0
	deepT, deepN := -1, 0
	for ; ; steps++ {
		switch {
		case t == len(g):
			if n == len(name) {
				return true, steps
			}
		case g[t].kind == star:
			t++
			starT, starN = t, n
			continue
		case g[t].kind >= deepStar:
			t++
			deepT, deepN, starT = t, n, -1
			continue
		case n < len(name) && g[t].matches(name[n]):
			t, n = t+1, n+1
			continue
		}
		switch {
		case starT >= 0 && starN < len(name) && name[starN] != '/':
			starN++
			t, n = starT, starN
		case deepT >= 0 && deepN < len(name):
			if deepN = g.nextDeep(deepT, name, deepN); deepN < 0 {
				return false, steps
			}
			t, n, starT = deepT, deepN, -1
		default:
			return false, steps
		}
	}
}

// nextDeep is the next place in name at which what follows the deep star before token t may match, or -1.
func (g glob) nextDeep(t int, name string, at int) int {
	if g[t-1].kind == deepStar {
		return at + 1
	}
	slash := strings.IndexByte(name[at:], '/')
	if slash < 0 {
		return -1
	}
	return at + slash + 1
}
