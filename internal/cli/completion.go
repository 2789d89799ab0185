package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/loonglint/loonglint/internal/audit"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/rules"
	"github.com/loonglint/loonglint/schema"
)

// shells lists the shells that completion knows, with what writes their script.
var shells = []struct {
	name  string
	write func(io.Writer, []completed)
}{
	{"bash", bashCompletion}, {"zsh", zshCompletion}, {"fish", fishCompletion}, {"powershell", powershellCompletion},
}

func shellNames() []string {
	var names []string
	for _, s := range shells {
		names = append(names, s.name)
	}
	return names
}

var completionCommand = command{
	name: "completion", args: "SHELL", most: 1,
	summary: "print completions for bash, zsh, fish or powershell",
	examples: []example{
		{"loonglint completion bash > ~/.local/share/bash-completion/completions/loonglint", "for bash"},
		{"loonglint completion zsh > ~/.zfunc/_loonglint", "for zsh, where ~/.zfunc is in fpath"},
		{"loonglint completion fish > ~/.config/fish/completions/loonglint.fish", "for fish"},
	},
	run: runCompletion,
}

func runCompletion(p *process, ctx *cli.Context) error {
	name := ctx.Args().First()
	for _, s := range shells {
		if s.name == name {
			s.write(p.stdout, completions(p.commands))
			return nil
		}
	}
	return withHint(usagef("completion takes one of %s", strings.Join(shellNames(), ", ")), "completion")
}

// completed is a command as completions offer it.
type completed struct {
	name, summary string
	words         []string // that its first argument may be; none: files
	flags         []completedFlag
}

type completedFlag struct {
	names []string // with dashes
	usage string
	value bool     // it takes a value
	words []string // that the value may be; none: a file, or anything
}

func completions(commands []*command) []completed {
	var list []completed
	for _, c := range commands {
		d := completed{name: c.name, summary: c.summary, words: argumentWords(c)}
		formats := formatWords(c)
		for _, f := range append(c.allFlags(), helpFlag) {
			line := flagLine(f)
			flag := completedFlag{usage: line[1], value: takesValue(f), words: flagWords(f)}
			if flagNames(f)[0] == "out" {
				flag.words = formats
			}
			for _, n := range flagNames(f) {
				flag.names = append(flag.names, dashed(n))
			}
			d.flags = append(d.flags, flag)
		}
		list = append(list, d)
	}
	return append(list, completed{name: "help", summary: "show the commands, or the help of one", words: commandNames(list)})
}

// formatWords lists how --out begins: each format of the command's --format, and an equals sign.
func formatWords(c *command) (words []string) {
	for _, f := range c.allFlags() {
		if flagNames(f)[0] == "format" {
			for _, w := range flagWords(f) {
				words = append(words, w+"=")
			}
		}
	}
	return words
}

func (c *command) allFlags() []cli.Flag {
	if c.flags == nil {
		return nil
	}
	return c.flags()
}

