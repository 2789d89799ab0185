package loong

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// State is what is known of a variable or file.
type State uint8

// The states. Declared and Unknown values pass every check on values.
const (
	Unset    State = iota
	Set            // there, and the value is known
	Declared       // there, the value is not known (--env-names)
	Unknown        // nothing is known (--env=static)
)

// Known reports whether the value is known, or known to be missing.
func (s State) Known() bool { return s <= Set }

// Environment is the world a configuration is read in (contract.md, "three worlds").
// The zero value knows no variable.
type Environment struct {
	// Lookup returns a variable's value; nil means that nothing is known about variables.
	Lookup func(name string) (string, State)
	// Files looks at the files that settings name; nil: none is looked at (all worlds but the live one).
	Files Files
	// Names lists the names that are set, for did-you-mean; may be nil.
	Names func() []string
}

// Files looks at the files of a machine. What is in them is never printed.
type Files interface {
	// Text looks at a file: Unset when nothing in it can be read, Declared when there is something that
	// was not read, Set with the text that was, Unknown when only waiting for it would tell.
	Text(path string) (string, State)
	HasFolder(path string) bool
}

// Var looks up a variable. One that is not Unicode counts as unset, as Loong has it (4.2).
func (e *Environment) Var(name string) (string, State) {
	if e == nil || e.Lookup == nil {
		return "", Unknown
	}
	v, s := e.Lookup(name)
	if s == Set && !utf8.ValidString(v) {
		return "", Unset
	}
	return v, s
}

// Static reports whether nothing is known about variables.
func (e *Environment) Static() bool { return e == nil || e.Lookup == nil }

// File looks at a file that a setting names: Set when there is something in it that can be
// read, Unset when not, Unknown where files are not looked at or cannot be judged so.
func (e *Environment) File(path string) State {
	if _, s := e.FileText(path); s != Declared {
		return s
	}
	return Set
}

// FileText is File, but tells a file that was not read, as Declared, from one whose text is known.
func (e *Environment) FileText(path string) (string, State) {
	if e == nil || e.Files == nil {
		return "", Unknown
	}
	return e.Files.Text(path)
}

// Folder looks whether a setting names an existing folder, a leading ~ expanded as Loong does
// (behaviour.md 1.1): Set, Unset, or Unknown where files are not looked at.
func (e *Environment) Folder(path string) State {
	if e == nil || e.Files == nil {
		return Unknown
	}
	path = trim(path)
	if rest, ok := strings.CutPrefix(path, "~"); ok && (rest == "" || rest[0] == '/') {
		home, _ := e.Var("HOME")
		if home == "" {
			home, _ = e.Var("USERPROFILE")
		}
		if home == "" {
			home = "."
		}
		path = home + rest
	}
	if e.Files.HasFolder(path) {
		return Set
	}
	return Unset
}

// Static is the world in which nothing is known.
func Static() *Environment { return &Environment{} }

// Given is the world in which exactly these variables exist.
func Given(values map[string]string) *Environment { return Declare(values, nil) }

// Declare is the world in which only these variables exist: some with their value, some by
// name alone. A value wins over a bare name.
func Declare(values map[string]string, names []string) *Environment {
	lookup := func(name string) (string, State) {
		if v, ok := values[name]; ok {
			return v, Set
		}
		for _, n := range names {
			if n == name {
				return "", Declared
			}
		}
		return "", Unset
	}
	list := func() []string {
		all := make([]string, 0, len(values)+len(names))
		for n := range values {
			all = append(all, n)
		}
		all = append(all, names...)
		slices.Sort(all)
		return all
	}
	return &Environment{Lookup: lookup, Names: list}
}

// The names of Loong before 0.1.2, where nothing looks any more (traps.md X31).
const (
	OldFolder = ".loongclaw"
	OldPrefix = "LOONGCLAW_" // of variables
)
