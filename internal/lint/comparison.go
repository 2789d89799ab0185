package lint

import (
	"cmp"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/loonglint/loonglint/internal/redact"
)

// Comparison runs the rules across files, each in a goroutine of its own, while the files are being checked: of a file
// nothing is held but what a rule keeps of it. The files are handed over sorted by path, then End is called, and then each
// file gets its findings.
type Comparison struct {
	// Store takes the findings until their files get them; nil: they stay in memory. It is set before the first file is
	// handed over.
	Store Store

	options *Options
	passes  []*CrossPass // by the index of the rule; nil: it is no rule across files
	feeds   []chan Fact
	rules   sync.WaitGroup
	first   string                // file
	found   map[string][]*Finding // by file; those that are not stored
	storing sync.Mutex
	err     error // of storing
}

// Store keeps what is written to it, and gives it back.
type Store interface {
	io.Writer
	io.ReaderAt
	Len() int64 // in bytes
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
				c.store(c.passes[i])
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

// store stores the findings that a rule made since the last time.
func (c *Comparison) store(p *CrossPass) {
	if c.Store == nil {
		return
	}
	for _, f := range p.findings {
		c.finish(f)
		raw, err := encodeFinding(f)
		c.storing.Lock()
		p.stored = append(p.stored, stored{f.File, c.Store.Len(), len(raw)})
		if err == nil {
			_, err = c.Store.Write(raw)
		}
		c.err = cmp.Or(c.err, err)
		c.storing.Unlock()
	}
	p.findings = nil
}

// finish makes a finding ready to be shown.
func (c *Comparison) finish(f *Finding) {
	if level := c.options.level(f.File, f.Rule); level != 0 {
		f.Severity = level
	}
	found, none := []*Finding{f}, redact.None()
	if c.options.fingerprints() {
		fingerprint(found, c.options, none)
	}
	redactAll(found, none, c.options.fingerprints())
}

// End waits until all is compared. A rule that failed is a finding of the first file.
func (c *Comparison) End() error {
	for _, feed := range c.feeds {
		if feed != nil {
			close(feed)
		}
	}
	c.rules.Wait()
	for _, p := range c.passes {
		if p == nil {
			continue
		}
		slices.SortStableFunc(p.stored, func(a, b stored) int { return strings.Compare(a.file, b.file) })
		if p.failed != nil {
			c.found[c.first] = append(c.found[c.first], internalError(c.first, p.Rule.Name, p.failed))
		}
		for _, f := range p.findings {
			c.finish(f)
			c.found[f.File] = append(c.found[f.File], f)
		}
		p.findings = nil
	}
	return c.err
}

// of lists the findings of a file.
func (c *Comparison) of(file string) ([]*Finding, error) {
	list := slices.Clip(c.found[file])
	for _, p := range c.passes {
		if p == nil {
			continue
		}
		at, _ := slices.BinarySearchFunc(p.stored, file, func(s stored, file string) int { return strings.Compare(s.file, file) })
		for ; at < len(p.stored) && p.stored[at].file == file; at++ {
			raw := make([]byte, p.stored[at].size)
			if n, err := c.Store.ReadAt(raw, p.stored[at].at); n < len(raw) {
				return nil, err
			}
			f, err := decodeFinding(raw, p.Rule, file)
			if err != nil {
				return nil, err
			}
			list = append(list, f)
		}
	}
	return list, nil
}

// Complete sorts the findings of a file among those that its result has. Of a file that is read again it may be called again.
// An error is one of the store.
func (c *Comparison) Complete(to *FileResult) error {
	found, err := c.of(to.Path)
	if err != nil {
		return err
	}
	before := len(to.Findings)
	for _, f := range found {
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
	return nil
}
