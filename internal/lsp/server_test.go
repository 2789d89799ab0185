package lsp

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// plainClient can do nothing but take diagnostics, in UTF-16.
const plainClient = `{"processId":null,"rootUri":null,"capabilities":{}}`

// pullingClient asks for diagnostics and can be told to ask again.
const pullingClient = `{"processId":null,"rootUri":null,"capabilities":{"general":{"positionEncodings":["utf-8","utf-16"]},
	"workspace":{"diagnostics":{"refreshSupport":true}},"textDocument":{"diagnostic":{}}}}`

// richClient takes diagnostics with all that they may have.
const richClient = `{"processId":null,"rootUri":null,"capabilities":{"textDocument":{"publishDiagnostics":
	{"relatedInformation":true,"codeDescriptionSupport":true,"tagSupport":{"valueSet":[1,2]}}}}}`

const slip = "active_provider = \"main\"\n[providers.main]\nkind = \"opneai\"\nmodel = \"m\"\n"

func TestInitialize(t *testing.T) {
	for params, want := range map[string]string{
		plainClient:   `{"positionEncoding":"utf-16","textDocumentSync":{"openClose":true,"change":2,"save":true},`,
		pullingClient: `{"positionEncoding":"utf-8","textDocumentSync":{"openClose":true,"change":2,"save":true},"codeActionProvider":{"codeActionKinds":["quickfix","source.fixAll.loonglint"]},"diagnosticProvider":{"identifier":"loonglint",`,
	} {
		c := connect(t, Page{})
		var got struct {
			Capabilities json.RawMessage
			ServerInfo   serverInfo
		}
		c.request("initialize", json.RawMessage(params), &got)
		if !strings.HasPrefix(string(got.Capabilities), want) || got.ServerInfo != (serverInfo{"loonglint", "1.2.3"}) {
			t.Errorf("%s gives %s, %v", params, got.Capabilities, got.ServerInfo)
		}
		if strings.Contains(params, `"diagnostic":`) != strings.Contains(string(got.Capabilities), "diagnosticProvider") {
			t.Errorf("%s gives %s", params, got.Capabilities)
		}
	}
}

func TestPushesToClientsThatDoNotPull(t *testing.T) {
	c := start(t, Page{}, richClient)
	const uri = "untitled:Untitled-1"
	c.open(uri, slip)
	list := c.published(uri, 1)
	if got := codes(list); !slices.Equal(got, []string{"2 unknown-provider-kind"}) {
		t.Fatalf("published %v", got)
	}
	d := list[0]
	if d.Severity != severityError || d.Source != "loonglint" || d.CodeDescription == nil || !strings.HasSuffix(d.CodeDescription.Href, "#unknown-provider-kind") ||
		d.Range != (Range{Position{2, 7}, Position{2, 15}}) || !strings.Contains(d.Message, "\nhelp: ") {
		t.Errorf("%+v", d)
	}
	c.change(uri, 2, change{&Range{Position{2, 8}, Position{2, 14}}, "openai"})
	if got := codes(c.published(uri, 2)); slices.Contains(got, "2 unknown-provider-kind") {
		t.Errorf("after the repair %v", got)
	}
	c.notify("textDocument/didClose", documentParams{textDocumentIdentifier{uri}})
	if got := c.published(uri, 0); len(got) != 0 {
		t.Errorf("after the end %v", got)
	}
}

