package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/files"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/probe"
	"github.com/loonglint/loonglint/internal/redact"
	"github.com/loonglint/loonglint/internal/settings"
)

var checkCommand = command{
	name: "check", args: "[PATH…]", most: -1,
	summary: "find what is wrong in configs of Loong",
	about: "Without PATH it takes the file that Loong itself would load; of a folder, the configs below it; - is stdin.\n" +
		"Exit status: 0 clean, 1 findings, 2 usage, 3 could not be done, 4 nothing to check.",
	examples: []example{
		{"loonglint check", "the config that Loong would load here"},
		{"loonglint check --env-names OPENAI_API_KEY deploy/", "all configs of a folder, as they will run elsewhere"},
		{"loonglint check --format json --out concise=lint.txt loong.toml", "two reports in one run"},
	},
	flags: checkFlags,
	run:   runCheck,
}

func checkFlags() []cli.Flag {
	flags := outputFlags()
	flags = append(flags, worldFlags()...)
	flags = append(flags, inputFlags()...)
	flags = append(flags, ruleFlags()...)
	flags = append(flags, settingsFlags()...)
	flags = append(flags, batchFlag(""))
	flags = append(flags, fixFlags()...)
	flags = append(flags, &cli.BoolFlag{Name: "probe", Usage: "ask the models route of every profile, too; see loonglint probe --help"})
	return append(flags, probeFlags()...)
}

func ruleFlags() []cli.Flag {
	return append(enableFlags(), failOnFlag(), minLevelFlag(),
		&cli.BoolFlag{Name: "no-ignores", Usage: "show also what comments suppress"},
		&cli.StringFlag{Name: "baseline", Usage: "leave out the findings that `FILE` lists"})
}

func enableFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringSliceFlag{Name: "enable", Usage: "run `RULE`, which is off by default; repeatable"},
		&cli.StringSliceFlag{Name: "disable", Usage: "do not run `RULE`; repeatable"},
	}
}

func failOnFlag() cli.Flag {
	return &cli.StringFlag{Name: "fail-on", Usage: "exit with 1 for findings of this `LEVEL` or above: error, warning (default), info, never"}
}

func minLevelFlag() cli.Flag {
	return &cli.StringFlag{Name: "min-level", Usage: "show findings of this `LEVEL` or above: error, warning (default), info"}
}

// checkRun is one run of the command.
type checkRun struct {
	*process
	*invocation
	out    *outputs
	least  lint.Level // that fails the run; 0: none does
	runner lint.Runner
	inputs []lint.Input

	tally
	took time.Duration // reading and checking

	asking  *probing           // nil: no probe
	results []*lint.FileResult // of a run with a probe, which adds to them
	asked   []*probe.Result
}

// tally is what a run keeps of the files whose findings are reported.
type tally struct {
	summary  lint.Summary
	failing  bool           // a finding is at or above the level that fails the run
	broken   bool           // a file could not be read, or a rule failed
	unread   []string       // files that could not be read, and why
	byRule   map[string]int // findings
	verdicts []string       // a line for each file, if they are asked for
	repairs  repairs
}

func runCheck(p *process, cmd *options) error {
	k := &checkRun{process: p}
	var err error
	if k.invocation, err = p.invocation(cmd); err != nil {
		return err
	}
	if cmd.Bool("batch") {
		return k.checkBatch()
	}
	if err := k.prepare(); err != nil {
		return err
	}
	if k.asking, err = k.probing(cmd.Bool("probe")); err != nil {
		return err
	}
	if k.asking != nil {
		k.hold()
		k.ask()
		err = k.reportAll(k.results)
	} else {
		err = k.run(k.report)
	}
	if err != nil {
		return err
	}
	if k.summary.Files == 0 && !cmd.Bool("allow-empty") {
		return k.errNoInput()
	}
	if err := k.out.end(&k.summary); err != nil {
		return err
	}
	return k.conclude()
}

