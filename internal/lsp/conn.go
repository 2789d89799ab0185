package lsp

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/loonglint/loonglint/internal/render"
)

// message is a request, a notification or the answer to a request of the server.
type message struct {
	ID     json.RawMessage `json:"id,omitempty"`
	Method string          `json:"method,omitempty"`
	Params part            `json:"params,omitempty"`

	invalid  bool // it is not JSON
	canceled bool // guarded by inbox.mu
}

// part is a piece of a message that came, and shares its bytes, which nobody changes: most are whole documents. It is for
// json.Unmarshal, which hands over pieces of what it is given; a json.Decoder uses its bytes again.
type part []byte

func (p *part) UnmarshalJSON(text []byte) error {
	*p = text
	return nil
}

// isRequest reports whether the client waits for an answer.
func (m *message) isRequest() bool { return m.Method != "" && len(m.ID) > 0 }

// reply is an answer to a request.
type reply struct {
	Version string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id"`
	Result  any             `json:"result"`
}

type errorReply struct {
	Version string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id"`
	Error   *Error          `json:"error"`
}

// call is a request or notification of the server.
type call struct {
	Version string `json:"jsonrpc"`
	ID      *int   `json:"id,omitempty"`
	Method  string `json:"method"`
	Params  any    `json:"params,omitempty"`
}

// Error is what a request is answered with when it cannot be done. Its message quotes nothing of a document.
type Error struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
	Data    any    `json:"data,omitempty"`
}

func (e *Error) Error() string { return e.Message }

// The codes of JSON-RPC and of the protocol ("ErrorCodes").
const (
	codeParse           = -32700
	codeInvalidRequest  = -32600
	codeMethodNotFound  = -32601
	codeInvalidParams   = -32602
	codeInternal        = -32603
	codeNotInitialized  = -32002
	codeRequestFailed   = -32803
	codeServerCancelled = -32802
	codeRequestCanceled = -32800
)

// inbox holds the messages that wait for their turn. One goroutine fills it, another one empties it.
type inbox struct {
	mu      sync.Mutex
	queue   []*message
	current *message      // that is handled now
	err     error         // why no more will come; io.EOF: the client is gone
	ready   chan struct{} // has one element after something has come
}

func newInbox() *inbox { return &inbox{ready: make(chan struct{}, 1)} }

