package probe

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/rules"
)

// forms are placeholders and variables as people leave them.
var forms = []string{
	"<account_id>", "<your account>", "<>", "{account}", "{}", "{{account}}", "{{ .host }}", "${ACCOUNT}", "${ACCOUNT:-x}", "$ACCOUNT", "$account", "$(account)",
	"%ACCOUNT%", "YOUR_ACCOUNT", "your-account", "__ACCOUNT__", "%3Caccount_id%3E", "%3caccount%3e", "%7Baccount%7D", "%24%7BACCOUNT%7D", "%25ACCOUNT%25", "%253Caccount%253E",
}

// TestUnfilledAddresses: neither a plan nor a run sends anything there, whatever the flags open and the
// environment has, and both say so first.
func TestUnfilledAddresses(t *testing.T) {
	open := func() *Permissions {
		p := sealed(t)
		p.Networks = []netip.Prefix{netip.MustParsePrefix("0.0.0.0/0")}
		p.Hosts = []Host{{"llm.example", -1, true}, {"127.0.0.1", -1, true}}
		return p
	}
	for _, form := range forms {
		for _, where := range []string{"https://llm.example/@/v1", "http://127.0.0.1/@", "https://llm.example/v1?tenant=@", "https://@/v1", "https://@.llm.example", "https://u:@@llm.example", "@"} {
			address := strings.Replace(where, "@", form, 1)
			for _, key := range []string{"base_url", "models_endpoint"} {
				for _, kind := range []string{"openai", "vllm", "custom"} {
					toml := fmt.Sprintf("[providers.main]\nkind = %q\n%s = %q\n", kind, key, address)
					if key == "models_endpoint" {
						toml += "base_url = \"https://llm.example\"\n"
					}
					e := open().Plan(jobsOf(t, toml, oneKey))[0]
					res := run1(t, open(), toml, oneKey)
					if e.Send || e.Reason != NotFilledIn || e.Message != key+" is not filled in" || res.Outcome != NotRun || res.Reason != NotFilledIn || res.Asked != 0 {
						t.Errorf("%s %s = %q: plan %v %s %q, run %s %s", kind, key, address, e.Send, e.Reason, e.Message, res.Outcome, res.Reason)
					}
				}
			}
		}
	}
}

// TestUnfilledDefaults: a kind whose own address is a template is not asked there.
func TestUnfilledDefaults(t *testing.T) {
	for _, kind := range []string{"custom", "cloudflare_ai_gateway"} {
		res := run1(t, sealed(t), "[providers.main]\nkind = \""+kind+"\"\napi_key = \"secret-1\"\n", nil)
		if res.Reason != NotFilledIn || !strings.Contains(res.Advice, "write base_url") {
			t.Errorf("%s: %s %q %q", kind, res.Reason, res.Detail, res.Advice)
		}
	}
}

// TestUnfilledKeepsSecrets: what is left to fill in is named, unless it could be a secret.
func TestUnfilledKeepsSecrets(t *testing.T) {
	for address, want := range map[string]string{
		"https://llm.example/<tenant>/v1": "<tenant>", "https://u:<planted-1>@llm.example": "in its place", "https://llm.example/v1?key={planted-1}": "in its place",
		"https://llm.example/v1#${PLANTED_1}": "in its place",
	} {
		e := sealed(t).Plan(jobsOf(t, "[providers.main]\nkind = \"vllm\"\nbase_url = \""+address+"\"\n", nil))[0]
		if text := strings.ToLower(fmt.Sprintf("%+v", e)); e.Reason != NotFilledIn || !strings.Contains(e.Help, want) || strings.Contains(text, "planted") {
			t.Errorf("%s: %+v", address, e)
		}
	}
}

// TestAWSRegions: the region in an address of AWS must be one; other names below amazonaws.com are
// somebody else's.
func TestAWSRegions(t *testing.T) {
	env := map[string]string{"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret-1", "AWS_REGION": "us-east-1"}
	for region, send := range map[string]bool{
		"us-east-1": true, "eu-west-3": true, "us-gov-west-1": true,
		"s3": false, "evil": false, "s3-us-west-2": false, "eu-nowhere-1": false, "us-east-99": false, "us-east": false, "1": false, "a.b": false, "us-east-1.evil": false,
	} {
		for name, toml := range map[string]string{
			"base_url":        "base_url = \"https://bedrock-runtime." + region + ".amazonaws.com\"\n",
			"models_endpoint": "models_endpoint = \"https://bedrock." + region + ".amazonaws.com/foundation-models\"\n",
			"variable":        "",
		} {
			env["AWS_REGION"] = "us-east-1"
			if name != "models_endpoint" {
				env["AWS_REGION"] = region
			}
			e := sealed(t).Plan(jobsOf(t, "[providers.main]\nkind = \"bedrock\"\n"+toml, env))[0]
			if e.Send != send || !send && (e.Reason != HostNotAllowed || !strings.Contains(e.Message, "is not a region of AWS")) {
				t.Errorf("%s, %s: %v %s %q to %s", region, name, e.Send, e.Reason, e.Message, e.Host)
			}
		}
	}
}

