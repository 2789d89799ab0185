package probe

import (
	"context"
	"strconv"
	"sync"
	"time"
)

// gate lets requests through: so many at a time to a host and in all, so many in a run, and the
// same one only once.
type gate struct {
	limits Limits
	all    chan struct{}

	mu      sync.Mutex
	hosts   map[string]chan struct{}
	flights map[string]*flight
	left    int
}

// flight is a request under way or answered; done is closed when it is answered.
type flight struct {
	done    chan struct{}
	answer  *answer
	failure *failure
	took    time.Duration
}

func newGate(l Limits) *gate {
	return &gate{limits: l, all: make(chan struct{}, l.AtOnce), left: l.Requests,
		hosts: map[string]chan struct{}{}, flights: map[string]*flight{}}
}

// send sends a request, or waits for the answer that the same request gets; attempt counts from 0.
func (g *gate) send(ctx context.Context, c *client, r *request, attempt int, res *Result) (*answer, *failure) {
	key := r.exactly + strconv.Itoa(attempt)
	g.mu.Lock()
	f, shared := g.flights[key]
	if !shared {
		if g.left--; g.left < 0 {
			g.mu.Unlock()
			return nil, &failure{reason: TooManyRequests}
		}
		f = &flight{done: make(chan struct{})}
		g.flights[key] = f
	}
	g.mu.Unlock()
	if !shared {
		g.fly(ctx, c, r, f)
	}
	select {
	case <-f.done:
	case <-ctx.Done():
		return nil, &failure{reason: Cancelled}
	}
	if f.failure == nil || f.failure.reason == SendFailed {
		res.Asked++
	}
	res.Elapsed = f.took
	if ctx.Err() != nil && f.failure != nil {
		return nil, &failure{reason: Cancelled}
	}
	return f.answer, f.failure
}

// fly sends the request when there is room.
func (g *gate) fly(ctx context.Context, c *client, r *request, f *flight) {
	defer close(f.done)
	f.failure = &failure{reason: Cancelled}
	host := g.host(r.url.Scheme + "://" + r.url.HostPort())
	for _, room := range []chan struct{}{host, g.all} {
		select {
		case room <- struct{}{}:
			defer func() { <-room }()
		case <-ctx.Done():
			return
		}
	}
	start := time.Now()
	f.answer, f.failure = c.send(ctx, r)
	f.took = time.Since(start)
}

func (g *gate) host(name string) chan struct{} {
	g.mu.Lock()
	defer g.mu.Unlock()
	room := g.hosts[name]
	if room == nil {
		room = make(chan struct{}, g.limits.PerHost)
		g.hosts[name] = room
	}
	return room
}
