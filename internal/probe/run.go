package probe

import (
	"context"
	"time"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/loong"
)

// Run asks for every job and returns the results in the order of the jobs. When ctx ends, it
// returns at once with what is known. progress, which may be nil, is told of every result from
// one goroutine.
func Run(ctx context.Context, p *Permissions, jobs []*Job, progress func(done, total int, r *Result)) []*Result {
	return newRunner(p).run(ctx, jobs, progress)
}

// runner is one run.
type runner struct {
	permissions *Permissions
	client      *client
	gate        *gate
	parse       chan struct{} // answers are parsed two at a time, for they may be large
	now         func() time.Time
	wait        func(context.Context, time.Duration) bool // false: the context ended
}

func newRunner(p *Permissions) *runner {
	limits := p.Limits.filled()
	return &runner{permissions: p, client: &client{p, limits}, gate: newGate(limits), parse: make(chan struct{}, 2), now: time.Now, wait: sleep}
}

func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

func (r *runner) run(ctx context.Context, jobs []*Job, progress func(done, total int, r *Result)) []*Result {
	ctx, cancel := context.WithTimeout(ctx, r.client.limits.Run)
	defer cancel()
	results := make([]*Result, len(jobs))
	type arrived struct {
		index  int
		result *Result
	}
	decisions := make([]*decision, len(jobs))
	for i, j := range jobs { // in order: masking is not for several goroutines
		decisions[i] = r.permissions.decide(j)
	}
	in := make(chan arrived, len(jobs))
	for i, d := range decisions {
		if d.Send {
			go func() { in <- arrived{i, r.safely(ctx, d)} }()
		} else {
			in <- arrived{i, notRun(d)}
		}
	}
	for done := 1; done <= len(jobs); done++ {
		select {
		case a := <-in:
			results[a.index] = a.result.explain()
			if progress != nil {
				progress(done, len(jobs), a.result)
			}
			continue
		case <-ctx.Done():
		}
		break
	}
	for i := range results {
		if results[i] == nil {
			results[i] = canceled(decisions[i]).explain()
		}
	}
	return results
}

func newResult(d *decision) *Result {
	res := &Result{Entry: d.Entry, job: d.job}
	res.local = d.job.Profile != nil && (isLocal(d.job.Profile.Kind) || d.base.url.Loopback())
	return res
}

// safely is ask; a panic becomes a result, for its text could hold anything.
func (r *runner) safely(ctx context.Context, d *decision) (res *Result) {
	defer func() {
		if recover() != nil {
			res = newResult(d)
			res.set(Inconclusive, InternalError)
		}
	}()
	return r.ask(ctx, d)
}

// ask does what was decided.
func (r *runner) ask(ctx context.Context, d *decision) *Result {
	res := newResult(d)
	tries := d.tries
	if d.exchange != nil {
		token, ok := r.exchange(ctx, d, res)
		if !ok {
			return res
		}
		id := identity{d.Credentials[0], token}
		id.from.Header = "authorization"
		tries = append([]identity{id}, tries...)
	}
	for _, id := range tries {
		if r.try(ctx, d, id, res); res.Outcome == OK || res.Reason == Cancelled || res.Reason == TooManyRequests || res.Reason == AddressNotAllowed {
			break
		}
	}
	return res
}

// exchange trades the OAuth token.
func (r *runner) exchange(ctx context.Context, d *decision, res *Result) (token string, ok bool) {
	res.Used = d.Credentials[0]
	if value, _ := d.exchange.get("authorization"); !isHeaderValue(value) {
		res.set(NotRun, BadIdentity)
		return "", false
	}
	a, f := r.gate.send(ctx, r.client, d.exchange, 0, res)
	if f != nil {
		res.fail(f)
		if res.Reason == SendFailed {
			res.Reason = TokenSend
		}
		return "", false
	}
	token, reason := exchanged(d.job.Profile.Kind, a)
	switch reason {
	case "":
		return token, true
	case TokenRejected:
		res.set(Rejected, reason)
	default:
		res.set(Inconclusive, reason)
	}
	res.Status = a.status
	return "", false
}

