package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v3"

	library "github.com/loonglint/loonglint"
	"github.com/loonglint/loonglint/rules"
	"github.com/loonglint/loonglint/schema"
)

var explainCommand = command{
	name: "explain", args: "[RULE]", most: 1,
	summary: "explain a rule, or list all rules",
	examples: []example{
		{"loonglint explain", "all rules, a line each"},
		{"loonglint explain unknown-key", "why it matters and how to repair it"},
		{"loonglint explain --format json", "all about all rules, for programs"},
	},
	flags: func() []cli.Flag { return []cli.Flag{formatFlag("text", "json")} },
	run:   runExplain,
}

func runExplain(p *process, cmd *options) error {
	format, err := oneOf(cmd, "format", "text", "json")
	if err != nil {
		return err
	}
	list := library.Rules()
	if cmd.NArg() == 1 {
		r, err := library.Explain(cmd.Args().First())
		if err != nil {
			return usagef("%w", err)
		}
		list = []library.Rule{r}
	}
	switch {
	case format == "json":
		_, err := fmt.Fprintf(p.stdout, "%s\n", library.RulesJSON(list))
		return err
	case cmd.NArg() == 1:
		return explain(p.stdout, list[0])
	}
	return listRules(p.stdout, list)
}

func listRules(w io.Writer, sorted []library.Rule) error {
	width := 0
	for _, r := range sorted {
		width = max(width, len(r.Name))
	}
	for _, r := range sorted {
		level := r.Severity.String()
		if r.OptIn {
			level += ", opt-in"
		}
		if _, err := fmt.Fprintf(w, "%-*s  %-15s  %s\n", width, r.Name, level, r.Summary); err != nil {
			return err
		}
	}
	return nil
}

// explain writes a rule's fields as a page.
func explain(w io.Writer, r library.Rule) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s)\n\n%s\n\n%s\n", r.Name, r.Severity, upperFirst(r.Summary), strings.TrimSpace(r.Doc))
	if r.Levels != "" {
		fmt.Fprintf(&b, "\nLevels: %s\n", r.Levels)
	}
	if r.Needs == "environment" {
		b.WriteString("\nIt needs to know variables: with --env=static it is silent.\n")
	}
	if r.Needs == "network" {
		b.WriteString("\nOnly the probe reports it: loonglint probe, or check --probe.\n")
	}
	if rule := rules.ByName(r.Name); rule != nil && rule.Running {
		fmt.Fprintf(&b, "\nIt is silent about %s, of which it is not known what they do after loading.\n", notReadWhole().Title())
	}
	if r.ComparesFiles {
		b.WriteString("\nFiles are compared by loonglint audit only.\n")
	}
	if r.OwnHosts {
		b.WriteString("\nIt is silent about the own-hosts of loonglint.toml.\n")
	}
	if r.OptIn {
		fmt.Fprintf(&b, "\nIt is off unless asked for: --enable %s\n", r.Name)
	}
	block(&b, "With this loonglint.toml", r.Settings)
	block(&b, "Example", r.Bad)
	block(&b, "Corrected", r.Good)
	if len(r.Reference) > 0 {
		fmt.Fprintf(&b, "\nReference: %s\n", strings.Join(r.Reference, ", "))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// notReadWhole are the versions of which only loading is known.
func notReadWhole() (set schema.Targets) {
	for _, t := range schema.AllOf() {
		if !t.IsReadWhole() {
			set = set.With(t)
		}
	}
	return set
}

func block(b *strings.Builder, title, toml string) {
	if toml == "" {
		return
	}
	fmt.Fprintf(b, "\n%s:\n\n", title)
	for line := range strings.Lines(strings.TrimSpace(toml) + "\n") {
		if line != "\n" {
			b.WriteString("    ")
		}
		b.WriteString(line)
	}
}

func upperFirst(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
