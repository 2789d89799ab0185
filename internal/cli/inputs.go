package cli

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/loonglint/loonglint/internal/files"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/settings"
)

const (
	stdinPath = "-"
	stdinName = "<stdin>"
)

// input is something to check: a file, stdin, or a path that could not be read.
type input struct {
	files.File
	stdin []byte // not nil for stdin
}

func inputFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "files-from", Usage: "read the paths from `FILE` (- for stdin), one a line or NUL-separated"},
		&cli.StringFlag{Name: "stdin-filename", Usage: "what the path - (stdin) is called: `NAME`"},
		&cli.StringSliceFlag{Name: "exclude", Usage: "leave out what matches `PATTERN` (as in .gitignore) in folders; repeatable"},
		&cli.BoolFlag{Name: "force-exclude", Usage: "apply --exclude to named files, too"},
		&cli.BoolFlag{Name: "no-gitignore", Usage: "take also what .gitignore files leave out"},
		&cli.BoolFlag{Name: "all-toml", Usage: "take every *.toml in folders, not only configs of Loong"},
		&cli.BoolFlag{Name: "configs-only", Usage: "pass over named files and stdin, too, that are not configs of Loong by name or content"},
		limitFlag(),
		&cli.BoolFlag{Name: "allow-empty", Usage: "exit with 0, not 4, when there is nothing to check"},
	}
}

func limitFlag() cli.Flag {
	return &cli.StringFlag{Name: "max-file-size", Usage: "do not read files above `SIZE` (bytes, or with KiB, MiB, GiB; default 32MiB)"}
}

// inputs lists what to check, by path.
func (p *process) inputs(v *invocation, limit int64) ([]input, error) {
	cmd := v.cmd
	paths := v.paths
	if cmd.IsSet("files-from") {
		more, err := p.pathsFrom(cmd.String("files-from"), limit)
		if err != nil {
			return nil, err
		}
		if slices.Contains(paths, stdinPath) && cmd.String("files-from") == stdinPath {
			return nil, usagef("stdin cannot be both the list of files and a file")
		}
		paths = append(paths, more...)
	} else if len(paths) == 0 {
		path, ok := p.defaultPath()
		if !ok {
			p.note("no path given, and there is no %s, which Loong would load: taking the configs below the working directory", path)
			path = "."
		}
		paths = []string{path}
	}
	return p.find(v, paths, limit)
}

func (p *process) find(v *invocation, paths []string, limit int64) ([]input, error) {
	named := slices.DeleteFunc(slices.Clone(paths), func(s string) bool { return s == stdinPath })
	found, err := files.Find(named, v.SearchOptions())
	if err != nil {
		return nil, failuref("%w", err)
	}
	v.passed = found
	for _, note := range found.Notes {
		p.note("%s", note)
	}
	list := make([]input, 0, len(found.Files)+1)
	for _, f := range found.Files {
		list = append(list, input{File: f})
	}
	if len(named) < len(paths) {
		list = append(list, p.readStdin(v.cmd, limit))
	}
	slices.SortStableFunc(list, func(a, b input) int { return strings.Compare(a.Path, b.Path) })
	return list, nil
}

// readStdin reads stdin as a file of the name that it was given.
func (p *process) readStdin(cmd *options, limit int64) input {
	name := cmd.String("stdin-filename")
	if name == "" {
		name = stdinName
	}
	src, err := files.ReadAll(p.stdin, 0, limit)
	return input{File: files.File{Path: name, Err: err, Sniff: cmd.Bool("configs-only")}, stdin: append([]byte{}, src...)}
}

// bytes reads an input.
func (in *input) bytes(limit int64) ([]byte, error) {
	switch {
	case in.Err != nil:
		return nil, in.Err
	case in.stdin != nil:
		return in.stdin, nil
	}
	return files.Read(in.Path, limit)
}

// defaultPath is the file that Loong itself would load (behaviour.md 1.1), and whether it is there. A note says what
// is taken, or what only older versions would take.
func (p *process) defaultPath() (path string, ok bool) {
	user := p.variable("HOME")
	if user == "" {
		user = p.variable("USERPROFILE")
	}
	home := p.variable("LOONG_HOME")
	if home == "" {
		home = filepath.Join(user, ".loong")
	}
	path = filepath.Join(home, "config.toml")
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		p.note("no path given: taking %s, which Loong would load", path)
		return path, true
	}
	oldHome := loong.OldPrefix + "HOME"
	old := filepath.Join(user, loong.OldFolder)
	if p.variable(oldHome) != "" {
		p.note("Loong does not read %s any more; it reads %s, or LOONG_HOME", oldHome, path)
	} else if _, err := os.Stat(old); err == nil {
		p.note("Loong does not read %s any more; it reads %s", old, path)
	}
	return path, false
}

// variable is a variable of the process.
func (p *process) variable(name string) string {
	value, _ := settings.Variable(p.environ, name)
	return value
}

// pathsFrom reads a list of paths.
func (p *process) pathsFrom(path string, limit int64) ([]string, error) {
	var src []byte
	var err error
	if path == stdinPath {
		src, err = files.ReadAll(p.stdin, 0, limit)
	} else {
		src, err = files.ReadSide(path, limit)
	}
	if err != nil {
		return nil, failuref("--files-from %s: %w", path, err)
	}
	separator := byte('\n')
	if bytes.IndexByte(src, 0) >= 0 {
		separator = 0
	}
	var paths []string
	for line := range bytes.SplitSeq(files.WithoutMark(src), []byte{separator}) {
		if separator == '\n' {
			line = bytes.TrimSuffix(line, []byte{'\r'})
		}
		switch path := string(line); path {
		case "":
		case stdinPath: // a list holds names of files
			paths = append(paths, "./"+path)
		default:
			paths = append(paths, path)
		}
	}
	return paths, nil
}

// sizeFlag reads --max-file-size, in bytes.
func sizeFlag(cmd *options) (int64, error) {
	if !cmd.IsSet("max-file-size") {
		return settings.DefaultMaxFileSize, nil
	}
	return parseSize(cmd.String("max-file-size"))
}

func parseSize(text string) (int64, error) {
	n, err := settings.ParseSize(text)
	if err != nil {
		return 0, usagef("--max-file-size is a number of bytes such as 500000 or 64MiB, not %q", text)
	}
	return n, nil
}
