package cli

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v3"

	library "github.com/loonglint/loonglint"
	"github.com/loonglint/loonglint/internal/files"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/render"
	"github.com/loonglint/loonglint/internal/report"
	"github.com/loonglint/loonglint/internal/suggest"
	"github.com/loonglint/loonglint/schema"
)

func outputFlags() []cli.Flag {
	return []cli.Flag{
		formatFlag(report.Formats()...),
		&cli.StringSliceFlag{Name: "out", Aliases: []string{"o"}, Usage: "write a further report: `FORMAT=PATH`; repeatable"},
		colorFlag(),
		maxPerRuleFlag(),
		&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "no summary on stderr"},
		&cli.BoolFlag{Name: "verbose", Aliases: []string{"v"}, Usage: "tell on stderr what became of every file"},
		&cli.BoolFlag{Name: "statistics", Usage: "count the findings by rule on stderr"},
	}
}

func colorFlag() cli.Flag {
	return &cli.StringFlag{Name: "color", Usage: "color in text on stdout: `WHEN` is auto (default), always or never"}
}

// defaultMaxPerRule is how many findings of a rule text shows of a file.
const defaultMaxPerRule = 50

func maxPerRuleFlag() cli.Flag {
	return &cli.StringFlag{Name: "max-per-rule", Usage: fmt.Sprintf("in text, show the first `N` findings of a rule in a file (default %d, 0 for all)", defaultMaxPerRule)}
}

func maxPerRule(cmd *options) (int, error) {
	if !cmd.IsSet("max-per-rule") {
		return defaultMaxPerRule, nil
	}
	n, err := strconv.Atoi(cmd.String("max-per-rule"))
	if err != nil || n < 0 {
		return 0, usagef("--max-per-rule is a number, 0 for all, not %q", cmd.String("max-per-rule"))
	}
	return n, nil
}

// outputs are the reports of a run.
type outputs struct {
	*process
	format string
	color  bool
	most   int         // findings of a rule in a file, in text
	tool   render.Tool // that made the findings
	silent bool        // no report on stdout
	more   [][2]string // format and path

	begun   bool
	writers []report.Writer
	spools  []*files.Spool // what goes to the paths of more
}

func (p *process) outputs(cmd *options) (*outputs, error) {
	o := &outputs{process: p, tool: thisTool(0)}
	var err error
	if o.format, err = oneOf(cmd, "format", report.Formats()...); err != nil {
		return nil, err
	}
	if o.color, err = p.color(cmd); err != nil {
		return nil, err
	}
	if o.most, err = maxPerRule(cmd); err != nil {
		return nil, err
	}
	if cmd.Bool("quiet") && cmd.Bool("verbose") {
		return nil, usagef("--quiet and --verbose contradict each other")
	}
	return o, o.further(cmd, report.Formats())
}

// further reads --out.
func (o *outputs) further(cmd *options, formats []string) error {
	for _, value := range cmd.StringSlice("out") {
		format, path, ok := strings.Cut(value, "=")
		if !ok || path == "" {
			return usagef("--out is FORMAT=PATH, not %q", value)
		}
		if !slices.Contains(formats, format) {
			near := suggest.Nearest(format, slices.Values(formats))
			if len(near) == 0 {
				return usagef("--out: the format is one of %s, not %q", strings.Join(formats, ", "), format)
			}
			return usagef("--out: no format %q%s", format, didYouMean(near))
		}
		if slices.ContainsFunc(o.more, func(m [2]string) bool { return m[1] == path }) {
			return usagef("--out: two reports for %s", path)
		}
		o.more = append(o.more, [2]string{format, path})
	}
	return nil
}

// showsLines reports whether any of the reports has use for the source lines of findings.
func (o *outputs) showsLines() bool { return o.anyFormat(report.ShowsLines) }

// showsFingerprints reports whether any of the reports has use for the fingerprints of findings.
func (o *outputs) showsFingerprints() bool { return o.anyFormat(report.ShowsFingerprints) }

