package lsp

import (
	"encoding/json"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/loonglint/loonglint/internal/document"
)

// client is an editor in the same process. Its server works in another goroutine, over a pair of pipes.
type client struct {
	t         *testing.T
	transport Transport
	server    *Server
	id        int
	log       strings.Builder // all that the server has sent
	queue     []incoming      // what has come and nobody has asked for yet
	timers    chan chan time.Time
	closeIn   func() error
	ended     chan error
}

// incoming is a message of the server.
type incoming struct {
	ID     json.RawMessage
	Method string
	Params json.RawMessage
	Result json.RawMessage
	Error  *Error
}

// start returns a client whose server has been initialized; options are merged into the parameters of initialize.
func start(t *testing.T, host Host, params string) *client {
	t.Helper()
	c := connect(t, host)
	c.request("initialize", json.RawMessage(params), nil)
	c.notify("initialized", struct{}{})
	return c
}

// connect returns a client that has said nothing.
func connect(t *testing.T, host Host) *client {
	t.Helper()
	inR, inW := io.Pipe()
	outR, outW := io.Pipe()
	c := &client{t: t, transport: Stream(outR, inW), server: New(host, "1.2.3"), closeIn: inW.Close, ended: make(chan error, 1),
		timers: make(chan chan time.Time, 1)}
	c.server.after = func(time.Duration) <-chan time.Time {
		timer := make(chan time.Time, 1)
		select {
		case <-c.timers: // a later one takes its place
		default:
		}
		c.timers <- timer
		return timer
	}
	go func() {
		err := c.server.Serve(Stream(inR, outW))
		inR.Close()
		outW.Close()
		c.ended <- err
	}()
	t.Cleanup(func() {
		inW.Close()
		go io.Copy(io.Discard, outR) //nolint:errcheck // lets the server end
		<-c.ended
	})
	return c
}

// wait lets the latest timer of the server fire; earlier ones never do.
func (c *client) wait() {
	c.t.Helper()
	timer := <-c.timers
	timer <- time.Time{}
}

func (c *client) send(v any) {
	c.t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		c.t.Fatal(err)
	}
	if err := c.transport.Write(raw); err != nil {
		c.t.Fatal(err)
	}
}

func (c *client) notify(method string, params any) {
	c.t.Helper()
	c.send(map[string]any{"jsonrpc": "2.0", "method": method, "params": params})
}

// receive returns the next message of the server that is wanted; others wait.
func (c *client) receive(wanted func(*incoming) bool) *incoming {
	c.t.Helper()
	for i := range c.queue {
		if m := c.queue[i]; wanted(&m) {
			c.queue = append(c.queue[:i], c.queue[i+1:]...)
			return &m
		}
	}
	for {
		raw, err := c.transport.Read()
		if err != nil {
			c.t.Fatalf("the server is gone: %v", err)
		}
		c.log.Write(raw)
		c.log.WriteByte('\n')
		var m incoming
		if err := json.Unmarshal(raw, &m); err != nil {
			c.t.Fatalf("%v in %s", err, raw)
		}
		if wanted(&m) {
			return &m
		}
		c.queue = append(c.queue, m)
	}
}

// call sends a request and returns the answer.
func (c *client) call(method string, params any) *incoming {
	c.t.Helper()
	c.id++
	id, _ := json.Marshal(c.id)
	c.send(map[string]any{"jsonrpc": "2.0", "id": c.id, "method": method, "params": params})
	return c.receive(func(m *incoming) bool { return m.Method == "" && string(m.ID) == string(id) })
}

// request sends a request that must be answered with a result, which it reads into result.
func (c *client) request(method string, params, result any) {
	c.t.Helper()
	m := c.call(method, params)
	if m.Error != nil {
		c.t.Fatalf("%s: %d %s", method, m.Error.Code, m.Error.Message)
	}
	if result != nil {
		if err := json.Unmarshal(m.Result, result); err != nil {
			c.t.Fatalf("%s: %v in %s", method, err, m.Result)
		}
	}
}

func (c *client) open(uri, text string) {
	c.t.Helper()
	c.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": uri, "languageId": "toml", "version": 1, "text": text}})
}

func (c *client) change(uri string, version int, changes ...change) {
	c.t.Helper()
	c.notify("textDocument/didChange", map[string]any{"textDocument": map[string]any{"uri": uri, "version": version}, "contentChanges": changes})
}

// published returns the next diagnostics that are sent for a version of a document; 0 is any.
func (c *client) published(uri string, version int) []diagnostic {
	c.t.Helper()
	for {
		m := c.receive(func(m *incoming) bool { return m.Method == "textDocument/publishDiagnostics" })
		var p publishDiagnosticsParams
		if err := json.Unmarshal(m.Params, &p); err != nil {
			c.t.Fatal(err)
		}
		if p.URI == uri && (version == 0 || p.Version != nil && *p.Version == version) {
			return p.Diagnostics
		}
	}
}

// codes lists the rules of diagnostics with their lines from 0: "4 unknown-key".
func codes(list []diagnostic) []string {
	out := []string{}
	for _, d := range list {
		out = append(out, itoa(d.Range.Start.Line)+" "+d.Code)
	}
	return out
}

func itoa(n int) string { b, _ := json.Marshal(n); return string(b) }

// in is a place in a text: line and character from 0 of the nth (from 0) occurrence of part, in UTF-16.
func in(text, part string) Position {
	at := strings.Index(text, part)
	return newText([]byte(text), true).position(at)
}

func editOver(start, end int, text string) document.Edit {
	return document.Edit{Span: document.Span{Start: start, End: end}, Text: text}
}
