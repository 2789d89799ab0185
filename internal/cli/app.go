package cli

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/urfave/cli/v2"
)

// command is a command of loonglint.
type command struct {
	name     string
	args     string // how its arguments are written in the usage line
	summary  string
	about    string // more on it, for its help; may be empty
	examples []example
	flags    func() []cli.Flag
	most     int // arguments it takes at most; negative: any number
	run      func(*process, *cli.Context) error
}

// example is a command line and what it is good for.
type example struct{ line, what string }

// commands lists the commands in the order of the help.
func commands() []*command {
	return []*command{
		&checkCommand, &resolveCommand, &probeCommand, &explainCommand, &catalogCommand, &initCommand, &schemaCommand,
		&baselineCommand, &reportCommand, &auditCommand, &configCommand, &completionCommand, &manCommand, &versionCommand,
	}
}

func (p *process) run(args []string) error {
	all := commands()
	p.commands = all
	if len(args) < 2 {
		p.usage(p.stderr, all)
		return said(statusUsage)
	}
	name, rest := args[1], args[2:]
	switch name {
	case "-h", "--help", "-help", "help":
		return p.help(all, rest)
	case "-V", "--version", "-version":
		name = versionCommand.name
	}
	if strings.HasPrefix(name, "-") {
		return usagef("unknown flag %s before a command; flags of a command stand after its name", cutValue(name))
	}
	for _, c := range all {
		if c.name == name {
			return p.dispatch(c, rest)
		}
	}
	return unknownCommand(name, all)
}

func cutValue(flag string) string {
	name, _, _ := strings.Cut(flag, "=")
	return name
}

// dispatch parses a command's flags with the library and runs it.
func (p *process) dispatch(c *command, args []string) error {
	var flags []cli.Flag
	if c.flags != nil {
		flags = c.flags()
	}
	arranged, err := arrange(args, append(flags, helpFlag))
	if err != nil {
		return withHint(err, c.name)
	}
	if arranged.help {
		p.commandHelp(c, append(flags, helpFlag))
		return nil
	}
	cli.HelpFlag = nil // help was asked for above
	app := &cli.App{
		Name:                      "loonglint",
		HideHelp:                  true,
		HideVersion:               true,
		Compiled:                  time.Unix(0, 0), // else it looks at the program's file
		DisableSliceFlagSeparator: true,
		Writer:                    p.stdout,
		ErrWriter:                 io.Discard,                   // errors are returned
		ExitErrHandler:            func(*cli.Context, error) {}, // the default one ends the process
		OnUsageError:              onUsageError,
		Flags:                     namedFlags(arranged.used), // of the others it would only make work
		Action: func(ctx *cli.Context) error {
			if n := ctx.NArg(); c.most >= 0 && n > c.most {
				return withHint(usagef("%s takes %s, not %d", c.name, count(c.most, "argument"), n), c.name)
			}
			return c.run(p, ctx)
		},
	}
	return app.Run(append([]string{app.Name}, arranged.args...))
}

func onUsageError(_ *cli.Context, err error, _ bool) error {
	return usagef("%s", strings.Replace(err.Error(), " -", " --", 1))
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
