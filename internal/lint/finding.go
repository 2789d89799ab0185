package lint

import (
	"fmt"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
)

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
	Secret  bool // an edit holds a secret: it may be applied, never printed

	Places []EditPlace // of Edits, set by the engine
}

// EditPlace is where an edit is, in lines and columns in bytes, both from 1.
type EditPlace struct{ StartLine, StartByte, EndLine, EndByte int }

// Related is a further place that a finding speaks of, perhaps in another file.
type Related struct {
	File       string // empty: the finding's own file
	Span       document.Span
	Message    string
	Start, End document.Position
}

// Finding is a problem found in a file. Rules set the first part through Pass.Report and the
// methods below; the engine adds the second part, after which no text of it holds a secret.
type Finding struct {
	Rule     *Rule
	Severity Level
	File     string
	Span     document.Span
	Message  string // headline
	Label    string // what is written under the underline
	Note     string // why, in Loong's terms
	HelpText string // what to do
	Key      string // key path in TOML spelling
	Relateds []Related
	Fixes    *Fix
	Ignored  *document.Node    // it says that this has no effect: one of loong.Config.Ignored
	Loong    *loong.Diagnostic // the diagnostic of Loong's own validation that it reports

	Start, End  document.Position // of Span
	StartByte   int               // columns of Span in bytes, from 1; 0: not known
	EndByte     int
	Fingerprint string // contract.md, "loonglint.v1"
	More        int    // findings of this rule in this file that were counted after this one, but not held
	Lines       []Line // the source around Span and Relateds, masked; empty when there is none

	node   *document.Node
	claims []cause
	oneKey bool // it judges a key by itself
	muted  bool // its rule is switched off: it only keeps others from speaking of the cause
}

// Level sets a severity other than the rule's.
func (f *Finding) Level(l Level) *Finding { f.Severity = l; return f }

// Help says what to do, once.
func (f *Finding) Help(format string, args ...any) *Finding {
	f.HelpText = fmt.Sprintf(format, args...)
	return f
}

// Why says why it matters.
func (f *Finding) Why(format string, args ...any) *Finding {
	f.Note = fmt.Sprintf(format, args...)
	return f
}

// Labelled sets the words under the underline.
func (f *Finding) Labelled(format string, args ...any) *Finding {
	f.Label = fmt.Sprintf(format, args...)
	return f
}

// Related adds a labelled place in the same file; a zero span, of what is not written, adds nothing.
func (f *Finding) Related(at document.Span, format string, args ...any) *Finding {
	if at.IsZero() {
		return f
	}
	f.Relateds = append(f.Relateds, Related{Span: at, Message: fmt.Sprintf(format, args...)})
	return f
}

// Fix attaches a change; a later one replaces it.
func (f *Finding) Fix(s Safety, message string, edits ...document.Edit) *Finding {
	f.Fixes = &Fix{Message: message, Safety: s, Edits: edits}
	return f
}

// At names the node the finding is about; its key path becomes Key.
func (f *Finding) At(n *document.Node) *Finding {
	if n != nil {
		f.node, f.Key = n, n.KeyPath()
	}
	return f
}

// NoEffect says that the finding reports n to have no effect. Only what package loong lists as ignored may
// be reported so.
func (f *Finding) NoEffect(n *document.Node) *Finding { f.Ignored = n; return f }

// Diagnostic says that the finding is d of Loong's own validation.
func (f *Finding) Diagnostic(d *loong.Diagnostic) *Finding { f.Loong = d; return f }
