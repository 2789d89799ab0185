package settings

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/files"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/policy"
	"github.com/loonglint/loonglint/schema"
)

// FileName is what a file of settings is called.
const FileName = "loonglint.toml"

// Setting is a value and the line it was written on; 0 when it was not written.
type Setting[T any] struct {
	Is   T
	Line int
}

// File is a file of settings; nil has none. Relative paths and patterns start from Dir.
type File struct {
	Path string // as given or found
	Dir  string // absolute; empty for a text that lies in no folder: patterns are then about names

	FailOn       Setting[string] // error, warning, info or never
	MinLevel     Setting[string] // error, warning or info
	Target       Setting[string] // versions of Loong, as schema.ParseTargets reads them
	Env          Setting[string] // live or static
	EnvNames     Setting[[]string]
	EnvNamesFile Setting[string]
	Exclude      Setting[[]string]
	ForceExclude Setting[bool]
	AllTOML      Setting[bool]
	MaxFileSize  Setting[string]
	Baseline     Setting[string]
	OwnHosts     Setting[[]string]
	Rules        []RuleLevel
	Overrides    []Override     // a later one wins
	Policy       *policy.Policy // nil: none is written
	PolicyLine   int
}

// RuleLevel is the level of a rule: a level's word, "off" or "on" (its own level).
type RuleLevel struct {
	Rule, Level string
	Line        int
}

// Override holds levels and versions of Loong for the files that a pattern matches.
type Override struct {
	Paths  Setting[[]string]
	Rules  []RuleLevel
	Target Setting[string]

	patterns *files.Patterns
}

// Resolve makes a path of the file a path of this process.
func (f *File) Resolve(path string) string {
	return filepath.Join(filepath.Dir(f.Path), path)
}

// LevelOf returns what the settings say of a rule in a file, and where: 0 for nothing or "on",
// lint.Off for "off". An opt-in rule that is on has its own level.
func (f *File) LevelOf(file string, r *lint.Rule) (level lint.Level, line int) {
	if f == nil {
		return 0, 0
	}
	word := ""
	take := func(list []RuleLevel) {
		for _, l := range list {
			if l.Rule == r.Name {
				word, line = l.Level, l.Line
			}
		}
	}
	take(f.Rules)
	for i := range f.Overrides {
		if o := &f.Overrides[i]; o.patterns.Match(file) {
			take(o.Rules)
		}
	}
	switch word {
	case "":
		return 0, 0
	case "off":
		return lint.Off, line
	case "on":
		if r.OptIn {
			return r.Level, line
		}
		return 0, line
	}
	level, _ = lint.ParseLevel(word)
	return level, line
}

// targets returns the versions of Loong that the settings name for a file; none where they name none.
func (f *File) targets(file string) schema.Targets {
	own := f.Target
	for i := range f.Overrides {
		if o := &f.Overrides[i]; o.Target.Line > 0 && o.patterns.Match(file) {
			own = o.Target
		}
	}
	if own.Line == 0 {
		return 0
	}
	set, _ := schema.ParseTargets(own.Is) // checked when it was read
	return set
}

// Weaker counts the rules that are switched off, and those whose level is lowered, also those in some files only.
func (f *File) Weaker(rules []*lint.Rule) (off, lowered int) {
	lists := [][]RuleLevel{f.Rules}
	for i := range f.Overrides {
		lists = append(lists, f.Overrides[i].Rules)
	}
	for _, r := range rules {
		least := lint.Error + 1
		for _, l := range slices.Concat(lists...) {
			switch level, ok := lint.ParseLevel(l.Level); {
			case l.Rule != r.Name || r.OptIn:
			case l.Level == "off":
				least = 0
			case ok:
				least = min(least, level)
			}
		}
		switch {
		case least == 0:
			off++
		case least < r.Level:
			lowered++
		}
	}
	return off, lowered
}

// OwnHost reports whether a host, in lower case, is among own-hosts: itself, or below *.
func (f *File) OwnHost(host string) bool {
	return slices.ContainsFunc(f.OwnHosts.Is, func(own string) bool {
		own = strings.ToLower(own)
		if below, ok := strings.CutPrefix(own, "*."); ok {
			return strings.HasSuffix(host, "."+below)
		}
		return host == own
	})
}
