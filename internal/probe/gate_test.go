package probe

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// crowd counts the requests that are in a host at a time.
type crowd struct {
	mu        sync.Mutex
	now, most map[string]int
	all, top  int
	total     int
	pause     time.Duration
}

func (c *crowd) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.enter(r.Host, 1)
	time.Sleep(c.pause)
	c.enter(r.Host, -1)
	io.WriteString(w, listOfTwo)
}

func (c *crowd) enter(host string, n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.now == nil {
		c.now, c.most = map[string]int{}, map[string]int{}
	}
	c.now[host] += n
	c.all += n
	c.most[host], c.top = max(c.most[host], c.now[host]), max(c.top, c.all)
	if n > 0 {
		c.total++
	}
}

// profiles are n profiles with distinct requests over some hosts.
func profiles(n int, hosts []string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "[providers.p%03d]\nkind = \"vllm\"\nbase_url = \"http://%s/%d\"\n", i, hosts[i%len(hosts)], i)
	}
	return b.String()
}

// TestCrowd: at most four at a time to one host, and many to many hosts.
func TestCrowd(t *testing.T) {
	for _, hosts := range []int{1, 8} {
		c := &crowd{pause: 5 * time.Millisecond}
		p, names := hall(t, c, hosts)
		for _, res := range runAll(t, p, profiles(80, names), nil) {
			if res.Outcome != OK {
				t.Fatalf("%s %s: %s", res.Outcome, res.Reason, res.Detail)
			}
		}
		for host, most := range c.most {
			if most > 4 {
				t.Errorf("%d requests at a time to %s", most, host)
			}
		}
		if c.total != 80 || len(c.most) != hosts || c.top > 4*hosts {
			t.Errorf("%d requests to %d hosts, %d at a time", c.total, len(c.most), c.top)
		}
	}
}

// hall is a handler behind several hosts on loopback.
func hall(t testing.TB, h http.Handler, hosts int) (p *Permissions, names []string) {
	t.Helper()
	for range hosts {
		s := httptest.NewServer(h)
		t.Cleanup(s.Close)
		names = append(names, s.Listener.Addr().String())
	}
	return &Permissions{}, names
}

// TestAtOnce bounds what is under way in all.
func TestAtOnce(t *testing.T) {
	c := &crowd{pause: 5 * time.Millisecond}
	p, names := hall(t, c, 8)
	p.Limits.AtOnce = 3
	runAll(t, p, profiles(60, names), nil)
	if c.total != 60 || c.top > 3 {
		t.Errorf("%d requests, %d at a time", c.total, c.top)
	}
}

// TestRequestsOfARun: what is beyond the limit is not run, and everything has a result.
func TestRequestsOfARun(t *testing.T) {
	c := &crowd{}
	p, names := hall(t, c, 2)
	p.Limits.Requests = 10
	left := 0
	for _, res := range runAll(t, p, profiles(30, names), nil) {
		if res.Outcome == NotRun && res.Reason == TooManyRequests {
			left++
		}
	}
	if c.total != 10 || left != 20 {
		t.Errorf("%d requests, %d profiles left", c.total, left)
	}
}

// TestSameRequestOnce: profiles and files that ask the same share an answer; another secret,
// header or address is another request.
func TestSameRequestOnce(t *testing.T) {
	var got seen
	n := newInternet(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got.add(r)
		w.WriteHeader(502)
	}))
	const same = "kind = \"openai\"\nretry_max_attempts = 2\n"
	toml := "[providers.a]\n" + same + "[providers.b]\n" + same + "[providers.c]\n" + same + "model = \"x\"\n" +
		"[providers.d]\n" + same + "api_key = \"other\"\n[providers.e]\n" + same + "headers = { x = \"y\" }\n[providers.f]\n" + same + "models_endpoint = \"https://api.openai.com/m\"\n" +
		"[providers.g]\n" + same + "models_endpoint = \"https://g:p@api.openai.com/m\"\n[providers.h]\n" + same + "models_endpoint = \"https://h:p@api.openai.com/m\"\n" +
		"[providers.i]\n" + same + "models_endpoint = \"https://h:q@api.openai.com/m\"\n"
	jobs := append(jobsOf(t, toml, oneKey), jobsOf(t, toml, oneKey)...)
	r := newRunner(n.permissions())
	r.wait = func(ctx context.Context, _ time.Duration) bool { return ctx.Err() == nil }
	for i, res := range r.run(context.Background(), jobs, nil) {
		if res.Status != 502 || res.Asked != 2 {
			t.Errorf("%d: %s, status %d, asked %d", i, res.Outcome, res.Status, res.Asked)
		}
	}
	if n := len(got.list()); n != 2*7 {
		t.Errorf("%d requests for seven distinct ones, each tried twice", n)
	}
}

// TestOrderAndProgress: results are in the order of the jobs, and each is told once.
func TestOrderAndProgress(t *testing.T) {
	c := &crowd{}
	p, names := hall(t, c, 3)
	jobs := jobsOf(t, profiles(40, names), nil)
	told := 0
	all := Run(context.Background(), p, jobs, func(done, total int, _ *Result) {
		if told++; done != told || total != 40 {
			t.Errorf("told %d of %d, want %d", done, total, told)
		}
	})
	for i, res := range all {
		if res.job != jobs[i] || res.Profile != fmt.Sprintf("p%03d", i) {
			t.Errorf("%d: %s", i, res.Profile)
		}
	}
	if told != 40 {
		t.Errorf("told %d", told)
	}
}

// TestPanic: a result, not a crash.
func TestPanic(t *testing.T) {
	p := &Permissions{Dial: func(context.Context, addrPort) (net.Conn, error) { panic("secret-1") }}
	res := run1(t, p, "[providers.main]\nkind = \"ollama\"\n", nil)
	if res.Outcome != Inconclusive || res.Reason != InternalError || strings.Contains(res.Detail, "secret") {
		t.Errorf("%s %s: %s", res.Outcome, res.Reason, res.Detail)
	}
}

// BenchmarkHosts asks 200 profiles behind 100 ms of latency. On one host it cannot end before 5 s,
// for there are 4 requests at a time; on eight it should end within 3 s.
func BenchmarkHosts(b *testing.B) {
	for _, hosts := range []int{1, 8} {
		b.Run(strconv.Itoa(hosts), func(b *testing.B) {
			var total atomic.Int64
			c := &crowd{pause: 100 * time.Millisecond}
			p, names := hall(b, c, hosts)
			for b.Loop() {
				for _, res := range Run(context.Background(), p, jobsOf(b, profiles(200, names), nil), nil) {
					if res.Outcome == OK {
						total.Add(1)
					}
				}
			}
			b.ReportMetric(float64(total.Load())/float64(b.N), "ok/op")
		})
	}
}
