package files

import (
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
)

// Patterns are lines of a .gitignore file, for any use. They hold for paths below a folder.
type Patterns struct {
	list   *ignore // relative to the folder as it was named
	linked *ignore // the same, relative to where it really is; nil when that is the same
	wd     string
	effort effort
	last   atomic.Pointer[answer] // rules ask about one file many times
}

type answer struct {
	path string
	yes  bool
}

// NewPatterns reads patterns that are relative to dir, an absolute path; of more than MaxPatterns the rest does
// not count. Without dir they are about names: no folder is looked at, and relative names start where the patterns do.
func NewPatterns(dir string, lines []string) *Patterns {
	if dir == "" {
		return &Patterns{list: listIgnore("/", lines), wd: "/"}
	}
	wd, _ := os.Getwd()
	p := &Patterns{list: listIgnore(filepath.ToSlash(dir), lines), wd: wd}
	if len(p.list.patterns) == 0 {
		return p
	}
	if real := realPath(dir); real != "" && real != p.list.dir {
		p.linked = &ignore{dir: real, patterns: p.list.patterns}
	}
	return p
}

// Match reports whether a file, or a folder that it lies in, matches; a relative path starts from
// the working directory.
func (p *Patterns) Match(path string) bool {
	if len(p.list.patterns) == 0 {
		return false
	}
	if a := p.last.Load(); a != nil && a.path == path {
		return a.yes
	}
	abs := path
	if !filepath.IsAbs(path) {
		abs = filepath.Join(p.wd, path)
	}
	abs = filepath.ToSlash(filepath.Clean(abs))
	yes := p.covers(abs, abs, false)
	p.last.Store(&answer{path, yes})
	return yes
}

// covers reports whether the file or folder at path, which really is at real, or a folder that it lies in, matches.
func (p *Patterns) covers(path, real string, isDir bool) bool {
	return p.either(path, real, func(list *ignore, at string) bool { return list.covers(at, isDir, &p.effort) })
}

// matches is covers for what lies in folders that do not match.
func (p *Patterns) matches(path, real string, isDir bool) bool {
	return p.either(path, real, func(list *ignore, at string) bool {
		yes, _ := list.match(at, isDir, &p.effort)
		return yes
	})
}

// either asks about both places of a file.
func (p *Patterns) either(path, real string, ask func(list *ignore, at string) bool) bool {
	switch {
	case p == nil || len(p.list.patterns) == 0:
		return false
	case ask(p.list, path), real != path && ask(p.list, real):
		return true
	}
	return p.linked != nil && ask(p.linked, real)
}

// note says what of the patterns does not count; empty: all does.
func (p *Patterns) note(what string) string {
	switch {
	case p == nil:
		return ""
	case p.list.left > 0:
		return tooMany(what)
	case p.effort.spent():
		return tooSlow(what)
	}
	return ""
}

func tooMany(what string) string {
	return fmt.Sprintf("only the first %d patterns of %s count", MaxPatterns, what)
}

func tooSlow(what string) string {
	return fmt.Sprintf("the patterns of %s take too long to match; not all of them were applied", what)
}
