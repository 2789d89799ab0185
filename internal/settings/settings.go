// Package settings says what counts for a run of loonglint: what is asked for explicitly, else loonglint.toml, else
// the defaults (contract.md, "Suppressions, baseline, own config"). Commands, editors and the library take their
// options from here, so they cannot disagree. The file is read strictly: what it does not know is an error. No setting
// can make loonglint use the network.
package settings

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/loonglint/loonglint/internal/files"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/rules"
	"github.com/loonglint/loonglint/schema"
)

// Settings are what counts. The zero value has all defaults.
type Settings struct {
	Explicit
	File *File // nil: there is none
}

// Explicit is what the user asks for beside the file, by flags or the options of an editor. It wins over the file.
// The zero value asks for nothing. Errors name these things as the flags are called: "--env".
type Explicit struct {
	MinLevel lint.Level
	FailOn   lint.Level // lint.Off: no finding fails the run

	Enable, Disable []string // names of rules
	NoIgnores       bool
	Baseline        string // its path

	Targets     schema.Targets // of Loong; none: what the file says
	World       World
	MaxFileSize int64         // in bytes
	Search      files.Options // Also is not looked at
}

// UsageError is an error of whoever wrote the settings or asks for something; other errors of this package tell
// that a file could not be read.
type UsageError struct{ Err error }

func (e UsageError) Error() string { return e.Err.Error() }
func (e UsageError) Unwrap() error { return e.Err }

func usagef(format string, args ...any) error { return UsageError{fmt.Errorf(format, args...)} }

// file is the file of settings; an empty one when there is none.
func (s *Settings) file() *File {
	if s.File == nil {
		return &File{}
	}
	return s.File
}

// Threshold is a level, and how near to the user it was set: 0 by default, 1 in the file, 2 explicitly.
type Threshold struct {
	Level lint.Level // 0: never
	Rank  int
}

func threshold(explicit lint.Level, own Setting[string]) Threshold {
	switch {
	case explicit == lint.Off:
		return Threshold{0, 2}
	case explicit != 0:
		return Threshold{explicit, 2}
	case own.Line > 0:
		level, _ := lint.ParseLevel(own.Is) // 0 for never
		return Threshold{level, 1}
	}
	return Threshold{lint.Warning, 0}
}

// Thresholds are the lowest level that is shown, and the lowest that fails the run (0: none does). What is not shown
// fails no run: of min-level and fail-on, the one that was set nearer to the user moves the other.
func (s *Settings) Thresholds() (shown Threshold, failing lint.Level, err error) {
	shown, fail := threshold(s.MinLevel, s.file().MinLevel), threshold(s.FailOn, s.file().FailOn)
	switch {
	case fail.Level == 0 || fail.Level >= shown.Level:
	case fail.Rank > shown.Rank:
		shown.Level = fail.Level
	case fail.Rank < shown.Rank:
		fail.Level = shown.Level
	default:
		err = usagef("--min-level=%s hides what --fail-on=%s fails for; use --min-level=%s", shown.Level, fail.Level, fail.Level)
	}
	return shown, fail.Level, err
}

// DefaultMaxFileSize is the size in bytes above which a file is not read, unless settings say otherwise.
const DefaultMaxFileSize = 32 << 20

// SizeLimit is the size in bytes above which files are not read.
func (s *Settings) SizeLimit() (int64, error) {
	switch own := s.file().MaxFileSize; {
	case s.MaxFileSize > 0:
		return s.MaxFileSize, nil
	case own.Line > 0:
		return ParseSize(own.Is)
	}
	return DefaultMaxFileSize, nil
}

// SearchOptions say what to take of folders.
func (s *Settings) SearchOptions() files.Options {
	o := s.Search
	if s.File != nil {
		o.AllTOML = o.AllTOML || s.File.AllTOML.Is
		o.ForceExclude = o.ForceExclude || s.File.ForceExclude.Is
		o.Also = files.NewPatterns(s.File.Dir, s.File.Exclude.Is)
	}
	return o
}

// DeclaresWorld reports whether anybody says which variables there are.
func (s *Settings) DeclaresWorld() bool {
	w := &s.World
	return w.Declared || w.Mode != "" || w.Default != "" || s.file().Env.Line+s.file().EnvNames.Line+s.file().EnvNamesFile.Line > 0
}

