package probe

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/files"
	"github.com/loonglint/loonglint/internal/loong"
)

// recording is a line of fixtures/probe/recordings.jsonl.gz.
type recording struct {
	ID        string            `json:"id"`
	Kind      string            `json:"kind"`
	TOML      string            `json:"toml"`
	Env       map[string]string `json:"env"`
	Files     map[string]string `json:"files"`
	FixedPort int               `json:"fixed_port"`
	Script    []scripted        `json:"script"`
	Script2   []scripted        `json:"script2"`
	Requests  []arrived         `json:"requests"`
	Result    struct {
		Models     []string `json:"models"`
		ErrorClass string   `json:"error_class"`
		Status     int      `json:"status"`
		SendCause  string   `json:"send_cause"`
	} `json:"result"`
}

func recordings(t testing.TB) []*recording {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "fixtures", "probe", "recordings.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var all []*recording
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		rec := &recording{}
		if err := json.Unmarshal(lines.Bytes(), rec); err != nil {
			t.Fatal(err)
		}
		all = append(all, rec)
	}
	if len(all) != 2304 {
		t.Fatalf("%d recordings", len(all))
	}
	return all
}

// differences lists what the probe does otherwise than Loong, on purpose, with the number of
// recordings. Nothing else may differ.
var differences = map[string]int{
	"AWS keys and region only from variables":          2,
	"a program is never run":                           5,
	"no other virtual host":                            1,
	"nothing goes to an address that is not filled in": 10,
	"one more try at most":                             105,
	"redirects are not followed":                       65,
	"two identities a profile":                         40,
}

func TestReplay(t *testing.T) {
	var mu sync.Mutex
	counts := map[string]int{}
	each(recordings(t), func(rec *recording) {
		rule := replay(t, rec)
		mu.Lock()
		counts[rule]++
		mu.Unlock()
	})
	delete(counts, "")
	if fmt.Sprint(counts) != fmt.Sprint(differences) {
		t.Errorf("differences %v, want %v", counts, differences)
	}
}

// Nothing that the recordings name is in the catalog, and all of it is on this machine: under the
// permissions of a user who opens nothing, only local kinds without a credential may be asked.
func TestReplayClosed(t *testing.T) {
	var asked atomic.Int64
	each(recordings(t), func(rec *recording) {
		s := newStage(t, rec)
		defer s.close()
		res := s.probe(&Permissions{Dial: s.dialer, Resolver: names{"localhost": {loopback4}}})
		n := s.dials.Load()
		local := isLocal(loong.KindByName(rec.Kind))
		if n > 0 && !local {
			t.Errorf("%s: kind %s opened %d sockets", rec.ID, rec.Kind, n)
		}
		if n > 0 {
			asked.Add(1)
		}
		if n == 0 && res.Outcome != NotRun {
			t.Errorf("%s: %s without a socket", rec.ID, res.Outcome)
		}
		for _, a := range s.requests {
			if text := string(a.Headers); strings.Contains(text, "authorization") && rec.FixedPort == 0 || strings.Contains(text, "x-api-key") {
				t.Errorf("%s: a credential was sent: %s", rec.ID, text)
			}
		}
	})
	if asked.Load() == 0 {
		t.Error("no local kind was asked")
	}
}

// each runs a test for all recordings, some at a time: most of them wait.
func each(all []*recording, run func(*recording)) {
	room := make(chan struct{}, 24)
	var open sync.WaitGroup
	for _, rec := range all {
		room <- struct{}{}
		open.Go(func() {
			defer func() { <-room }()
			run(rec)
		})
	}
	open.Wait()
}

// closed is the port where nobody listens; the dialer of the tests sees to that.
const closedPort = 9

// stage is the world of a recording: its servers, its configuration, what arrived.
type stage struct {
	rec      *recording
	servers  [2]*scriptServer
	closing  []func()
	mu       sync.Mutex
	requests []arrived
	dials    atomic.Int64
	config   *loong.Config
}

