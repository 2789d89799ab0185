package lint

import (
	"github.com/loonglint/loonglint/internal/loong"
)

// Checker checks files by the same options; several goroutines may use it. What runs is worked out once.
type Checker struct {
	opt   *Options
	plans plans
}

// NewChecker returns a checker; the options must not change from then on.
func NewChecker(opt *Options) *Checker { return &Checker{opt: opt} }

// planOf is the plan for a file.
func (c *Checker) planOf(cfg *loong.Config) *plan {
	return c.plans.of(cfg.Document.Name, c.opt, isStatic(cfg))
}

// check asks the rules about files and makes their results.
func (p *plan) check(jobs []job, opt *Options) {
	r := p.takeRound(len(jobs))
	defer p.giveRound(r)
	for i, v := range r.visitors {
		cfg := jobs[i].config
		v.file = File{Document: jobs[i].document, Config: cfg, Environment: cfg.Environment, Policy: opt.Policy, Alone: opt.alone}
		v.begin()
	}
	crash := r.ask(jobs[0].Path)
	switch {
	case crash == nil:
		for i, v := range r.visitors {
			jobs[i].take(func(j *job) { j.result = v.conclude(opt) })
		}
	case len(jobs) == 1:
		jobs[0].result = crash
	default: // each alone, as nobody knows which of them it was about
		for i := range jobs {
			p.check(jobs[i:i+1], opt)
		}
	}
}
