// Package report renders findings, one file per format. Formats know findings and nothing else,
// and rely on package lint for masked and harmless texts.
package report

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/redact"
	"github.com/loonglint/loonglint/internal/render"
)

// Options holds what formats need besides findings.
type Options struct {
	Tool  render.Tool
	Color bool // text: colors
	Links bool // text: names of rules are links to their documentation (OSC 8)
	// MaxPerRule is how many findings of a rule the text shows of a file; 0: all. Other formats are complete.
	MaxPerRule int
	// PathOf is what servers know a file by, for the formats that they read; nil: as it is. What people and
	// programs on this machine read has paths from the working directory.
	PathOf func(file string) string
	// Spool makes a place for the parts of a report that stand before others and are known only after them; nil: memory.
	Spool func() Spool
}

// Spool keeps what is written to it, until it is asked for it.
type Spool interface {
	io.Writer
	io.WriterTo
	io.Closer
}

// memory is a Spool in memory.
type memory struct{ bytes.Buffer }

func (*memory) Close() error { return nil }

func (o *Options) spool() Spool {
	if o.Spool != nil {
		return o.Spool()
	}
	return &memory{}
}

// Writer writes one report: every file of a run in order, and then the end. It keeps no result, and writes nothing before
// the first call.
type Writer interface {
	File(*lint.FileResult) error
	Close(*lint.Summary) error
}

// Result is a whole run.
type Result struct {
	Tool    render.Tool
	Files   []*lint.FileResult
	Summary lint.Summary
}

// format is an output format of contract.md, "Output".
type format struct {
	name         string
	make         func(io.Writer, *Options) Writer
	fingerprints bool // it shows the fingerprints of findings
	// Every line of it begins with text of the format: what findings say stands in quotes or behind a tag, and line breaks are
	// escaped there.
	keepsLines bool
}

var formats = [...]format{
	{name: "text", make: newText},
	{name: "concise", make: newConcise},
	{name: "json", make: newJSON, fingerprints: true, keepsLines: true},
	{name: "jsonl", make: newJSONLines, fingerprints: true, keepsLines: true},
	{name: "sarif", make: newSARIF, fingerprints: true, keepsLines: true},
	{name: "github", make: newGitHub},
	{name: "gitlab", make: newGitLab, fingerprints: true, keepsLines: true},
	{name: "junit", make: newJUnit, keepsLines: true},
	{name: "checkstyle", make: newCheckstyle, keepsLines: true},
	{name: "rdjson", make: newRDJSON, keepsLines: true},
	{name: "problem-json", make: newProblem},
}

// formatNamed is the format of a name; one without a name where there is none.
func formatNamed(name string) format {
	for _, f := range formats {
		if f.name == name {
			return f
		}
	}
	return format{}
}

// ShowsLines reports whether a format has use for the source lines of findings.
func ShowsLines(format string) bool { return format == "text" }

// ShowsFingerprints reports whether a format has use for the fingerprints of findings.
func ShowsFingerprints(format string) bool { return formatNamed(format).fingerprints }

// KeepsLines reports whether no text of a file can begin a line of a format.
func KeepsLines(format string) bool { return formatNamed(format).keepsLines }

// Formats lists the names of all formats.
func Formats() []string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.name
	}
	return names
}

// New starts a report in a format.
func New(name string, w io.Writer, opt Options) (Writer, error) {
	if f := formatNamed(name); f.make != nil {
		return f.make(w, &opt), nil
	}
	return nil, fmt.Errorf("unknown format %q", name)
}

// Report writes a whole run in a format.
func Report(name string, w io.Writer, r *Result, opt Options) error {
	opt.Tool = r.Tool
	out, err := New(name, w, opt)
	if err != nil {
		return err
	}
	for _, f := range r.Files {
		if err := out.File(f); err != nil {
			return err
		}
	}
	return out.Close(&r.Summary)
}

// send writes what a format made of a file, if that is anything.
func send(w io.Writer, made []byte) error {
	if len(made) == 0 {
		return nil
	}
	_, err := w.Write(made)
	return err
}

// path is a path as servers know it. It may ask the file system, so it is asked once for a file.
func (o *Options) path(file string) string {
	if o.PathOf != nil {
		file = o.PathOf(file)
	}
	return filepath.ToSlash(redact.Printable(file))
}
