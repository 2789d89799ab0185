package probe

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/loonglint/loonglint/internal/loong"
)

const oneProfile = "[providers.main]\nkind = \"openai\"\n"

var oneKey = map[string]string{"OPENAI_API_KEY": "secret-1"}

func TestStatuses(t *testing.T) {
	for status := 200; status < 1000; status++ {
		if 226 < status && status < 299 || 308 < status && status < 399 || 431 < status && status < 499 || 530 < status && status < 599 || 600 < status && status < 999 {
			continue
		}
		a := &answer{status: status, body: []byte(listOfTwo)}
		res := &Result{job: jobsOf(t, oneProfile, oneKey)[0]}
		res.read(a)
		want := Inconclusive
		switch {
		case status < 300:
			want = OK
		case status == 401, status == 403:
			want = Rejected
		}
		if res.Outcome != want || res.Status != status {
			t.Errorf("%d: %s", status, res.Outcome)
		}
	}
}

// TestStatusesOverTheWire has the details that people see.
func TestStatusesOverTheWire(t *testing.T) {
	for status, want := range map[int]struct {
		outcome        Outcome
		asked          int
		detail, advice string
	}{
		200: {OK, 1, "2 models", ""},
		401: {Rejected, 1, "status 401 for OPENAI_API_KEY", "see whether the key is complete, not revoked, and of this service"},
		403: {Rejected, 1, "status 403 for OPENAI_API_KEY", "see whether the key is complete, not revoked, and of this service"},
		404: {Inconclusive, 1, "status 404, the models route may not be offered", "set model or preferred_models, so that Loong does not need the list"},
		405: {Inconclusive, 1, "status 405, the models route may not be offered", "set model or preferred_models, so that Loong does not need the list"},
		429: {Inconclusive, 1, "status 429, too many requests", ""},
		500: {Inconclusive, 1, "status 500, the service has a problem of its own", ""},
		502: {Inconclusive, 2, "status 502, the service has a problem of its own", ""},
		503: {Inconclusive, 2, "status 503, the service has a problem of its own", ""},
		504: {Inconclusive, 2, "status 504, the service has a problem of its own", ""},
		418: {Inconclusive, 1, "status 418", ""},
	} {
		n := newInternet(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			io.WriteString(w, listOfTwo)
		}))
		res := run1(t, n.permissions(), oneProfile, oneKey)
		if res.Outcome != want.outcome || res.Asked != want.asked || res.Detail != want.detail || res.Advice != want.advice {
			t.Errorf("%d: %s after %d requests: %q, %q", status, res.Outcome, res.Asked, res.Detail, res.Advice)
		}
	}
}

func TestModelsThatAreConfigured(t *testing.T) {
	n := newInternet(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, listOfTwo) }))
	for toml, want := range map[string]struct {
		model   loong.Tri
		missing string
	}{
		"":                 {loong.Maybe, "[]"},
		"model = \"auto\"": {loong.Maybe, "[]"},
		"model = \"m-1\"":  {loong.Yes, "[]"},
		"model = \"M-1\"":  {loong.No, "[]"},
		"preferred_models = [\"M-1\", \"m-3\", \" m-2 \", \"m-4\"]": {loong.Maybe, "[m-3 m-4]"},
	} {
		res := run1(t, n.permissions(), oneProfile+toml, oneKey)
		if res.Model != want.model || fmt.Sprint(res.Missing) != want.missing {
			t.Errorf("%s: model %d, missing %v", toml, res.Model, res.Missing)
		}
	}
}

// raw returns permissions whose only peer answers with text, and with nothing more until the other side
// goes; pace is how much of it at a time, and how often.
func raw(t *testing.T, text string, size int, pause time.Duration) *Permissions {
	t.Helper()
	p := &Permissions{Resolver: names{"llm.example": {somewhere}}, Hosts: []Host{{"llm.example", -1, true}}}
	p.Dial = func(context.Context, addrPort) (net.Conn, error) {
		here, there := net.Pipe()
		go func() {
			defer there.Close()
			buffer := make([]byte, 4096)
			for head := ""; !strings.Contains(head, "\r\n\r\n"); {
				k, err := there.Read(buffer)
				if err != nil {
					return
				}
				head += string(buffer[:k])
			}
			for rest := text; rest != ""; {
				k := min(size, len(rest))
				if _, err := io.WriteString(there, rest[:k]); err != nil {
					return
				}
				rest = rest[k:]
				time.Sleep(pause)
			}
			_, _ = there.Read(buffer)
		}()
		return here, nil
	}
	return p
}

