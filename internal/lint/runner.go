package lint

import (
	"runtime"
	"slices"
	"sync"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
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
	c := NewComparison(r.Options)
	r.stream(inputs, func(f *FileResult) bool {
		c.Take(f)
		all = append(all, f)
		return true
	})
	_ = c.End() // nothing is stored
	for i, f := range all {
		all[i] = nil
		_ = c.Complete(f)
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