func TestPull(t *testing.T) {
	c := start(t, Page{}, pullingClient)
	const uri = "file:///work/loong.toml"
	c.open(uri, slip)
	var r report
	c.request("textDocument/diagnostic", pullParams{TextDocument: textDocumentIdentifier{uri}}, &r)
	if r.Kind != "full" || r.Items == nil || !slices.Equal(codes(*r.Items), []string{"2 unknown-provider-kind"}) {
		t.Fatalf("%+v", r)
	}
	before := r.ResultID
	r = report{}
	c.request("textDocument/diagnostic", pullParams{textDocumentIdentifier{uri}, before}, &r)
	if r.Kind != "unchanged" || r.ResultID != before || r.Items != nil {
		t.Errorf("asked again: %+v", r)
	}
	c.change(uri, 2, change{&Range{Position{2, 8}, Position{2, 14}}, "openai"})
	r = report{}
	c.request("textDocument/diagnostic", pullParams{textDocumentIdentifier{uri}, before}, &r)
	if r.Kind != "full" || slices.Contains(codes(*r.Items), "2 unknown-provider-kind") {
		t.Errorf("after the repair: %+v", r)
	}
	if strings.Contains(c.log.String(), "publishDiagnostics") {
		t.Error("a client that pulls is sent diagnostics")
	}
	if m := c.call("textDocument/diagnostic", pullParams{TextDocument: textDocumentIdentifier{"file:///other"}}); m.Error == nil || m.Error.Code != codeInvalidParams {
		t.Errorf("a document that is not open: %+v", m)
	}
}

// While a statement is being written, what follows from it elsewhere waits, and what was there stays.
func TestHoldsBackWhatAHalfStatementBreaksElsewhere(t *testing.T) {
	text := "[providers.a]\nkind = \"openai\"\nmodle = \"m\"\n\n[providers.b]\nkind = \"openai\"\nmodle = \"m\"\n"
	const uri = "file:///work/loong.toml"
	t.Run("push", func(t *testing.T) {
		c := start(t, Page{}, plainClient)
		c.open(uri, text)
		first := codes(c.published(uri, 1))
		if !slices.Contains(first, "2 unknown-key") || !slices.Contains(first, "6 unknown-key") {
			t.Fatalf("at first %v", first)
		}
		// A list that is not closed takes in all that follows.
		c.change(uri, 2, change{&Range{Position{3, 0}, Position{3, 0}}, "stop = [\n"})
		held := codes(c.published(uri, 2))
		if !slices.Contains(held, "2 unknown-key") || !slices.Contains(held, "7 unknown-key") || slices.Contains(held, "5 toml-syntax") {
			t.Errorf("while it is written %v", held)
		}
		c.wait()
		if all := codes(c.published(uri, 2)); slices.Contains(all, "7 unknown-key") || !slices.Contains(all, "5 toml-syntax") {
			t.Errorf("after a while %v", all)
		}
	})
	t.Run("pull", func(t *testing.T) {
		c := start(t, Page{}, pullingClient)
		pull := func() []string {
			var r report
			c.request("textDocument/diagnostic", pullParams{TextDocument: textDocumentIdentifier{uri}}, &r)
			return codes(*r.Items)
		}
		c.open(uri, text)
		pull()
		c.change(uri, 2, change{&Range{Position{3, 0}, Position{3, 0}}, "stop = [\n"})
		if held := pull(); !slices.Contains(held, "7 unknown-key") {
			t.Errorf("while it is written %v", held)
		}
		c.wait()
		c.receive(func(m *incoming) bool { return m.Method == "workspace/diagnostic/refresh" })
		if all := pull(); slices.Contains(all, "7 unknown-key") {
			t.Errorf("after a while %v", all)
		}
	})
}

func TestOtherFilesAreLeftAlone(t *testing.T) {
	c := start(t, Page{}, plainClient)
	for _, uri := range []string{"file:///work/Cargo.toml", "untitled:Untitled-2"} {
		c.open(uri, "[package]\nname = \"x\"\n")
		if got := c.published(uri, 1); len(got) != 0 {
			t.Errorf("%s has %v", uri, got)
		}
	}
}

// A file that was taken for a configuration of Loong stays one while it cannot be recognized.
func TestADocumentStaysAConfiguration(t *testing.T) {
	c := start(t, Page{}, plainClient)
	const uri = "untitled:Untitled-1"
	c.open(uri, "active_provider = \"a\"\n[provider]\nkind = \"openai\"\n")
	c.published(uri, 1)
	c.change(uri, 2, change{Text: "x = \n"})
	if got := codes(c.published(uri, 2)); !slices.Equal(got, []string{"0 unknown-key", "0 toml-syntax"}) {
		t.Errorf("published %v", got)
	}
}

