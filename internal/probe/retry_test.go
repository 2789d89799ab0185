package probe

import (
	"net/http"
	"sync/atomic"
	"testing"
	"time"
)

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for text, want := range map[string]time.Duration{
		"0": 0, "1": time.Second, "+1": time.Second, "01": time.Second, " 2 ": 2 * time.Second, "18446744073709551615": 1 << 31 * time.Second,
		"Fri, 02 Jan 2026 03:04:08 GMT": 3 * time.Second, "Fri, 02 Jan 2026 03:04:08 +0000": 3 * time.Second,
		"02 Jan 2026 03:04:08 GMT": 3 * time.Second, "2026-01-02T03:04:08Z": 3 * time.Second, "2026-01-02 03:04:08Z": 3 * time.Second,
		"Mon, 07 Jan 2019 00:00:00 GMT": 0,
		"":                              -1, "abc": -1, "-1": -1, "1.5": -1, "1s": -1, "0x1": -1, "99999999999999999999": -1, "1,2": -1, "2026-01-02": -1,
		"Sun Nov  6 08:49:37 1994": -1, "Mon, 01 Jan 1900 00:00:00 GMT": -1,
	} {
		got, ok := retryAfter(text, now)
		if !ok {
			got = -1
		}
		if got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func TestAgain(t *testing.T) {
	now := time.Now()
	d := &decision{pause: 300 * time.Millisecond, patience: 3 * time.Second}
	for name, c := range map[string]struct {
		answer  *answer
		failure *failure
		pause   time.Duration // -1: not again
	}{
		"reset":              {nil, &failure{reason: SendFailed, reset: true}, 300 * time.Millisecond},
		"timeout":            {nil, sendFailure(ByTimeout, ""), -1},
		"refused":            {nil, sendFailure(ByConnect, ""), -1},
		"name":               {nil, sendFailure(ByDNS, ""), -1},
		"429":                {&answer{status: 429}, nil, -1},
		"429 short":          {&answer{status: 429, retryAfter: "1"}, nil, time.Second},
		"429 none":           {&answer{status: 429, retryAfter: "0"}, nil, 50 * time.Millisecond},
		"429 long":           {&answer{status: 429, retryAfter: "60"}, nil, -1},
		"502":                {&answer{status: 502}, nil, 300 * time.Millisecond},
		"503":                {&answer{status: 503}, nil, 300 * time.Millisecond},
		"503 short":          {&answer{status: 503, retryAfter: "2"}, nil, 2 * time.Second},
		"503 long":           {&answer{status: 503, retryAfter: "60"}, nil, -1},
		"504":                {&answer{status: 504}, nil, 300 * time.Millisecond},
		"500":                {&answer{status: 500}, nil, -1},
		"408":                {&answer{status: 408}, nil, -1},
		"401":                {&answer{status: 401}, nil, -1},
		"200":                {&answer{status: 200}, nil, -1},
		"502, a broken body": {&answer{status: 502, fault: BadBody}, nil, -1},
	} {
		got, ok := d.again(c.answer, c.failure, now)
		if !ok {
			got = -1
		}
		if got != c.pause {
			t.Errorf("%s: %v, want %v", name, got, c.pause)
		}
	}
}

// TestOneMoreTry: whatever the profile asks for, there are two tries for each of two identities.
func TestOneMoreTry(t *testing.T) {
	for attempts, want := range map[string]int64{"1": 2, "2": 4, "8": 4} {
		var n atomic.Int64
		net := newInternet(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			n.Add(1)
			w.WriteHeader(502)
		}))
		res := run1(t, net.permissions(), oneProfile+"retry_max_attempts = "+attempts+"\n", map[string]string{"OPENAI_API_KEY": "k1,k2,k3"})
		if n.Load() != want || res.Asked != int(want) || res.Requests < int(want) {
			t.Errorf("%s attempts: %d requests, %d told, %d planned; want %d", attempts, n.Load(), res.Asked, res.Requests, want)
		}
	}
}