func dashed(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

// argumentWords lists what a command's first argument may be, where that is no file.
func argumentWords(c *command) []string {
	switch c.name {
	case "explain":
		return ruleNames()
	case "catalog", "init":
		var kinds []string
		for _, k := range loong.Kinds() {
			kinds = append(kinds, k.ID)
		}
		return kinds
	case "completion":
		return shellNames()
	case "baseline":
		return []string{"write", "prune"}
	case "schema":
		return []string{"loong", "loonglint"}
	}
	return nil
}

func ruleNames() []string {
	var names []string
	for _, r := range rules.All() {
		names = append(names, r.Name)
	}
	slices.Sort(names)
	return names
}

// flagWords lists what a flag's value may be. A flag with a choice says so in its usage, in
// words divided by commas, "or" or bars, of which one is the default.
func flagWords(f cli.Flag) []string {
	switch name := flagNames(f)[0]; name {
	case "enable", "disable":
		return ruleNames()
	case "table":
		return audit.Tables()
	case "target-loong":
		return schema.TargetNames()
	}
	usage := ""
	if d, ok := f.(cli.DocGenerationFlag); ok && takesValue(f) {
		usage = d.GetUsage()
	}
	if _, value, ok := strings.Cut(usage, "`"); ok {
		if value, _, _ = strings.Cut(value, "`"); strings.Contains(value, "|") {
			return strings.Split(value, "|")
		}
	}
	if !strings.Contains(usage, " (default)") {
		return nil
	}
	list := usage[max(strings.LastIndex(usage, "` is ")+5, strings.LastIndex(usage, ": ")+2):]
	words := strings.Split(strings.ReplaceAll(strings.ReplaceAll(list, " (default)", ""), ") or ", "), "), ", ")
	if n := len(words) - 1; !strings.Contains(words[n], "(") {
		words = append(words[:n], strings.Split(words[n], " or ")...)
	}
	for i := range words {
		words[i], _, _ = strings.Cut(words[i], " (") // a remark
	}
	return words
}

func bashCompletion(w io.Writer, commands []completed) {
	fmt.Fprint(w, `# bash completion for loonglint
_loonglint() {
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]} words=
	COMPREPLY=()
	if [ "$COMP_CWORD" -eq 1 ]; then
		COMPREPLY=($(compgen -W "`+strings.Join(commandNames(commands), " ")+` --help --version" -- "$cur"))
		return
	fi
	if [ "$prev" = = ] && [ "$COMP_CWORD" -gt 2 ]; then
		prev=${COMP_WORDS[COMP_CWORD-2]}
	elif [ "$cur" = = ]; then
		cur=
	fi
	case $command:$prev in
`)
	for _, c := range commands {
		for _, f := range c.flags {
			if !f.value {
				continue
			}
			var patterns []string
			for _, n := range f.names {
				patterns = append(patterns, c.name+":"+n)
			}
			fmt.Fprintf(w, "\t%s) words=%q ;;\n", strings.Join(patterns, "|"), strings.Join(f.words, " "))
		}
	}
	fmt.Fprint(w, "\t*) case $command in\n")
	for _, c := range commands {
		var flags []string
		for _, f := range c.flags {
			flags = append(flags, f.names...)
		}
		fmt.Fprintf(w, "\t\t%s) case $cur in -*) words=%q ;; *) words=%q ;; esac ;;\n", c.name, strings.Join(flags, " "), strings.Join(c.words, " "))
	}
	fmt.Fprint(w, `		esac ;;
	esac
	COMPREPLY=($(compgen -W "$words" -- "$cur"))
	case ${COMPREPLY[0]} in *=) compopt -o nospace 2>/dev/null ;; esac
}
complete -o default -F _loonglint loonglint
`)
}

func commandNames(commands []completed) []string {
	var names []string
	for _, c := range commands {
		names = append(names, c.name)
	}
	return names
}

// zshText quotes a text for a description in single quotes of an _arguments line.
func zshText(s string) string {
	return strings.NewReplacer("'", `'\''`, "[", `\[`, "]", `\]`, ":", `\:`).Replace(s)
}

func zshCompletion(w io.Writer, commands []completed) {
	fmt.Fprint(w, "#compdef loonglint\n\n_loonglint() {\n\tlocal -a commands=(\n")
	for _, c := range commands {
		fmt.Fprintf(w, "\t\t'%s:%s'\n", c.name, zshText(c.summary))
	}
	fmt.Fprint(w, "\t)\n\tif (( CURRENT == 2 )); then\n\t\t_describe command commands\n\t\treturn\n\tfi\n\tlocal command=$words[2]\n\tshift words\n\t(( CURRENT-- ))\n\tcase $command in\n")
	for _, c := range commands {
		fmt.Fprintf(w, "\t%s)\n\t\t_arguments", c.name)
		for _, f := range c.flags {
			action := ""
			switch {
			case f.words != nil && strings.HasSuffix(f.words[0], "="):
				action = `:value:{compadd -S "" -- ` + strings.Join(f.words, " ") + "}"
			case f.words != nil:
				action = ":value:(" + strings.Join(f.words, " ") + ")"
			case f.value:
				action = ":value:_files"
			}
			for _, n := range f.names {
				if f.value && len(n) > 2 {
					n += "="
				}
				fmt.Fprintf(w, " \\\n\t\t\t'*%s[%s]%s'", n, zshText(f.usage), action)
			}
		}
		if c.words != nil {
			fmt.Fprintf(w, " \\\n\t\t\t'1:argument:(%s)'", strings.Join(c.words, " "))
		}
		fmt.Fprint(w, " \\\n\t\t\t'*:file:_files'\n\t\t;;\n")
	}
	fmt.Fprint(w, "\tesac\n}\n\nif [ \"$funcstack[1]\" = _loonglint ]; then\n\t_loonglint \"$@\"\nelse\n\tcompdef _loonglint loonglint\nfi\n")
}

func quoteSingle(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(s) + "'"
}

func fishCompletion(w io.Writer, commands []completed) {
	fmt.Fprint(w, "# fish completion for loonglint\n")
	for _, c := range commands {
		fmt.Fprintf(w, "complete -c loonglint -f -n __fish_use_subcommand -a %s -d %s\n", c.name, quoteSingle(c.summary))
		seen := "'__fish_seen_subcommand_from " + c.name + "'"
		if c.words != nil {
			fmt.Fprintf(w, "complete -c loonglint -f -n %s -a %s\n", seen, quoteSingle(strings.Join(c.words, " ")))
		}
		for _, f := range c.flags {
			fmt.Fprintf(w, "complete -c loonglint -n %s", seen)
			for _, n := range f.names {
				if name, long := strings.CutPrefix(n, "--"); long {
					fmt.Fprintf(w, " -l %s", name)
				} else {
					fmt.Fprintf(w, " -s %s", n[1:])
				}
			}
			if f.value {
				fmt.Fprint(w, " -r")
			}
			if f.words != nil {
				fmt.Fprintf(w, " -f -a %s", quoteSingle(strings.Join(f.words, " ")))
			}
			fmt.Fprintf(w, " -d %s\n", quoteSingle(f.usage))
		}
	}
}

func powershellCompletion(w io.Writer, commands []completed) {
	quote := func(list []string) string {
		quoted := make([]string, len(list))
		for i, s := range list {
			quoted[i] = "'" + strings.ReplaceAll(s, "'", "''") + "'"
		}
		return "@(" + strings.Join(quoted, ", ") + ")"
	}
	fmt.Fprint(w, `# PowerShell completion for loonglint
Register-ArgumentCompleter -Native -CommandName loonglint -ScriptBlock {
	param($word, $ast, $position)
	$elements = @($ast.CommandElements | ForEach-Object { $_.ToString() })
	if ($word -ne '') { $before = $elements[0..($elements.Count - 2)] } else { $before = $elements }
	$command = if ($before.Count -gt 1) { $before[1] } else { '' }
	$previous = $before[-1]
	$values = @{
`)
	for _, c := range commands {
		for _, f := range c.flags {
			for _, n := range f.names {
				if f.words != nil {
					fmt.Fprintf(w, "\t\t'%s %s' = %s\n", c.name, n, quote(f.words))
				}
			}
		}
	}
	fmt.Fprint(w, "\t}\n\t$flags = @{\n")
	for _, c := range commands {
		var all []string
		for _, f := range c.flags {
			all = append(all, f.names...)
		}
		fmt.Fprintf(w, "\t\t'%s' = %s\n", c.name, quote(append(all, c.words...)))
	}
	fmt.Fprintf(w, `	}
	$offers = if ($before.Count -lt 2) { %s }
	elseif ($values.ContainsKey("$command $previous")) { $values["$command $previous"] }
	else { $flags[$command] }
	$offers | Where-Object { $_ -like "$word*" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
}
`, quote(commandNames(commands)))
}