const plainProfile = "[providers.main]\nkind = \"custom\"\nbase_url = \"http://llm.example/v1\"\napi_key = \"secret-1\"\nretry_max_attempts = 1\n"

func TestHostileAnswers(t *testing.T) {
	const fine = "HTTP/1.1 200 OK\r\ncontent-length: "
	body := func(s string) string { return fmt.Sprintf("%s%d\r\n\r\n%s", fine, len(s), s) }
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	io.WriteString(z, `{"data":["`+strings.Repeat("a", 1<<22)+`"]}`)
	z.Close()
	packed := fmt.Sprintf("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: %d\r\n\r\n%s", bomb.Len(), bomb.String())
	for name, c := range map[string]struct {
		answer string
		size   int
		pause  time.Duration
		want   Reason
	}{
		"hangs":                    {"", 1, 0, SendFailed},
		"hangs in the head":        {"HTTP/1.1 200 OK\r\n", 1 << 20, 0, SendFailed},
		"drips its head":           {"HTTP/1.1 200 OK\r\nx: " + strings.Repeat("a", 5000), 1, 20 * time.Millisecond, SendFailed},
		"hangs in the body":        {fine + "10\r\n\r\nab", 1 << 20, 0, BadBody},
		"drips its body":           {fine + "5000\r\n\r\n" + strings.Repeat(" ", 4000), 60, 20 * time.Millisecond, BadBody},
		"never ends its head":      {"HTTP/1.1 200 OK\r\n" + strings.Repeat("x: y\r\n", 90) + "x: " + strings.Repeat("a", 1<<20), 1 << 16, 0, SendFailed},
		"has very many headers":    {"HTTP/1.1 200 OK\r\n" + strings.Repeat("x: y\r\n", 1000) + "\r\n", 1 << 16, 0, SendFailed},
		"begins again and again":   {strings.Repeat("HTTP/1.1 100 Continue\r\n\r\n", 1000), 1 << 16, 0, SendFailed},
		"announces too much":       {fine + "9999999999\r\n\r\n", 1 << 20, 0, TooLarge},
		"announces beyond numbers": {fine + "99999999999999999999999\r\n\r\n", 1 << 20, 0, SendFailed},
		"announces less than none": {fine + "-1\r\n\r\n", 1 << 20, 0, SendFailed},
		"sends too much":           {"HTTP/1.1 200 OK\r\n\r\n" + strings.Repeat("a", 2<<20), 1 << 16, 0, TooLarge},
		"sends a huge chunk":       {"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nfffffffffffffff\r\n", 1 << 20, 0, TooLarge},
		"sends a chunk past all":   {"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nffffffffffffffffff\r\n", 1 << 20, 0, BadBody},
		"sends many chunks":        {"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n" + strings.Repeat("1\r\na\r\n", 1<<20), 1 << 16, 0, BadBody},
		"sends endless trailers":   {"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n" + strings.Repeat("x: y\r\n", 1<<19), 1 << 16, 0, BadBody},
		"sends a bomb":             {packed, 1 << 16, 0, TooLarge},
		"speaks something else":    {"SSH-2.0-OpenSSH_9.6\r\n", 1 << 16, 0, SendFailed},
		"speaks HTTP/2":            {"HTTP/2 200 OK\r\n\r\n", 1 << 16, 0, SendFailed},
		"sends a page":             {body("<html>no</html>"), 1 << 16, 0, NoModels},
		"sends nothing":            {body(""), 1 << 16, 0, NoModels},
		"nests deeply":             {body(`{"data":` + strings.Repeat("[", 100000) + strings.Repeat("]", 100000) + `}`), 1 << 16, 0, NoModels},
		"has a bare carriage":      {"HTTP/1.1 200 OK\r\nx: a\rb\r\n\r\n", 1 << 16, 0, SendFailed},
	} {
		t.Run(name, func(t *testing.T) {
			p := raw(t, c.answer, c.size, c.pause)
			p.Limits = Limits{Time: 300 * time.Millisecond, Body: 1 << 20}
			res := run1(t, p, plainProfile, nil)
			if res.Outcome != Inconclusive || res.Reason != c.want {
				t.Errorf("%s %s (%s), want %s", res.Outcome, res.Reason, res.Detail, c.want)
			}
		})
	}
}
