package probe

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

type addrPort = netip.AddrPort

// sealed returns permissions that fail a test when anything touches the network.
func sealed(t *testing.T) *Permissions {
	return &Permissions{Resolver: noLookup{t}, Dial: func(_ context.Context, to addrPort) (net.Conn, error) {
		t.Errorf("dialed %s", to)
		return nil, net.ErrClosed
	}}
}

type noLookup struct{ t *testing.T }

func (n noLookup) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	n.t.Errorf("looked up %s", host)
	return nil, net.ErrClosed
}

// TestNotSent has what is refused before anything is sent, and what would allow it.
func TestNotSent(t *testing.T) {
	file := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(file, []byte("secret-1"), 0o600); err != nil {
		t.Fatal(err)
	}
	const hosted = "[providers.main]\nkind = \"openai\"\n"
	for name, c := range map[string]struct {
		toml        string
		env         map[string]string
		permissions Permissions
		reason      Reason
		help        string
	}{
		"another host":              {hosted + "base_url = \"https://evil.example\"", oneKey, Permissions{}, HostNotAllowed, "--allow-host evil.example"},
		"another host, literal key": {hosted + "base_url = \"https://evil.example\"\napi_key = \"secret-1\"", nil, Permissions{}, HostNotAllowed, "--allow-host evil.example"},
		"another models host":       {hosted + "models_endpoint = \"https://evil.example/models\"", oneKey, Permissions{}, HostNotAllowed, "--allow-host evil.example"},
		"user info before the host": {hosted + "base_url = \"https://api.openai.com@evil.example\"", oneKey, Permissions{}, HostNotAllowed, "--allow-host evil.example"},
		"a backslash in the host":   {hosted + "base_url = 'https://evil.example\\@api.openai.com'", oneKey, Permissions{}, HostNotAllowed, "--allow-host evil.example"},
		"another port":              {hosted + "base_url = \"https://api.openai.com:8443\"", oneKey, Permissions{}, HostNotAllowed, "--allow-host api.openai.com:8443"},
		"only a header":             {hosted + "base_url = \"https://evil.example\"\nheaders = { authorization = \"Bearer secret-1\" }", nil, Permissions{}, HostNotAllowed, ""},
		"only user info":            {"[providers.main]\nkind = \"vllm\"\nbase_url = \"https://u:secret-1@evil.example\"", nil, Permissions{}, HostNotAllowed, ""},
		"a query":                   {"[providers.main]\nkind = \"vllm\"\nbase_url = \"https://evil.example/?key=secret-1\"", nil, Permissions{}, HostNotAllowed, ""},
		"another variable":          {hosted + "api_key_env = \"GITHUB_TOKEN\"", map[string]string{"GITHUB_TOKEN": "secret-1"}, Permissions{}, EnvNotAllowed, "--allow-env GITHUB_TOKEN"},
		"a reference":               {hosted + "api_key = \"${GITHUB_TOKEN}\"", map[string]string{"GITHUB_TOKEN": "secret-1"}, Permissions{}, EnvNotAllowed, "--allow-env GITHUB_TOKEN"},
		"an OAuth variable":         {hosted + "oauth_access_token_env = \"GITHUB_TOKEN\"", map[string]string{"GITHUB_TOKEN": "secret-1"}, Permissions{}, EnvNotAllowed, "--allow-env GITHUB_TOKEN"},
		"variable of another kind":  {hosted + "api_key_env = \"ANTHROPIC_API_KEY\"", map[string]string{"ANTHROPIC_API_KEY": "secret-1"}, Permissions{}, EnvNotAllowed, "--allow-env ANTHROPIC_API_KEY"},
		"a program":                 {hosted + "api_key = { exec = [\"touch\", \"" + file + ".ran\"] }", nil, Permissions{Files: true}, ExecNotAllowed, ""},
		"a program, as OAuth":       {hosted + "oauth_access_token = { exec = [\"echo\", \"x\"] }", nil, Permissions{Files: true}, ExecNotAllowed, ""},
		"a secret file":             {hosted + "api_key = { file = '" + file + "' }", nil, Permissions{}, FilesNotAllowed, "--allow-secret-files"},
		"plain http":                {hosted + "base_url = \"http://api.openai.com\"", oneKey, Permissions{}, PlainHTTP, "--allow-host http://api.openai.com"},
		"plain http, allowed host":  {hosted + "base_url = \"http://llm.example\"", oneKey, Permissions{Hosts: []Host{{"llm.example", -1, false}}}, PlainHTTP, ""},
		"loopback, hosted kind":     {hosted + "base_url = \"http://127.0.0.1:4000\"", oneKey, Permissions{}, PlainHTTP, "--allow-host http://127.0.0.1:4000"},
		"another port, local kind":  {"[providers.main]\nkind = \"ollama\"\nbase_url = \"http://127.0.0.1:4000\"\napi_key = \"secret-1\"", nil, Permissions{}, HostNotAllowed, ""},
		"metadata by address":       {"[providers.main]\nkind = \"vllm\"\nbase_url = \"https://169.254.169.254\"", nil, Permissions{}, AddressNotAllowed, ""},
		"metadata, allowed":         {"[providers.main]\nkind = \"vllm\"\nbase_url = \"http://169.254.169.254\"", nil, Permissions{Hosts: []Host{{"169.254.169.254", -1, true}}, Networks: []netip.Prefix{netip.MustParsePrefix("0.0.0.0/0")}}, AddressNotAllowed, ""},
		"a private address":         {"[providers.main]\nkind = \"vllm\"\nbase_url = \"https://10.0.0.7\"", nil, Permissions{}, AddressNotAllowed, "--allow-host 10.0.0.7"},
		"private, in IPv6":          {"[providers.main]\nkind = \"vllm\"\nbase_url = \"https://[::ffff:10.0.0.1]\"", nil, Permissions{}, AddressNotAllowed, ""},
		"another virtual host":      {hosted + "headers = { Host = \"evil.example\" }", oneKey, Permissions{}, HostHeader, ""},
		"a virtual host with a way": {hosted + "headers = { Host = \"api.openai.com/@evil\" }", oneKey, Permissions{}, HostHeader, ""},
		"CI":                        {hosted, oneKey, Permissions{InCI: true}, InCI, "--allow-ci"},
		"no credential":             {hosted, nil, Permissions{}, MissingCredentials, "OPENAI_API_KEY"},
		"a header out of bounds":    {hosted + "headers = { x = \"a\\nb\" }", oneKey, Permissions{}, HeaderValue, ""},
		"no address":                {hosted + "base_url = \"nowhere\"", oneKey, Permissions{}, BadAddress, ""},
	} {
		t.Run(name, func(t *testing.T) {
			p := c.permissions
			s := sealed(t)
			p.Resolver, p.Dial = s.Resolver, s.Dial
			res := run1(t, &p, c.toml, c.env)
			if res.Outcome != NotRun || res.Reason != c.reason || !strings.Contains(res.Advice, c.help) || res.Asked != 0 {
				t.Errorf("%s %s: %s; %q", res.Outcome, res.Reason, res.Detail, res.Advice)
			}
		})
	}
	if _, err := os.Stat(file + ".ran"); err == nil {
		t.Error("a program ran")
	}
}

