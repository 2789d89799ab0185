package probe

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/loonglint/loonglint/internal/loong"
)

// What is read of an answer, byte for byte: its status, how its body ends, and why it is none.
func TestAnswersAsTheyAreRead(t *testing.T) {
	const limit = 40
	headers := func(n int) string { return strings.Repeat("x: y\r\n", n) }
	for name, c := range map[string]struct{ answer, want string }{
		"a length":                      {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabc", "200 ab"},
		"no length":                     {"HTTP/1.1 200 OK\r\n\r\nabc", "200 abc"},
		"HTTP/1.0":                      {"HTTP/1.0 200 OK\r\n\r\nabc", "200 abc"},
		"HTTP/1.2":                      {"HTTP/1.2 200 OK\r\n\r\nabc", "malformed head"},
		"no reason":                     {"HTTP/1.1 200\r\n\r\nabc", "200 abc"},
		"line feeds alone":              {"HTTP/1.1 200 OK\ncontent-length: 1\n\nabc", "200 a"},
		"blank lines before":            {"\r\n\nHTTP/1.1 200 OK\r\n\r\na", "200 a"},
		"status 99":                     {"HTTP/1.1 099 OK\r\n\r\n", "malformed head"},
		"status 999":                    {"HTTP/1.1 999 OK\r\n\r\n", "999 "},
		"status 1000":                   {"HTTP/1.1 1000 OK\r\n\r\n", "malformed head"},
		"status 20":                     {"HTTP/1.1 20 OK\r\n\r\n", "malformed head"},
		"a bell in the reason":          {"HTTP/1.1 200 O\aK\r\n\r\n", "malformed head"},
		"an interim answer":             {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\na", "200 a"},
		"seven interim answers":         {strings.Repeat("HTTP/1.1 102 x\r\n\r\n", 7) + "HTTP/1.1 200 OK\r\n\r\na", "200 a"},
		"eight interim answers":         {strings.Repeat("HTTP/1.1 102 x\r\n\r\n", 8) + "HTTP/1.1 200 OK\r\n\r\na", "malformed head"},
		"status 199":                    {"HTTP/1.1 199 x\r\n\r\nHTTP/1.1 200 OK\r\n\r\na", "200 a"},
		"101 ends it":                   {"HTTP/1.1 101 x\r\n\r\nHTTP/1.1 200 OK\r\n\r\na", "101 "},
		"204 has no body":               {"HTTP/1.1 204 x\r\ncontent-length: 2\r\n\r\nab", "204 "},
		"304 has no body":               {"HTTP/1.1 304 x\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", "304 "},
		"205 has one":                   {"HTTP/1.1 205 x\r\ncontent-length: 2\r\n\r\nab", "205 ab"},
		"a hundred headers":             {"HTTP/1.1 200 OK\r\n" + headers(100) + "\r\na", "200 a"},
		"a header more":                 {"HTTP/1.1 200 OK\r\n" + headers(101) + "\r\na", "malformed head"},
		"no colon":                      {"HTTP/1.1 200 OK\r\nx\r\n\r\na", "malformed head"},
		"a blank in a name":             {"HTTP/1.1 200 OK\r\nx : y\r\n\r\na", "malformed head"},
		"no name":                       {"HTTP/1.1 200 OK\r\n: y\r\n\r\na", "malformed head"},
		"a delete in a value":           {"HTTP/1.1 200 OK\r\nx: y\x7f\r\n\r\na", "malformed head"},
		"a tab in a value":              {"HTTP/1.1 200 OK\r\nx: y\tz\r\n\r\na", "200 a"},
		"the head ends early":           {"HTTP/1.1 200 OK\r\nx: y\r\n", "EOF"},
		"the first line ends early":     {"HTTP/1.", "EOF"},
		"another protocol":              {"HTTP/2", "malformed head"},
		"nothing":                       {"", "EOF"},
		"lengths that agree":            {"HTTP/1.1 200 OK\r\ncontent-length: 2, 2\r\ncontent-length:\t2\r\n\r\nab", "200 ab"},
		"lengths that differ":           {"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\nabc", "malformed head"},
		"a length that is none":         {"HTTP/1.1 200 OK\r\ncontent-length: 2x\r\n\r\nab", "malformed head"},
		"a length of 0":                 {"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\nab", "200 "},
		"too short":                     {"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nabc", "decode"},
		"as much as may be":             {"HTTP/1.1 200 OK\r\ncontent-length: 40\r\n\r\n" + strings.Repeat("a", 40), "200 " + strings.Repeat("a", 40)},
		"announces a byte more":         {"HTTP/1.1 200 OK\r\ncontent-length: 41\r\n\r\n" + strings.Repeat("a", 41), "too-large"},
		"as much, without a length":     {"HTTP/1.1 200 OK\r\n\r\n" + strings.Repeat("a", 40), "200 " + strings.Repeat("a", 40)},
		"a byte more, without a length": {"HTTP/1.1 200 OK\r\n\r\n" + strings.Repeat("a", 41), "too-large"},
		"chunks":                        {"HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, Chunked\r\n\r\n2;x=y\r\nab\r\n 3 \r\ncde\r\n0\r\nx: y\r\n\r\n", "200 abcde"},
		"chunks win over a length":      {"HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n", "200 ab"},
		"another coding last":           {"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked, x\r\ncontent-length: 1\r\n\r\nabc", "200 abc"},
		"chunks up to the limit":        {"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n14\r\n" + strings.Repeat("a", 20) + "\r\n14\r\n" + strings.Repeat("a", 20) + "\r\n0\r\n\r\n", "200 " + strings.Repeat("a", 40)},
		"chunks beyond it":              {"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n14\r\n" + strings.Repeat("a", 20) + "\r\n15\r\n" + strings.Repeat("a", 21) + "\r\n0\r\n\r\n", "too-large"},
		"a chunk that is too long":      {"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n", "decode"},
		"a chunk cut off":               {"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nab", "decode"},
		"no line after a chunk":         {"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab", "decode"},
		"no last chunk":                 {"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n", "decode"},
		"no end of the trailers":        {"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n", "decode"},
		"a chunk of no digits":          {"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n\r\nab\r\n0\r\n\r\n", "decode"},
	} {
		for _, in := range []io.Reader{strings.NewReader(c.answer), iotest.OneByteReader(strings.NewReader(c.answer))} {
			r := bufio.NewReaderSize(in, 16)
			h, err := readHead(r, 1<<12)
			got := ""
			if err != nil {
				got = err.Error()
			} else if body, fault := readBody(r, h, limit); fault != "" {
				got = string(fault)
			} else {
				got = fmt.Sprintf("%d %s", h.status, body)
			}
			if got != c.want {
				t.Errorf("%s: %q, want %q", name, got, c.want)
			}
		}
	}
	broken := io.MultiReader(strings.NewReader("HTTP/1.1 200 OK\r\n\r\nabc"), iotest.ErrReader(errors.New("reset")))
	r := bufio.NewReader(broken)
	h, _ := readHead(r, 1<<12)
	if body, fault := readBody(r, h, limit); fault != BadBody {
		t.Errorf("a body whose connection breaks is read as %q, %s", body, fault)
	}
}

// The head of an answer has at most so many bytes, interim answers and line ends included.
func TestHeadsHaveALimit(t *testing.T) {
	const text = "HTTP/1.1 100 x\r\n\r\nHTTP/1.1 200 OK\r\nx: y\r\n\r\n"
	for limit, want := range map[int]bool{len(text): true, len(text) - 1: false} {
		if _, err := readHead(bufio.NewReader(strings.NewReader(text+"body")), limit); (err == nil) != want {
			t.Errorf("at most %d bytes: %v", limit, err)
		}
	}
}

func TestContentCodings(t *testing.T) {
	packed := func(w func(io.Writer) io.WriteCloser, text string) string {
		var b bytes.Buffer
		z := w(&b)
		io.WriteString(z, text)
		z.Close()
		return b.String()
	}
	gz := func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }
	fl := func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) }
	for name, c := range map[string]struct{ coding, body, want string }{
		"none":              {"", "abc", "abc"},
		"another one":       {"br", "abc", "abc"},
		"capitals":          {"GZIP", "abc", "abc"},
		"gzip":              {"gzip", packed(gz, "abc"), "abc"},
		"gzip, two parts":   {"gzip", packed(gz, "abc") + packed(gz, "def"), "abc"},
		"gzip, no body":     {"gzip", "", ""},
		"gzip, something":   {"gzip", "abc", "decode"},
		"gzip, cut off":     {"gzip", packed(gz, "abc")[:20], "decode"},
		"gzip, a full one":  {"gzip", packed(gz, strings.Repeat("a", 50)), strings.Repeat("a", 50)},
		"gzip, a byte more": {"gzip", packed(gz, strings.Repeat("a", 51)), "too-large"},
		"deflate":           {"deflate", packed(fl, "abc"), "abc"},
		"deflate, broken":   {"deflate", "abc", "decode"},
	} {
		body, fault := unpack([]byte(c.body), c.coding, 50)
		if got := string(body) + string(fault); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// A proxy opens a tunnel with a status of success, and with no other.
func TestWhatAProxyAnswers(t *testing.T) {
	const none, opened = "the proxy of HTTPS_PROXY opened no tunnel", "the TLS handshake failed"
	for answer, want := range map[string]string{
		"HTTP/1.1 200 x\r\n\r\nno TLS at all": opened, "HTTP/1.1 299 x\r\n\r\nno TLS at all": opened, "HTTP/1.1 101 x\r\n\r\n": none, "HTTP/1.1 300 x\r\n\r\n": none,
		"HTTP/1.1 407 x\r\n\r\n": none, "SSH-2.0\r\n": none, "HTTP/1.1 200 x\r\n": "the proxy of HTTPS_PROXY did not answer in time",
	} {
		p := raw(t, answer, 1<<12, 0)
		p.Proxy, p.Limits = true, Limits{Time: 300 * time.Millisecond}
		p.Resolver = names{"llm.example": {somewhere}, "proxy.example": {somewhere}}
		env := map[string]string{"HTTPS_PROXY": "http://proxy.example:3128"}
		res := run1(t, p, strings.Replace(plainProfile, "http:", "https:", 1), env)
		if res.Detail != want {
			t.Errorf("%q: %s %s: %q, want %q", answer, res.Outcome, res.Reason, res.Detail, want)
		}
	}
}

// Of the addresses of a name the first that answers is asked, and at most eight are tried.
func TestAddressesAreTriedInOrder(t *testing.T) {
	var all []netip.Addr
	for i := range 10 {
		all = append(all, netip.AddrFrom4([4]byte{93, 184, 216, byte(i + 1)}))
	}
	for answers, want := range map[int]string{0: "1", 3: "1 2 3 4", 7: "1 2 3 4 5 6 7 8", 8: "1 2 3 4 5 6 7 8"} {
		var tried []string
		fine := raw(t, "HTTP/1.1 200 OK\r\n\r\n"+listOfTwo, 1<<12, 0)
		p := &Permissions{Resolver: names{"llm.example": all}, Hosts: fine.Hosts}
		p.Dial = func(ctx context.Context, to netip.AddrPort) (net.Conn, error) {
			last := to.Addr().As4()[3]
			tried = append(tried, fmt.Sprint(last))
			if to.Port() != 80 {
				t.Errorf("dialed %s", to)
			}
			if int(last) != answers+1 {
				return nil, errors.New("refused")
			}
			return fine.Dial(ctx, to)
		}
		p.Limits = Limits{Time: 2 * time.Second}
		// The other side says nothing more, so the body without a length ends with the time.
		res := run1(t, p, strings.Replace(plainProfile, "/v1\"", "/v1\"\nrequest_timeout_ms = 200", 1), nil)
		if got := strings.Join(tried, " "); got != want {
			t.Errorf("where number %d answers, %s are tried (%s)", answers, got, res.Detail)
		}
	}
}

// The edges of the networks that are not public, and of those that no flag opens.
func TestEdgesOfNetworks(t *testing.T) {
	for text, want := range map[string][2]bool{ // public, forbidden
		"0.0.0.0": {false, true}, "0.255.255.255": {false, true}, "1.0.0.0": {true, false},
		"9.255.255.255": {true, false}, "10.0.0.0": {false, false}, "10.255.255.255": {false, false}, "11.0.0.0": {true, false},
		"100.63.255.255": {true, false}, "100.64.0.0": {false, false}, "100.127.255.255": {false, false}, "100.128.0.0": {true, false}, "100.100.100.200": {false, true},
		"127.0.0.1": {false, false}, "128.0.0.0": {true, false}, "169.253.255.255": {true, false}, "169.254.0.0": {false, true}, "169.255.0.0": {true, false},
		"172.15.255.255": {true, false}, "172.16.0.0": {false, false}, "172.31.255.255": {false, false}, "172.32.0.0": {true, false},
		"192.0.0.0": {false, false}, "192.0.0.192": {false, true}, "192.0.0.193": {false, false}, "192.0.1.0": {true, false}, "192.0.2.255": {false, false}, "192.0.3.0": {true, false},
		"192.167.255.255": {true, false}, "192.168.0.0": {false, false}, "192.169.0.0": {true, false}, "198.17.255.255": {true, false}, "198.18.0.0": {false, false},
		"198.19.255.255": {false, false}, "198.20.0.0": {true, false}, "198.51.100.0": {false, false}, "203.0.113.255": {false, false}, "203.0.114.0": {true, false},
		"223.255.255.255": {true, false}, "224.0.0.0": {false, true}, "255.255.255.255": {false, true}, "168.63.129.16": {false, true}, "168.63.129.17": {true, false},
		"168.63.129.15": {true, false}, "192.88.99.1": {false, false},
		"::": {false, true}, "::1": {false, false}, "::ffff:10.0.0.1": {false, false}, "::ffff:93.184.216.34": {true, false}, "::93.184.216.34": {true, false}, "::10.0.0.1": {false, false},
		"64:ff9b::10.0.0.1": {false, false}, "64:ff9b::93.184.216.34": {true, false}, "64:ff9b::169.254.169.254": {false, true}, "64:ff9b:0:0:1::93.184.216.34": {false, false},
		"64:ff9b:1::1": {false, false}, "1fff:ffff::1": {false, false}, "2000::1": {true, false}, "3ffe:ffff::1": {true, false}, "3fff::1": {false, false}, "3fff:1000::1": {true, false}, "4000::1": {false, false},
		"2001::1": {false, false}, "2001:1ff::1": {false, false}, "2001:200::1": {true, false}, "2001:db8::1": {false, false}, "2001:db9::1": {true, false}, "2002::1": {false, false}, "2003::1": {true, false},
		"fe7f::1": {false, false}, "fe80::1": {false, true}, "febf::1": {false, true}, "fec0::1": {false, false}, "ff02::1": {false, true}, "fd00:ec2::254": {false, true}, "fd00:ec2::253": {false, false},
		"fe80::1%eth0": {false, true},
	} {
		a := netip.MustParseAddr(text)
		if got := [2]bool{public(a), forbidden(a)}; got != want {
			t.Errorf("%s: public %v, forbidden %v", text, got[0], got[1])
		}
	}
	if public(netip.Addr{}) || !forbidden(netip.Addr{}) {
		t.Error("no address is public, or open")
	}
}

func TestNamesAndValuesOfHeaders(t *testing.T) {
	for name, want := range map[string]bool{"x": true, "X-Team_1": true, "azAZ09!#$%&'*+-.^_`|~": true, "": false, "a b": false, "a:b": false, "a@": false, "[": false, "{": false, "}": false, "/": false, "(": false, "\"": false, "é": false, "a\x7f": false} {
		if got := isToken(name); got != want {
			t.Errorf("isToken(%q) = %v", name, got)
		}
	}
	for value, want := range map[string]bool{"": true, "a b": true, "a\tb": true, "é": true, "a\x1f": false, "a\nb": false, "\x7f": false, "\x80": true, " ": true} {
		if got := isHeaderValue(value); got != want {
			t.Errorf("isHeaderValue(%q) = %v", value, got)
		}
	}
}

// Headers that frame a message, or are for a proxy, are not sent, whatever the profile says; the others are.
func TestHeadersThatFrameAMessageAreNotSent(t *testing.T) {
	framing := []string{"Transfer-Encoding", "content-length", "Connection", "Upgrade", "Expect", "TE", "Trailer", "Trailers", "Keep-Alive", "HTTP2-Settings", "Alt-Used", "Max-Forwards", "Proxy-Authorization", "proxy-x"}
	fine := []string{"X-Proxy", "Expectation", "X-Te", "Content-Type", "Forwarded"}
	toml := "[providers.main]\nkind = \"openai\"\n[providers.main.headers]\n"
	for _, name := range slices.Concat(framing, fine) {
		toml += name + " = \"1\"\n"
	}
	var sent http.Header
	n := newInternet(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { sent = r.Header; io.WriteString(w, listOfTwo) }))
	res := run1(t, n.permissions(), toml, oneKey)
	for _, name := range framing {
		if sent.Get(name) != "" {
			t.Errorf("%s is sent", name)
		}
	}
	for _, name := range fine {
		if sent.Get(name) != "1" {
			t.Errorf("%s is not sent", name)
		}
	}
	if len(res.LeftOut) != len(framing) {
		t.Errorf("%d headers are told to be left out: %v", len(res.LeftOut), res.LeftOut)
	}
}