func newStage(t testing.TB, rec *recording) *stage {
	s := &stage{rec: rec}
	host := "127.0.0.1"
	if strings.Contains(rec.TOML, "[::1]") || strings.Contains(rec.TOML, "[0:0") {
		host = "[::1]"
	}
	for i, script := range [][]scripted{rec.Script, rec.Script2} {
		if len(script) == 0 && i == 1 {
			script = []scripted{{Do: "close"}}
		}
		s.servers[i] = &scriptServer{number: i + 1, script: script, fill: s.fill, log: s.log}
		s.closing = append(s.closing, s.servers[i].start(t, host))
	}
	s.config = s.read(t)
	return s
}

// read reads the configuration, with what is known of the ports.
func (s *stage) read(t testing.TB) *loong.Config {
	rec := s.rec
	text := s.fill(rec.TOML)
	if len(rec.Files) > 0 {
		dir := t.TempDir()
		for name, content := range rec.Files {
			path := filepath.Join(dir, name)
			if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			text = strings.ReplaceAll(text, name, path)
		}
	}
	env := map[string]string{}
	for name, value := range rec.Env {
		env[name] = s.fill(value)
	}
	doc := document.Parse("loong.toml", []byte(text))
	world := loong.Given(env)
	world.Files = files.Machine{}
	return loong.Read(doc, world)
}

func (s *stage) close() {
	for _, c := range s.closing {
		c()
	}
}

func kindOf(id string) *loong.Kind { return loong.KindByName(id) }

func (s *stage) log(a arrived) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a.Path = s.empty(a.Path)
	a.Headers = json.RawMessage(s.empty(string(a.Headers)))
	s.requests = append(s.requests, a)
}

func (s *stage) fill(text string) string {
	return strings.NewReplacer("{port}", strconv.Itoa(s.port(0)), "{port2}", strconv.Itoa(s.port(1)), "{closed}", strconv.Itoa(closedPort)).Replace(text)
}

func (s *stage) port(i int) int {
	if s.servers[i] == nil {
		return 0
	}
	return s.servers[i].port
}

var signed = regexp.MustCompile(`"x-amz-date":"\d{8}T\d{6}Z"`)

// empty puts the names of ports back, and takes date and signature out of signed requests.
func (s *stage) empty(text string) string {
	pairs := []string{":" + strconv.Itoa(s.port(0)), ":{port}", ":" + strconv.Itoa(s.port(1)), ":{port2}"}
	if s.rec.FixedPort > 0 {
		pairs = append(pairs, ":"+strconv.Itoa(s.rec.FixedPort), ":{port}")
	}
	text = strings.NewReplacer(pairs...).Replace(text)
	if signed.MatchString(text) {
		text = signed.ReplaceAllString(text, `"x-amz-date":"{time}"`)
		text = regexp.MustCompile(`/\d{8}/`).ReplaceAllString(text, "/{date}/")
		text = regexp.MustCompile(`Signature=[0-9a-f]{64}`).ReplaceAllString(text, "Signature={signature}")
	}
	return text
}

// dialer reaches the servers of the stage and nothing else.
func (s *stage) dialer(ctx context.Context, to netip.AddrPort) (net.Conn, error) {
	s.dials.Add(1)
	if int(to.Port()) == s.rec.FixedPort && s.rec.FixedPort > 0 {
		to = netip.AddrPortFrom(to.Addr(), uint16(s.port(0)))
	}
	if p := int(to.Port()); p != s.port(0) && p != s.port(1) {
		return nil, syscall.ECONNREFUSED
	}
	var d net.Dialer
	return d.DialContext(ctx, "tcp", to.String())
}

// names is a resolver that knows some names.
type names map[string][]netip.Addr

func (n names) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	if all, ok := n[host]; ok {
		return all, nil
	}
	return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
}

var loopback4 = netip.AddrFrom4([4]byte{127, 0, 0, 1})

// permissions opens the two servers, and the names that the recordings write for them.
func (s *stage) permissions() *Permissions {
	p := &Permissions{Files: true, Proxy: true, Dial: s.dialer, Resolver: names{"localhost": {loopback4}},
		Networks: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}}
	for _, name := range []string{"127.0.0.1", "localhost", "[::1]", "[::ffff:7f00:1]", "localhost.", "loc_alhost", "models", "host.invalid"} {
		p.Hosts = append(p.Hosts, Host{Name: name, Port: -1, Plain: true})
	}
	for name := range s.rec.Env {
		p.Env = append(p.Env, name)
	}
	return p
}