// TestPlanSendsNothing plans all recordings, and open permissions change nothing about that.
func TestPlanSendsNothing(t *testing.T) {
	s := sealed(t)
	open := &Permissions{Files: true, Proxy: true, AllowCI: true, Resolver: s.Resolver, Dial: s.Dial,
		Hosts: []Host{{"127.0.0.1", -1, true}, {"localhost", -1, true}}}
	closed := &Permissions{Resolver: s.Resolver, Dial: s.Dial}
	sends := 0
	for _, rec := range recordings(t) {
		st := &stage{rec: rec}
		for i, e := range open.Plan(Jobs("x", st.read(t))) {
			if e.Send {
				sends++
			}
			if c := closed.Plan(Jobs("x", st.read(t)))[i]; c.Send && !isLocal(kindOf(c.Kind)) {
				t.Errorf("%s: closed permissions would send to %s", rec.ID, c.Host)
			}
		}
	}
	if sends < 1500 {
		t.Errorf("open permissions would send for %d profiles only", sends)
	}
}

// TestRedirect: the place that an answer points to gets nothing.
func TestRedirect(t *testing.T) {
	for _, status := range []int{301, 302, 303, 307, 308} {
		var elsewhere atomic.Int64
		n := newInternet(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Host != "api.openai.com" {
				elsewhere.Add(1)
			}
			w.Header().Set("Location", "https://evil.example/v1/models")
			w.WriteHeader(status)
		}))
		res := run1(t, n.permissions(), oneProfile, oneKey)
		if res.Outcome != Inconclusive || res.Status != status || res.Asked != 1 || elsewhere.Load() > 0 || len(n.lookups) != 1 {
			t.Errorf("%d: %s after %d requests, %d elsewhere, lookups %v", status, res.Outcome, res.Asked, elsewhere.Load(), n.lookups)
		}
	}
}

// changing is a resolver whose answers change with every lookup.
type changing struct {
	answers [][]netip.Addr
	asked   atomic.Int64
}

func (c *changing) LookupNetIP(context.Context, string, string) ([]netip.Addr, error) {
	i := int(c.asked.Add(1)) - 1
	return c.answers[min(i, len(c.answers)-1)], nil
}