// The order in which Loong takes models: the not deprecated first, then the newest, by number, by text, then by id.
func TestOrderOfModels(t *testing.T) {
	for body, want := range map[string]string{
		`["b","a"," c ","",1,null,"a"]`: "a b c",
		`[{"id":"b"},{"modelId":"a"},{"model":"d"},{"name":"c"},{"title":"e"},{"id":"  "},{"id":1,"name":"f"}]`:                                                                                                                                                            "a b c d f",
		`[{"id":"a","deprecated":true},{"id":"b","created":1},{"id":"c","created":2},{"id":"d"}]`:                                                                                                                                                                          "c b d a",
		`[{"id":"a","created":0},{"id":"b"},{"id":"c","created":-1}]`:                                                                                                                                                                                                      "a c b",
		`[{"id":"a","created":1.5},{"id":"b","created":9223372036854775807},{"id":"c","created":9223372036854775808},{"id":"d","created":-0}]`:                                                                                                                             "b a c d",
		`[{"id":"a","created_at":"2026"},{"id":"b","created_at":"2027"},{"id":"c","created_at":" "},{"id":"d","release_date":"2028"}]`:                                                                                                                                     "d b a c",
		`[{"id":"a","created_at":5},{"id":"b","created":"x","created_at":6},{"id":"c","created":18446744073709551615,"created_at":7}]`:                                                                                                                                     "b a c",
		`[{"id":"a","status":" Retired "},{"id":"b","tags":["x","Deprecated"]},{"id":"c","status":"live"},{"id":"d","tags":["retired"]},{"id":"e","status":"sunset"},{"id":"f","status":"deprecation"},{"id":"g","tags":"retired"}]`:                                       "c g a b d e f",
		`[{"id":"a","supports_chat":false},{"id":"b","chat_completion":false},{"id":"c","archived":true},{"id":"d","is_archived":true},{"id":"e","archived":false,"is_archived":true},{"id":"f","supports_chat":true}]`:                                                    "e f",
		`[{"id":"a","output_modalities":["image"]},{"id":"b","output_modalities":["image","Text"]},{"id":"c","output_modalities":[]},{"id":"d","outputModalities":["audio"]},{"id":"e","output_modalities":["text"],"outputModalities":["audio"]}]`:                        "b c e",
		`[{"id":"a","supportedEndpointTypes":["Chat"]},{"id":"b","supported_endpoint_types":["embedding"]},{"id":"c","supported_endpoint_types":["chat_completion"]},{"id":"d","supported_endpoint_types":["chat-completion"]},{"id":"e","supported_endpoint_types":[1]}]`: "a c d e",
		`{"data":{},"models":["m"],"Result":{"Items":["i"]}}`:  "m",
		`{"Result":{"Items":["i"]},"result":{"models":["r"]}}`: "i",
		`{"result":{"models":["r"]}}`:                          "r",
		`{"modelSummaries":["s"],"models":["m"]}`:              "s",
		`{"other":["o"]}`: "",
	} {
		if got := strings.Join(models(parse([]byte(body))), " "); got != want {
			t.Errorf("%s: %s, want %s", body, got, want)
		}
	}
}