// try tries one identity, and once more where that may help.
func (r *runner) try(ctx context.Context, d *decision, id identity, res *Result) {
	if res.Outcome == Rejected {
		res.before = append(res.before, res.Used)
	}
	res.Used, res.Status, res.Cause, res.attempts = id.from, 0, "", 0
	for {
		req, reason := d.base.with(d.job.Profile.Kind, id, d.signer, r.now())
		if reason != "" {
			if res.Asked == 0 {
				res.set(NotRun, reason)
			} else {
				res.set(Inconclusive, reason)
			}
			return
		}
		a, f := r.gate.send(ctx, r.client, req, res.attempts, res)
		res.attempts++
		pause, again := time.Duration(0), false
		if f == nil || f.reason == SendFailed {
			pause, again = d.again(a, f, r.now())
		}
		if again && res.attempts < min(d.attempts, maxTries) {
			if r.wait(ctx, pause) {
				continue
			}
			f = &failure{reason: Cancelled}
		}
		if f != nil {
			res.fail(f)
		} else {
			r.parse <- struct{}{}
			res.read(a)
			<-r.parse
		}
		return
	}
}

// read judges an answer of the models route (behaviour.md 7.7, 7.8).
func (res *Result) read(a *answer) {
	res.Status = a.status
	switch {
	case a.fault != "":
		res.set(Inconclusive, a.fault)
	case a.status == 401 || a.status == 403:
		res.set(Rejected, BadStatus)
	case a.status < 200 || a.status > 299:
		res.set(Inconclusive, BadStatus)
	default:
		if res.models = models(parse(a.body)); len(res.models) == 0 {
			res.set(Inconclusive, NoModels)
			return
		}
		res.set(OK, "")
		res.Count = len(res.models)
		res.compare()
	}
}

// latest is the tag that local servers add to the name of a model without one.
const latest = ":latest"

// compare looks for the configured models. A preferred model is found in any case (behaviour.md
// 7.9), a model only as it is written.
func (res *Result) compare() {
	p := res.job.Profile
	exact := map[string]bool{p.Model.Val: false, p.Model.Val + latest: false}
	anyCase := make(map[string]bool, len(p.PreferredModels))
	for _, m := range p.PreferredModels {
		exact[m], anyCase[ascii.Lower(m)] = false, false
	}
	for _, id := range res.models {
		if _, asked := exact[id]; asked {
			exact[id] = true
		}
		if folded := ascii.Lower(id); !anyCase[folded] {
			if _, asked := anyCase[folded]; asked {
				anyCase[folded] = true
			}
		}
	}
	res.Model = loong.Maybe
	if !p.Auto {
		if res.Model = loong.No; exact[p.Model.Val] || res.local && exact[p.Model.Val+latest] {
			res.Model = loong.Yes
		}
	}
	res.missing = nil
	for _, m := range p.PreferredModels {
		if !anyCase[ascii.Lower(m)] {
			res.missing = append(res.missing, m)
		}
	}
}

func (res *Result) set(o Outcome, r Reason) { res.Outcome, res.Reason = o, r }

func (res *Result) fail(f *failure) {
	res.set(Inconclusive, f.reason)
	res.Cause, res.Detail, res.Advice = f.cause, f.text, f.help
	if f.reason == AddressNotAllowed || f.reason == TooManyRequests || f.reason == Cancelled {
		if res.Asked == 0 {
			res.Outcome = NotRun
		}
	}
}

func notRun(d *decision) *Result {
	res := newResult(d)
	res.set(NotRun, d.Reason)
	if d.Reason == SendFailed {
		res.Cause = ByNothing
	}
	return res
}

func canceled(d *decision) *Result {
	res := newResult(d)
	res.set(NotRun, Cancelled)
	return res
}