// TestRebinding: what is dialed is what was checked, however the answers change.
func TestRebinding(t *testing.T) {
	at := func(list ...string) (all []netip.Addr) {
		for _, a := range list {
			all = append(all, netip.MustParseAddr(a))
		}
		return all
	}
	for name, c := range map[string]struct {
		answers [][]netip.Addr
		dialed  int
		reason  Reason
	}{
		"private at once":       {[][]netip.Addr{at("10.0.0.1")}, 0, AddressNotAllowed},
		"loopback at once":      {[][]netip.Addr{at("127.0.0.1", "::1")}, 0, AddressNotAllowed},
		"metadata at once":      {[][]netip.Addr{at("169.254.169.254")}, 0, AddressNotAllowed},
		"IPv4 in IPv6":          {[][]netip.Addr{at("::ffff:10.0.0.1", "64:ff9b::a00:1")}, 0, AddressNotAllowed},
		"shared":                {[][]netip.Addr{at("100.64.0.1")}, 0, AddressNotAllowed},
		"private for the retry": {[][]netip.Addr{at("93.184.216.34"), at("127.0.0.1")}, 1, AddressNotAllowed},
		"one of several":        {[][]netip.Addr{at("127.0.0.1", "93.184.216.34", "10.0.0.1")}, 2, SendFailed},
	} {
		t.Run(name, func(t *testing.T) {
			dialed := 0
			p := &Permissions{Resolver: &changing{answers: c.answers}, Dial: func(_ context.Context, to addrPort) (net.Conn, error) {
				if dialed++; to.Addr() != somewhere {
					t.Errorf("dialed %s", to)
				}
				here, there := net.Pipe()
				there.Close() // as a reset: tried once more
				return here, nil
			}}
			p.Hosts = []Host{{"llm.example", -1, true}}
			res := run1(t, p, strings.Replace(plainProfile, "attempts = 1", "attempts = 3", 1), nil)
			if res.Reason != c.reason || dialed != c.dialed {
				t.Errorf("%s %s, dialed %d times", res.Outcome, res.Reason, dialed)
			}
			if c.dialed == 0 && res.Outcome != NotRun {
				t.Errorf("%s, though nothing was sent", res.Outcome)
			}
		})
	}
}

// TestProxyOnlyWhenAsked: without the flag the proxy of the environment gets nothing.
func TestProxyOnlyWhenAsked(t *testing.T) {
	n := newInternet(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, listOfTwo) }))
	env := map[string]string{"OPENAI_API_KEY": "secret-1", "HTTPS_PROXY": "http://proxy.example:3128", "ALL_PROXY": "http://proxy.example:3128"}
	if res := run1(t, n.permissions(), oneProfile, env); res.Outcome != OK || len(n.lookups) != 1 || n.lookups[0] != "api.openai.com" {
		t.Errorf("%s %s, lookups %v", res.Outcome, res.Detail, n.lookups)
	}
	p := n.permissions()
	p.Proxy = true
	if res := run1(t, p, oneProfile, env); res.Outcome != Inconclusive || res.Proxy != "HTTPS_PROXY" || n.lookups[1] != "proxy.example" {
		t.Errorf("%s %s, lookups %v", res.Outcome, res.Detail, n.lookups)
	}
	// Behind a proxy nobody checks the address, so an anonymous request needs an allowed host, too.
	s := sealed(t)
	p = &Permissions{Proxy: true, Resolver: s.Resolver, Dial: s.Dial}
	if res := run1(t, p, "[providers.main]\nkind = \"vllm\"\nbase_url = \"https://inside.example\"\n", env); res.Reason != HostNotAllowed {
		t.Errorf("%s %s", res.Outcome, res.Reason)
	}
}

// TestCertificate: a name that is not in the certificate, and an issuer that nobody knows.
func TestCertificate(t *testing.T) {
	n := newInternet(t, http.NotFoundHandler())
	p := n.permissions()
	p.Roots = nil
	res := run1(t, p, oneProfile, oneKey)
	if res.Reason != SendFailed || res.Cause != ByConnect || res.Detail != "the certificate is not trusted, or not of this host" {
		t.Errorf("%s %s: %s", res.Reason, res.Cause, res.Detail)
	}
}

func TestCancel(t *testing.T) {
	arrived := make(chan struct{}, 8)
	n := newInternet(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Host == "api.groq.com" {
			io.WriteString(w, listOfTwo)
			return
		}
		arrived <- struct{}{}
		<-r.Context().Done()
	}))
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	jobs := jobsOf(t, "[providers.a]\nkind = \"openai\"\n[providers.b]\nkind = \"groq\"\n[providers.c]\nkind = \"deepseek\"\n",
		map[string]string{"OPENAI_API_KEY": "secret-1", "GROQ_API_KEY": "secret-2", "DEEPSEEK_API_KEY": "secret-3"})
	known := make(chan struct{})
	go func() {
		<-known
		<-arrived
		<-arrived
		cancel()
	}()
	done := make(chan []*Result)
	go func() { done <- Run(ctx, n.permissions(), jobs, func(int, int, *Result) { close(known) }) }()
	select {
	case all := <-done:
		if all[1].Outcome != OK || all[0].Reason != Cancelled || all[2].Reason != Cancelled {
			t.Errorf("%s %s %s", all[0].Reason, all[1].Outcome, all[2].Reason)
		}
	case <-time.After(5 * time.Minute):
		t.Fatal("an interrupt ends nothing")
	}
}
