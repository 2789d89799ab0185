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
	NoGitignore  bool      // do not look at .gitignore files
	Exclude      []string  // gitignore patterns, relative to the working directory
	Also         *Patterns // further patterns to exclude, relative to another folder; may be nil
	ForceExclude bool      // apply Exclude and Also to named files, too
}

// Found is the result of a search.
type Found struct {
	Files    []File   // by path, each once
	Excluded Count    // by Exclude and Also
	Ignored  Count    // by .gitignore files
	Notes    []string // on patterns that do not count
}

// Count counts what a search left out: TOML files, and folders, in which nothing was counted.
type Count struct{ Files, Folders int }

// String is "1 file and 2 folders"; empty for nothing.
func (c Count) String() string {
	switch {
	case c.Folders == 0 && c.Files == 0:
		return ""
	case c.Folders == 0:
		return plural(c.Files, "file")
	case c.Files == 0:
		return plural(c.Folders, "folder")
	}
	return plural(c.Files, "file") + " and " + plural(c.Folders, "folder")
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// Find searches paths. A path that is missing or of a wrong kind is listed with its Err. In folders .gitignore files
// count as they do for git, except that it makes no difference whether a file is tracked.
func Find(paths []string, o Options) (*Found, error) {
	wd, err := os.Getwd()
	if err != nil {
		return nil, fmt.Errorf("working directory: %w", err)
	}
	s := &search{options: o, wd: wd, exclude: NewPatterns(wd, o.Exclude), left: map[string]reason{}}
	for _, p := range paths {
		s.named(clean(p))
	}
	return s.result(), nil
}

// clean shortens a path. Where a link comes before .. the short path is another file, so the real one is taken.
func clean(path string) string {
	short := filepath.Clean(path)
	if !strings.Contains(path, "..") {
		return short
	}
	a, err := os.Stat(path)
	if err != nil {
		return short
	}
	if b, err := os.Stat(short); err == nil && os.SameFile(a, b) {
		return short
	}
	return filepath.FromSlash(realPath(path))
}

type search struct {
	options Options
	wd      string
	exclude *Patterns
	effort  effort // of .gitignore files
	found   []File
	left    map[string]reason // what was left out, by its real path
	notes   []string
}

// reason is why a file or folder was left out.
type reason struct {
	excluded bool // else a .gitignore file says so
	isDir    bool
}

// abs is a path from the root, with slashes and without dots; links are not resolved.
func (s *search) abs(path string) string {
	if !filepath.IsAbs(path) {
		path = filepath.Join(s.wd, path)
	}
	return filepath.ToSlash(path)
}

// named takes a path that the user gave.
func (s *search) named(path string) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		s.found = append(s.found, File{Path: path, Err: shortError(err)})
	case info.IsDir():
		s.walk(path)
	case s.options.ForceExclude && s.excludedBelow(path, realPath(path), false):
		s.left[realPath(path)] = reason{excluded: true}
	default:
		s.found = append(s.found, File{Path: path, Sniff: s.options.ConfigsOnly && !named(s.abs(path)), Err: wrongKind(info.Mode())})
	}
}

// excludedBelow reports whether a path or a folder that it lies in is excluded.
func (s *search) excludedBelow(path, real string, isDir bool) bool {
	abs := s.abs(path)
	return s.exclude.covers(abs, real, isDir) || s.options.Also.covers(abs, real, isDir)
}

// result sorts what was found and drops repeats.
func (s *search) result() *Found {
	f := &Found{Files: s.distinct(), Notes: s.notes}
	for _, r := range s.left {
		count := &f.Ignored
		if r.excluded {
			count = &f.Excluded
		}
		if r.isDir {
			count.Folders++
		} else {
			count.Files++
		}
	}
	for _, note := range [...]string{s.exclude.note("--exclude"), s.options.Also.note("exclude")} {
		if note != "" {
			f.Notes = append(f.Notes, note)
		}
	}
	if s.effort.spent() {
		f.Notes = append(f.Notes, tooSlow(".gitignore"))
	}
	return f
}

// distinct lists the files by path, each once; a link to another file of the list is a repeat.
func (s *search) distinct() []File {
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

// realPath is a path from the root without links, with slashes; empty when it leads nowhere.
func realPath(path string) string {
	if !filepath.IsAbs(path) {
		wd, err := os.Getwd()
		if err != nil {
			return ""
		}
		path = wd + string(filepath.Separator) + path // not cleaned: .. after a link is not the folder of the link
	}
	real, err := filepath.EvalSymlinks(path)
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
	case m.IsDir():
		return errors.New("is a folder, not a file")
	case m&fs.ModeNamedPipe != 0:
		return errors.New("is a FIFO, not a file")
	case m&fs.ModeSocket != 0:
		return errors.New("is a socket, not a file")
	case m&fs.ModeDevice != 0:
		return errors.New("is a device, not a file")
	}
	return errors.New("is not a regular file")
}

// shortError drops the operation and path from an error of package os.
func shortError(err error) error {
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
