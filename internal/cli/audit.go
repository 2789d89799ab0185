package cli

import (
	"bytes"
	"io"
	"math"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/loonglint/loonglint/internal/audit"
	"github.com/loonglint/loonglint/internal/batch"
	"github.com/loonglint/loonglint/internal/files"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/redact"
	"github.com/loonglint/loonglint/internal/report"
	"github.com/loonglint/loonglint/internal/settings"
	"github.com/loonglint/loonglint/internal/suggest"
	"github.com/loonglint/loonglint/internal/view"
	"github.com/loonglint/loonglint/rules"
)

var auditCommand = command{
	name: "audit", args: "[PATH…]", most: -1,
	summary: "one report over many configs: what they use, and what is wrong where",
	about: "It takes paths as check does, or with --from the results of check --batch, be it in one part or in many.\n" +
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
		&cli.StringSliceFlag{Name: "from", Usage: "take results of check --batch from `FILE` (- for stdin); arguments are then such files, too"},
		&cli.StringFlag{Name: "since", Usage: "tell what is new and fixed since `OLD.json`, an audit or a report"},
		&cli.StringFlag{Name: "title", Usage: "what the html page is called: `TEXT`"},
		colorFlag(),
		&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "no summary on stderr"},
	}
	flags = append(flags, worldFlags()...)
	flags = append(flags, inputFlags()...)
	flags = append(flags, ruleFlags()...)
	return append(flags, settingsFlags()...)
}

// auditRun is one run of the command.
type auditRun struct {
	checkRun
	table *audit.Only // nil: no table is asked for
	made  *audit.Audit
}

func runAudit(p *process, cmd *options) error {
	k := &auditRun{checkRun: checkRun{process: p}}
	var err error
	if k.invocation, err = p.invocation(cmd); err != nil {
		return err
	}
	roomyMemory(p.environ)
	if err := k.prepare(); err != nil {
		return err
	}
	var failed error
	if cmd.IsSet("from") {
		failed, err = k.merge()
	} else {
		failed, err = k.examine()
	}
	if err != nil {
		return err
	}
	k.summary = k.made.Summary
	if len(k.made.Entries) == 0 && !cmd.Bool("allow-empty") {
		return k.errNoInput()
	}
	if err := k.compare(); err != nil {
		return err
	}
	if err := k.write(); err != nil {
		return err
	}
	return k.conclude(failed)
}

// roomyMemory lets the collector run as it does by default: an audit holds all results.
func roomyMemory(environ []string) {
	if !slices.ContainsFunc(environ, func(v string) bool { return strings.HasPrefix(v, "GOGC=") || strings.HasPrefix(v, "GOMEMLIMIT=") }) {
		debug.SetGCPercent(100)
		debug.SetMemoryLimit(math.MaxInt64)
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
	k.runner.Options.Inspect = audit.Inspect(k.runner.Options)
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
			return usagef("--%s belongs to check --batch; --from takes its results as they are", name)
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
	var entries []*audit.Entry
	k.runner.Each(k.inputs, func(r *lint.FileResult) bool {
		if isForeign(r) {
			k.passOver(r)
			return true
		}
		e := audit.NewEntry(r)
		if r.Err != nil {
			e.Error = redact.Printable(r.Err.Error())
			k.note("%s: %v", r.Path, r.Err)
		}
		if r.Err != nil || r.Failed {
			failed = exitWith(statusFailure)
		}
		entries = append(entries, e)
		return true
	})
	k.made = audit.Build(k.runner.Options, entries)
	return failed, nil
}

// merge reads results of check --batch.
func (k *auditRun) merge() (failed, err error) {
	paths := append(k.cmd.StringSlice("from"), expandGlobs(k.cmd.Args().Slice())...)
	reader := &batch.ResultReader{Options: k.runner.Options, Rule: rules.ByName, Tool: thisTool(0)}
	var entries []*audit.Entry
	for _, path := range paths {
		more, err := k.readResults(reader, path)
		if err != nil {
			return nil, failuref("%s: %w", path, err)
		}
		entries = append(entries, more...)
	}
	for _, e := range entries {
		if e.Verdict == loong.Unreadable {
			failed = exitWith(statusFailure)
		}
	}
	if reader.Other != "" {
		k.note("some results were made by another version, %s", reader.Other)
	}
	k.made = audit.Build(k.runner.Options, entries)
	return failed, nil
}

func (k *auditRun) readResults(reader *batch.ResultReader, path string) ([]*audit.Entry, error) {
	in, err := k.open(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return reader.Read(in)
}

// compare adds what has changed since an earlier audit.
func (k *auditRun) compare() error {
	path := k.cmd.String("since")
	if path == "" {
		return nil
	}
	old, err := k.load(path)
	if err != nil {
		return err
	}
	now := &report.Result{}
	for _, e := range k.made.Entries {
		now.Files = append(now.Files, e.FileResult)
	}
	c := report.Compare(old, now)
	k.made.Since = &audit.Since{New: len(c.New), Unchanged: len(c.Unchanged), Fixed: c.Fixed, IsNew: make(map[*lint.Finding]bool, len(c.New))}
	for _, f := range c.New {
		k.made.Since.IsNew[f] = true
	}
	return nil
}

func (k *auditRun) write() error {
	if err := k.render(k.out.format, k.stdout, k.out.color, k.table); err != nil {
		return failuref("writing the report: %w", err)
	}
	for _, m := range k.out.more {
		var b bytes.Buffer
		table := k.table
		if m[0] == "csv" && table == nil {
			table = audit.TableNamed("inventory").Select(nil, nil)
		} else if m[0] != "csv" {
			table = nil
		}
		if err := k.render(m[0], &b, false, table); err != nil {
			return failuref("writing the report: %w", err)
		}
		if err := files.Write(m[1], b.Bytes()); err != nil {
			return failuref("--out: %w", err)
		}
	}
	return nil
}

func (k *auditRun) render(format string, w io.Writer, color bool, table *audit.Only) error {
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
	for _, e := range k.made.Entries {
		for _, f := range e.Findings {
			if f.Severity >= k.least && (k.made.Since == nil || k.made.Since.IsNew[f]) {
				return moreSevere(failed, exitWith(statusFindings))
			}
		}
	}
	return failed
}
