package cli

import (
	"cmp"
	"encoding/json"
	"io"
	"math"
	"os"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/urfave/cli/v3"

	library "github.com/loonglint/loonglint"
	"github.com/loonglint/loonglint/internal/audit"
	"github.com/loonglint/loonglint/internal/batch"
	"github.com/loonglint/loonglint/internal/files"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/render"
	"github.com/loonglint/loonglint/internal/report"
	"github.com/loonglint/loonglint/internal/settings"
	"github.com/loonglint/loonglint/internal/suggest"
	"github.com/loonglint/loonglint/internal/view"
	"github.com/loonglint/loonglint/rules"
)

var auditCommand = command{
	name: "audit", args: "[PATH…]", most: -1,
	summary: "one report over many configs: what they use, and what is wrong where",
	about: "It takes paths as check does, or with --from the results of audit --batch, in one part or in many.\n" +
		"Exit status: as check; with --since only new findings count.",
	examples: []example{
		{"loonglint audit --env=static fleet/ --out html=audit.html", "a summary, and a page to hand on"},
		{"loonglint audit --env=static fleet/ --table credentials --where source=literal", "who has a key in the file itself"},
		{"loonglint audit --from results/part-* --since last-month.json --format markdown", "merged parts, and what has changed"},
	},
	flags: auditFlags,
	run:   runAudit,
}

var auditFormats = []string{"text", "json", "markdown", "csv", "html"}

func auditFlags() []cli.Flag {
	flags := []cli.Flag{
		formatFlag(auditFormats...),
		&cli.StringSliceFlag{Name: "out", Aliases: []string{"o"}, Usage: "write a further report: `FORMAT=PATH`; repeatable"},
		&cli.StringFlag{Name: "table", Usage: "write one table as text, csv, markdown or json lines: `NAME` is " + strings.Join(audit.Tables(), ", ")},
		&cli.StringSliceFlag{Name: "where", Usage: "of the table, keep rows with `COLUMN=PATTERN`, or != for the others; * is any text; repeatable"},
		&cli.StringFlag{Name: "columns", Usage: "of the table, the `COLUMNS` to write, with commas"},
		&cli.StringSliceFlag{Name: "from", Usage: "take results of audit --batch from `FILE` (- for stdin); arguments are then such files, too"},
		&cli.StringFlag{Name: "since", Usage: "tell what is new and fixed since `OLD.json`, an audit or a report"},
		&cli.StringFlag{Name: "title", Usage: "what the html page is called: `TEXT`"},
		colorFlag(),
		&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "no summary on stderr"},
	}
	flags = append(flags, worldFlags()...)
	flags = append(flags, inputFlags()...)
	flags = append(flags, ruleFlags()...)
	flags = append(flags, settingsFlags()...)
	return append(flags, batchFlag(", for audit --from"), joinKeyFlag())
}

// auditRun is one run of the command.
type auditRun struct {
	checkRun
	table   *audit.Only // nil: no table is asked for
	results batch.Results
	opened  []io.Closer // what the results are in
	made    *audit.Audit
}

func runAudit(p *process, cmd *options) error {
	k := &auditRun{checkRun: checkRun{process: p}}
	var err error
	if k.invocation, err = p.invocation(cmd); err != nil {
		return err
	}
	if cmd.Bool("batch") {
		return k.auditBatch()
	}
	if cmd.IsSet("join-key-file") {
		return usagef("--join-key-file goes with --batch")
	}
	roomyMemory(p.environ)
	if err := k.prepare(); err != nil {
		return err
	}
	k.results = batch.Results{Reader: batch.ResultReader{Options: k.runner.Options, Rule: rules.ByName, Tool: thisTool(0)}}
	defer k.close()
	var failed error
	if cmd.IsSet("from") {
		err = k.merge()
	} else {
		failed, err = k.examine()
	}
	if err != nil {
		return err
	}
	if k.results.Len() == 0 && !cmd.Bool("allow-empty") {
		return k.errNoInput()
	}
	if err := k.build(); err != nil {
		return err
	}
	k.summary = k.made.Summary
	if cmd.IsSet("from") {
		if k.made.Unread.Len > 0 {
			failed = exitWith(statusFailure)
		}
		if other := k.results.Reader.Other; other != "" {
			k.note("some results were made by another version, %s", other)
		}
	}
	if err := k.write(); err != nil {
		return err
	}
	return k.conclude(failed)
}