func (v *invocation) errNoInput() error {
	text := "nothing to check: no config of Loong was found"
	if left := v.unseen(); left != nil {
		text += "; " + strings.Join(left, ", ")
	}
	if v.passed != nil && v.passed.Ignored != (files.Count{}) {
		return &exit{status: statusNothing, err: errors.New(text + " (--no-gitignore takes it)")}
	}
	return &exit{status: statusNothing, err: errors.New(text + " (--all-toml takes every TOML file)")}
}

// unseen tells what of the folders was left out.
func (v *invocation) unseen() (list []string) {
	if v.passed == nil {
		return nil
	}
	if left := v.passed.Excluded.String(); left != "" {
		list = append(list, left+" excluded")
	}
	if left := v.passed.Ignored.String(); left != "" {
		list = append(list, left+" ignored by .gitignore")
	}
	return list
}

// prepare reads the flags; every usage error comes from here, before anything is checked.
func (k *checkRun) prepare() error {
	var err error
	if k.out, err = k.outputs(k.cmd); err != nil {
		return err
	}
	k.out.tool = thisTool(k.TargetsOf(""))
	var shown settings.Threshold
	if shown, k.least, err = k.Thresholds(); err != nil {
		return err
	}
	if k.runner.Options, err = k.options(); err != nil {
		return err
	}
	k.runner.Apart = true
	k.runner.Options.MinLevel, k.runner.Options.AcrossMinLevel = shown.Level, shown.Level
	k.runner.Options.LinesFor, k.runner.Options.NoLines = k.out.most, !k.out.showsLines()
	k.runner.Options.NoFingerprints = !k.out.showsFingerprints()
	if err := k.prepareFix(); err != nil {
		return err
	}
	return k.gather()
}

// options says which rules run and what is kept of their findings.
func (v *invocation) options() (*lint.Options, error) {
	o, err := v.Options()
	if err != nil {
		return nil, err
	}
	if o.Baseline, err = settings.ReadBaseline(v.BaselinePath()); err != nil {
		return nil, err
	}
	o.NameOf = nameIn(files.NewTree(v.Home()))
	return o, err
}

// gather finds out what to check, in which world.
func (k *checkRun) gather() error {
	var err error
	if k.runner.Environment, err = k.Environment(k.environ); err != nil {
		return err
	}
	limit, err := k.SizeLimit()
	if err != nil {
		return err
	}
	found, err := k.process.inputs(k.invocation, limit)
	if err != nil {
		return k.allowEmpty(err)
	}
	for i := range found {
		k.inputs = append(k.inputs, found[i].forLint(limit))
	}
	return nil
}

// allowEmpty forgives that there is nothing to check.
func (k *checkRun) allowEmpty(err error) error {
	var e *exit
	if errors.As(err, &e) && e.status == statusNothing && k.cmd.Bool("allow-empty") {
		return nil
	}
	return err
}

// forLint is an input for package lint; of one that may belong to another program, the content is asked.
func (in *input) forLint(limit int64) lint.Input {
	read := func() ([]byte, error) { return in.bytes(limit) }
	if !in.Sniff {
		return lint.Input{Path: in.Path, Read: read}
	}
	return lint.Input{Path: in.Path,
		Read: func() ([]byte, error) {
			src, err := read()
			if err == nil {
				err = files.Glance(in.Path, src)
			}
			return src, err
		},
		Accept: func(doc *document.Document) error { return files.Recognize(in.Path, doc) },
	}
}

// isForeign reports whether a file was passed over because it is not a configuration of Loong.
func isForeign(r *lint.FileResult) bool {
	var f files.Foreign
	return errors.As(r.Err, &f)
}

// run checks all inputs and hands over their results one by one, until there is an error.
func (k *checkRun) run(take func(*lint.FileResult) error) error {
	var err error
	v := k.meter(len(k.inputs))
	k.runner.Run(k.inputs, func(r *lint.FileResult) bool {
		v.step()
		if isForeign(r) {
			k.passOver(r)
			return true
		}
		if len(r.Findings) > 0 {
			v.hide()
		}
		err = take(r)
		return err == nil
	})
	k.took += v.end()
	return err
}

