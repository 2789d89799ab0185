package cli

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v3"

	"github.com/loonglint/loonglint/internal/files"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/settings"
)

var baselineCommand = command{
	name: "baseline", args: "write|prune FILE [PATH…]", most: -1,
	summary: "record accepted findings, or shrink the record",
	about: "write records every finding of the PATHs in FILE; check --baseline FILE then leaves them out. prune drops from FILE what is\n" +
		"repaired, and what was in files that are gone; nothing is added. The record holds no value of a file.",
	examples: []example{
		{"loonglint baseline write loonglint-baseline.json deploy/", "accept what is there today"},
		{"loonglint check --baseline loonglint-baseline.json deploy/", "see only what is new"},
		{"loonglint baseline prune loonglint-baseline.json deploy/", "forget what has been repaired"},
	},
	flags: func() []cli.Flag {
		flags := append(worldFlags(), inputFlags()...)
		flags = append(flags, enableFlags()...)
		flags = append(flags, settingsFlags()...)
		return append(flags, &cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "say nothing on stderr but errors"})
	},
	run: runBaseline,
}

func runBaseline(p *process, cmd *options) error {
	args := cmd.Args().Slice()
	if len(args) < 2 || args[0] != "write" && args[0] != "prune" {
		return withHint(usagef("baseline takes write or prune, and a file"), "baseline")
	}
	v, err := p.invocation(cmd)
	if err != nil {
		return err
	}
	path := args[1]
	v.paths = expandGlobs(args[2:])
	k := &checkRun{process: p, invocation: v}
	tree := files.NewTree(filepath.Dir(path))
	options, err := v.Options()
	if err != nil {
		return err
	}
	options.NoIgnores, options.NoLines, options.NameOf = false, true, nameIn(tree)
	if args[0] == "prune" {
		if options.Baseline, err = settings.ReadBaseline(path); err != nil {
			return err
		}
	}
	k.runner.Options = options
	if err := k.gather(); err != nil {
		return err
	}
	done := &lint.Baseline{}
	var checked []*lint.FileResult // without their findings
	_ = k.run(func(r *lint.FileResult) error {
		k.count(r)
		if args[0] == "write" {
			done.Add(r, options)
			return nil
		}
		r.Findings = nil
		checked = append(checked, r)
		return nil
	})
	if k.summary.Files == 0 && !cmd.Bool("allow-empty") && args[0] == "write" {
		return k.errNoInput()
	}
	if args[0] == "prune" {
		done = options.Baseline.Prune(checked, options, func(name string) bool {
			return name != stdinName && gone(tree.Path(name))
		})
	}
	var b bytes.Buffer
	if err := done.Encode(&b); err != nil {
		return err
	}
	if err := files.Write(path, b.Bytes()); err != nil {
		return failuref("%w", err)
	}
	if !cmd.Bool("quiet") {
		if args[0] == "write" {
			p.note("%s: %s accepted", path, count(done.Len(), "finding"))
		} else {
			p.note("%s: %d of %s removed", path, options.Baseline.Len()-done.Len(), count(options.Baseline.Len(), "finding"))
		}
	}
	return k.tellUnread()
}

// gone reports whether a file of a baseline is no longer there.
func gone(file string) bool {
	_, err := os.Stat(file)
	return errors.Is(err, fs.ErrNotExist)
}