// A model without a tag is found with the tag "latest" on a server of one's own, and nowhere else.
func TestModelsWithTheTagLatest(t *testing.T) {
	for toml, want := range map[string]loong.Tri{
		"kind = \"ollama\"\nmodel = \"m\"": loong.Yes, "kind = \"ollama\"\nmodel = \"m:latest\"": loong.Yes, "kind = \"ollama\"\nmodel = \"n\"": loong.No,
		"kind = \"openai\"\nmodel = \"m\"":                                       loong.No,
		"kind = \"custom\"\nbase_url = \"http://127.0.0.1:1/v1\"\nmodel = \"m\"": loong.Yes,
	} {
		for _, d := range []*decision{(&Permissions{}).decide(jobsOf(t, "[providers.main]\n"+toml, oneKey)[0])} {
			res := newResult(d)
			res.read(&answer{status: 200, body: []byte(`["m:latest"]`)})
			if res.Model != want {
				t.Errorf("%s: %v, want %v", toml, res.Model, want)
			}
		}
	}
}

// How long a service may be waited for before it is asked again.
func TestLongestPauses(t *testing.T) {
	now := time.Now()
	for name, c := range map[string]struct {
		d      decision
		answer answer
		pause  time.Duration // -1: not again
	}{
		"as long as may be":    {decision{patience: time.Minute}, answer{status: 429, retryAfter: "5"}, 5 * time.Second},
		"longer":               {decision{patience: time.Minute}, answer{status: 429, retryAfter: "6"}, -1},
		"longer than patience": {decision{patience: time.Second}, answer{status: 429, retryAfter: "2"}, -1},
		"503 as long":          {decision{patience: time.Minute}, answer{status: 503, retryAfter: "5"}, 5 * time.Second},
		"503 longer":           {decision{patience: time.Minute}, answer{status: 503, retryAfter: "6"}, -1},
		"503 at once":          {decision{patience: time.Minute}, answer{status: 503, retryAfter: "0"}, 50 * time.Millisecond},
		"503 no wish":          {decision{patience: time.Minute, pause: time.Hour}, answer{status: 503}, 5 * time.Second},
		"502, little patience": {decision{patience: time.Second, pause: time.Minute}, answer{status: 502, retryAfter: "3"}, time.Second},
	} {
		got, ok := c.d.again(&c.answer, nil, now)
		if !ok {
			got = -1
		}
		if got != c.pause {
			t.Errorf("%s: %v, want %v", name, got, c.pause)
		}
	}
}

