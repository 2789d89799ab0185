package cli

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/urfave/cli/v3"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/probe"
	"github.com/loonglint/loonglint/internal/report"
	"github.com/loonglint/loonglint/internal/settings"
	"github.com/loonglint/loonglint/internal/view"
	"github.com/loonglint/loonglint/rules"
)

var probeCommand = command{
	name: "probe", args: "[PATH…]", most: -1,
	summary: "ask the models route of every profile over the network",
	about: "It says whether credentials and addresses work. Credentials go only over https, to hosts that the catalog names for the\n" +
		"kind, and only from variables that it names; flags open more. --plan shows what would be sent, and sends nothing.\n" +
		"Exit status: as of check; 1 also by --probe-fail-on.",
	examples: []example{
		{"loonglint probe --plan deploy/", "what would be sent where; nothing is sent"},
		{"loonglint probe", "the profiles of the config that Loong would load here"},
		{"loonglint probe --allow-host llm.example.com --allow-env TEAM_KEY loong.toml", "a gateway of one's own, with a key of one's own"},
	},
	flags: func() []cli.Flag {
		flags := outputFlags()
		flags = append(flags, worldFlags()...)
		flags = append(flags, inputFlags()...)
		flags = append(flags, ruleFlags()...)
		flags = append(flags, settingsFlags()...)
		flags = append(flags, &cli.BoolFlag{Name: "plan", Usage: "show what would be sent, and why or why not; send nothing"})
		return append(flags, probeFlags()...)
	},
	run: runProbe,
}

// Flags of the probe; none of them can be set in a file.
const (
	flagHost    = "allow-host"
	flagEnv     = "allow-env"
	flagFiles   = "allow-secret-files"
	flagCI      = "allow-ci"
	flagProxy   = "proxy"
	flagProbeOn = "probe-fail-on"
)

func probeFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringSliceFlag{Name: flagHost, Usage: "credentials may go to `HOST`, HOST:PORT, or with plain http to http://HOST:PORT; an address or a network may be dialed; repeatable"},
		&cli.StringSliceFlag{Name: flagEnv, Usage: "the values of these variables may be sent: `NAMES`, with commas; repeatable"},
		&cli.BoolFlag{Name: flagFiles, Usage: "secrets may be read from files that the config names"},
		&cli.BoolFlag{Name: flagCI, Usage: "probe in CI, too (where CI is set)"},
		&cli.StringFlag{Name: flagProxy, Usage: "`env`: use the proxies of the environment, as Loong does"},
		&cli.StringFlag{Name: flagProbeOn, Usage: "exit with 1 for this `OUTCOME`: rejected (default), inconclusive (or rejected), never"},
	}
}

// probing is what the flags ask of the probe.
type probing struct {
	permissions probe.Permissions
	failOn      string
}

// probing reads the flags; nil when no probe is asked for.
func (k *checkRun) probing(wanted bool) (*probing, error) {
	if !wanted {
		for _, name := range []string{flagHost, flagEnv, flagFiles, flagCI, flagProxy, flagProbeOn} {
			if k.cmd.IsSet(name) {
				return nil, usagef("--%s needs --probe", name)
			}
		}
		return nil, nil
	}
	a := &probing{permissions: probe.Permissions{Files: k.cmd.Bool(flagFiles), InCI: k.variable("CI") != "", AllowCI: k.cmd.Bool(flagCI)}}
	for _, host := range k.cmd.StringSlice(flagHost) {
		if err := a.permissions.AllowHost(host); err != nil {
			return nil, usagef("--%s %q: %w", flagHost, host, err)
		}
	}
	for _, list := range k.cmd.StringSlice(flagEnv) {
		names, ok := settings.SplitNames(list)
		if !ok {
			return nil, usagef("--%s takes names without values", flagEnv)
		}
		a.permissions.Env = append(a.permissions.Env, names...)
	}
	if k.cmd.IsSet(flagProxy) {
		if k.cmd.String(flagProxy) != "env" {
			return nil, usagef("--%s is env, not %q", flagProxy, k.cmd.String(flagProxy))
		}
		a.permissions.Proxy = true
	}
	var err error
	a.failOn, err = oneOf(k.cmd, flagProbeOn, "rejected", "inconclusive", "never")
	k.runner.Options.Inspect = func(f *lint.File, r *lint.FileResult) { r.Inspected = f.Config }
	return a, err
}

func runProbe(p *process, cmd *options) error {
	k := &checkRun{process: p}
	var err error
	if k.invocation, err = p.invocation(cmd); err != nil {
		return err
	}
	if err = k.prepare(); err != nil {
		return err
	}
	if k.asking, err = k.probing(true); err != nil {
		return err
	}
	k.hold()
	if len(k.results) == 0 && !cmd.Bool("allow-empty") {
		return k.errNoInput()
	}
	if cmd.Bool("plan") {
		return k.plan()
	}
	k.ask()
	if err := k.writeProbe(); err != nil {
		return err
	}
	return k.conclude()
}

// jobs lists the profiles of all files.
func (k *checkRun) jobs() []*probe.Job {
	var jobs []*probe.Job
	for _, r := range k.results {
		if c, ok := r.Inspected.(*loong.Config); ok {
			jobs = append(jobs, probe.Jobs(r.Path, c)...)
		}
	}
	return jobs
}

