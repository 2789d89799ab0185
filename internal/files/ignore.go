package files

import (
	"bytes"
	"strings"
)

// pattern is a line of a .gitignore file.
type pattern struct {
	glob     string // without the leading and trailing slash
	negate   bool
	dirOnly  bool
	anchored bool // matched against the whole path, not the last name
}

// ignore is a list of patterns that apply below a folder; the last match wins.
type ignore struct {
	dir      string // slash-separated, absolute
	patterns []pattern
}

// parseIgnore reads patterns as gitignore(5) describes them; dir is the folder they are relative to.
func parseIgnore(dir string, text []byte) *ignore {
	ig := &ignore{dir: dir}
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	for _, line := range strings.Split(string(text), "\n") {
		if p, ok := parsePattern(strings.TrimSuffix(line, "\r")); ok {
			ig.patterns = append(ig.patterns, p)
		}
	}
	return ig
}

func parsePattern(line string) (pattern, bool) {
	line = trimTrailingBlanks(line)
	if line == "" || line[0] == '#' {
		return pattern{}, false
	}
	var p pattern
	if line[0] == '!' {
		p.negate, line = true, line[1:]
	}
	if strings.HasSuffix(line, "/") {
		p.dirOnly, line = true, strings.TrimSuffix(line, "/")
	}
	p.anchored = strings.Contains(line, "/")
	p.glob = strings.TrimPrefix(line, "/")
	return p, p.glob != ""
}

// trimTrailingBlanks removes blanks at the end unless a backslash keeps them.
func trimTrailingBlanks(line string) string {
	for strings.HasSuffix(line, " ") || strings.HasSuffix(line, "\t") {
		cut := line[:len(line)-1]
		slashes := len(cut) - len(strings.TrimRight(cut, `\`))
		if slashes%2 == 1 {
			break
		}
		line = cut
	}
	return line
}

// match reports whether path is decided here, and whether it is ignored then.
func (ig *ignore) match(path string, isDir bool) (ignored, decided bool) {
	rel, ok := below(ig.dir, path)
	if !ok {
		return false, false
	}
	for i := len(ig.patterns) - 1; i >= 0; i-- {
		p := ig.patterns[i]
		if p.dirOnly && !isDir {
			continue
		}
		name := rel
		if !p.anchored {
			name = rel[strings.LastIndexByte(rel, '/')+1:]
		}
		if globMatch(p.glob, name) {
			return !p.negate, true
		}
	}
	return false, false
}

// below cuts dir off path.
func below(dir, path string) (string, bool) {
	if dir == "/" {
		return strings.TrimPrefix(path, "/"), path != "/"
	}
	rel, ok := strings.CutPrefix(path, dir)
	if !ok || len(rel) < 2 || rel[0] != '/' {
		return "", false
	}
	return rel[1:], true
}

// ignores is a stack of lists, outermost first; inner ones win.
type ignores []*ignore

func (s ignores) ignored(path string, isDir bool) bool {
	for i := len(s) - 1; i >= 0; i-- {
		if yes, decided := s[i].match(path, isDir); decided {
			return yes
		}
	}
	return false
}
