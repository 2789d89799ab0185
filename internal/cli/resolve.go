package cli

import (
	"errors"
	"fmt"

	"github.com/urfave/cli/v3"

	"github.com/loonglint/loonglint/internal/batch"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/files"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/resolution"
	"github.com/loonglint/loonglint/internal/sheet"
)

var resolveCommand = command{
	name: "resolve", args: "[PATH]", most: 1,
	summary: "show what Loong will do with a config, and where each value comes from",
	examples: []example{
		{"loonglint resolve", "the config that Loong would load here"},
		{"loonglint resolve --format json --env=static loong.toml", "for machines, nothing known about variables"},
		{"loonglint resolve --batch < requests.jsonl", "many configs, one JSON object a line: id, toml, env"},
	},
	flags: func() []cli.Flag {
		return append([]cli.Flag{
			formatFlag("text", "json"),
			&cli.BoolFlag{Name: "batch", Usage: "answer JSON lines on stdin; addresses and names as Loong computes them"},
			&cli.StringFlag{Name: "stdin-filename", Usage: "what the path - (stdin) is called: `NAME`"},
			limitFlag(),
		}, worldFlags()...)
	},
	run: runResolve,
}

func runResolve(p *process, cmd *options) error {
	format, err := oneOf(cmd, "format", "text", "json")
	if err != nil {
		return err
	}
	if cmd.Bool("batch") {
		return p.batch(cmd)
	}
	asked, err := worldOf(cmd)
	if err != nil {
		return err
	}
	world, err := asked.Environment(p.environ)
	if err != nil {
		return err
	}
	limit, err := sizeFlag(cmd)
	if err != nil {
		return err
	}
	in, err := p.only(cmd, limit)
	if err != nil {
		return err
	}
	src, err := in.bytes(limit)
	if err != nil {
		return failuref("%s: %w", in.Path, err)
	}
	doc := document.Parse(in.Path, src)
	if doc.Err != nil {
		return failuref("%s: %w", in.Path, doc.Err)
	}
	v, err := p.invocation(cmd)
	if err != nil {
		return err
	}
	config := loong.ReadAll(v.TargetsOf(in.Path), doc, world)
	for i, c := range append(config.Others, config) {
		if format == "json" {
			_, err = p.stdout.Write(append(resolution.Shown(in.Path, c).AppendJSON(nil), '\n'))
		} else {
			if i > 0 {
				_, _ = p.stdout.WriteString("\n")
			}
			err = sheet.Resolve(p.stdout, in.Path, c)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// only is the one input of a command that takes one.
func (p *process) only(cmd *options, limit int64) (*input, error) {
	path := cmd.Args().First()
	switch path {
	case stdinPath:
		in := p.readStdin(cmd, limit)
		return &in, nil
	case "":
		var ok bool
		if path, ok = p.defaultPath(); !ok {
			return nil, &exit{status: statusNothing, err: fmt.Errorf("there is no %s, which Loong would load; name a file", path)}
		}
	}
	in := &input{}
	in.Path = path
	return in, nil
}

func (p *process) batch(cmd *options) error {
	if cmd.NArg() > 0 {
		return usagef("--batch reads stdin and takes no path")
	}
	target, err := flagTarget(cmd)
	if err != nil {
		return err
	}
	err = batch.Resolve(p.stdin, p.stdout, files.Machine{}, target, 0, func(message string) { p.stderr.tell(message) })
	if errors.Is(err, batch.ErrLine) {
		return exitWith(statusFailure)
	}
	if err != nil {
		return failuref("%w", err)
	}
	return nil
}
