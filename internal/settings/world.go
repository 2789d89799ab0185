package settings

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"

	"github.com/hashicorp/go-envparse"

	"github.com/loonglint/loonglint/internal/files"
	"github.com/loonglint/loonglint/internal/loong"
)

// The modes of a world.
const (
	Live   = "live"   // the variables of the process, and the files of the machine
	Static = "static" // nothing is known
)

// World says which variables Loong will see (contract.md, "three worlds").
type World struct {
	Mode    string // Live or Static; empty: nobody says
	Default string // the mode where neither this nor the file says anything; empty: Live

	// Declared says that the variables of Files, Names and NamesFiles exist and no others.
	Declared   bool
	Files      []string // dotenv files; a later one wins
	Names      []string // names without values, with commas or blanks between them
	NamesFiles []string // files of such names, one a line
}

// Environment is the world; environ are the variables of the process as NAME=value.
func (w *World) Environment(environ []string) (*loong.Environment, error) {
	switch {
	case w.Declared:
		return w.declared()
	case w.Mode != "":
		return undeclared(w.Mode, environ), nil
	}
	return undeclared(w.Default, environ), nil
}

// undeclared is static or live.
func undeclared(mode string, environ []string) *loong.Environment {
	if mode == Static {
		return loong.Static()
	}
	return liveWorld(environ)
}

// liveWorld is the environment of this process.
func liveWorld(environ []string) *loong.Environment {
	return &loong.Environment{
		Lookup: func(name string) (string, loong.State) {
			if value, ok := Variable(environ, name); ok {
				return value, loong.Set
			}
			return "", loong.Unset
		},
		Files: files.Machine{},
		Names: func() []string {
			var names []string
			for _, entry := range environ {
				if n, _, ok := cutVariable(entry); ok {
					names = append(names, n)
				}
			}
			slices.Sort(names)
			return names
		},
	}
}

// Variable looks up a variable of a process; of a name given twice the first counts, as for every program.
func Variable(environ []string, name string) (value string, ok bool) {
	at := len(name)
	for _, entry := range environ {
		if at >= len(entry) || entry[at] != '=' {
			continue
		}
		if n, value, ok := cutVariable(entry); ok && sameName(n, name) {
			return value, true
		}
	}
	return "", false
}

// cutVariable splits NAME=value; on Windows a name may begin with =.
func cutVariable(entry string) (name, value string, ok bool) {
	if entry == "" {
		return "", "", false
	}
	at := 1 + strings.IndexByte(entry[1:], '=')
	if at == 0 {
		return "", "", false
	}
	return entry[:at], entry[at+1:], true
}

func sameName(a, b string) bool {
	return a == b || runtime.GOOS == "windows" && strings.EqualFold(a, b)
}

// declared is the world of declared variables; a value wins over a bare name.
func (w *World) declared() (*loong.Environment, error) {
	values := map[string]string{}
	for _, path := range w.Files {
		more, err := dotenv(path)
		if err != nil {
			return nil, err
		}
		maps.Copy(values, more)
	}
	var names []string
	for _, list := range w.Names {
		more, ok := SplitNames(list)
		if !ok {
			return nil, usagef("--env-names takes names without values; --env-file reads a file of NAME=value lines")
		}
		names = append(names, more...)
	}
	for _, path := range w.NamesFiles {
		more, err := namesFile("--env-names-file", path)
		if err != nil {
			return nil, err
		}
		names = append(names, more...)
	}
	return loong.Declare(values, names), nil
}

// maxVariables is the size in bytes above which a file of variables is not read.
const maxVariables = 8 << 20

// dotenv reads a file of NAME=value lines; its errors never hold a line's text.
func dotenv(path string) (map[string]string, error) {
	src, err := files.ReadSide(path, maxVariables)
	if err != nil {
		return nil, fmt.Errorf("--env-file %s: %w", path, err)
	}
	values, err := envparse.Parse(bytes.NewReader(files.WithoutMark(src)))
	if err != nil {
		var pe *envparse.ParseError
		if errors.As(err, &pe) && !errors.Is(pe.Err, bufio.ErrTooLong) {
			return nil, usagef("--env-file %s: line %d is not NAME=value", path, pe.Line)
		}
		return nil, usagef("--env-file %s: is not a file of NAME=value lines", path)
	}
	return values, nil
}

// namesFile reads a file of names, one a line, with comments; setting is what named the file.
func namesFile(setting, path string) ([]string, error) {
	src, err := files.ReadSide(path, maxVariables)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", setting, path, err)
	}
	var names []string
	for line := range strings.Lines(string(files.WithoutMark(src))) {
		line, _, _ = strings.Cut(line, "#")
		more, ok := SplitNames(line)
		if !ok {
			return nil, usagef("%s %s: has values; --env-file reads such a file", setting, path)
		}
		names = append(names, more...)
	}
	return names, nil
}

// SplitNames cuts a list of names at commas and blanks; false when there is an equals sign.
func SplitNames(list string) ([]string, bool) {
	if strings.Contains(list, "=") {
		return nil, false
	}
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' || r == '\n' || r == '\r' }), true
}