// roomyMemory lets the collector run as it does by default: of a large fleet, paths and a page are held.
func roomyMemory(environ []string) {
	if !slices.ContainsFunc(environ, func(v string) bool { return strings.HasPrefix(v, "GOGC=") || strings.HasPrefix(v, "GOMEMLIMIT=") }) {
		debug.SetGCPercent(100)
		debug.SetMemoryLimit(math.MaxInt64)
	}
}

// close lets go of the results.
func (k *auditRun) close() {
	k.results.Close()
	for _, c := range k.opened {
		c.Close()
	}
}

func (k *auditRun) prepare() error {
	k.out = &outputs{process: k.process}
	var err error
	if k.out.format, err = oneOf(k.cmd, "format", auditFormats...); err != nil {
		return err
	}
	if k.out.color, err = k.color(k.cmd); err != nil {
		return err
	}
	if err = k.out.further(k.cmd, auditFormats); err != nil {
		return err
	}
	var shown settings.Threshold
	if shown, k.least, err = k.Thresholds(); err != nil {
		return err
	}
	if err = k.selectTable(); err != nil {
		return err
	}
	if k.runner.Options, err = k.options(); err != nil {
		return err
	}
	k.runner.Options.MinLevel = shown.Level
	k.runner.Options.LinesFor = defaultMaxPerRule
	if shown.Rank > 0 { // by default, what files have among them is shown at every level: an audit is for that
		k.runner.Options.AcrossMinLevel = shown.Level
	}
	if k.cmd.IsSet("from") {
		k.runner.Options.NameOf = nil // an id is no path
		return k.onlyResults()
	}
	return k.gather()
}

// onlyResults refuses flags that have no effect on results that are there already.
func (k *auditRun) onlyResults() error {
	for _, name := range [...]string{"env", "env-default", "env-file", "env-names", "env-names-file", "files-from", "stdin-filename", "exclude", "force-exclude",
		"all-toml", "configs-only", "no-gitignore", "max-file-size", "no-ignores", "enable", "disable", "baseline", "target-loong"} {
		if k.cmd.IsSet(name) {
			return usagef("--%s belongs to audit --batch; --from takes its results as they are", name)
		}
	}
	return nil
}

// selectTable reads --table and --where.
func (k *auditRun) selectTable() error {
	name := k.cmd.String("table")
	switch {
	case name == "" && (k.cmd.IsSet("where") || k.cmd.IsSet("columns")) && k.out.format != "csv":
		return usagef("--where and --columns go with --table")
	case name == "" && k.out.format != "csv":
		return nil
	case name == "":
		name = "inventory"
	case k.out.format == "html":
		return usagef("--table has the formats text, csv, markdown and json, not html")
	}
	table := audit.TableNamed(name)
	if table == nil {
		return usagef("--table is one of %s, not %q%s", strings.Join(audit.Tables(), ", "), name, nearest(name, audit.Tables()))
	}
	var where []audit.Where
	for _, text := range k.cmd.StringSlice("where") {
		column, pattern, ok := strings.Cut(text, "=")
		if !ok {
			return usagef("--where is COLUMN=PATTERN, not %q", text)
		}
		w := audit.Where{Column: strings.TrimSuffix(column, "!"), Pattern: pattern, Not: strings.HasSuffix(column, "!")}
		if err := hasColumn(table, "where", w.Column); err != nil {
			return err
		}
		where = append(where, w)
	}
	var columns []string
	if k.cmd.IsSet("columns") {
		columns = strings.Split(k.cmd.String("columns"), ",")
	}
	for _, c := range columns {
		if err := hasColumn(table, "columns", c); err != nil {
			return err
		}
	}
	k.table = table.Select(columns, where)
	return nil
}

func hasColumn(t *audit.Table, flag, name string) error {
	if slices.Contains(t.Columns, name) {
		return nil
	}
	return usagef("--%s: table %s has no column %q but %s", flag, t.Name, name, strings.Join(t.Columns, ", "))
}

func nearest(word string, words []string) string {
	if near := suggest.Nearest(word, slices.Values(words)); len(near) > 0 {
		return didYouMean(near)
	}
	return ""
}

