package probe

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
)

// scripted is an answer of a recorded server (fixtures/probe/README.md).
type scripted struct {
	Status     int         `json:"status"`
	Reason     *string     `json:"reason"`
	Headers    [][2]string `json:"headers"`
	Body       string      `json:"body"`
	BodyB64    *string     `json:"body_b64"`
	BodyList   int         `json:"body_list"`
	BodyPad    int         `json:"body_pad"`
	BodyNest   int         `json:"body_nest"`
	Framing    string      `json:"framing"`
	WaitMS     int         `json:"wait_ms"`
	WaitBodyMS int         `json:"wait_body_ms"`
	DripHead   *[2]int     `json:"drip_head"`
	DripBody   *[2]int     `json:"drip_body"`
	PadHead    int         `json:"pad_head"`
	BodyNever  bool        `json:"body_never"`
	Do         string      `json:"do"`
	Raw        *string     `json:"raw"`
}

// arrived is a request as a recorded server saw it.
type arrived struct {
	Server    int             `json:"server"`
	Method    string          `json:"method"`
	Path      string          `json:"path"`
	Headers   json.RawMessage `json:"headers"`
	TLSHello  bool            `json:"tls_hello"`
	Step      int             `json:"step"`
	WireNames []string        `json:"wire_names"`
}

// scriptServer answers by a script and keeps what arrives.
type scriptServer struct {
	number int
	script []scripted
	fill   func(string) string // puts ports in
	log    func(arrived)

	mu   sync.Mutex
	next int
	port int
}

// start listens; the function it returns ends that, and waits for open connections.
func (s *scriptServer) start(t testing.TB, host string) (stop func()) {
	t.Helper()
	l, err := net.Listen("tcp", host+":0")
	if err != nil {
		t.Error(err)
		return func() {}
	}
	s.port = l.Addr().(*net.TCPAddr).Port
	var open sync.WaitGroup
	open.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			open.Go(func() { s.serve(c) })
		}
	})
	return func() { l.Close(); open.Wait() }
}

func (s *scriptServer) serve(c net.Conn) {
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(20 * time.Second))
	in := bufio.NewReader(c)
	if first, err := in.Peek(1); err != nil || first[0] == 0x16 {
		if err == nil {
			s.log(arrived{Server: s.number, TLSHello: true})
		}
		return
	}
	a, ok := readArrived(in)
	if !ok {
		return
	}
	a.Server = s.number
	s.log(a)
	s.mu.Lock()
	answer := s.script[min(s.next, len(s.script)-1)]
	s.next++
	s.mu.Unlock()
	if answer.write(c, s.fill) {
		_, _ = in.WriteTo(discard{}) // until the client goes
	}
}

type discard struct{}

func (discard) Write(b []byte) (int, error) { return len(b), nil }

func readArrived(in *bufio.Reader) (a arrived, ok bool) {
	line, err := in.ReadString('\n')
	if err != nil {
		return a, false
	}
	parts := strings.Split(strings.TrimSuffix(line, "\r\n"), " ")
	if len(parts) < 3 {
		return a, false
	}
	a.Method, a.Path = parts[0], strings.Join(parts[1:len(parts)-1], " ")
	var b bytes.Buffer
	b.WriteString("{")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return a, false
		}
		line = strings.TrimSuffix(line, "\r\n")
		if line == "" {
			break
		}
		name, value, _ := strings.Cut(line, ":")
		value = strings.TrimPrefix(value, " ")
		if low := strings.ToLower(name); low != name {
			a.WireNames = append(a.WireNames, name)
			name = low
		}
		if b.Len() > 1 {
			b.WriteString(",")
		}
		fmt.Fprintf(&b, "%s:%s", quoted(name), quoted(latin1(value)))
	}
	b.WriteString("}")
	a.Headers = b.Bytes()
	return a, true
}

