package lint

import (
	"slices"
	"sync"

	"github.com/loonglint/loonglint/internal/redact"
)

// Comparison runs the rules across files, each in a goroutine of its own, while the files are being checked: of a file
// nothing is held but what a rule keeps of it. The files are handed over sorted by path, then End is called, and then each
// file gets its findings.
type Comparison struct {
	options *Options
	passes  []*CrossPass // by the index of the rule; nil: it is no rule across files
	feeds   []chan Fact
	rules   sync.WaitGroup
	first   string                // file
	found   map[string][]*Finding // by file
}

// NewComparison begins one; it holds goroutines until End.
func NewComparison(opt *Options) *Comparison {
	c := &Comparison{options: opt, passes: make([]*CrossPass, len(opt.Rules)), feeds: make([]chan Fact, len(opt.Rules)), found: map[string][]*Finding{}}
	for i, rule := range opt.Rules {
		if rule.Compare == nil {
			continue
		}
		feed := make(chan Fact, 64)
		c.feeds[i] = feed
		c.passes[i] = &CrossPass{Rule: rule, Facts: func(yield func(Fact) bool) {
			for f := range feed {
				if !yield(f) {
					return
				}
			}
		}}
		c.rules.Go(func() {
			c.passes[i].run()
			for range feed { // of a rule that ended early
			}
		})
	}
	return c
}

// run compares, and remembers a panic.
func (p *CrossPass) run() {
	defer func() { p.failed = recover() }()
	p.Rule.Compare(p)
}

// Take hands the facts of the next file to the rules; the result keeps none.
func (c *Comparison) Take(f *FileResult) {
	if c.first == "" {
		c.first = f.Path
	}
	for _, fact := range f.facts {
		if feed := c.feeds[fact.rule]; feed != nil {
			feed <- Fact{f.Path, fact.value}
		}
	}
	f.facts = nil
}

// End waits until all is compared. A rule that failed is a finding of the first file.
func (c *Comparison) End() {
	for _, feed := range c.feeds {
		if feed != nil {
			close(feed)
		}
	}
	c.rules.Wait()
	none := redact.None()
	for _, p := range c.passes {
		if p == nil {
			continue
		}
		if p.failed != nil {
			c.found[c.first] = append(c.found[c.first], internalError(c.first, p.Rule.Name, p.failed))
		}
		for _, f := range p.findings {
			if level := c.options.level(f.File, f.Rule); level != 0 {
				f.Severity = level
			}
			c.options.fingerprint([]*Finding{f}, none)
			f.redact(none)
			c.found[f.File] = append(c.found[f.File], f)
		}
		p.findings = nil
	}
}

// Complete sorts the findings of a file among those that its result has. Of a file that is read again it may be called again.
func (c *Comparison) Complete(to *FileResult) {
	before := len(to.Findings)
	for _, f := range c.found[to.Path] {
		switch {
		case f.Rule == &InternalError:
			to.Failed = true
			to.Findings = append(to.Findings, f)
		case to.ignored(f):
		case c.options.Baseline.Has(f.Fingerprint):
			to.Known = append(to.Known, f.Fingerprint)
			to.Baselined++
		case f.Severity < c.options.AcrossMinLevel:
			to.Hidden.Count(f.Severity, 1)
		default:
			to.Findings = append(to.Findings, f)
		}
	}
	if len(to.Findings) > before {
		slices.SortStableFunc(to.Findings, Compare)
	}
	to.ignores = nil
}
