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
	if s.excludedBelow(root, w.real, true) {
		s.left[w.real] = reason{excluded: true, isDir: true}
		return
	}
	var outer ignores
	if !s.options.NoGitignore {
		var ignored bool
		if outer, ignored = s.outerIgnores(w.real); ignored {
			s.left[w.real] = reason{isDir: true}
			return
		}
	}
	w.dir(root, w.real, outer)
}

type walker struct {
	*search
	real string // the root with links resolved
}

// dir walks a folder; real is its place with links resolved.
func (w *walker) dir(dir, real string, above ignores) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		w.found = append(w.found, File{Path: dir, Err: shortError(err)})
		return
	}
	stack := above
	if !w.options.NoGitignore {
		stack = w.ignoresOf(real, entries, above)
	}
	abs := w.abs(dir)
	for _, e := range entries {
		path, real := filepath.Join(dir, e.Name()), join(real, e.Name())
		if e.IsDir() && hidden(e.Name()) || !e.IsDir() && !mayTake(e.Name()) {
			continue
		}
		abs := join(abs, e.Name())
		switch {
		case w.exclude.matches(abs, real, e.IsDir()), w.options.Also.matches(abs, real, e.IsDir()):
			w.left[real] = reason{excluded: true, isDir: e.IsDir()}
		case stack.ignored(real, e.IsDir(), &w.effort):
			w.left[real] = reason{isDir: e.IsDir()}
		case e.IsDir():
			w.dir(path, real, stack)
		default:
			w.entry(path, abs, real, e)
		}
	}
}

func join(dir, name string) string { return strings.TrimSuffix(dir, "/") + "/" + name }

// entry takes a file that mayTake; its content has the last word unless its name tells.
func (w *walker) entry(path, abs, real string, e fs.DirEntry) {
	f := File{Path: path, Sniff: !w.options.AllTOML && !named(abs), real: real}
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
	if f.Err = wrongKind(mode); f.Err != nil && f.Sniff {
		return
	}
	w.found = append(w.found, f)
}

// mayTake reports whether a file of this name can be a configuration.
func mayTake(name string) bool { return strings.HasSuffix(name, ".toml") && name != settingsName }

func hidden(dir string) bool { return strings.HasPrefix(dir, ".") && dir != ".loong" }
