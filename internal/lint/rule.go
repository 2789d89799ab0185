// Package lint runs rules over a document and collects their findings.
package lint

import (
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
)

// Level is the severity of a finding.
type Level uint8

// The levels, from least to most severe.
const (
	Info Level = iota + 1
	Warning
	Error
)

// Needs says what a rule must know besides the file.
type Needs uint8

// The needs.
const (
	Static      Needs = iota // the file alone
	Environment              // variables or files of the machine
)

// Rule is a check: a value, without state. Its fields are its documentation everywhere
// (explain, docs/rules.md, SARIF).
type Rule struct {
	Name    string   // kebab-case; says the bad thing
	Summary string   // one line, lower case, no full stop
	Doc     string   // paragraphs: why in Loong's terms, how to fix, what it does not catch
	Level   Level    // the default level
	Levels  string   // when findings differ from Level: which and why; else empty
	Since   string   // the version that brought it
	Covers  []string // entries of the behaviour reference that it reports: "U4", "X3"
	Needs   Needs
	OptIn   bool     // off unless enabled by name
	Bad     string   // a config that only this rule reports
	Good    string   // its repaired form, which no rule reports
	Env     []string // the environment of Bad and Good as NAME=value; nil: nothing is known (static)
	Run     func(*Pass)
}

// Pass is one rule at work on one file.
type Pass struct {
	Rule        *Rule
	Document    *document.Document
	Config      *loong.Config
	Environment *loong.Environment
	findings    []*Finding
}

// Report adds a finding at a span; the message names the user's text and what is wrong with it.
func (p *Pass) Report(at document.Span, format string, args ...any) *Finding { panic("todo") }

// Safety says whether a fix keeps what the file means to Loong.
type Safety string

// The safeties.
const (
	Safe   Safety = "safe"
	Unsafe Safety = "unsafe"
)

// Fix is a change that removes a finding.
type Fix struct {
	Message string
	Safety  Safety
	Edits   []document.Edit
}

// Related is a further place that a finding speaks of, perhaps in another file.
type Related struct {
	File    string
	Span    document.Span
	Message string
}

// Finding is a problem found in a file.
type Finding struct {
	Rule     *Rule
	Severity Level
	File     string
	Span     document.Span
	Message  string // headline
	Label    string // what is written under the underline
	Note     string // why, in Loong's terms
	HelpText string
	Key      string // key path in TOML spelling
	Relateds []Related
	Fixes    *Fix
	Loong    *loong.Diagnostic // the diagnostic of Loong's own validation that it reports
}

// Level sets a severity other than the rule's.
func (f *Finding) Level(l Level) *Finding { f.Severity = l; return f }

// Help says what to do, once.
func (f *Finding) Help(format string, args ...any) *Finding { panic("todo") }

// Why says why it matters.
func (f *Finding) Why(format string, args ...any) *Finding { panic("todo") }

// Related adds a labelled place.
func (f *Finding) Related(at document.Span, format string, args ...any) *Finding { panic("todo") }

// Fix attaches a change.
func (f *Finding) Fix(s Safety, message string, edits ...document.Edit) *Finding { panic("todo") }

// At names the node the finding is about; its key path becomes Key.
func (f *Finding) At(n *document.Node) *Finding { panic("todo") }