func TestWordsForStatuses(t *testing.T) {
	const redirect, own = ", a redirect, which the probe does not follow", ", the service has a problem of its own"
	for status, want := range map[int]string{299: "", 300: redirect, 399: redirect, 400: "", 403: "", 404: ", the models route may not be offered", 405: ", the models route may not be offered", 406: "", 428: "",
		429: ", too many requests", 430: "", 499: "", 500: own, 599: own, 600: own} {
		if got := statusWords(status); got != want {
			t.Errorf("%d%s, want %d%s", status, got, status, want)
		}
	}
}

// Halves of a pair that do not belong together make an answer no JSON to Loong, and so do numbers that no double holds.
func TestWhatLoongTakesForJSON(t *testing.T) {
	for text, want := range map[string]bool{
		`"\ud800\udc00"`: true, `"\udbff\udfff"`: true, `"\ud7ff"`: true, `"\ue000"`: true, `"\udbff"`: false, `"\udc00"`: false, `"\udfff"`: false, `"\ud800a"`: false, `"\ud800\n"`: false, `"\ud800\ue000"`: false,
		`"\ud800\udbff"`: false, `"\udc00\ud800"`: false, `"\uD83D\uDE00"`: true, `"\\ud800"`: true, `1e308`: true, `1e309`: false, `-1e309`: false, `[1,1e999]`: false, `{"a":1E5}`: true, `-`: false, `1.`: false,
		` 1 `: true, `[1]]`: false, `"\u123`: false, `"\u1234`: false, `"\`: false, `{"a":[{"b":[]}]}`: true,
	} {
		if got := parse([]byte(text)) != ""; got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

func TestSecretFilesAreReadAsLoongReadsThem(t *testing.T) {
	dir := t.TempDir()
	for text, want := range map[string]string{
		"abc": "abc", "abc\r\n\n": "abc", " abc \n": " abc ", "a\nb\n": "a\nb", "": "", "\n": "", "a\xff": "", strings.Repeat("a", 64<<10): strings.Repeat("a", 64<<10), strings.Repeat("a", 64<<10+1): "",
	} {
		path := filepath.Join(dir, "secret")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := readSecret(path); got != want {
			t.Errorf("of %d bytes %d are read", len(text), len(got))
		}
	}
	if readSecret(dir) != "" || readSecret(filepath.Join(dir, "none")) != "" {
		t.Error("what is no file is read")
	}
}

// The exchange of a token sends the token, what the kind sends, and nothing of the profile.
func TestTheRequestOfAnExchange(t *testing.T) {
	kinds := loong.Kinds()
	for i := range kinds {
		kind := &kinds[i]
		if kind.TokenExchange == nil {
			continue
		}
		got := exchangeRequest(kind, "hunter2")
		want := map[string]string{"authorization": kind.TokenExchange.AuthorizationPrefix + "hunter2", "accept": kind.TokenExchange.Accept, "accept-encoding": "gzip,deflate", "host": got.url.HostPort()}
		for _, h := range kind.Headers {
			want[strings.ToLower(h.Name)] = h.Value
		}
		if kind.UserAgent != "" {
			want["user-agent"] = kind.UserAgent
		}
		sent := map[string]string{}
		for _, h := range got.headers {
			sent[h.name] = h.value
		}
		if !maps.Equal(sent, want) || len(got.headers) != len(want) {
			t.Errorf("%s sends %v, want %v", kind.ID, got.headers, want)
		}
		for answer, want := range map[*answer]Reason{
			{status: 401}: TokenRejected, {status: 403}: TokenRejected, {status: 402}: TokenStatus, {status: 199}: TokenStatus, {status: 300}: TokenStatus, {status: 200, fault: BadBody}: TokenDecode, {status: 500, fault: BadBody}: TokenStatus,
			{status: 200, body: []byte(`{}`)}: TokenDecode, {status: 200, body: []byte(`{"` + kind.TokenExchange.Fields[0] + `":" "}`)}: TokenDecode, {status: 200, body: []byte(`{"` + kind.TokenExchange.Fields[0] + `":"a\nb"}`)}: TokenDecode,
			{status: 299, body: []byte(`{"` + kind.TokenExchange.Fields[0] + `":"t"}`)}: "",
		} {
			if token, r := exchanged(kind, answer); r != want || (token == "t") != (want == "") {
				t.Errorf("%d %s: %q, %q, want %q", answer.status, answer.body, token, r, want)
			}
		}
	}
}

func TestVariablesThatWouldDo(t *testing.T) {
	for want, names := range map[string][]string{
		"A": {"A"}, "A or B or C or D": {"A", "B", "C", "D"}, "A or B or C or D or another of its variables": {"A", "B", "C", "D", "E", "F"},
	} {
		before := slices.Clone(names)
		if got := orList(names); got != want || !slices.Equal(names, before) {
			t.Errorf("%v: %q, and %v is left", before, got, names)
		}
	}
}

// A key in the place of a variable's name is told nowhere.
func TestAKeyInThePlaceOfANameIsHidden(t *testing.T) {
	const key = "sk-9f2Kd83Lq0ZrAbCdEf"
	res := &Result{job: jobsOf(t, oneProfile, oneKey)[0], Outcome: Rejected, Used: Credential{From: FromVariable, Name: key}, before: []Credential{{From: FromHeader, Name: key}}}
	if res.explain(); strings.Contains(fmt.Sprint(res.Used, res.Detail, res.Advice), "9f2K") {
		t.Errorf("%v, %s, %s", res.Used, res.Detail, res.Advice)
	}
}

// What a request carries that no secret of the profile is sent with, as the plan tells it.
func TestWhatCarriesTheCredentialInstead(t *testing.T) {
	for name, c := range map[string]struct{ toml, want string }{
		"a header":           {"kind = \"openai\"\nheaders = { Authorization = \"Bearer x\" }", "header authorization authorization true"},
		"an empty header":    {"kind = \"openai\"\nheaders = { authorization = \"\" }", "header authorization authorization true"},
		"another header":     {"kind = \"custom\"\nbase_url = \"https://llm.example/v1\"\nheaders = { x-api-key = \"x\" }", "header x-api-key authorization true"},
		"the address":        {"kind = \"ollama\"\nbase_url = \"https://u:p@llm.example\"", "address base_url authorization true"},
		"a header of a kind": {"kind = \"anthropic\"\nheaders = { x-api-key = \"x\" }", "header x-api-key x-api-key true"},
		"the key":            {"kind = \"openai\"", "variable OPENAI_API_KEY authorization true"},
	} {
		d := (&Permissions{Hosts: []Host{{"llm.example", -1, true}}}).decide(jobsOf(t, "[providers.main]\n"+c.toml, oneKey)[0])
		var got []string
		for _, x := range d.Credentials {
			got = append(got, fmt.Sprint(x.From, " ", x.Name, " ", x.Header, " ", x.Known))
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// Where a key is refused, the address of the other region is named.
func TestAdviceNamesTheOtherRegion(t *testing.T) {
	tried := 0
	for _, kind := range loong.Kinds() {
		if kind.Region == nil {
			continue
		}
		for _, v := range kind.Region.Variants {
			p := jobsOf(t, fmt.Sprintf("[providers.main]\nkind = %q\nbase_url = %q\nmodel = \"m\"\n", kind.ID, v.BaseURL), nil)[0].Profile
			other := otherRegion(p)
			isVariant := slices.ContainsFunc(kind.Region.Variants, func(o loong.RegionVariant) bool { return o.BaseURL == other })
			if !isVariant || strings.HasPrefix(p.Models.Val, other) {
				t.Errorf("%s at %s: the other region is %q", kind.ID, v.BaseURL, other)
			}
			tried++
		}
	}
	if tried < 4 {
		t.Errorf("%d regions", tried)
	}
}
