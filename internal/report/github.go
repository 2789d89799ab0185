package report

import (
	"bufio"
	"io"
	"strconv"
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
)

// github writes workflow commands, which GitHub shows as annotations of the changed lines.
type github struct {
	w   *bufio.Writer
	opt *Options
}

func newGitHub(w io.Writer, opt *Options) Writer { return &github{bufio.NewWriter(w), opt} }

// The escapes that GitHub documents for messages, and for properties.
var (
	githubMessage  = [...]string{"%", "%25", "\r", "%0D", "\n", "%0A"}
	githubProperty = [...]string{"%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C"}
)

func (g *github) File(r *lint.FileResult) error {
	message, property := strings.NewReplacer(githubMessage[:]...), strings.NewReplacer(githubProperty[:]...)
	file := property.Replace(g.opt.path(r.Path))
	for _, f := range r.Findings {
		command := "notice"
		if f.Severity >= lint.Warning {
			command = f.Severity.String()
		}
		g.w.WriteString("::" + command + " file=" + file)
		if f.Start.Line > 0 {
			g.w.WriteString(",line=" + strconv.Itoa(f.Start.Line) + ",endLine=" + strconv.Itoa(max(f.Start.Line, f.End.Line)))
			if f.End.Line == f.Start.Line { // GitHub takes columns within one line only
				g.w.WriteString(",col=" + strconv.Itoa(f.Start.Column) + ",endColumn=" + strconv.Itoa(f.End.Column))
			}
		}
		g.w.WriteString(",title=" + property.Replace(f.Rule.Name) + "::" + message.Replace(long(f, "\n")) + "\n")
	}
	return g.w.Flush()
}

func (g *github) Close(*lint.Summary) error { return g.w.Flush() }

// long is a finding's message with its note and help.
func long(f *lint.Finding, sep string) string {
	s := f.Message
	if f.Note != "" {
		s += sep + "note: " + f.Note
	}
	if f.More > 0 {
		s += sep + "note: " + notHeld(f)
	}
	if f.Help != "" {
		s += sep + "help: " + f.Help
	}
	return s
}
