package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"
)

// usage lists the commands.
func (p *process) usage(w io.Writer, all []*command) {
	fmt.Fprint(w, "loonglint finds what is wrong in the TOML config of the Loong agent.\n\nUsage: loonglint COMMAND [flags] [arguments]\n\nCommands:\n")
	for _, c := range all {
		fmt.Fprintf(w, "  %-10s %s\n", c.name, c.summary)
	}
	fmt.Fprint(w, "\nloonglint COMMAND --help tells more.\n")
}

// help shows the help of a command, or the list of them.
func (p *process) help(all []*command, args []string) error {
	if len(args) == 0 {
		p.usage(p.stdout, all)
		return nil
	}
	for _, c := range all {
		if c.name == args[0] {
			return p.dispatch(c, []string{"--help"})
		}
	}
	return unknownCommand(args[0], all)
}

func (p *process) commandHelp(c *command, flags []cli.Flag) {
	w := p.stdout
	fmt.Fprintf(w, "%s\n\nUsage: loonglint %s [flags]", upperFirst(c.summary), c.name)
	if c.args != "" {
		fmt.Fprintf(w, " %s", c.args)
	}
	fmt.Fprint(w, "\n")
	if c.about != "" {
		fmt.Fprintf(w, "\n%s\n", c.about)
	}
	fmt.Fprint(w, "\nExamples:\n")
	for _, e := range c.examples {
		fmt.Fprintf(w, "  # %s\n  %s\n", e.what, e.line)
	}
	fmt.Fprint(w, "\nFlags:\n")
	lines := make([][2]string, len(flags))
	widest := 0
	for i, f := range flags {
		lines[i] = flagLine(f)
		widest = max(widest, len(lines[i][0]))
	}
	for _, l := range lines {
		fmt.Fprintf(w, "  %-*s  %s\n", widest, l[0], l[1])
	}
}

// flagLine is how a flag is written and what it does; the placeholder of its value stands in
// backquotes in its usage.
func flagLine(f cli.Flag) [2]string {
	var written []string
	for _, n := range flagNames(f) {
		dashes := "--"
		if len(n) == 1 {
			dashes = "-"
		}
		written = append(written, dashes+n)
	}
	usage := ""
	if d, ok := f.(cli.DocGenerationFlag); ok {
		usage = d.GetUsage()
	}
	left := strings.Join(written, ", ")
	if before, rest, ok := strings.Cut(usage, "`"); ok && takesValue(f) {
		value, after, _ := strings.Cut(rest, "`")
		left += " " + value
		usage = before + value + after
	}
	return [2]string{left, usage}
}

func upperFirst(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