const everyHeader = `[providers.main]
kind = "openai"
base_url = "http://HOST"
api_key = "secret-1"
[providers.main.headers]
Transfer-Encoding = "chunked"
Content-Length = "7"
CONNECTION = "close, x-a"
upgrade = "h2c"
HTTP2-Settings = "AAMAAABkAARAAAAAAAIAAAAA"
Expect = "100-continue"
TE = "trailers"
Trailer = "x-a"
Keep-Alive = "timeout=5"
Proxy-Authorization = "Basic c2VjcmV0LTI="
Proxy-Connection = "keep-alive"
x-team-token = "planted-1"
Cookie = "planted-2"
x-title = "a title"
`

// TestFramingHeaders: no header of a config says where the probe's message ends.
func TestFramingHeaders(t *testing.T) {
	var mu sync.Mutex
	var heads []string
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			b := make([]byte, 8192)
			n, _ := c.Read(b)
			mu.Lock()
			heads = append(heads, string(b[:n]))
			mu.Unlock()
			fmt.Fprintf(c, "HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%s", len(listOfTwo), listOfTwo)
			c.Close()
		}
	}()
	p := &Permissions{}
	if err := p.AllowHost("http://" + l.Addr().String()); err != nil {
		t.Fatal(err)
	}
	toml := strings.ReplaceAll(everyHeader, "HOST", l.Addr().String())
	if res := run1(t, p, toml, nil); res.Outcome != OK {
		t.Fatalf("%s %s: %s", res.Outcome, res.Reason, res.Detail)
	}
	mu.Lock()
	defer mu.Unlock()
	head, _, whole := strings.Cut(strings.ToLower(heads[0]), "\r\n\r\n")
	if len(heads) != 1 || !whole {
		t.Fatalf("%d requests: %q", len(heads), heads)
	}
	for _, line := range strings.Split(head, "\r\n")[1:] {
		switch name, _, _ := strings.Cut(line, ":"); name {
		case "x-team-token", "cookie", "x-title", "authorization", "accept", "accept-encoding", "host":
		default:
			t.Errorf("sent %q", line)
		}
	}
	for _, name := range []string{"x-team-token: planted-1", "cookie: planted-2", "x-title: a title"} {
		if !strings.Contains(head, name) {
			t.Errorf("%s was not sent:\n%s", name, head)
		}
	}
	e := p.Plan(jobsOf(t, toml, nil))[0]
	if got := fmt.Sprint(e.Headers); got != "[{cookie true} {x-team-token true} {x-title false}]" {
		t.Errorf("the plan names the headers %s", got)
	}
	if len(e.LeftOut) != 11 || strings.Contains(fmt.Sprintf("%+v", e), "planted") {
		t.Errorf("the plan leaves out %q", e.LeftOut)
	}
}

// TestPlanAndRunAgree: where the plan says that something would be sent, the run dials; where it does
// not, the run dials nothing. Names are judged when they are dialed, and the plan says so.
func TestPlanAndRunAgree(t *testing.T) {
	hosts := []string{
		"127.0.0.1", "127.8.9.1", "127.1", "2130706433", "0x7f.1", "0177.0.0.1", "localhost", "localhost.", "LOCALHOST", "a.localhost", "[::1]", "[::ffff:127.0.0.1]", "[::127.0.0.1]",
		"0.0.0.0", "0", "[::]", "10.1.2.3", "172.16.0.1", "192.168.1.1", "[::ffff:10.0.0.1]", "[64:ff9b::a00:1]", "100.64.0.1", "100.100.100.200", "169.254.1.1", "169.254.169.254",
		"[::ffff:a9fe:a9fe]", "[fe80::1]", "[fd00:ec2::254]", "[fc00::1]", "168.63.129.16", "192.0.0.192", "224.0.0.1", "255.255.255.255", "198.18.0.1", "93.184.216.34", "[2606:4700::1]",
	}
	for _, kind := range []string{"vllm", "ollama", "custom"} {
		for _, scheme := range []string{"http", "https"} {
			for _, host := range hosts {
				for _, allow := range []string{"", "10.0.0.0/8", "0.0.0.0/0", host, "http://" + host} {
					dialed := 0
					p := &Permissions{Resolver: names{"localhost": {loopback4}, "a.localhost": {loopback4}, "localhost.": {loopback4}}}
					p.Dial = func(context.Context, addrPort) (net.Conn, error) { dialed++; return nil, net.ErrClosed }
					if allow != "" && p.AllowHost(allow) != nil {
						continue
					}
					toml := fmt.Sprintf("[providers.main]\nkind = %q\nbase_url = \"%s://%s\"\nheaders = { authorization = \"\" }\n", kind, scheme, host)
					if kind == "custom" {
						toml += "api_key = \"secret-1\"\n"
					}
					jobs := jobsOf(t, toml, nil)
					e := p.Plan(jobs)[0]
					res := Run(context.Background(), p, jobs, nil)[0]
					if e.Looked || e.Send != (dialed > 0) || e.Send == (res.Outcome == NotRun) {
						t.Errorf("%s %s://%s with %q: the plan says %v %s, the run dials %d times: %s %s", kind, scheme, host, allow, e.Send, e.Reason, dialed, res.Outcome, res.Reason)
					}
				}
			}
		}
	}
	e := sealed(t).Plan(jobsOf(t, "[providers.main]\nkind = \"vllm\"\nbase_url = \"https://llm.example\"\n", nil))[0]
	if !e.Send || !e.Looked {
		t.Errorf("a name: %+v", e)
	}
}