// Text that was never saved is like any other, at each keystroke.
func TestTypingInAnUntitledDocument(t *testing.T) {
	c := start(t, Page{}, pullingAtOnce)
	const uri = "untitled:Untitled-1"
	c.open(uri, "")
	for i := range slip {
		at := newText([]byte(slip), true).position(i)
		c.change(uri, i+2, change{&Range{at, at}, slip[i : i+1]})
		c.pulled(uri)
		for _, method := range requests(c.server) {
			if m := c.call(method, everyParameter(uri, Range{at, at})); m.Error != nil && m.Error.Code != codeRequestFailed {
				t.Fatalf("%s after %q: %+v", method, slip[:i+1], m.Error)
			}
		}
	}
	if got := codes(c.pulled(uri)); !slices.Equal(got, []string{"2 unknown-provider-kind"}) {
		t.Errorf("in the end %v", got)
	}
}

func TestSettingsCount(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("loonglint.toml", "[rules]\nunknown-provider-kind = \"off\"\n")
	uri := uriOf(filepath.Join(dir, "loong.toml"))
	c := start(t, Machine{}, plainClient)
	c.open(uri, slip)
	if got := codes(c.published(uri, 1)); len(got) != 0 {
		t.Errorf("a rule that is off reports %v", got)
	}
	write("loonglint.toml", "[rules]\nunknown-provider-kind = \"info\"\n")
	c.notify("workspace/didChangeWatchedFiles", map[string]any{"changes": []any{}})
	if got := c.published(uri, 1); len(got) != 1 || got[0].Severity != severityHint {
		t.Errorf("after a change of the settings %v", got)
	}
	write("loonglint.toml", "fail_on = 1\n")
	c.notify("textDocument/didSave", documentParams{textDocumentIdentifier{uri}})
	got := c.published(uri, 1)
	if len(got) != 2 || !strings.Contains(got[0].Message, `unknown key "fail_on"`) || got[1].Code != "unknown-provider-kind" {
		t.Errorf("with broken settings %v", got)
	}
	settingsURI := uriOf(filepath.Join(dir, "loonglint.toml"))
	c.open(settingsURI, "\nfail_on = 1\n")
	if got := c.published(settingsURI, 1); len(got) != 1 || got[0].Range.Start != (Position{1, 0}) || !strings.HasPrefix(got[0].Message, `unknown key "fail_on"`) {
		t.Errorf("in the settings %v", got)
	}
}

func TestOptionsOfTheEditorWin(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "loonglint.toml"), []byte("min-level = \"error\"\nenv = \"live\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	uri := uriOf(filepath.Join(dir, "loong.toml"))
	text := "[providers.main]\nkind = \"openai\"\nmodel = \"m\"\nmodle = 1\n"
	for options, want := range map[string][]string{
		`{}`:                     {"0 missing-credential-env"},
		`{"env":"static"}`:       {},
		`{"minLevel":"warning"}`: {"0 missing-credential-env", "3 unknown-key"},
		`{"env":"static","minLevel":"warning","disable":["unknown-key"]}`:                     {},
		`{"envNames":["OPENAI_API_KEY"],"minLevel":"warning"}`:                                {"3 unknown-key"},
		`{"env":"sometimes","minLevel":"loud","enable":["no-such"],"targetLoong":"9"}`:        {"0 missing-credential-env"},
		`{"env":"static","minLevel":"warning","config":"` + filepath.ToSlash(dir) + `/none"}`: {"0 ", "3 unknown-key"},
	} {
		c := start(t, Machine{Environ: []string{"A=b"}}, `{"processId":null,"capabilities":{},"initializationOptions":`+options+`}`)
		c.open(uri, text)
		if got := codes(c.published(uri, 1)); !slices.Equal(got, want) {
			t.Errorf("with %s: %v, want %v", options, got, want)
		}
	}
}

// A relative path of settings starts from the open folder.
func TestSettingsOfTheEditorAreFound(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "ci"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "ci", "lint.toml"), []byte("[rules]\nunknown-provider-kind = \"off\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c := start(t, Machine{}, `{"processId":null,"rootUri":"`+uriOf(dir)+`","capabilities":{},"initializationOptions":{"config":"ci/lint.toml"}}`)
	uri := uriOf(filepath.Join(dir, "loong.toml"))
	c.open(uri, slip)
	if got := codes(c.published(uri, 1)); len(got) != 0 {
		t.Errorf("published %v", got)
	}
}

