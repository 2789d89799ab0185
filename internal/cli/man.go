package cli

import (
	"fmt"
	"strings"

	library "github.com/loonglint/loonglint"
)

var manCommand = command{
	name:    "man",
	summary: "print the manual page (roff)",
	examples: []example{
		{"loonglint man > loonglint.1", "to install it"},
		{"loonglint man | man -l -", "to read it"},
	},
	run: func(p *process, _ *options) error {
		p.manual()
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
func (p *process) manual() {
	line := func(format string, args ...any) { fmt.Fprintf(p.stdout, format+"\n", args...) }
	line(`.TH LOONGLINT 1 "" "loonglint %s" "User Commands"
.nh
.ad l`, roff(library.Version()))
	line(".SH NAME\nloonglint \\- %s", purpose)
	line(".SH SYNOPSIS\n.B loonglint\n.I COMMAND\n[flags] [arguments]")
	line(".SH DESCRIPTION\nFlags may stand before or after paths. Nothing is sent over the network, except by the command that says so.")
	line(".SH COMMANDS")
	for _, c := range p.commands {
		cmd := c.build(p, []string{c.name, helpName})
		line(".SS loonglint %s %s\n%s.\n.PP\n%s", roff(c.name), roff(c.args), roff(upperFirst(c.summary)), strings.ReplaceAll(roff(cmd.Description), "\n", "\n.br\n"))
		for _, f := range cmd.Flags {
			name, usage, _ := strings.Cut(f.String(), "\t")
			line(".TP\n.B %s\n%s.", roff(name), roff(upperFirst(usage)))
		}
	}
	line(".SH EXIT STATUS")
	for _, s := range [...][2]string{{"0", "nothing at or above \\-\\-fail\\-on"}, {"1", "findings"}, {"2", "wrong usage, or settings that are wrong"},
		{"3", "the job could not be done, such as a file that cannot be read"}, {"4", "nothing to check"}} {
		line(".TP\n.B %s\n%s", s[0], s[1])
	}
	line(".SH FILES\n.TP\n.I loonglint.toml\nSettings, from the working directory or the nearest folder above it. loonglint config shows what holds.")
	line(".SH ENVIRONMENT\n.TP\n.B NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, CLICOLOR, TERM\nWhether text is colored.\n.TP\n.B FORCE_HYPERLINK\nWhether names of rules are links.\n" +
		".TP\n.B LOONG_HOME, HOME, USERPROFILE\nWhere Loong keeps its config, which is checked when no path is given.")
}