func quoted(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

// latin1 has one character for each byte.
func latin1(s string) string {
	r := make([]rune, len(s))
	for i := range len(s) {
		r[i] = rune(s[i])
	}
	return string(r)
}

func bytesOf(latin string) []byte {
	var b []byte
	for _, r := range latin {
		b = append(b, byte(r))
	}
	return b
}

// write answers; it reports whether the connection stays open.
func (x *scripted) write(c net.Conn, fill func(string) string) bool {
	switch x.Do {
	case "hang":
		return true
	case "close":
		return false
	case "reset":
		_ = c.(*net.TCPConn).SetLinger(0)
		return false
	}
	if x.Raw != nil {
		_, _ = c.Write(bytesOf(fill(*x.Raw)))
		return false
	}
	time.Sleep(time.Duration(x.WaitMS) * time.Millisecond)
	body := x.body(fill)
	drip(c, x.head(fill, body), x.DripHead)
	time.Sleep(time.Duration(x.WaitBodyMS) * time.Millisecond)
	if x.BodyNever || x.Framing == "none" {
		return x.BodyNever
	}
	if strings.HasPrefix(x.Framing, "chunked") {
		chunk := fmt.Appendf(nil, "%x\r\n%s\r\n", len(body), body)
		if x.Framing == "chunked" {
			chunk = append(chunk, "0\r\n\r\n"...)
		}
		body = chunk
	}
	drip(c, body, x.DripBody)
	return x.Framing == "" || x.Framing == "length"
}

func drip(c net.Conn, b []byte, pace *[2]int) {
	size := len(b)
	if pace != nil {
		size = pace[0]
	}
	for len(b) > 0 {
		n := min(size, len(b))
		if _, err := c.Write(b[:n]); err != nil {
			return
		}
		if b = b[n:]; pace != nil {
			time.Sleep(time.Duration(pace[1]) * time.Millisecond)
		}
	}
}

func (x *scripted) head(fill func(string) string, body []byte) []byte {
	status, reason := x.Status, "X"
	if status == 0 {
		status = 200
	}
	if x.Reason != nil {
		reason = *x.Reason
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "HTTP/1.1 %d %s\r\n", status, reason)
	headers := x.Headers
	if headers == nil {
		headers = [][2]string{{"content-type", "application/json"}}
	}
	for _, h := range headers {
		b.Write(bytesOf(h[0] + ": " + fill(h[1]) + "\r\n"))
	}
	if x.PadHead > 0 {
		b.WriteString("x-a: " + strings.Repeat("a", x.PadHead) + "\r\n")
	}
	switch x.Framing {
	case "", "length":
		fmt.Fprintf(&b, "content-length: %d\r\n", len(body))
	case "longer":
		fmt.Fprintf(&b, "content-length: %d\r\n", len(body)+10)
	case "chunked", "chunked_cut":
		b.WriteString("transfer-encoding: chunked\r\n")
	}
	b.WriteString("\r\n")
	return b.Bytes()
}

func (x *scripted) body(fill func(string) string) []byte {
	switch {
	case x.BodyB64 != nil:
		b, err := base64.StdEncoding.DecodeString(*x.BodyB64)
		if err != nil {
			panic(err)
		}
		return b
	case x.BodyList > 0:
		var b bytes.Buffer
		for i := range x.BodyList {
			fmt.Fprintf(&b, `,{"id":"m-%05d","created":%d}`, i, i)
		}
		return []byte(`{"data":[` + b.String()[1:] + `]}`)
	case x.BodyPad > 0:
		return []byte(`{"data":[{"id":"m1","description":"` + strings.Repeat("d", x.BodyPad) + `"}]}`)
	case x.BodyNest > 0:
		return []byte(`{"data":[{"id":"m1","x":` + strings.Repeat("[", x.BodyNest) + strings.Repeat("]", x.BodyNest) + `}]}`)
	}
	return []byte(fill(x.Body))
}