// fill reads messages until there are no more.
func (b *inbox) fill(t Transport) {
	for {
		raw, err := t.Read()
		b.mu.Lock()
		if err != nil {
			b.err = err
		} else {
			b.put(raw)
		}
		b.mu.Unlock()
		select {
		case b.ready <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

// put takes a message; one that cancels a request does so at once.
func (b *inbox) put(raw []byte) {
	m := &message{}
	if err := json.Unmarshal(raw, m); err != nil {
		m = &message{invalid: true}
	}
	if string(m.ID) == "null" {
		m.ID = nil
	}
	if m.Method != "$/cancelRequest" {
		b.queue = append(b.queue, m)
		return
	}
	var params struct {
		ID json.RawMessage `json:"id"`
	}
	if json.Unmarshal(m.Params, &params) != nil {
		return
	}
	for _, request := range slices.Concat(b.queue, []*message{b.current}) {
		if request != nil && request.isRequest() && string(request.ID) == string(params.ID) {
			request.canceled = true
			if request != b.current {
				return
			}
		}
	}
	b.queue = append(b.queue, m) // it may be about a request that is answered later, also the one at work
}

// take returns the next message; nil when none waits, with the error when no more will come.
func (b *inbox) take() (m *message, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.current = nil
	if len(b.queue) == 0 {
		b.queue = nil
		return nil, b.err
	}
	b.current, b.queue = b.queue[0], b.queue[1:]
	return b.current, nil
}

// isCanceled reports whether the client does not want the answer to the current request any more.
func (b *inbox) isCanceled() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.current != nil && b.current.canceled
}

// changes reports whether a change of a document waits.
func (b *inbox) changes(uri string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, m := range b.queue {
		if m.Method != "textDocument/didChange" {
			continue
		}
		var p struct {
			TextDocument struct {
				URI string `json:"uri"`
			} `json:"textDocument"`
		}
		if json.Unmarshal(m.Params, &p) == nil && p.TextDocument.URI == uri {
			return true
		}
	}
	return false
}

// handler answers a request, or takes a notification, whose result is not looked at.
type handler func(s *Server, params []byte) (any, error)

// handles makes a handler of a method of the server.
func handles[P, R any](f func(*Server, *P) (R, error)) handler {
	return func(s *Server, raw []byte) (any, error) {
		params := new(P)
		if len(raw) > 0 {
			if err := json.Unmarshal(raw, params); err != nil {
				return nil, &Error{Code: codeInvalidParams, Message: "the parameters are not those of the protocol"}
			}
		}
		return f(s, params)
	}
}

// takes makes a handler of a method of the server that has no result.
func takes[P any](f func(*Server, *P)) handler {
	return handles(func(s *Server, p *P) (any, error) { f(s, p); return nil, nil })
}

// Serve answers a client until it says exit, is gone, or the process that started the server is gone. The error is one
// of the transport. Serve is called once.
func (s *Server) Serve(t Transport) error {
	s.transport = t
	go s.inbox.fill(t)
	for {
		m, err := s.inbox.take()
		switch {
		case m != nil:
			s.handle(m)
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		default:
			s.idle()
		}
		if s.writeErr != nil {
			return s.writeErr
		}
		if s.exited {
			return nil
		}
	}
}

// handle calls the handler of a message and answers it.
func (s *Server) handle(m *message) {
	switch {
	case m.invalid:
		s.fail(nil, &Error{Code: codeParse, Message: "a message is not JSON"})
		return
	case m.Method == "": // the answer to a request of the server
		return
	}
	s.answering = m.ID
	result, err := s.dispatch(m)
	if !m.isRequest() || err == errLater {
		return
	}
	if err == nil && s.inbox.isCanceled() {
		err = errCanceled
	}
	if err != nil {
		s.fail(m.ID, asError(err))
		return
	}
	s.write(reply{"2.0", m.ID, result})
}

// errLater is what a handler returns that answers later.
var errLater = errors.New("later")

var errCanceled = &Error{Code: codeRequestCanceled, Message: "canceled"}

func asError(err error) *Error {
	if e, ok := err.(*Error); ok { //nolint:errorlint // handlers return it as it is
		return e
	}
	return &Error{Code: codeRequestFailed, Message: err.Error()}
}

func (s *Server) fail(id json.RawMessage, e *Error) {
	if id == nil {
		id = json.RawMessage("null")
	}
	s.write(errorReply{"2.0", id, e})
}

// dispatch calls the handler of a message. A panic costs this answer only: documents are what the editor has, whatever
// becomes of the work on them.
func (s *Server) dispatch(m *message) (result any, err error) {
	if err := s.admit(m); err != nil {
		return nil, err
	}
	h := s.methods[m.Method]
	if h == nil {
		return nil, &Error{Code: codeMethodNotFound, Message: "loonglint does not know this method"}
	}
	if s.inbox.isCanceled() {
		return nil, errCanceled
	}
	defer func() {
		if recover() != nil {
			result, err = nil, &Error{Code: codeInternal, Message: "loonglint failed at " + callSite() + "; please report it"}
		}
	}()
	return h(s, m.Params)
}

// admit says what may not be asked at this time.
func (s *Server) admit(m *message) error {
	switch {
	case m.Method == "exit":
		return nil
	case s.stopped && m.isRequest():
		return &Error{Code: codeInvalidRequest, Message: "the server was shut down"}
	case !s.initialized && m.Method != "initialize":
		return &Error{Code: codeNotInitialized, Message: "initialize comes first"}
	case s.initialized && m.Method == "initialize":
		return &Error{Code: codeInvalidRequest, Message: "initialize comes once"}
	}
	return nil
}

// notify sends a notification.
func (s *Server) notify(method string, params any) {
	s.write(call{Version: "2.0", Method: method, Params: params})
}

// ask sends a request whose answer does not matter.
func (s *Server) ask(method string, params any) {
	s.asked++
	id := s.asked
	s.write(call{Version: "2.0", ID: &id, Method: method, Params: params})
}

func (s *Server) write(v any) {
	b, err := render.Encode(v)
	if err == nil {
		err = s.transport.Write(b)
	}
	if err != nil && s.writeErr == nil {
		s.writeErr = fmt.Errorf("writing to the editor: %w", err)
	}
}

// callSite names the functions that a panic went through, and no value, for a value may be a secret.
func callSite() string {
	var pcs [32]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs[:])])
	var at []string
	for more := true; more && len(at) < 3; {
		var f runtime.Frame
		f, more = frames.Next()
		if strings.Contains(f.Function, "loonglint/") {
			at = append(at, fmt.Sprintf("%s:%d", filepath.Base(f.File), f.Line))
		}
	}
	return strings.Join(at, ", ")
}
