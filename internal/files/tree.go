package files

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// Repository is the nearest folder at or above dir that holds a git repository; empty when there is none.
func Repository(dir string) string {
	for {
		if _, err := os.Lstat(filepath.Join(dir, gitDir)); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			return ""
		}
		dir = up
	}
}

// Tree is a folder that files are named from. However a path is spelled, and through whatever link, a file
// has one name. It is used by many goroutines.
type Tree struct {
	root func() string // asked for with the first name
	dirs sync.Map      // folders as written → where they are
}

// NewTree returns the tree below a folder.
func NewTree(root string) *Tree {
	t := &Tree{}
	t.root = sync.OnceValue(func() string { return t.folder(root) })
	return t
}

// Path is where the file that has a name is.
func (t *Tree) Path(name string) string { return filepath.Join(t.root(), filepath.FromSlash(name)) }

// Name is the path of a file from the root, with slashes; below is false when the file is elsewhere.
func (t *Tree) Name(path string) (name string, below bool) {
	name, err := filepath.Rel(t.root(), t.real(path))
	if err != nil { // on another drive
		return filepath.ToSlash(filepath.Clean(path)), false
	}
	return filepath.ToSlash(name), filepath.IsLocal(name)
}

// real is where a file is; one that does not exist is where it would be.
func (t *Tree) real(path string) string {
	path = filepath.Join(t.folder(filepath.Dir(path)), filepath.Base(path))
	if info, err := os.Lstat(path); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		if target, err := filepath.EvalSymlinks(path); err == nil {
			return target
		}
	}
	return path
}

func (t *Tree) folder(dir string) string {
	if known, ok := t.dirs.Load(dir); ok {
		return known.(string) //nolint:forcetypeassert // only folders are stored
	}
	real, err := filepath.EvalSymlinks(dir)
	if err != nil {
		real = dir
	}
	if abs, err := filepath.Abs(real); err == nil {
		real = abs
	}
	t.dirs.Store(strings.Clone(dir), real)
	return real
}