// TestLocalServersListAllModels: there a model that is not listed is a warning, elsewhere an info.
func TestLocalServersListAllModels(t *testing.T) {
	n := newInternet(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, `{"data":[{"id":"llama3:latest"},{"id":"qwen3:8b"}]}`)
	}))
	local := httptest.NewServer(n.plain.Config.Handler)
	defer local.Close()
	host := local.Listener.Addr().String()
	for name, c := range map[string]struct {
		toml string
		want string
	}{
		"a local server":       {"kind = \"ollama\"\nbase_url = \"http://" + host + "\"\nmodel = \"mistral\"", "warning"},
		"another tag":          {"kind = \"ollama\"\nbase_url = \"http://" + host + "\"\nmodel = \"qwen3\"", "warning"},
		"the tag is implied":   {"kind = \"ollama\"\nbase_url = \"http://" + host + "\"\nmodel = \"llama3\"", ""},
		"listed":               {"kind = \"vllm\"\nbase_url = \"http://" + host + "\"\nmodel = \"qwen3:8b\"", ""},
		"a service":            {"kind = \"openai\"\nmodel = \"mistral\"", "info"},
		"a service, with tags": {"kind = \"openai\"\nmodel = \"llama3\"", "info"},
	} {
		p := n.permissions()
		if strings.Contains(c.toml, "http://") {
			p = &Permissions{}
		}
		toml := "[providers.main]\n" + c.toml + "\n"
		got := ""
		for _, f := range findings(t, p, toml) {
			if f.Rule.Name == RuleModelNotListed {
				got += f.Severity.String()
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// findings are what the rules of the probe report of a run.
func findings(t *testing.T, p *Permissions, toml string) []*lint.Finding {
	t.Helper()
	jobs := jobsOf(t, toml, oneKey)
	results := Run(context.Background(), p, jobs, nil)
	o := &lint.Options{}
	for _, name := range Rules() {
		rule := *rules.Probe(name)
		rule.Needs = lint.Static
		rule.Run = func(p *lint.Pass) { Report(p, results) }
		o.Rules = append(o.Rules, &rule)
	}
	return lint.Check(jobs[0].Config.Document, jobs[0].Config, o).Findings
}

// TestLimitsAreLoongs: what a config asks of time-outs and tries counts inside Loong's limits.
func TestLimitsAreLoongs(t *testing.T) {
	for toml, want := range map[string]string{
		"": "30s 3 300ms 3s",
		"request_timeout_ms = 0\nretry_max_attempts = 0\nretry_initial_backoff_ms = 0\nretry_max_backoff_ms = 0":                         "1s 1 50ms 50ms",
		"request_timeout_ms = 9999999\nretry_max_attempts = 99\nretry_initial_backoff_ms = 99999\nretry_max_backoff_ms = 9":              "3m0s 8 10s 10s",
		"request_timeout_ms = 9223372036854775807\nretry_max_attempts = 9223372036854775807\nretry_max_backoff_ms = 9223372036854775807": "3m0s 8 300ms 30s",
	} {
		d := (&Permissions{}).decide(jobsOf(t, oneProfile+toml, oneKey)[0])
		if got := fmt.Sprint(d.base.timeout, d.attempts, d.pause, d.patience); got != want {
			t.Errorf("%q: %s, want %s", toml, got, want)
		}
	}
}

func TestCountsAreInWords(t *testing.T) {
	for n, want := range map[int]string{0: "0 models", 1: "1 model", 2: "2 models"} {
		if got := plural(n, "model"); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
}

// Where variables are not known, a plan names the credentials that may be sent, and what else stands in the way.
func TestPlanWithoutKnownVariables(t *testing.T) {
	for toml, want := range map[string]Reason{
		"kind = \"groq\"": NotKnown, "kind = \"groq\"\nbase_url = \"https://evil.example\"": HostNotAllowed,
	} {
		c := loong.Read(document.Parse("loong.toml", []byte("[providers.main]\n"+toml+"\n")), loong.Static())
		e := sealed(t).Plan(Jobs("loong.toml", c))[0]
		if e.Send || e.Reason != want || len(e.Credentials) == 0 || e.Credentials[0].Name != "GROQ_API_KEY" {
			t.Errorf("%s: sends %t, %s, credentials %+v", toml, e.Send, e.Reason, e.Credentials)
		}
	}
}
