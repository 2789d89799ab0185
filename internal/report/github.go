package report

import (
	"io"
	"strconv"
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/lint"
)

// github writes workflow commands, which GitHub shows as annotations of the changed lines.
type github struct {
	w        io.Writer
	b        []byte // the lines of a file
	opt      *Options
	property *strings.Replacer
}

func newGitHub(w io.Writer, opt *Options) Writer {
	return &github{w: w, opt: opt, property: strings.NewReplacer(githubProperty[:]...)}
}

// githubProperty are the escapes that GitHub documents for properties.
var githubProperty = [...]string{"%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C"}

func (g *github) File(r *lint.FileResult) error {
	g.b = g.b[:0]
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
		g.b = append(g.b, '\n')
	}
	return send(g.w, g.b)
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
	g.write(s[from:])
}

func (g *github) write(parts ...string) {
	for _, part := range parts {
		g.b = append(g.b, part...)
	}
}

func (g *github) Close(*lint.Summary) error { return nil }

// long is a finding's message with its note and help.
func long(f *lint.Finding, sep string) string {
	var room [10]string // is not made longer
	parts := append(room[:0], f.Message)
	if f.Note != "" {
		parts = append(parts, sep, "note: ", f.Note)
	}
	if f.More > 0 {
		parts = append(parts, sep, "note: ", notHeld(f))
	}
	if f.Help != "" {
		parts = append(parts, sep, "help: ", f.Help)
	}
	return strings.Join(parts, "")
}
