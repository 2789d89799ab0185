// Package files finds the configurations to check, reads them and writes results back: paths,
// folders, ignore files, limits, atomic writes.
package files

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// File is a file to check, or a path that could not be.
type File struct {
	Path string // as the user would write it, cleaned, with slashes
	// Sniff is set when Recognize has to tell whether it is a configuration of Loong.
	Sniff bool
	Err   error // why it cannot be checked
	real  string
}

// Options are the choices of a search.
type Options struct {
	AllTOML      bool      // take every *.toml in folders
	ConfigsOnly  bool      // named files, too, count only when they are configurations of Loong
	Exclude      []string  // gitignore patterns, relative to the working directory
	Also         *Patterns // further patterns to exclude, relative to another folder; may be nil
	ForceExclude bool      // apply Exclude and Also to named files, too
}

// Find lists the files under paths by path, each once. A path that is missing or of a wrong
// kind is listed with its Err.
func Find(paths []string, o Options) ([]File, error) {
	wd, err := os.Getwd()
	if err != nil {
		return nil, fmt.Errorf("working directory: %w", err)
	}
	s := &search{options: o, wd: filepath.ToSlash(wd)}
	s.exclude = parseIgnore(s.wd, []byte(strings.Join(o.Exclude, "\n")))
	for _, p := range paths {
		s.named(filepath.Clean(p))
	}
	return s.result(), nil
}

type search struct {
	options Options
	wd      string
	exclude *ignore
	found   []File
}

func (s *search) abs(path string) string {
	if filepath.IsAbs(path) {
		return filepath.ToSlash(path)
	}
	return strings.TrimSuffix(s.wd, "/") + "/" + filepath.ToSlash(path)
}

func (s *search) excluded(path string, isDir bool) bool {
	yes, decided := s.exclude.match(s.abs(path), isDir)
	if !decided && s.options.Also != nil {
		yes, _ = s.options.Also.list.match(s.abs(path), isDir)
	}
	return yes
}

// named takes a path that the user gave.
func (s *search) named(path string) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		s.found = append(s.found, File{Path: path, Err: reason(err)})
	case s.options.ForceExclude && s.excludedBelow(path, info.IsDir()):
	case info.IsDir():
		s.walk(path)
	default:
		s.found = append(s.found, File{Path: path, Sniff: s.options.ConfigsOnly && !named(s.abs(path)), Err: wrongKind(info.Mode())})
	}
}

// excludedBelow applies the patterns to a named path and to every folder it lies in.
func (s *search) excludedBelow(path string, isDir bool) bool {
	for dir := filepath.Dir(path); dir != "." && dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if s.excluded(dir, true) {
			return true
		}
	}
	return s.excluded(path, isDir)
}

// result sorts what was found and drops repeats; a link to another file of the list is a repeat.
func (s *search) result() []File {
	for i := range s.found {
		s.found[i].Path = filepath.ToSlash(s.found[i].Path)
	}
	if len(s.found) < 2 {
		return s.found
	}
	for i := range s.found {
		if f := &s.found[i]; f.real == "" && f.Err == nil {
			f.real = realPath(f.Path)
		}
	}
	sort.SliceStable(s.found, func(i, j int) bool {
		a, b := s.found[i], s.found[j]
		if la, lb := s.isLink(a), s.isLink(b); la != lb {
			return lb
		}
		return a.Path < b.Path
	})
	seen := make(map[string]int, len(s.found))
	var out []File
	for _, f := range s.found {
		key := f.real
		if key == "" {
			key = s.abs(f.Path)
		}
		i, again := seen[key]
		if !again {
			seen[key] = len(out)
			out = append(out, f)
		} else if !f.Sniff {
			out[i].Sniff = false // named as well as found
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Path < out[j].Path })
	return out
}

func (s *search) isLink(f File) bool { return f.real != "" && f.real != s.abs(f.Path) }

func realPath(path string) string {
	real, err := filepath.EvalSymlinks(path)
	if err == nil {
		real, err = filepath.Abs(real)
	}
	if err != nil {
		return ""
	}
	return filepath.ToSlash(real)
}

// wrongKind says why something that is no regular file is not read.
func wrongKind(m fs.FileMode) error {
	switch {
	case m.IsRegular():
		return nil
	case m&fs.ModeNamedPipe != 0:
		return errors.New("is a FIFO, not a file")
	case m&fs.ModeSocket != 0:
		return errors.New("is a socket, not a file")
	case m&fs.ModeDevice != 0:
		return errors.New("is a device, not a file")
	}
	return errors.New("is not a regular file")
}

// reason drops the operation and path from an error of package os.
func reason(err error) error {
	var pe *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return ErrMissing
	case errors.As(err, &pe):
		return pe.Err
	}
	return err
}

// ErrMissing reads the same on every system.
var ErrMissing = errors.New("no such file or directory")

// ErrTooLarge is the reason for a file above the limit.
var ErrTooLarge = errors.New("too large")