// hold checks all inputs and keeps the results.
func (k *checkRun) hold() {
	_ = k.run(func(r *lint.FileResult) error {
		k.results = append(k.results, r)
		return nil
	})
}

// report writes the findings of a file, and keeps only what is told at the end.
func (k *checkRun) report(r *lint.FileResult) error {
	k.count(r)
	return k.out.file(r)
}

func (k *checkRun) reportAll(results []*lint.FileResult) error {
	for _, r := range results {
		if err := k.report(r); err != nil {
			return err
		}
	}
	return nil
}

// count adds a file to the tally.
func (k *checkRun) count(r *lint.FileResult) {
	k.summary.Add(r)
	if r.Err != nil {
		k.unread = append(k.unread, fmt.Sprintf("%s: %v", r.Path, r.Err))
	}
	k.broken = k.broken || r.Err != nil || r.Failed
	for _, f := range r.Findings {
		k.failing = k.failing || k.least > 0 && f.Severity >= k.least && !outcomeOfProbe(f)
	}
	if k.cmd.Bool("verbose") {
		k.verdicts = append(k.verdicts, fmt.Sprintf("%s: %s, %s", r.Path, r.Verdict, count(len(r.Findings), "finding")))
	}
	if k.cmd.Bool("statistics") {
		k.countRules(r)
	}
	k.countRepairs(r)
}

// passOver tells of a file that is not a configuration of Loong, if asked for.
func (k *checkRun) passOver(r *lint.FileResult) {
	if k.cmd.Bool("verbose") {
		k.note("%s: passed over, %v", r.Path, r.Err)
	}
}

// conclude says what is left to say and chooses the exit status.
func (k *checkRun) conclude() error {
	k.tellRepairs()
	err := k.tellUnread()
	if k.cmd.Bool("verbose") {
		for _, line := range k.verdicts {
			k.note("%s", line)
		}
		k.note("read and checked %s in %.1f ms", count(len(k.inputs), "file"), 1e3*k.took.Seconds())
	}
	if k.cmd.Bool("statistics") {
		k.statistics()
	}
	if !k.cmd.Bool("quiet") {
		k.summary.Unseen = append(append(k.unseen(), k.weakened()...), k.readAs()...)
		k.stderr.own("%s\n", k.summary.String())
	}
	if k.failing || k.rejected() {
		err = moreSevere(err, exitWith(statusFindings))
	}
	return err
}

// readAs tells the version of Loong that the files were read as, where it is not the newest release.
func (v *invocation) readAs() []string {
	if set := v.TargetsOf(""); set != 0 && set != set.With(0) || set.Has(0) && len(set.List()) > 1 {
		return []string{"read as " + set.Title()}
	}
	return nil
}

// tellUnread names the files that could not be checked.
func (k *checkRun) tellUnread() error {
	for _, line := range k.unread {
		k.note("%s", line)
	}
	if k.broken {
		return exitWith(statusFailure)
	}
	return nil
}

// countRules counts the findings of a file by rule.
func (k *checkRun) countRules(r *lint.FileResult) {
	if k.byRule == nil {
		k.byRule = map[string]int{}
	}
	for _, f := range r.Findings {
		k.byRule[f.Rule.Name] += 1 + f.More
	}
}

// statistics tells the numbers of findings by rule, most frequent first.
func (k *checkRun) statistics() {
	counts := k.byRule
	names := make([]string, 0, len(counts))
	for n := range counts {
		names = append(names, n)
	}
	slices.SortFunc(names, func(a, b string) int {
		if counts[a] != counts[b] {
			return counts[b] - counts[a]
		}
		return strings.Compare(a, b)
	})
	for _, n := range names {
		k.stderr.own("%6d  %s\n", counts[n], redact.Printable(n))
	}
}
