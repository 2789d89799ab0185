package files

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const (
	gitDir     = ".git"
	gitignore  = ".gitignore"
	gitExclude = "info/exclude"
	// ignoreLimit is the size in bytes above which a file of patterns is not read.
	ignoreLimit = 1 << 20
)

// outerIgnores reads the ignore files of the repository that a folder lies in, down to the folder's parent, and
// reports whether the folder itself is ignored. Without a repository there are none.
func (s *search) outerIgnores(dir string) (lists ignores, ignored bool) {
	root := filepath.ToSlash(Repository(dir))
	if root == "" || root == dir {
		return nil, false
	}
	lists = s.repositoryIgnores(root)
	at := root
	for {
		lists = s.appendIgnore(lists, at, join(at, gitignore), true)
		rel, _ := below(at, dir)
		name, _, more := strings.Cut(rel, "/")
		at = join(at, name)
		if lists.ignored(at, true, &s.effort) {
			return nil, true
		}
		if !more {
			return lists, false
		}
	}
}

// ignoresOf adds what the entries of a folder say. A repository within another has only its own ignore files.
func (s *search) ignoresOf(dir string, entries []fs.DirEntry, above ignores) ignores {
	stack := slices.Clip(above)
	if hasEntry(entries, gitDir) {
		stack = s.repositoryIgnores(dir)
	}
	if hasEntry(entries, gitignore) {
		stack = s.appendIgnore(stack, dir, join(dir, gitignore), true)
	}
	return stack
}

func hasEntry(entries []fs.DirEntry, name string) bool {
	_, found := slices.BinarySearchFunc(entries, name, func(e fs.DirEntry, name string) int { return strings.Compare(e.Name(), name) })
	return found
}

// repositoryIgnores reads the list that a repository keeps for itself.
func (s *search) repositoryIgnores(root string) ignores {
	return s.appendIgnore(nil, root, join(commonDir(root), gitExclude), false)
}

// commonDir is the folder in which a repository is kept: .git, or what a file of that name says, as in work trees.
func commonDir(root string) string {
	dir := join(root, gitDir)
	text, ok := firstLine(dir)
	if !ok {
		return dir
	}
	dir = filepath.ToSlash(from(root, strings.TrimPrefix(text, "gitdir: ")))
	if text, ok = firstLine(join(dir, "commondir")); ok {
		dir = filepath.ToSlash(from(dir, text))
	}
	return dir
}

func from(dir, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}

func firstLine(path string) (string, bool) {
	text, err := ReadSide(path, 1<<12)
	line, _, _ := strings.Cut(string(text), "\n")
	return strings.TrimSuffix(line, "\r"), err == nil
}

// appendIgnore reads a file of patterns, which may be missing. As for git, a .gitignore that is a link does not count.
func (s *search) appendIgnore(lists ignores, dir, path string, noLinks bool) ignores {
	if noLinks {
		if info, err := os.Lstat(path); err != nil || info.Mode()&fs.ModeSymlink != 0 {
			return lists
		}
	}
	text, err := ReadSide(path, ignoreLimit)
	switch {
	case err == ErrMissing:
		return lists
	case err != nil:
		s.notes = append(s.notes, path+": not applied, it "+err.Error())
		return lists
	}
	list := parseIgnore(dir, text)
	if list.left > 0 {
		s.notes = append(s.notes, tooMany(path))
	}
	return append(lists, list)
}