// Environment is the world that is asked for, else the one of the file; environ are the variables of the process as
// NAME=value.
func (s *Settings) Environment(environ []string) (*loong.Environment, error) {
	own := s.file()
	switch {
	case s.World.Mode != "" || s.World.Declared:
	case own.EnvNames.Line > 0 || own.EnvNamesFile.Line > 0:
		names := slices.Clone(own.EnvNames.Is)
		if own.EnvNamesFile.Line > 0 {
			more, err := namesFile("env-names-file", own.Resolve(own.EnvNamesFile.Is))
			if err != nil {
				return nil, err
			}
			names = append(names, more...)
		}
		return loong.Declare(nil, names), nil
	case own.Env.Line > 0:
		return undeclared(own.Env.Is, environ), nil
	}
	return s.World.Environment(environ)
}

// BaselinePath is the file of the baseline; empty when there is none.
func (s *Settings) BaselinePath() string {
	switch own := s.file().Baseline; {
	case s.Baseline != "":
		return s.Baseline
	case own.Line > 0:
		return s.File.Resolve(own.Is)
	}
	return ""
}

// ReadBaseline reads the list of accepted findings at a path; "" is none.
func ReadBaseline(path string) (*lint.Baseline, error) {
	if path == "" {
		return nil, nil
	}
	src, err := files.ReadSide(path, maxSize)
	if errors.Is(err, files.ErrMissing) {
		return nil, fmt.Errorf("baseline %s: %w; loonglint baseline write makes one", path, err)
	}
	if err != nil {
		return nil, fmt.Errorf("baseline %s: %w", path, err)
	}
	b, err := lint.ReadBaseline(bytes.NewReader(src))
	if err != nil {
		return nil, usagef("baseline %s: %w", path, err)
	}
	return b, nil
}

// TargetsOf are the versions of Loong that a file is read as; none stands for the newest release. With an empty name it
// is what holds for files of which nothing else is said.
func (s *Settings) TargetsOf(file string) schema.Targets {
	switch {
	case s.Targets != 0 || s.File == nil:
		return s.Targets
	case file == "":
		return (&File{Target: s.File.Target}).targets("")
	}
	return s.File.targets(file)
}

// Options say which rules run, and at which level; no file is touched. What is left is up to the caller: the
// baseline, the lowest level, how files are named.
func (s *Settings) Options() (*lint.Options, error) {
	o := &lint.Options{Rules: rules.All(), NoIgnores: s.NoIgnores}
	on, err := ruleList(s.Enable)
	if err != nil {
		return nil, err
	}
	off, err := ruleList(s.Disable)
	if err != nil {
		return nil, err
	}
	for _, r := range off {
		if slices.Contains(on, r) {
			return nil, usagef("rule %q is both enabled and disabled", r.Name)
		}
	}
	if s.Targets != 0 || s.File != nil {
		o.Targets = s.TargetsOf
	}
	if s.File != nil {
		o.Policy = s.File.Policy
		if len(s.File.OwnHosts.Is) > 0 {
			o.OwnHost = s.File.OwnHost
		}
	}
	if len(on)+len(off) > 0 || s.File != nil {
		o.LevelOf = func(file string, r *lint.Rule) lint.Level {
			level, _ := s.File.LevelOf(file, r)
			switch {
			case slices.Contains(off, r):
				return lint.Off
			case slices.Contains(on, r) && (level == lint.Off || level == 0 && r.OptIn):
				return ownLevel(r)
			}
			return level
		}
	}
	return o, nil
}

// ownLevel keeps the level of a rule's findings; one that is off by default must be told.
func ownLevel(r *lint.Rule) lint.Level {
	if r.OptIn {
		return r.Level
	}
	return 0
}

func ruleList(names []string) ([]*lint.Rule, error) {
	var list []*lint.Rule
	for _, name := range names {
		r, err := rules.Find(name)
		if err != nil {
			return nil, UsageError{err}
		}
		list = append(list, r)
	}
	return list, nil
}

// Home is the folder that files are named from in fingerprints: that of the baseline, else of the settings, else of
// the repository, else the working directory.
func (s *Settings) Home() string {
	if path := s.BaselinePath(); path != "" {
		return filepath.Dir(path)
	}
	if s.File != nil {
		return s.File.Dir
	}
	if wd, err := os.Getwd(); err == nil {
		if root := files.Repository(wd); root != "" {
			return root
		}
	}
	return "."
}
