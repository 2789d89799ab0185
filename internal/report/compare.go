package report

import (
	"bufio"
	"fmt"
	"io"
	"slices"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/render"
)

// comparisonSchema names the document of Comparison.Write as json.
const comparisonSchema = "loonglint.comparison.v1"

// Comparison tells how the findings of two runs differ; each list is in the order of its run.
type Comparison struct {
	Old, Now  render.Tool
	New       []*lint.Finding // in the later run only
	Fixed     []*lint.Finding // in the earlier run only
	Unchanged []*lint.Finding // in both, as the later run has them
}

// Compare matches the findings of two runs by fingerprint, repeats one to one.
func Compare(old, now *Result) *Comparison {
	c := &Comparison{Old: old.Tool, Now: now.Tool}
	left := map[string]int{}
	for _, f := range findings(old) {
		left[f.Fingerprint]++
	}
	for _, f := range findings(now) {
		if left[f.Fingerprint] > 0 {
			left[f.Fingerprint]--
			c.Unchanged = append(c.Unchanged, f)
		} else {
			c.New = append(c.New, f)
		}
	}
	all := findings(old)
	slices.Reverse(all) // of repeats the last ones are those that went
	for _, f := range all {
		if left[f.Fingerprint] > 0 {
			left[f.Fingerprint]--
			c.Fixed = append(c.Fixed, f)
		}
	}
	slices.Reverse(c.Fixed)
	return c
}

func findings(r *Result) []*lint.Finding {
	var all []*lint.Finding
	for _, f := range r.Files {
		all = append(all, f.Findings...)
	}
	return all
}

// Summary counts: "1 new, 2 fixed, 3 unchanged".
func (c *Comparison) Summary() string {
	return fmt.Sprintf("%d new, %d fixed, %d unchanged", len(c.New), len(c.Fixed), len(c.Unchanged))
}

// ComparisonFormats lists the formats of Comparison.Write.
func ComparisonFormats() []string { return []string{"text", "json"} }

// Write renders the comparison. The text has a line per finding: "+" new, "-" fixed; unchanged
// ones are counted only.
func (c *Comparison) Write(format string, w io.Writer, opt Options) error {
	if format == "json" {
		return c.json(w)
	}
	b := bufio.NewWriter(w)
	p := render.NewPaint(opt.Color)
	write := func(sign string, list []*lint.Finding) {
		for _, f := range list {
			head := sign + " " + render.Where(f.File, f.Start) + ": " + f.Severity.String() + "[" + f.Rule.Name + "]"
			if sign == "+" {
				head = render.In(p.Level(f.Severity), head)
			}
			b.WriteString(head + " " + f.Message + "\n")
		}
	}
	write("+", c.New)
	write("-", c.Fixed)
	return b.Flush()
}

func (c *Comparison) json(w io.Writer) error {
	wire := func(list []*lint.Finding) []*render.Finding {
		out := make([]*render.Finding, len(list))
		for i, f := range list {
			out[i] = render.FindingOf(f)
		}
		return out
	}
	type counts struct {
		New       int `json:"new"`
		Fixed     int `json:"fixed"`
		Unchanged int `json:"unchanged"`
	}
	raw, err := render.Encode(struct {
		Schema    string            `json:"schema"`
		Old       render.ToolObject `json:"old"`
		Now       render.ToolObject `json:"now"`
		New       []*render.Finding `json:"new"`
		Fixed     []*render.Finding `json:"fixed"`
		Unchanged []*render.Finding `json:"unchanged"`
		Summary   counts            `json:"summary"`
	}{comparisonSchema, c.Old.Object(), c.Now.Object(), wire(c.New), wire(c.Fixed), wire(c.Unchanged), counts{len(c.New), len(c.Fixed), len(c.Unchanged)}})
	if err != nil {
		return err
	}
	_, err = w.Write(append(raw, '\n'))
	return err
}
