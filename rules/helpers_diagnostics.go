package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/suggest"
)

// stops is the note of findings for which Loong's own validation has an error (behaviour.md 1.3).
const stops = "Loong's own validation has an error here, so it refuses the whole file"

// eachDiagnostic calls report for every diagnostic of Loong's own validation with this code.
func eachDiagnostic(p *lint.Pass, code string, report func(*lint.Pass, *loong.Diagnostic)) {
	for i := range p.Config.Diagnostics {
		if d := &p.Config.Diagnostics[i]; d.Code == code {
			report(p, d)
		}
	}
}

// reportDiagnostic makes the finding of one of Loong's diagnostics, at its value, else at the
// header of the table that lacks it, else at the start of the file.
func reportDiagnostic(p *lint.Pass, d *loong.Diagnostic, format string, args ...any) *lint.Finding {
	at, n := diagnosticPlace(p, d)
	f := p.Report(at, format, args...).WithNode(n).WithDiagnostic(d)
	if d.Severity == "error" {
		return f.WithSeverity(lint.Error).WithNote(stops)
	}
	return f.WithSeverity(lint.Warning)
}

func diagnosticPlace(p *lint.Pass, d *loong.Diagnostic) (document.Span, *document.Node) {
	if d.Node != nil {
		if d.Node.Value().IsZero() || d.Node.Kind.IsTable() {
			return d.Node.Place(), d.Node
		}
		return d.Node.Value(), d.Node
	}
	n := p.Document.Root
	for name := range strings.SplitSeq(d.FieldPath, ".") {
		next := n.At(name)
		if next == nil {
			break
		}
		n = next
	}
	if n == p.Document.Root {
		return document.Span{}, nil
	}
	return n.Place(), n
}

// lastName is the last part of a field path.
func lastName(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }

// reportInvalidText is the finding of a text that Loong's own validation looks into.
func reportInvalidText(p *lint.Pass, d *loong.Diagnostic) {
	key := lastName(d.FieldPath)
	f := reportDiagnostic(p, d, "%s is not valid", key)
	if d.Node != nil && d.Node.Kind == document.String {
		f.Message = key + " = " + valueText(p.Document, d.Node, 0) + " is not valid"
	}
	if d.Node == nil {
		f.Message = d.FieldPath + " is not valid: its value comes from the environment"
	}
	switch d.Rule {
	case "smtp":
		f.WithHelp("write a host alone, or smtp://host:port or smtps://host:port")
	case "mailbox":
		f.WithHelp("write user@host or Name <user@host>")
	case "irc_server":
		f.WithHelp("write a host alone, or irc://host:port or ircs://host:port, without user, path or query")
	case "irc_nickname":
		f.WithHelp("write a nickname without blanks")
	case "runtime_plugins":
		if key == "roots" {
			f.Message = "runtime_plugins is enabled without a folder in roots"
			f.WithHelp("write the folders that hold plugins, or enabled = false")
			return
		}
		f.Message = "supported_bridges holds a bridge that Loong does not know"
		f.WithHelp("write %s", suggest.Or(pluginBridges[:]))
	}
}