// What a client does not know it is not sent: further places, and the mark of what has no effect.
func TestDiagnosticsAreThoseOfTheClient(t *testing.T) {
	const uri = "file:///work/loong.toml"
	text := "[providers.main]\nkind = \"anthropic\"\nmodel = \"m\"\nstop = [\"x\"]\n[providers.main]\nkind = \"openai\"\n[tools]\nshell_deny = [\"ls\"]\nshell_allow = [\"ls\"]\n"
	for params, want := range map[string]bool{richClient: true, plainClient: false} {
		c := start(t, Page{}, params)
		c.open(uri, text)
		tags, related := 0, 0
		for _, d := range c.published(uri, 1) {
			tags += len(d.Tags)
			related += len(d.RelatedInformation)
			for _, r := range d.RelatedInformation {
				if r.Location.URI != uri || r.Message == "" {
					t.Errorf("%+v", r)
				}
			}
		}
		if (tags > 0) != want || (related > 0) != want {
			t.Errorf("%s gets %d tags and %d further places", params, tags, related)
		}
	}
}

func TestProtocolErrors(t *testing.T) {
	c := connect(t, Page{})
	if m := c.call("textDocument/diagnostic", nil); m.Error == nil || m.Error.Code != codeNotInitialized {
		t.Errorf("before initialize: %+v", m)
	}
	c.request("initialize", json.RawMessage(plainClient), nil)
	for _, tt := range []struct {
		method string
		params any
		code   int
	}{{"initialize", json.RawMessage(plainClient), codeInvalidRequest}, {"textDocument/formatting", nil, codeMethodNotFound}, {"textDocument/diagnostic", []int{1}, codeInvalidParams}} {
		if m := c.call(tt.method, tt.params); m.Error == nil || m.Error.Code != tt.code {
			t.Errorf("%s: %+v", tt.method, m)
		}
	}
	if err := c.transport.Write([]byte("{no JSON")); err != nil {
		t.Fatal(err)
	}
	if m := c.receive(func(m *incoming) bool { return m.Error != nil && m.Error.Code == codeParse }); string(m.ID) != "null" {
		t.Errorf("%+v", m)
	}
	c.notify("$/unknown", nil)
	c.request("shutdown", nil, nil)
	if m := c.call("textDocument/diagnostic", documentParams{}); m.Error == nil || m.Error.Code != codeInvalidRequest {
		t.Errorf("after shutdown: %+v", m)
	}
	c.notify("exit", nil)
	if _, err := c.transport.Read(); err != io.EOF {
		t.Errorf("after exit: %v", err)
	}
}

// A panic of a handler is an answer, and the text stays that of the editor.
func TestAPanicCostsOneAnswer(t *testing.T) {
	c := connect(t, Page{})
	c.server.methods["test/panic"] = handles(func(*Server, *struct{}) (any, error) { panic("sesame") })
	c.request("initialize", json.RawMessage(plainClient), nil)
	const uri = "file:///work/loong.toml"
	c.open(uri, slip)
	c.published(uri, 1)
	if m := c.call("test/panic", nil); m.Error == nil || m.Error.Code != codeInternal || strings.Contains(m.Error.Message, "sesame") || !strings.Contains(m.Error.Message, "server_test.go") {
		t.Errorf("%+v", m.Error)
	}
	c.change(uri, 2, change{&Range{Position{2, 8}, Position{2, 14}}, "openai"})
	if got := codes(c.published(uri, 2)); slices.Contains(got, "2 unknown-provider-kind") {
		t.Errorf("after a panic: %v", got)
	}
}

