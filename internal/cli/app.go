package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/loonglint/loonglint/internal/suggest"
)

// command is a command of loonglint. What the library is told of it is made for each run, because the library
// keeps the state of a run in it.
type command struct {
	name     string
	args     string // how its arguments are written in the usage line
	summary  string
	about    string // more on it, for its help; may be empty
	examples []example
	flags    func() []cli.Flag
	most     int // arguments it takes at most; negative: any number
	run      func(*process, *options) error
}

// example is a command line and what it is good for.
type example struct{ line, what string }

// commands lists the commands in the order of the help.
func commands() []*command {
	return []*command{
		&checkCommand, &resolveCommand, &probeCommand, &explainCommand, &catalogCommand, &initCommand, &schemaCommand,
		&baselineCommand, &reportCommand, &auditCommand, &configCommand, &lspCommand, &completionCommand, &manCommand, &versionCommand, &helpCommand,
	}
}

const (
	purpose  = "find what is wrong in the TOML config of the Loong agent"
	helpName = "help"
)

// helpCommand takes the place of the library's, which completes no names of commands.
var helpCommand = command{
	name: helpName, args: "[COMMAND]", most: 1,
	summary:  "show the commands, or the help of one",
	examples: []example{{"loonglint help", "the commands"}, {"loonglint help check", "one of them"}},
	run: func(_ *process, cmd *options) error {
		if cmd.NArg() == 0 {
			return cli.ShowRootCommandHelp(cmd.Root())
		}
		return cli.ShowCommandHelp(context.Background(), cmd.Root(), cmd.Args().First())
	},
}

func (p *process) run(args []string) error {
	if err := refuseFiles(args[min(1, len(args)):]); err != nil {
		return err
	}
	if cmd := p.named(args); cmd != nil {
		return cmd.Run(context.Background(), args[1:])
	}
	program := p.program(args)
	var unknown error
	program.CommandNotFound = func(_ context.Context, _ *cli.Command, name string) { unknown = p.unknownCommand(name) }
	return cmp.Or(program.Run(context.Background(), args), unknown)
}

// named is the command that words name, as all that the library needs to know: it works on what it is given at every start
// (docs/adr/0013-command-line.md). It is nil where words name none, or ask for help or completion.
func (p *process) named(words []string) *cli.Command {
	if len(words) < 2 || words[1] == helpName || p.variable(completing) != "" {
		return nil
	}
	for _, c := range p.commands {
		if c.name != words[1] {
			continue
		}
		cmd := c.build(p, words)
		cmd.Writer, cmd.ErrWriter, cmd.ExitErrHandler = p.stdout, io.Discard, keepErrors
		if cmd.HideHelp {
			return cmd
		}
	}
	return nil
}

// keepErrors leaves errors to the caller of the library, which would end the process.
func keepErrors(context.Context, *cli.Command, error) {}

// program is loonglint for the library, with all its commands; one that words name has its flags, too.
func (p *process) program(words []string) *cli.Command {
	root := &cli.Command{
		Name:                      "loonglint",
		Usage:                     purpose,
		UsageText:                 "loonglint COMMAND [options] [arguments]",
		Description:               "loonglint COMMAND --help tells more.",
		Flags:                     []cli.Flag{&cli.BoolFlag{Name: "version", Aliases: []string{"V"}, Usage: "print the version", Local: true}},
		DisableSliceFlagSeparator: true,
		EnableShellCompletion:     p.variable(completing) != "",
		ShellComplete:             p.complete,
		Writer:                    p.stdout,
		ErrWriter:                 io.Discard, // errors are returned
		ExitErrHandler:            keepErrors,
		Action:                    p.withoutCommand,
		OnUsageError: func(_ context.Context, cmd *cli.Command, err error, _ bool) error {
			if name := words[1]; !strings.HasPrefix(name, "-") {
				return p.unknownCommand(name)
			}
			return &exit{status: statusUsage, err: usageError(cmd, err), hints: []string{"flags of a command stand after its name; loonglint --help lists the commands"}}
		},
	}
	for _, c := range p.commands {
		root.Commands = append(root.Commands, c.build(p, words))
	}
	return root
}

