package files

import (
	"bytes"
	"strings"
	"sync/atomic"
)

// MaxPatterns is how many patterns of a list count.
const MaxPatterns = 10_000

// pattern is a line of a .gitignore file.
type pattern struct {
	glob     glob
	literal  string // instead of glob where there is no wildcard
	negate   bool
	dirOnly  bool
	anchored bool // matched against the whole path, not the last name
}

// ignore is a list of patterns that apply below a folder; the last match wins.
type ignore struct {
	dir      string // slash-separated, absolute
	patterns []pattern
	left     int // how many patterns were beyond MaxPatterns
}

// parseIgnore reads patterns as gitignore(5) describes them; dir is the folder they are relative to.
func parseIgnore(dir string, text []byte) *ignore {
	ig := &ignore{dir: dir}
	for line := range bytes.Lines(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))) {
		ig.add(strings.TrimSuffix(strings.TrimSuffix(string(line), "\n"), "\r"))
	}
	return ig
}

// listIgnore is parseIgnore for patterns that are in a list already.
func listIgnore(dir string, lines []string) *ignore {
	ig := &ignore{dir: dir}
	for _, line := range lines {
		ig.add(line)
	}
	return ig
}

func (ig *ignore) add(line string) {
	p, ok := parsePattern(line)
	switch {
	case !ok:
	case len(ig.patterns) == MaxPatterns:
		ig.left++
	default:
		ig.patterns = append(ig.patterns, p)
	}
}

// parsePattern reads a line; false when it holds no pattern or one that matches nothing.
func parsePattern(line string) (pattern, bool) {
	line, _, _ = strings.Cut(line, "\x00") // where the line ends for git
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
	line = strings.TrimPrefix(line, "/")
	if !strings.ContainsAny(line, wildcards) {
		p.literal = line
		return p, line != ""
	}
	var ok bool
	p.glob, ok = compileGlob(line)
	return p, ok
}

// trimTrailingBlanks removes blanks at the end unless a backslash keeps them.
func trimTrailingBlanks(line string) string {
	end := 0
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case ' ':
			continue
		case '\\':
			i++
		}
		end = min(i+1, len(line))
	}
	return line[:end]
}

// match reports whether path is decided here, and whether it is ignored then.
func (ig *ignore) match(path string, isDir bool, e *effort) (ignored, decided bool) {
	rel, ok := below(ig.dir, path)
	if !ok || e.spent() {
		return false, false
	}
	base := rel[strings.LastIndexByte(rel, '/')+1:]
	steps := int64(0)
	defer func() { e.add(steps) }()
	for i := len(ig.patterns) - 1; i >= 0; i-- {
		p := &ig.patterns[i]
		if p.dirOnly && !isDir {
			continue
		}
		name := base
		if p.anchored {
			name = rel
		}
		var yes bool
		if p.literal != "" {
			yes, steps = p.literal == name, steps+1
		} else {
			var n int64
			yes, n = p.glob.match(name)
			steps += n
		}
		if yes {
			return !p.negate, true
		}
	}
	return false, false
}

// covers reports whether a path, or a folder below ig.dir that it lies in, is ignored.
func (ig *ignore) covers(path string, isDir bool, e *effort) bool {
	rel, ok := below(ig.dir, path)
	if !ok || len(ig.patterns) == 0 {
		return false
	}
	start := len(path) - len(rel)
	for i := start; i < len(path); i++ {
		if path[i] == '/' {
			if yes, _ := ig.match(path[:i], true, e); yes {
				return true
			}
		}
	}
	yes, _ := ig.match(path, isDir, e)
	return yes
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

func (s ignores) ignored(path string, isDir bool, e *effort) bool {
	for i := len(s) - 1; i >= 0; i-- {
		if yes, decided := s[i].match(path, isDir, e); decided {
			return yes
		}
	}
	return false
}

// maxSteps bounds the work of matching patterns, of which a stranger may have written many; beyond it nothing
// is ignored. A few hundred ordinary ones take a hundred thousandth of it for a file.
const maxSteps = 1 << 27

// effort counts that work.
type effort struct{ steps atomic.Int64 }

func (e *effort) add(n int64) { e.steps.Add(n) }

func (e *effort) spent() bool { return e.steps.Load() > maxSteps }
