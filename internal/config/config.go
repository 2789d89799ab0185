// Package config reads loonglint.toml, the settings of loonglint itself (contract.md,
// "Suppressions, baseline, own config"). It is strict: what it does not know is an error. No
// setting can make loonglint use the network.
package config

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/files"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/policy"
)

// Name is the file's name.
const Name = "loonglint.toml"

// Setting is a value and the line it was written on; 0 when it was not written.
type Setting[T any] struct {
	Is   T
	Line int
}

// Config is a file of settings; nil has none. Relative paths and patterns start from Dir.
type Config struct {
	Path string // as given or found
	Dir  string // absolute

	FailOn       Setting[string] // error, warning, info or never
	MinLevel     Setting[string] // error, warning or info
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

// Override holds levels for the files that a pattern matches.
type Override struct {
	Paths Setting[[]string]
	Rules []RuleLevel

	patterns *files.Patterns
}

// Resolve makes a path of the file a path of this process.
func (c *Config) Resolve(path string) string {
	return filepath.Join(filepath.Dir(c.Path), path)
}

// LevelOf returns what the settings say of a rule in a file, and where: 0 for nothing or "on",
// lint.Off for "off". An opt-in rule that is on has its own level.
func (c *Config) LevelOf(file string, r *lint.Rule) (level lint.Level, line int) {
	if c == nil {
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
	take(c.Rules)
	for i := range c.Overrides {
		if o := &c.Overrides[i]; o.patterns.Match(file) {
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

// Weaker counts the rules that are switched off, and those whose level is lowered, be it in some files.
func (c *Config) Weaker(rules []*lint.Rule) (off, lowered int) {
	lists := [][]RuleLevel{c.Rules}
	for i := range c.Overrides {
		lists = append(lists, c.Overrides[i].Rules)
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
func (c *Config) OwnHost(host string) bool {
	return slices.ContainsFunc(c.OwnHosts.Is, func(own string) bool {
		own = strings.ToLower(own)
		if below, ok := strings.CutPrefix(own, "*."); ok {
			return strings.HasSuffix(host, "."+below)
		}
		return host == own
	})
}
