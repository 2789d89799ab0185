package loonglint

import (
	"io"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/render"
	"github.com/loonglint/loonglint/internal/report"
)

// RenderOptions say how a report looks; they count for the format text.
type RenderOptions struct {
	Color      bool
	Links      bool // names of rules are links of terminals (OSC 8)
	MaxPerRule int  // findings of a rule in a document; 0: all
}

// Formats lists the formats of Render; docs/formats.md describes them.
func Formats() []string { return report.Formats() }

// Render writes results in a format, as `loonglint check --format` does; the report names the version of Loong of the
// first result. The error is that of w, or names an unknown format.
func Render(w io.Writer, format string, results []*Result, o RenderOptions) error {
	run := &report.Result{Tool: render.NewTool(Version(), 0)}
	for i, r := range results {
		file := r.internal()
		if i == 0 {
			run.Tool = render.NewTool(Version(), file.Targets)
		}
		run.Files = append(run.Files, file)
		run.Summary.Add(file)
	}
	return report.Report(format, w, run, report.Options{Color: o.Color, Links: o.Links, MaxPerRule: o.MaxPerRule})
}

// Summary counts the findings of results in a sentence, as `loonglint check` ends with.
func Summary(results []*Result) string {
	var s lint.Summary
	for _, r := range results {
		s.Add(r.internal())
	}
	return s.String()
}