// examine checks files; failed tells that some could not be read.
func (k *auditRun) examine() (failed, err error) {
	run := k.runner
	options := *run.Options
	options.MinLevel, options.AcrossMinLevel = 0, 0 // as the results of audit --batch; what is not shown is left out of them later
	options.Inspect = audit.Inspect(&options)
	run.Options = &options
	across, version := k.results.Comparison(), library.Version()
	var line []byte
	run.Each(k.inputs, func(r *lint.FileResult) bool {
		if isForeign(r) {
			k.passOver(r)
			return true
		}
		if r.Err != nil {
			k.note("%s: %v", r.Path, r.Err)
		}
		if r.Err != nil || r.Failed {
			failed = exitWith(statusFailure)
		}
		across.Take(r)
		line, err = k.appendResult(line[:0], r, version)
		if err == nil {
			err = k.results.Append(r.Path, line)
		}
		return err == nil
	})
	return failed, cmp.Or(err, across.End())
}

// appendResult appends a result as audit --batch of this version writes it.
func (k *auditRun) appendResult(b []byte, r *lint.FileResult, version string) ([]byte, error) {
	id, err := json.Marshal(r.Path)
	if err != nil {
		return b, err
	}
	tool := render.NewTool(version, r.Targets)
	if r.Targets == 0 { // it was not read
		tool.LoongVersion = ""
	}
	return batch.AppendResult(b, id, r, k.runner.Options, tool, nil)
}

// merge reads results of audit --batch.
func (k *auditRun) merge() error {
	for _, path := range append(k.cmd.StringSlice("from"), expandGlobs(k.cmd.Args().Slice())...) {
		if err := k.addResults(path); err != nil {
			return err
		}
	}
	err := k.results.Sort()
	if err == nil {
		err = k.results.Compare()
	}
	if err != nil {
		return failuref("%w", err)
	}
	return nil
}

// addResults takes the results of a file. What cannot be read twice, such as a pipe, is copied first.
func (k *auditRun) addResults(path string) error {
	in, err := k.open(path)
	if err != nil {
		return failuref("%s: %w", path, err)
	}
	if f, ok := in.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			k.opened = append(k.opened, f)
			if err := k.results.Add(path, f, info.Size()); err != nil {
				return failuref("%w", err)
			}
			return nil
		}
	}
	defer in.Close()
	s := files.NewSpool()
	k.opened = append(k.opened, s)
	if err := k.results.AddCopy(path, in, s); err != nil {
		return failuref("%w", err)
	}
	return nil
}

// build makes the audit of the results, with what has changed since an earlier one.
func (k *auditRun) build() error {
	var old *report.Result
	if path := k.cmd.String("since"); path != "" {
		var err error
		if old, err = k.load(path); err != nil {
			return err
		}
	}
	var err error
	if k.made, err = audit.Build(k.results.Each, old); err != nil {
		return failuref("%w", err)
	}
	return nil
}

func (k *auditRun) write() error {
	if err := k.render(k.out.format, k.stdout, k.out.color, k.table); err != nil {
		return failuref("writing the report: %w", err)
	}
	for _, m := range k.out.more {
		table := k.table
		if m[0] == "csv" && table == nil {
			table = audit.TableNamed("inventory").Select(nil, nil)
		} else if m[0] != "csv" {
			table = nil
		}
		s := files.NewSpool()
		err := k.render(m[0], s, false, table)
		if err != nil {
			err = failuref("writing the report: %w", err)
		} else if err = files.WriteFrom(m[1], s); err != nil {
			err = failuref("--out: %w", err)
		}
		s.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

func (k *auditRun) render(format string, w io.Writer, color bool, table *audit.Only) error {
	err := k.renderAs(format, w, color, table)
	if err == nil {
		err = k.made.Err()
	}
	return err
}

func (k *auditRun) renderAs(format string, w io.Writer, color bool, table *audit.Only) error {
	switch {
	case table != nil:
		return view.AuditTable(w, k.made, table, format)
	case format == "json":
		return view.AuditJSON(w, k.made, thisTool(k.TargetsOf("")))
	case format == "markdown":
		return view.AuditMarkdown(w, k.made)
	case format == "html":
		return view.AuditHTML(w, k.made, thisTool(k.TargetsOf("")), k.cmd.String("title"))
	}
	return view.AuditText(w, k.made, color)
}

// conclude chooses the exit status.
func (k *auditRun) conclude(failed error) error {
	if !k.cmd.Bool("quiet") {
		k.summary.Unseen = append(append(k.unseen(), k.weakened()...), k.readAs()...)
		k.note("%s", k.summary.String())
	}
	if k.least == 0 {
		return failed
	}
	if k.made.Highest >= k.least {
		return moreSevere(failed, exitWith(statusFindings))
	}
	return failed
}
