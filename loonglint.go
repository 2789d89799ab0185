// Package loonglint checks the TOML configuration of the Loong agent, as the program of that name does.
//
// Everything in it is a function of its arguments: no file, network, clock, environment variable or other global is
// read, and nothing that is given is changed or kept. What the program reads from the machine (variables, loonglint.toml,
// a baseline) is passed in as [Options]. The same input gives the same findings here and there.
//
// A [Linter] is made once for its options and checks any number of documents, from several goroutines at once, so an
// editor may check an open document after each change. [Check], [Resolve] and [Repair] are for a single one.
//
// No text of a result holds a secret of the document, with one exception: an [Edit] whose fix says so.
//
// Files are not compared with each other here; the command audit does that. What is found over the network is
// not reported either.
package loonglint

import (
	"bytes"
	"fmt"
	"time"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/settings"
	"github.com/loonglint/loonglint/rules"
	"github.com/loonglint/loonglint/schema"
)

// Severity is the level of a finding.
type Severity int

// The severities, from least to most severe.
const (
	Info Severity = iota + 1
	Warning
	Error
)

// String is "info", "warning" or "error".
func (s Severity) String() string { return lint.Level(s).String() }

// Options say how documents are checked. The zero value is what `loonglint check --env=static --no-config` does.
type Options struct {
	// Settings is the text of a loonglint.toml. The paths of its overrides are about the names of documents. Its
	// keys about files (baseline, env-names-file, exclude and others) have no effect, and neither have fail-on and
	// env; the fields below take contents in their place.
	Settings string
	// Enable and Disable name rules. They win over Settings; the names of rules are those of Rules.
	Enable, Disable []string
	// MinSeverity is the lowest severity that is reported; less severe findings are counted. 0: what Settings say,
	// else Warning.
	MinSeverity Severity
	// NoIgnores reports also what comments in the document suppress.
	NoIgnores bool
	// Baseline is the content of a baseline, whose findings are left out; empty: there is none.
	Baseline []byte
	// Target is the version of Loong that documents are read as, one of Targets; or several of them, as "A..B" or
	// "A,B". It wins over Settings; empty: what Settings say, else the newest release.
	Target string
	// Environment is the world that Loong will run in; nil: only the variables exist that Settings name in env-names,
	// or nothing is known.
	Environment *Environment
	// Today is the day for suppressions that hold until a date; the zero time: none of them is past.
	Today time.Time
}

// Linter checks documents by the same options. Several goroutines may use it.
type Linter struct {
	checker     *lint.Checker
	environment *loong.Environment
	settings    *settings.Settings
}

// Targets lists the versions of Loong that are known, oldest first.
func Targets() []string { return schema.TargetNames() }

// New returns a linter. The error says what is wrong with Settings, Baseline, Target, or the name of a rule.
func New(o Options) (*Linter, error) {
	own := &settings.Settings{Explicit: settings.Explicit{MinLevel: lint.Level(o.MinSeverity), FailOn: lint.Off,
		Enable: o.Enable, Disable: o.Disable, NoIgnores: o.NoIgnores}}
	if o.MinSeverity < 0 || o.MinSeverity > Error {
		return nil, fmt.Errorf("no severity is %d; MinSeverity is Info, Warning or Error", int(o.MinSeverity))
	}
	var err error
	if o.Target != "" {
		if own.Targets, err = schema.ParseTargets(o.Target); err != nil {
			return nil, fmt.Errorf("target: %w", err)
		}
	}
	if o.Settings != "" {
		if own.File, err = settings.Parse(settings.FileName, []byte(o.Settings), rules.All()); err != nil {
			return nil, err
		}
	}
	options, err := own.Options()
	if err != nil {
		return nil, err
	}
	shown, _, err := own.Thresholds()
	if err != nil {
		return nil, err
	}
	options.MinLevel = shown.Level
	if len(o.Baseline) > 0 {
		if options.Baseline, err = lint.ReadBaseline(bytes.NewReader(o.Baseline)); err != nil {
			return nil, fmt.Errorf("baseline: %w", err)
		}
	}
	options.Today = noDay
	if !o.Today.IsZero() {
		options.Today = o.Today.Format(time.DateOnly)
	}
	return &Linter{lint.Alone(options), o.environment(own.File), own}, nil
}

// noDay is before every date that a suppression can name.
const noDay = "0000-00-00"

// environment is the world of the options.
func (o *Options) environment(own *settings.File) *loong.Environment {
	switch {
	case o.Environment != nil:
		return o.Environment.internal()
	case own != nil && own.EnvNames.Line > 0:
		return (&Environment{Names: own.EnvNames.Is}).internal()
	}
	return loong.Static()
}

// Check checks a document. The name stands in findings and fingerprints, and decides which overrides of the settings
// hold; it need not be that of a file. What cannot be parsed is reported as findings.
func (l *Linter) Check(name string, src []byte) *Result {
	return resultOf(l.checker.Source(name, bytes.Clone(src), l.environment, nil))
}

// Check checks one document.
func Check(name string, src []byte, o Options) (*Result, error) {
	l, err := New(o)
	if err != nil {
		return nil, err
	}
	return l.Check(name, src), nil
}