// withoutCommand runs loonglint where no command is named.
func (p *process) withoutCommand(_ context.Context, cmd *cli.Command) error {
	switch {
	case cmd.Bool("version"):
		return versionCommand.run(p, optionsOf(cmd))
	case cmd.NArg() > 0:
		return p.unknownCommand(cmd.Args().First())
	}
	cli.DefaultPrintHelp(p.stderr, cli.RootCommandHelpTemplate, cmd)
	return exitWith(statusUsage)
}

// build is the command for the library; of a command that words do not name, it is what a list of commands shows.
func (c *command) build(p *process, words []string) *cli.Command {
	cmd := &cli.Command{
		Name:                      c.name,
		Usage:                     c.summary,
		UsageText:                 strings.TrimSpace("loonglint " + c.name + " [options] " + c.args),
		HideHelpCommand:           true,
		DisableSliceFlagSeparator: true,
		ShellComplete:             p.complete,
	}
	if !slices.Contains(words, c.name) {
		return cmd
	}
	cmd.Flags, cmd.HideHelp = c.usedFlags(words)
	for _, f := range cmd.Flags {
		restrict(f)
	}
	if !cmd.HideHelp {
		cmd.Description = c.description()
	}
	cmd.OnUsageError = func(_ context.Context, cmd *cli.Command, err error, _ bool) error {
		return withHint(usageError(cmd, err), c.name)
	}
	cmd.CommandNotFound = func(ctx context.Context, cmd *cli.Command, _ string) { // --help with a path
		_ = cli.ShowCommandHelp(ctx, cmd.Root(), cmd.Name)
	}
	cmd.Action = func(_ context.Context, cmd *cli.Command) error {
		if i := slices.IndexFunc(cmd.Args().Slice(), isFlag); i >= 0 && !slices.Contains(words, "--") { // such as -1
			name, _, _ := strings.Cut(cmd.Args().Get(i), "=")
			return withHint(usagef("unknown flag %s", name), c.name)
		}
		if n := cmd.NArg(); c.most >= 0 && n > c.most {
			return withHint(usagef("%s takes %s, not %d", c.name, count(c.most, "argument"), n), c.name)
		}
		if slices.Contains(cmd.Args().Slice(), stdinPath) && exists(stdinPath) {
			return usagef("%q is stdin, and a file has this name; write %q for the file", stdinPath, "./"+stdinPath)
		}
		return c.run(p, optionsOf(cmd))
	}
	return cmd
}

// description is what the help of a command says below its usage.
func (c *command) description() string {
	var b strings.Builder
	if c.about != "" {
		b.WriteString(c.about + "\n\n")
	}
	b.WriteString("Examples:")
	for _, e := range c.examples {
		fmt.Fprintf(&b, "\n  # %s\n  %s", e.what, e.line)
	}
	return b.String()
}

// didYouMean is the end of an error's sentence; empty without words.
func didYouMean(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return "; " + suggest.Question(words)
}

func (p *process) unknownCommand(name string) error {
	if near := suggest.Nearest(name, slices.Values(p.commandNames())); len(near) > 0 {
		return usagef("unknown command %q%s", name, didYouMean(near))
	}
	if strings.ContainsAny(name, "./\\") {
		return usagef("unknown command %q; to lint a file: loonglint check %s", name, name)
	}
	return usagef("unknown command %q; loonglint --help lists the commands", name)
}

func (p *process) commandNames() (names []string) {
	for _, c := range p.commands {
		names = append(names, c.name)
	}
	return names
}

func withHint(err error, command string) error {
	return &exit{status: statusUsage, err: err, hints: []string{"loonglint " + command + " --help shows how it is used"}}
}

// count is a number with its noun: "1 argument", "no arguments", "2 arguments".
func count(n int, noun string) string {
	switch n {
	case 0:
		return "no " + noun + "s"
	case 1:
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