// plan writes the plan; its exit status does not depend on findings.
func (k *checkRun) plan() error {
	entries := k.asking.permissions.Plan(k.jobs())
	write := view.ProbePlan
	switch k.out.format {
	case "text":
	case "json":
		write = view.ProbePlanJSON
	default:
		return usagef("--plan is written as text or json, not %s", k.out.format)
	}
	if err := write(k.stdout, entries); err != nil {
		return failuref("writing the plan: %w", err)
	}
	for _, r := range k.results {
		k.count(r)
	}
	return k.tellUnread()
}

// ask probes, and adds what comes of it to the findings. An interrupt ends it with what is known.
func (k *checkRun) ask() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	jobs := k.jobs()
	progress, clear := k.progress()
	k.asked = probe.Run(ctx, &k.asking.permissions, jobs, progress)
	clear()
	if ctx.Err() != nil {
		k.note("stopped; what was known by then follows")
	}
	byFile := map[string][]*probe.Result{}
	for _, r := range k.asked {
		byFile[r.File] = append(byFile[r.File], r)
	}
	for _, f := range k.results {
		if c, ok := f.Inspected.(*loong.Config); ok {
			k.addFindings(f, c, byFile[f.Path])
		}
	}
}

// progress tells on a terminal how far the probe is.
func (k *checkRun) progress() (tell func(done, total int, r *probe.Result), clear func()) {
	if k.cmd.Bool("quiet") || !k.watched {
		return nil, func() {}
	}
	tell = func(done, total int, _ *probe.Result) {
		fmt.Fprintf(k.stderr, "\r\x1b[Kprobing: %d of %d", done, total)
	}
	return tell, func() { fmt.Fprint(k.stderr, "\r\x1b[K") }
}

// addFindings puts what the probe found out about a file beside what was found in it. The rules
// run as any others, so suppressions, levels and the baseline count.
func (k *checkRun) addFindings(to *lint.FileResult, c *loong.Config, results []*probe.Result) {
	own := map[*lint.Rule]*lint.Rule{} // what runs, by the rule it stands for
	options := *k.runner.Options
	options.Rules, options.Inspect, options.MinLevel, options.AcrossMinLevel = nil, nil, 0, 0 // what was asked for is shown
	for _, name := range probe.Rules() {
		run := *rules.Probe(name)
		run.Needs = lint.Static
		run.Run = func(p *lint.Pass) { probe.Report(p, results) }
		own[&run] = rules.Probe(name)
		options.Rules = append(options.Rules, &run)
	}
	levelOf := k.runner.Options.LevelOf
	options.LevelOf = func(file string, r *lint.Rule) lint.Level {
		if own[r] == nil {
			return lint.Off // check has judged the suppressions
		}
		if levelOf == nil {
			return 0
		}
		return levelOf(file, own[r])
	}
	more := lint.Check(c.Document, c, &options)
	for _, f := range more.Findings {
		if r := own[f.Rule]; r != nil {
			f.Rule = r
		}
	}
	to.Findings = append(to.Findings, more.Findings...)
	slices.SortStableFunc(to.Findings, lint.Compare)
	to.Known = append(to.Known, more.Known...)
	to.Suppressed += more.Suppressed
	to.Baselined += more.Baselined
	to.Failed = to.Failed || more.Failed
}

// writeProbe writes the table, or the document, with all findings; other formats hold the
// findings alone.
func (k *checkRun) writeProbe() error {
	var err error
	switch k.out.format {
	case "text":
		k.out.silent = true
		err = view.Probe(k.stdout, k.asked)
		if static := k.withoutProbe(); err == nil && len(static) > 0 {
			_, err = k.stdout.WriteString("\n")
			if err == nil {
				err = report.Report("text", k.stdout, &report.Result{Tool: k.out.tool, Files: static}, report.Options{Color: k.out.color, MaxPerRule: k.out.most})
			}
		}
	case "json":
		k.out.silent = true
		err = view.ProbeJSON(k.stdout, k.asked, k.results)
	}
	if err != nil {
		return failuref("writing the report: %w", err)
	}
	if err := k.reportAll(k.results); err != nil {
		return err
	}
	return k.out.end(&k.summary)
}

// withoutProbe are the files with findings that the table does not show.
func (k *checkRun) withoutProbe() []*lint.FileResult {
	var list []*lint.FileResult
	for _, f := range k.results {
		rest := *f
		rest.Findings = slices.DeleteFunc(slices.Clone(f.Findings), func(f *lint.Finding) bool { return f.Rule.Needs == lint.Network })
		if len(rest.Findings) > 0 {
			list = append(list, &rest)
		}
	}
	return list
}

// rejected reports whether the probe fails the run by --probe-fail-on.
func (k *checkRun) rejected() bool {
	if k.asking == nil || k.asking.failOn == "never" {
		return false
	}
	return slices.ContainsFunc(k.asked, func(r *probe.Result) bool {
		return r.Outcome == probe.Rejected || r.Outcome == probe.Inconclusive && k.asking.failOn == "inconclusive"
	})
}

// outcomeOfProbe reports whether --probe-fail-on, not --fail-on, judges a finding.
func outcomeOfProbe(f *lint.Finding) bool {
	return f.Rule.Needs == lint.Network && strings.HasPrefix(f.Rule.Name, "probe-") && f.Rule.Name != probe.RuleModelNotListed
}
