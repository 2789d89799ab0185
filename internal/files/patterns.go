package files

import (
	"os"
	"path/filepath"
	"strings"
)

// Patterns are lines of a .gitignore file, for any use. They hold for paths below a folder.
type Patterns struct {
	list *ignore
	wd   string
}

// NewPatterns reads patterns that are relative to dir, an absolute path.
func NewPatterns(dir string, lines []string) *Patterns {
	wd, _ := os.Getwd()
	return &Patterns{list: parseIgnore(filepath.ToSlash(dir), []byte(strings.Join(lines, "\n"))), wd: wd}
}

// Match reports whether a file, or a folder that it lies in, matches; a relative path starts from
// the working directory.
func (p *Patterns) Match(path string) bool {
	if len(p.list.patterns) == 0 {
		return false
	}
	if !filepath.IsAbs(path) {
		path = filepath.Join(p.wd, path)
	}
	path = filepath.ToSlash(path)
	for dir := parent(path); len(dir) > len(p.list.dir); dir = parent(dir) {
		if yes, _ := p.list.match(dir, true); yes {
			return true
		}
	}
	yes, _ := p.list.match(path, false)
	return yes
}
