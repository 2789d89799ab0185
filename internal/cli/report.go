package cli

import (
	"io"
	"slices"

	"github.com/urfave/cli/v3"

	"github.com/loonglint/loonglint/internal/files"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/report"
	"github.com/loonglint/loonglint/internal/settings"
	"github.com/loonglint/loonglint/rules"
)

var reportCommand = command{
	name: "report", args: "FILE.json", most: 2,
	summary: "render a saved json report again, or compare two of them",
	about: "Exit status: 0 when no finding is at or above --fail-on, else 1; with --compare, when no such finding is new.\n" +
		"The source lines of the text format are not part of a saved report.",
	examples: []example{
		{"loonglint report lint.json --format sarif --out junit=lint.xml", "other forms of the same run"},
		{"loonglint report --compare last-month.json today.json", "what is new, what was fixed"},
	},
	flags: func() []cli.Flag {
		return []cli.Flag{
			formatFlag(report.Formats()...),
			&cli.StringSliceFlag{Name: "out", Aliases: []string{"o"}, Usage: "write a further report: `FORMAT=PATH`; repeatable"},
			&cli.BoolFlag{Name: "compare", Usage: "compare the reports OLD and NEW, as text or json"},
			colorFlag(), failOnFlag(), minLevelFlag(), maxPerRuleFlag(),
			&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "no summary on stderr"},
		}
	},
	run: runReport,
}

func runReport(p *process, cmd *options) error {
	k := &checkRun{process: p, invocation: &invocation{cmd: cmd}}
	var err error
	if k.Explicit, err = explicit(cmd); err != nil {
		return err
	}
	if k.out, err = p.outputs(cmd); err != nil {
		return err
	}
	var shown settings.Threshold
	if shown, k.least, err = k.Thresholds(); err != nil {
		return err
	}
	k.runner.Options = &lint.Options{}
	if shown.Rank > 0 { // by default a saved report is shown as it is
		k.runner.Options.MinLevel, k.runner.Options.AcrossMinLevel = shown.Level, shown.Level
	}
	if cmd.Bool("compare") {
		return k.compare()
	}
	if cmd.NArg() != 1 {
		return withHint(usagef("report takes one file"), "report")
	}
	r, err := k.load(cmd.Args().First())
	if err != nil {
		return err
	}
	k.out.tool = r.Tool
	if err := k.reportAll(r.Files); err != nil {
		return err
	}
	k.summary = r.Summary
	if err := k.out.end(&k.summary); err != nil {
		return err
	}
	return k.conclude()
}

// open opens a file to be read bit by bit; - is stdin.
func (p *process) open(path string) (io.ReadCloser, error) {
	if path == stdinPath {
		return io.NopCloser(p.stdin), nil
	}
	return files.Open(path)
}

// load reads a saved report; - is stdin.
func (k *checkRun) load(path string) (*report.Result, error) {
	in, err := k.open(path)
	if err != nil {
		return nil, failuref("%s: %w", path, err)
	}
	defer in.Close()
	r, err := report.Load(in, rules.ByName)
	if err != nil {
		return nil, failuref("%s: %w", path, err)
	}
	r.Hide(k.runner.Options.MinLevel, k.runner.Options.AcrossMinLevel)
	return r, nil
}

func (k *checkRun) compare() error {
	args := k.cmd.Args().Slice()
	if len(args) != 2 {
		return withHint(usagef("--compare takes two reports, OLD and NEW"), "report")
	}
	if k.cmd.IsSet("out") {
		return usagef("--compare writes to stdout; --out does not go with it")
	}
	if !slices.Contains(report.ComparisonFormats(), k.out.format) {
		return usagef("--compare has the formats text and json, not %s", k.out.format)
	}
	if args[0] == stdinPath && args[1] == stdinPath {
		return usagef("stdin cannot be both reports")
	}
	old, err := k.load(args[0])
	if err != nil {
		return err
	}
	now, err := k.load(args[1])
	if err != nil {
		return err
	}
	c := report.Compare(old, now)
	if err := c.Write(k.out.format, k.stdout, report.Options{Color: k.out.color}); err != nil {
		return failuref("writing the comparison: %w", err)
	}
	if !k.cmd.Bool("quiet") {
		k.note("%s", c.Summary())
	}
	if k.least > 0 && slices.ContainsFunc(c.New, func(f *lint.Finding) bool { return f.Severity >= k.least }) {
		return exitWith(statusFindings)
	}
	return nil
}
