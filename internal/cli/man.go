package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	library "github.com/loonglint/loonglint"
)

var manCommand = command{
	name:    "man",
	summary: "print the manual page (roff)",
	examples: []example{
		{"loonglint man > loonglint.1", "to install it"},
		{"loonglint man | man -l -", "to read it"},
	},
	run: func(p *process, _ *cli.Context) error {
		manual(p.stdout, p.commands)
		return nil
	},
}

// roff quotes a text for a line of a manual page.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`, "’", `\(cq`, "…", "...").Replace(s)
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, ".") || strings.HasPrefix(l, "'") {
			lines[i] = `\&` + l
		}
	}
	return strings.Join(lines, "\n")
}

// manual writes the page from the same commands as the help.
func manual(w io.Writer, all []*command) {
	line := func(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }
	line(`.TH LOONGLINT 1 "" "loonglint %s" "User Commands"`, roff(library.Version()))
	line(".SH NAME\nloonglint \\- find what is wrong in the TOML config of the Loong agent")
	line(".SH SYNOPSIS\n.B loonglint\n.I COMMAND\n[flags] [arguments]")
	line(".SH DESCRIPTION\nFlags may stand before or after paths. Nothing is sent over the network, but by the command that says so.")
	line(".SH COMMANDS")
	for _, c := range all {
		line(".SS loonglint %s %s", roff(c.name), roff(c.args))
		line("%s.", roff(upperFirst(c.summary)))
		if c.about != "" {
			line(".PP\n%s", strings.ReplaceAll(roff(c.about), "\n", "\n.br\n"))
		}
		for _, f := range c.allFlags() {
			l := flagLine(f)
			line(".TP\n.B %s\n%s", roff(l[0]), roff(upperFirst(l[1]))+".")
		}
		line(".PP\nExamples:")
		for _, e := range c.examples {
			line(".PP\n%s:\n.br\n.RS\n.nf\n%s\n.fi\n.RE", roff(upperFirst(e.what)), roff(e.line))
		}
	}
	line(".SH EXIT STATUS")
	for _, s := range [...][2]string{{"0", "nothing at or above \\-\\-fail\\-on"}, {"1", "findings"}, {"2", "wrong usage, or settings that are wrong"},
		{"3", "the job could not be done, such as a file that cannot be read"}, {"4", "nothing to check"}} {
		line(".TP\n.B %s\n%s", s[0], s[1])
	}
	line(".SH FILES\n.TP\n.I loonglint.toml\nSettings, from the working directory or the nearest folder above it. loonglint config shows what holds.")
	line(".SH ENVIRONMENT\n.TP\n.B NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, CLICOLOR, TERM\nWhether text is coloured.\n.TP\n.B FORCE_HYPERLINK\nWhether names of rules are links.\n" +
		".TP\n.B LOONG_HOME, HOME, USERPROFILE\nWhere Loong keeps its config, which is checked when no path is given.")
}
