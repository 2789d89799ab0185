package lsp

import (
	"errors"
	"path/filepath"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/files"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/redact"
	"github.com/loonglint/loonglint/internal/settings"
	"github.com/loonglint/loonglint/rules"
)

// buffer is a document that is open in the editor.
type buffer struct {
	uri     string
	path    string // absolute; empty: it is no file
	version int
	text    *text

	accepted bool      // it was found to be a configuration of Loong, and stays one while it is open
	latest   *analysis // of text; nil: not made yet
	settled  *analysis // the latest one of a text that is TOML; nil: there was none
	due      bool      // its diagnostics are to be sent
	held     bool      // some of its diagnostics are held back
}

// analysis is what is known of one version of a document.
type analysis struct {
	text     *text
	scope    *scope
	findings []*lint.Finding
	problems []settings.Problem // of a loonglint.toml
	trouble  string             // why it could not be checked; empty: it was, or nobody expects it

	// What follows is nil where the document is no configuration of Loong, or is beyond a limit.
	document *document.Document
	config   *loong.Config

	settings *document.Document // of a loonglint.toml; else nil
	locator  *document.Locator  // see locate
	secrets  *redact.Document   // see redactor
}

// isTOML reports whether the whole text could be read.
func (a *analysis) isTOML() bool { return a.document != nil && len(a.document.Problems) == 0 }

func (b *buffer) isSettings() bool { return filepath.Base(b.path) == settings.FileName }

// setText takes a new text.
func (b *buffer) setText(t *text, version int) {
	b.text, b.version, b.latest, b.due = t, version, nil, true
}

// analyze returns what is known of the text that a buffer has now.
func (s *Server) analyze(b *buffer) *analysis {
	if b.latest == nil {
		a := &analysis{text: b.text, scope: s.scopeOf(s.folderOf(b.path))}
		name := b.path
		switch {
		case b.isSettings():
			a.checkSettings(b.path)
		case name == "":
			name = nameOf(b.uri)
			fallthrough
		default:
			a.check(name, func(doc *document.Document) error {
				if b.accepted {
					return nil
				}
				return a.scope.takes(name, doc)
			})
			b.accepted = b.accepted || a.config != nil
		}
		b.latest = a
		if a.isTOML() {
			b.settled = a
		}
	}
	return b.latest
}

// check finds what is wrong in a configuration of Loong; accept says why a document is none.
func (a *analysis) check(name string, accept func(*document.Document) error) {
	if int64(len(a.text.source)) > a.scope.sizeLimit {
		a.trouble = "the file is larger than loonglint reads (max-file-size)"
		return
	}
	r := a.scope.checker.Source(name, a.text.source, a.scope.environment, accept)
	a.findings = r.Findings
	switch read, ok := r.Inspected.(reading); {
	case ok:
		a.document, a.config = read.document, read.config
	case r.Err != nil:
		a.fail(r.Err)
	}
}

// fail notes why a document could not be checked, unless it is only no configuration of Loong.
func (a *analysis) fail(err error) {
	if !errors.As(err, new(files.Foreign)) {
		a.trouble = "loonglint cannot check it: " + err.Error()
	}
}

// checkSettings finds what is wrong in a loonglint.toml.
func (a *analysis) checkSettings(path string) {
	a.settings = document.Parse(path, a.text.source)
	_, err := settings.ParseIn(filepath.Dir(path), path, a.text.source, rules.All())
	var wrong *settings.Error
	if errors.As(err, &wrong) {
		a.problems = wrong.Problems
	}
}
