package lint

import (
	"fmt"
	"strings"

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
	Choice  bool // only a person may choose it: Repair leaves it alone

	Places []EditPlace // of Edits, set by the engine
}

// EditPlace is where an edit is, in lines and columns in bytes, both from 1.
type EditPlace struct{ StartLine, StartByte, EndLine, EndByte int }

// Related is a further place that a finding is about, perhaps in another file.
type Related struct {
	File       string // empty: the finding's own file
	Span       document.Span
	Message    string
	Start, End document.Position
}

// Finding is a problem found in a file. Rules set the first part through Pass.Report and the
// methods below; the engine adds the second part, after which no text of it holds a secret.
type Finding struct {
	Rule       *Rule
	Severity   Level
	File       string
	Span       document.Span
	Message    string // headline
	Label      string // what is written under the underline
	Note       string // why, in Loong's terms
	Help       string // what to do
	KeyPath    string // key path in TOML spelling
	Related    []Related
	Fixes      []Fix             // to make one of, the one that Repair makes first
	Ignored    *document.Node    // it says that this has no effect: one of loong.Config.Ignored
	Diagnostic *loong.Diagnostic // the diagnostic of Loong's own validation that it reports

	Start, End  document.Position // of Span
	StartByte   int               // columns of Span in bytes, from 1; 0: not known
	EndByte     int
	Fingerprint string // contract.md, "loonglint.v1"
	More        int    // findings of this rule in this file that were counted after this one, but not held
	Lines       []Line // the source around Span and Related, redacted; empty when there is none

	node   *document.Node
	claims []cause
	oneKey bool // it judges a key by itself
	muted  bool // its rule is switched off: it only keeps others from speaking of the cause
}

// text formats what a rule says. Much of it has nothing to fill in.
func text(format string, args ...any) string {
	switch {
	case len(args) == 0 && strings.IndexByte(format, '%') < 0:
		return format
	case format == "%s" && len(args) == 1:
		if s, ok := args[0].(string); ok {
			return s
		}
	}
	return fmt.Sprintf(format, args...)
}

// WithSeverity sets a severity other than the rule's.
func (f *Finding) WithSeverity(l Level) *Finding { f.Severity = l; return f }

// WithHelp says what to do, once.
func (f *Finding) WithHelp(format string, args ...any) *Finding {
	f.Help = text(format, args...)
	return f
}

// WithNote says why it matters.
func (f *Finding) WithNote(format string, args ...any) *Finding {
	f.Note = text(format, args...)
	return f
}

// WithLabel sets the words under the underline.
func (f *Finding) WithLabel(format string, args ...any) *Finding {
	f.Label = text(format, args...)
	return f
}

// WithRelated adds a labeled place in the same file; a zero span, of what is not written, adds nothing.
func (f *Finding) WithRelated(at document.Span, format string, args ...any) *Finding {
	if at.IsZero() {
		return f
	}
	f.Related = append(f.Related, Related{Span: at, Message: text(format, args...)})
	return f
}

// WithFix attaches the change that Repair makes; a later one replaces it.
func (f *Finding) WithFix(s Safety, message string, edits ...document.Edit) *Finding {
	fix := Fix{Message: message, Safety: s, Edits: edits}
	if f.Fix() == nil {
		f.Fixes = append([]Fix{fix}, f.Fixes...)
	} else {
		f.Fixes[0] = fix
	}
	return f
}

// WithChoice attaches one more change, which is made only where a person chooses it: it needs something that the file
// cannot tell, as a variable that must be set first.
func (f *Finding) WithChoice(message string, edits ...document.Edit) *Finding {
	f.Fixes = append(f.Fixes, Fix{Message: message, Safety: Unsafe, Edits: edits, Choice: true})
	return f
}

// Fix is the change that Repair makes; nil where there is none, or none but for a person to choose.
func (f *Finding) Fix() *Fix {
	if len(f.Fixes) == 0 || f.Fixes[0].Choice {
		return nil
	}
	return &f.Fixes[0]
}

// WithNode names the node the finding is about; its key path becomes KeyPath.
func (f *Finding) WithNode(n *document.Node) *Finding {
	if n != nil {
		f.node, f.KeyPath = n, n.KeyPath()
	}
	return f
}

// WithIgnored says that the finding reports n to have no effect. Only what package loong lists as ignored may
// be reported so.
func (f *Finding) WithIgnored(n *document.Node) *Finding { f.Ignored = n; return f }

// WithDiagnostic says that the finding is d of Loong's own validation.
func (f *Finding) WithDiagnostic(d *loong.Diagnostic) *Finding { f.Diagnostic = d; return f }