func (o *outputs) anyFormat(is func(format string) bool) bool {
	return is(o.format) || slices.ContainsFunc(o.more, func(m [2]string) bool { return is(m[0]) })
}

// thisTool is the running program, which reads files as versions of Loong; none stands for the newest release.
func thisTool(targets schema.Targets) render.Tool { return render.NewTool(library.Version(), targets) }

// file writes the findings of a file to all reports. Those of --out wait for the end, where their files are replaced in
// one step each.
func (o *outputs) file(r *lint.FileResult) error {
	if err := o.begin(); err != nil {
		return err
	}
	if err := o.diff(r); err != nil {
		return failuref("writing the diff: %w", err)
	}
	for _, w := range o.writers {
		if err := w.File(r); err != nil {
			return failuref("writing the report: %w", err)
		}
	}
	return nil
}

// end ends all reports.
func (o *outputs) end(summary *lint.Summary) error {
	if err := o.begin(); err != nil {
		return err
	}
	for _, w := range o.writers {
		if err := w.Close(summary); err != nil {
			return failuref("writing the report: %w", err)
		}
	}
	if err := o.stdout.Flush(); err != nil { // before anything is said that would hold only with a report
		return failuref("writing the output: %w", err)
	}
	for i, m := range o.more {
		err := files.WriteFrom(m[1], o.spools[i])
		o.spools[i].Close()
		if err != nil {
			return failuref("--out: %w", err)
		}
	}
	return nil
}

// begin makes the writers of all reports, once.
func (o *outputs) begin() error {
	if o.begun {
		return nil
	}
	o.begun = true
	pathOf := o.pathOf()
	add := func(format string, w io.Writer, opt report.Options) error {
		opt.Tool, opt.MaxPerRule, opt.PathOf = o.tool, o.most, pathOf
		opt.Spool = func() report.Spool { return files.NewSpool() }
		writer, err := report.New(format, w, opt)
		o.writers = append(o.writers, writer)
		return err
	}
	if !o.silent {
		o.passCommands(o.format == "github" || report.KeepsLines(o.format)) // there is no other command in these
		if err := add(o.format, o.stdout, report.Options{Color: o.color, Links: o.links(o.color)}); err != nil {
			return err
		}
	}
	for _, m := range o.more {
		s := files.NewSpool()
		o.spools = append(o.spools, s)
		if err := add(m[0], s, report.Options{}); err != nil {
			return err
		}
	}
	return nil
}

// diff writes what the repair of a file would change, if that is asked for.
func (o *outputs) diff(r *lint.FileResult) error {
	if r.Repaired == nil || len(r.Repaired.Diff) == 0 {
		return nil
	}
	if _, err := o.stdout.Write(r.Repaired.Diff); err != nil {
		return err
	}
	return o.stdout.Flush()
}

// color decides on color for stdout. What the flag says wins, then the variables, as their
// authors describe them (no-color.org, force-color.org, bixense.com/clicolors).
func (p *process) color(cmd *options) (bool, error) {
	when, err := oneOf(cmd, "color", "auto", "always", "never")
	if err != nil {
		return false, err
	}
	force := func(name string) bool { v := p.variable(name); return v != "" && v != "0" }
	switch {
	case when == "always":
		return true, nil
	case when == "never", p.variable("NO_COLOR") != "":
		return false, nil
	case force("FORCE_COLOR"), force("CLICOLOR_FORCE"):
		return true, nil
	}
	return p.terminal && p.variable("TERM") != "dumb" && p.variable("CLICOLOR") != "0", nil
}

// links decides whether names of rules lead to their documentation: on a terminal with colors, or
// as FORCE_HYPERLINK says.
func (p *process) links(color bool) bool {
	if force := p.variable("FORCE_HYPERLINK"); force != "" {
		return force != "0"
	}
	return p.terminal && color && p.variable("TERM") != "dumb"
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