func TestCanceledRequestsAreNotAnswered(t *testing.T) {
	c := connect(t, Page{})
	entered, leave := make(chan bool), make(chan bool)
	c.server.methods["test/wait"] = handles(func(*Server, *struct{}) (any, error) { entered <- true; <-leave; return 1, nil })
	c.request("initialize", json.RawMessage(plainClient), nil)
	request := func(id int, method string) { c.send(map[string]any{"jsonrpc": "2.0", "id": id, "method": method}) }
	request(100, "test/wait")
	<-entered
	request(101, "test/wait") // waits for its turn
	for _, id := range []int{100, 101} {
		c.notify("$/cancelRequest", map[string]any{"id": id})
	}
	request(102, "shutdown")
	for c.server.inbox.waiting() < 2 { // 101 and 102; the cancellations are between them
	}
	leave <- true
	for _, id := range []string{"100", "101"} {
		if m := c.receive(func(m *incoming) bool { return string(m.ID) == id }); m.Error == nil || m.Error.Code != codeRequestCanceled {
			t.Errorf("%s: %+v", id, m)
		}
	}
}

// waiting counts the messages that wait for their turn.
func (b *inbox) waiting() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.queue)
}

func TestEndsWithTheEditor(t *testing.T) {
	c := start(t, Page{}, plainClient)
	c.closeIn()
	if _, err := c.transport.Read(); err != io.EOF {
		t.Errorf("after the end of stdin: %v", err)
	}
	c = start(t, lonely{}, `{"processId":4711,"capabilities":{}}`)
	c.wait()
	if _, err := c.transport.Read(); err != io.EOF {
		t.Errorf("after the end of the parent: %v", err)
	}
}

// lonely is a machine on which no other process runs.
type lonely struct{ Page }

func (lonely) IsRunning(int) bool { return false }

func TestFraming(t *testing.T) {
	for in, want := range map[string]string{
		"Content-Length: 2\r\n\r\n{}":                         "{}",
		"content-length:2\nContent-Type: application/x\n\n{}": "{}",
		"Content-Length: 0\r\n\r\n":                           "",
		"\r\nContent-Length: 2\r\n\r\n{}":                     "{}",
		"Content-Length: -2\r\n\r\n{}":                        errHeader.Error(),
		"Content-Type: x\r\n\r\n{}":                           errHeader.Error(),
		"Content-Length: 999999999999\r\n\r\n{}":              "a message of 999999999999 bytes is too long; the limit is 268435456",
		"Content-Length: 3\r\n\r\n{}":                         "EOF",
		"":                                                    "EOF",
	} {
		got, err := Stream(strings.NewReader(in), io.Discard).Read()
		if err != nil {
			got = []byte(err.Error())
		}
		if string(got) != want {
			t.Errorf("%q gives %q, want %q", in, got, want)
		}
	}
}

func TestURIs(t *testing.T) {
	for _, tt := range []struct {
		uri     string
		windows bool
		path    string // empty: none
	}{
		{"file:///work/a%20b/loong.toml", false, "/work/a b/loong.toml"},
		{"file:///work/%C3%A9%23.toml", false, "/work/é#.toml"},
		{"file://localhost/work/x", false, "/work/x"},
		{"file:///c%3A/Users/x/loong.toml", true, `c:\Users\x\loong.toml`},
		{"file:///C:/x", true, `C:\x`},
		{"file://server/share/x", true, `\\server\share\x`},
		{"untitled:Untitled-1", false, ""},
		{"vscode-vfs://github/a/b", false, ""},
		{"%zz", false, ""},
		{"", false, ""},
	} {
		if got, ok := pathOf(tt.uri, tt.windows); got != tt.path || ok != (tt.path != "") {
			t.Errorf("%s is %q, %v", tt.uri, got, ok)
		}
	}
	for path, uri := range map[string]string{"/work/a b/é#.toml": "file:///work/a%20b/%C3%A9%23.toml", "c:/x": "file:///c:/x", "//server/share/x": "file://server/share/x"} {
		if got := uriOf(path); got != uri {
			t.Errorf("%s is %s, want %s", path, got, uri)
		}
	}
	for uri, name := range map[string]string{"untitled:Untitled-1": "Untitled-1", "vscode-vfs://github/a/loong.toml": "loong.toml", "%zz": "untitled"} {
		if got := nameOf(uri); got != name {
			t.Errorf("%s is called %s, want %s", uri, got, name)
		}
	}
}