// probe asks the active profile, without pauses between tries.
func (s *stage) probe(p *Permissions) *Result {
	var jobs []*Job
	for _, j := range Jobs("loong.toml", s.config) {
		if j.Profile == nil || j.Profile.Active {
			jobs = append(jobs, j)
		}
	}
	r := newRunner(p)
	r.wait = func(ctx context.Context, _ time.Duration) bool { return ctx.Err() == nil }
	return r.run(context.Background(), jobs, nil)[0]
}

// replay asks again, and returns the rule by which the outcome differs, if it does. On a busy machine an answer may come later
// than a recording waits, so what differs must differ each time.
func replay(t *testing.T, rec *recording) (rule string) {
	fault := ""
	for range 3 {
		if rule, fault = replayOnce(t, rec); fault == "" {
			return rule
		}
	}
	t.Error(fault)
	return rule
}

// replayOnce also returns what differs by no rule.
func replayOnce(t *testing.T, rec *recording) (rule, fault string) {
	s := newStage(t, rec)
	defer s.close()
	res := s.probe(s.permissions())
	s.mu.Lock()
	got := slices.Clone(s.requests)
	s.mu.Unlock()
	want := slices.DeleteFunc(slices.Clone(rec.Requests), func(a arrived) bool { return a.Step > 1 })
	if sameRequests(got, want) && sameConclusion(res, rec) {
		return "", ""
	}
	if rule, fault = difference(rec, got, want, res); fault != "" {
		fault = fmt.Sprintf("%s: %s\n%s\nenv %v\nsent %s\nwant %s\nconcluded %s %s %d %s %v\nwant      %s %d %s %v", rec.ID, fault, rec.TOML, rec.Env, show(got), show(want),
			res.Outcome, res.Reason, res.Status, res.Cause, res.models, rec.Result.ErrorClass, rec.Result.Status, rec.Result.SendCause, rec.Result.Models)
	}
	return rule, fault
}

func show(list []arrived) string {
	b, _ := json.Marshal(list)
	return string(b)
}

func sameRequests(got, want []arrived) bool { return slices.EqualFunc(got, want, sameRequest) }

func sameRequest(a, b arrived) bool {
	return max(a.Server, 1) == max(b.Server, 1) && a.Method == b.Method && a.Path == b.Path && a.TLSHello == b.TLSHello &&
		slices.Equal(unframed(a.Headers), unframed(b.Headers)) && slices.Equal(a.WireNames, b.WireNames)
}

// unframed are the names and values of headers except for those that frame the message: the probe sends
// none of a config, Loong all (TestFramingHeaders).
func unframed(raw json.RawMessage) (list []any) {
	all := pairs(raw)
	for i := 1; i+1 < len(all); i += 2 {
		if name, _ := all[i].(string); !isFraming(name) {
			list = append(list, all[i], all[i+1])
		}
	}
	return list
}

// pairs are the names and values of a JSON object in order.
func pairs(raw json.RawMessage) (list []any) {
	d := json.NewDecoder(bytes.NewReader(raw))
	for {
		token, err := d.Token()
		if err != nil {
			return list
		}
		list = append(list, token)
	}
}

func sameConclusion(res *Result, rec *recording) bool {
	return res.reason() == rec.Result.ErrorClass && slices.Equal(res.models, rec.Result.Models) &&
		res.Status == statusOf(rec, res) && sameCause(res.Cause, rec.Result.SendCause)
}

// reason is Loong's name of the reason.
func (res *Result) reason() string { return strings.ReplaceAll(string(res.Reason), "-", "_") }

// statusOf is the recorded status; it is there for BadStatus only.
func statusOf(rec *recording, res *Result) int {
	if rec.Result.ErrorClass != "status" {
		return res.Status
	}
	return rec.Result.Status
}

// sameCause compares causes; Loong's text has one advice for names and connections.
func sameCause(got Cause, want string) bool {
	if got == ByDNS {
		got = ByConnect
	}
	return want == "" || want == string(got) || want == "route_word" && got == ByNothing
}
