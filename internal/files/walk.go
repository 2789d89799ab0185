package files

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// walk takes the configurations below a folder (contract.md, "What is checked").
func (s *search) walk(root string) {
	w := &walker{search: s, real: realPath(root)}
	w.dir(root, w.real, outerIgnores(s.abs(root)))
}

type walker struct {
	*search
	real string // the root with links resolved
}

// dir walks a folder; real is its place with links resolved.
func (w *walker) dir(dir, real string, above ignores) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		w.found = append(w.found, File{Path: dir, Err: reason(err)})
		return
	}
	stack := above
	if text, err := os.ReadFile(filepath.Join(dir, ".gitignore")); err == nil {
		stack = append(stack[:len(stack):len(stack)], parseIgnore(w.abs(dir), text))
	}
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		if stack.ignored(w.abs(path), e.IsDir()) || w.excluded(path, e.IsDir()) {
			continue
		}
		if e.IsDir() {
			if !hidden(e.Name()) {
				w.dir(path, real+"/"+e.Name(), stack)
			}
			continue
		}
		w.entry(path, real+"/"+e.Name(), e)
	}
}

func (w *walker) entry(path, real string, e fs.DirEntry) {
	take, sniff := w.byName(path)
	if !take {
		return
	}
	f := File{Path: path, Sniff: sniff, real: real}
	mode := e.Type()
	if mode&fs.ModeSymlink != 0 {
		f.real = realPath(path)
		if _, inside := below(w.real, f.real); !inside {
			return
		}
		info, err := os.Stat(path)
		if err != nil || info.IsDir() {
			return
		}
		mode = info.Mode()
	}
	if f.Err = wrongKind(mode); f.Err != nil && sniff {
		return
	}
	w.found = append(w.found, f)
}

// byName decides on a file's name; sniff is set when its content has the last word.
func (w *walker) byName(path string) (take, sniff bool) {
	name := filepath.Base(path)
	if !strings.HasSuffix(name, ".toml") || name == settingsName {
		return false, false
	}
	return true, !w.options.AllTOML && !named(w.abs(path))
}

func hidden(dir string) bool { return strings.HasPrefix(dir, ".") && dir != ".loong" }

// outerIgnores reads the ignore files of the repository that dir lies in, down to dir's parent.
func outerIgnores(dir string) ignores {
	var lists ignores
	for at := dir; ; {
		if _, err := os.Lstat(at + "/.git"); err == nil {
			if text, err := os.ReadFile(at + "/.git/info/exclude"); err == nil {
				lists = append(lists, parseIgnore(at, text))
			}
			reverse(lists)
			return lists
		}
		up := parent(at)
		if up == at {
			return nil
		}
		at = up
		if text, err := os.ReadFile(at + "/.gitignore"); err == nil {
			lists = append(lists, parseIgnore(at, text))
		}
	}
}

func parent(dir string) string { return filepath.ToSlash(filepath.Dir(dir)) }

func reverse(lists ignores) {
	for i, j := 0, len(lists)-1; i < j; i, j = i+1, j-1 {
		lists[i], lists[j] = lists[j], lists[i]
	}
}
