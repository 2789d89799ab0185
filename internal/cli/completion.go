package cli

import (
	"context"
	"embed"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/loonglint/loonglint/internal/audit"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/rules"
	"github.com/loonglint/loonglint/schema"
)

// completionScripts has a script for each shell. It asks the program what may follow the words before the cursor.
//
//go:embed completion
var completionScripts embed.FS

var shells = []string{"bash", "zsh", "fish", "powershell"}

// completing is the variable that a script sets. Without it, the last argument of a command is never a question of
// a script: it may be the name of a file.
const completing = "LOONGLINT_COMPLETE"

var completionCommand = command{
	name: "completion", args: "SHELL", most: 1,
	summary: "print completions for bash, zsh, fish or powershell",
	examples: []example{
		{"loonglint completion bash > ~/.local/share/bash-completion/completions/loonglint", "for bash"},
		{"loonglint completion zsh > ~/.zfunc/_loonglint", "for zsh, where ~/.zfunc is in fpath"},
		{"loonglint completion fish > ~/.config/fish/completions/loonglint.fish", "for fish"},
	},
	run: func(p *process, cmd *options) error {
		name := cmd.Args().First()
		if !slices.Contains(shells, name) {
			return withHint(usagef("completion takes one of %s", strings.Join(shells, ", ")), "completion")
		}
		script, err := completionScripts.ReadFile("completion/" + name)
		if err != nil {
			return err
		}
		_, err = p.stdout.Write(script)
		return err
	},
}

// complete writes what may follow the arguments of a command, a line each: the word and, after a tab, what it does.
// Nothing stands for the names of files. The last argument may be the beginning of a flag, or one that lacks its value.
func (p *process) complete(_ context.Context, cmd *cli.Command) {
	args := cmd.Args().Slice()
	last := ""
	if n := len(args); n > 0 {
		last = args[n-1]
	}
	switch {
	case strings.HasPrefix(last, "-"):
		p.completeFlag(cmd, strings.TrimLeft(last, "-"))
	case cmd == cmd.Root():
		for _, c := range p.commands {
			fmt.Fprintf(p.stdout, "%s\t%s\n", c.name, c.summary)
		}
	case len(args) == 0:
		p.offer(p.argumentWords(cmd.Name))
	}
}

func (p *process) offer(words []string) {
	for _, w := range words {
		fmt.Fprintln(p.stdout, w)
	}
}

// completeFlag offers the values of a flag, or the flags.
func (p *process) completeFlag(cmd *cli.Command, name string) {
	for _, f := range cmd.Flags {
		if slices.Contains(f.Names(), name) && takesValue(f) {
			p.offer(flagWords(cmd.Flags, f))
			return
		}
	}
	for _, f := range cmd.Flags {
		for _, n := range f.Names() {
			fmt.Fprintf(p.stdout, "%s\t%s\n", dashed(n), strings.ReplaceAll(usageOf(f), "`", ""))
		}
	}
}

func takesValue(f cli.Flag) bool {
	d, ok := f.(cli.DocGenerationFlag)
	return ok && d.TakesValue()
}

func usageOf(f cli.Flag) string {
	if d, ok := f.(cli.DocGenerationFlag); ok {
		return d.GetUsage()
	}
	return ""
}

// argumentWords lists what a command's first argument may be, where that is no file.
func (p *process) argumentWords(command string) (words []string) {
	switch command {
	case "help":
		return p.commandNames()
	case "explain":
		return ruleNames()
	case "catalog", "init":
		for _, k := range loong.Kinds() {
			words = append(words, k.ID)
		}
	case "completion":
		return shells
	case "baseline":
		return []string{"write", "prune"}
	case "schema":
		return []string{"loong", "loonglint"}
	}
	return words
}

func ruleNames() []string {
	var names []string
	for _, r := range rules.All() {
		names = append(names, r.Name)
	}
	slices.Sort(names)
	return names
}

// flagWords lists what a flag's value may be, or how it begins. A flag with a choice says so in its usage, in
// words divided by commas, "or" or bars, of which one is the default.
func flagWords(flags []cli.Flag, f cli.Flag) (words []string) {
	switch f.Names()[0] {
	case "enable", "disable":
		return ruleNames()
	case "table":
		return audit.Tables()
	case "target-loong":
		return schema.TargetNames()
	case "out":
		i := slices.IndexFunc(flags, func(f cli.Flag) bool { return f.Names()[0] == "format" })
		for _, format := range flagWords(nil, flags[i]) {
			words = append(words, format+"=")
		}
		return words
	}
	usage := usageOf(f)
	if _, value, ok := strings.Cut(usage, "`"); ok {
		if value, _, _ = strings.Cut(value, "`"); strings.Contains(value, "|") {
			return strings.Split(value, "|")
		}
	}
	if !strings.Contains(usage, " (default)") {
		return nil
	}
	list := usage[max(strings.LastIndex(usage, "` is ")+5, strings.LastIndex(usage, ": ")+2):]
	words = strings.Split(strings.ReplaceAll(strings.ReplaceAll(list, " (default)", ""), ") or ", "), "), ", ")
	if n := len(words) - 1; !strings.Contains(words[n], "(") {
		words = append(words[:n], strings.Split(words[n], " or ")...)
	}
	for i := range words {
		words[i], _, _ = strings.Cut(words[i], " (") // a remark
	}
	return words
}
