package lint

import (
	"errors"
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
		for batch := range slices.Chunk(inputs, togetherFiles) {
			if !yieldAll(r.check(c, batch), yield) {
				return
			}
		}
		return
	}
	size := max(1, min(len(inputs)/(4*workers), maxBatch))
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
				j.out <- r.check(c, j.in)
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

// check reads and checks files.
func (r *Runner) check(c *Checker, inputs []Input) []*FileResult {
	results := make([]*FileResult, 0, len(inputs))
	for len(inputs) > 0 {
		var group []Source
		for len(group) < len(inputs) && !isFull(group) {
			group = append(group, inputs[len(group)].read(r.Environment))
		}
		for i, res := range c.Sources(group) {
			if r.Repair != nil {
				res = r.repair(c, inputs[i], group[i].Text, res)
			}
			results = append(results, res)
		}
		inputs = inputs[len(group):]
	}
	return results
}

// read reads a file.
func (in *Input) read(env *loong.Environment) (s Source) {
	defer func() {
		if v := recover(); v != nil {
			s.Err = errors.New(internalError(in.Path, "reading the file", v).Message)
		}
	}()
	s = Source{Path: in.Path, Environment: env, Accept: in.Accept}
	s.Text, s.Err = in.Read()
	return s
}
