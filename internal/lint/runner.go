package lint

import (
	"runtime"
	"slices"
	"sync"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/redact"
)

// Input is a file to check.
type Input struct {
	Path string // as it is to be shown
	Read func() ([]byte, error)
	// Accept decides whether a file that was read is checked; its error is then the result's. nil: it is.
	Accept func(*document.Document) error
}

// Runner checks many files. What it yields does not depend on the number of workers.
type Runner struct {
	Options     *Options
	Environment *loong.Environment
	Workers     int  // 0: one per processor
	Apart       bool // the files are not compared with each other
	Repair      *Repair
}

// Run checks the inputs, which must be sorted by path, and calls yield for each in order, from
// one goroutine; it stops early when yield returns false. At most a few dozen files per worker are
// held at a time, unless rules across files are enabled: then all results wait for the last file.
func (r *Runner) Run(inputs []Input, yield func(*FileResult) bool) {
	if r.Apart || !r.across() || len(inputs) < 2 {
		options, alone := *r.Options, *r
		options.alone = true
		alone.Options = &options
		alone.stream(inputs, yield)
		return
	}
	all := make([]*FileResult, 0, len(inputs))
	c := r.comparison()
	r.stream(inputs, func(f *FileResult) bool {
		c.take(f)
		f.facts = nil
		all = append(all, f)
		return true
	})
	r.tell(c.end(), all)
	for i, f := range all {
		all[i] = nil
		if !yield(f) {
			return
		}
	}
}

func (r *Runner) across() bool {
	return slices.ContainsFunc(r.Options.Rules, func(rule *Rule) bool { return rule.Compare != nil })
}

// stream checks the inputs in parallel and yields the results in order.
func (r *Runner) stream(inputs []Input, yield func(*FileResult) bool) {
	c := NewChecker(r.Options)
	workers := r.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	workers = min(workers, len(inputs))
	if workers <= 1 {
		for _, in := range inputs {
			if !yield(r.check(c, in)) {
				return
			}
		}
		return
	}
	size := max(1, min(len(inputs)/(16*workers), maxBatch))
	window := make(chan chan []*FileResult, 2*workers) // results in order, some not there yet
	type job struct {
		in  []Input
		out chan []*FileResult
	}
	jobs := make(chan job)
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for j := range jobs {
				results := make([]*FileResult, len(j.in))
				for i, in := range j.in {
					results[i] = r.check(c, in)
				}
				j.out <- results
			}
		})
	}
	wg.Go(func() {
		defer close(window)
		defer close(jobs)
		for batch := range slices.Chunk(inputs, size) {
			out := make(chan []*FileResult, 1)
			select {
			case window <- out:
			case <-stop:
				return
			}
			jobs <- job{batch, out}
		}
	})
	for out := range window {
		if !yieldAll(<-out, yield) {
			close(stop)
			break
		}
	}
	for range window { // let the producer end
	}
	wg.Wait()
}

// maxBatch is how many of many files a worker takes at once.
const maxBatch = 16

func yieldAll(results []*FileResult, yield func(*FileResult) bool) bool {
	for i, f := range results {
		results[i] = nil
		if !yield(f) {
			return false
		}
	}
	return true
}

// check reads and checks one file.
func (r *Runner) check(c *Checker, in Input) (res *FileResult) {
	defer recoverInto(&res, in.Path)
	src, err := in.Read()
	if err != nil {
		return &FileResult{Path: in.Path, Verdict: loong.Unreadable, Err: err}
	}
	res = c.Source(in.Path, src, r.Environment, in.Accept)
	if r.Repair != nil {
		res = r.repair(c, in, src, res)
	}
	return res
}

// comparison runs the rules across files, each in a goroutine of its own, while the files are
// being checked: of a file nothing is held but what a rule keeps of it.
type comparison struct {
	passes []*CrossPass // by the index of the rule; nil: it is no rule across files
	feeds  []chan Fact
	rules  sync.WaitGroup
}

func (r *Runner) comparison() *comparison {
	c := &comparison{make([]*CrossPass, len(r.Options.Rules)), make([]chan Fact, len(r.Options.Rules)), sync.WaitGroup{}}
	for i, rule := range r.Options.Rules {
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

// take hands the facts of a file to the rules; files come in path order.
func (c *comparison) take(f *FileResult) {
	for _, fact := range f.facts {
		if feed := c.feeds[fact.rule]; feed != nil {
			feed <- Fact{f.Path, fact.value}
		}
	}
}

// end returns the passes once all facts are compared.
func (c *comparison) end() []*CrossPass {
	for _, feed := range c.feeds {
		if feed != nil {
			close(feed)
		}
	}
	c.rules.Wait()
	return c.passes
}

// compare runs the rules across files over results and sorts their findings in.
func (r *Runner) compare(all []*FileResult) {
	c := r.comparison()
	for _, f := range all {
		c.take(f)
		f.facts = nil
	}
	r.tell(c.end(), all)
}

// tell sorts the findings of passes into the results of their files; a panic becomes a finding
// of the first file.
func (r *Runner) tell(passes []*CrossPass, all []*FileResult) {
	byPath := make(map[string]*FileResult, len(all))
	for _, f := range all {
		byPath[f.Path] = f
	}
	for _, p := range passes {
		if p == nil {
			continue
		}
		if p.failed != nil {
			all[0].Failed = true
			all[0].Findings = append(all[0].Findings, internalError(all[0].Path, p.Rule.Name, p.failed))
		}
		for _, f := range p.findings {
			if to := byPath[f.File]; to != nil {
				r.add(to, f)
			}
		}
	}
	for _, f := range all {
		f.ignores = nil
	}
}

// run compares, and remembers a panic.
func (p *CrossPass) run() {
	defer func() { p.failed = recover() }()
	p.Rule.Compare(p)
}

// add puts a finding across files into the result of its file.
func (r *Runner) add(to *FileResult, f *Finding) {
	if to.ignored(f) {
		return
	}
	if level := r.Options.level(f.File, f.Rule); level != 0 {
		f.Severity = level
	}
	none := redact.None()
	r.Options.fingerprint([]*Finding{f}, none)
	if r.Options.Baseline.Has(f.Fingerprint) {
		to.Known = append(to.Known, f.Fingerprint)
		to.Baselined++
		return
	}
	if f.Severity < r.Options.AcrossMinLevel {
		to.Hidden.Count(f.Severity, 1)
		return
	}
	f.redact(none)
	to.Findings = append(to.Findings, f)
	slices.SortStableFunc(to.Findings, Compare)
}
