package report

import (
	"bufio"
	"io"
	"strconv"
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/lint"
)

// github writes workflow commands, which GitHub shows as annotations of the changed lines.
type github struct {
	w        *bufio.Writer
	opt      *Options
	property *strings.Replacer
}

func newGitHub(w io.Writer, opt *Options) Writer {
	return &github{bufio.NewWriter(w), opt, strings.NewReplacer(githubProperty[:]...)}
}

// githubProperty are the escapes that GitHub documents for properties.
var githubProperty = [...]string{"%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C"}

func (g *github) File(r *lint.FileResult) error {
	file := g.property.Replace(g.opt.path(r.Path))
	for _, f := range r.Findings {
		command := "notice"
		if f.Severity >= lint.Warning {
			command = f.Severity.String()
		}
		g.write("::", command, " file=", file)
		if f.Start.Line > 0 {
			g.write(",line=", strconv.Itoa(f.Start.Line), ",endLine=", strconv.Itoa(max(f.Start.Line, f.End.Line)))
			if f.End.Line == f.Start.Line { // GitHub takes columns within one line only
				g.write(",col=", strconv.Itoa(f.Start.Column), ",endColumn=", strconv.Itoa(f.End.Column))
			}
		}
		g.write(",title=", g.property.Replace(f.Rule.Name), "::")
		g.message(long(f, "\n"))
		g.w.WriteByte('\n')
	}
	return g.w.Flush()
}

// message writes a text with the escapes that GitHub documents for messages.
func (g *github) message(s string) {
	from := 0 // what is before this byte is written
	for i := ascii.Plain(s, '%', '%'); i < len(s); i += 1 + ascii.Plain(s[i+1:], '%', '%') {
		escape := ""
		switch s[i] {
		case '%':
			escape = "%25"
		case '\r':
			escape = "%0D"
		case '\n':
			escape = "%0A"
		default:
			continue
		}
		g.write(s[from:i], escape)
		from = i + 1
	}
	g.w.WriteString(s[from:])
}

func (g *github) write(parts ...string) {
	for _, part := range parts {
		g.w.WriteString(part) // a bufio.Writer keeps the first error for Flush
	}
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
