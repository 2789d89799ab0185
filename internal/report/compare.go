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
	since := NewSince(old)
	for _, f := range findings(now) {
		if since.IsNew(f) {
			c.New = append(c.New, f)
		} else {
			c.Unchanged = append(c.Unchanged, f)
		}
	}
	c.Fixed = since.Fixed()
	return c
}

// Since tells of the findings of a later run, one by one and in order, which are not in an earlier one.
type Since struct {
	old  *Result
	left map[string]int // findings of the earlier run that were not met yet, by fingerprint
}

// NewSince begins the comparison with an earlier run.
func NewSince(old *Result) *Since {
	s := &Since{old, map[string]int{}}
	for _, f := range findings(old) {
		s.left[f.Fingerprint]++
	}
	return s
}

// IsNew reports whether the next finding of the later run is new.
func (s *Since) IsNew(f *lint.Finding) bool {
	if s.left[f.Fingerprint] == 0 {
		return true
	}
	s.left[f.Fingerprint]--
	return false
}

// Fixed lists the findings of the earlier run that were not met, in order; nothing may be compared after it.
func (s *Since) Fixed() (fixed []*lint.Finding) {
	for _, f := range slices.Backward(findings(s.old)) { // of repeats the last ones are those that went
		if s.left[f.Fingerprint] > 0 {
			s.left[f.Fingerprint]--
			fixed = append(fixed, f)
		}
	}
	slices.Reverse(fixed)
	return fixed
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
