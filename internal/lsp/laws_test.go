package lsp

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/loonglint/loonglint"
	"github.com/loonglint/loonglint/internal/files"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/settings"
	"github.com/loonglint/loonglint/internal/testing/hostile"
	"github.com/loonglint/loonglint/internal/testing/thorough"
)

// pullingAtOnce asks for diagnostics and cannot be told to ask again, so nothing is held back.
const pullingAtOnce = `{"processId":null,"capabilities":{"textDocument":{"diagnostic":{}},"workspace":{"workspaceEdit":{"documentChanges":true}}}}`

// fixtures are the texts of fixtures/*/*.toml in which rules report something, every nth of them.
func fixtures(t testing.TB, every int) (texts []string) {
	t.Helper()
	n := 0
	err := filepath.WalkDir("../../fixtures", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasPrefix(d.Name(), "err-") || !strings.HasSuffix(path, ".toml") {
			return err
		}
		if n++; n%every != 0 {
			return nil
		}
		src, err := os.ReadFile(path)
		if utf8.Valid(src) { // a message is JSON
			texts = append(texts, string(src))
		}
		return err
	})
	if err != nil || len(texts) == 0 {
		t.Fatalf("%d texts, %v", len(texts), err)
	}
	return texts
}

// pulled asks for the diagnostics of a document.
func (c *client) pulled(uri string) []diagnostic {
	c.t.Helper()
	var r report
	c.request("textDocument/diagnostic", pullParams{TextDocument: textDocumentIdentifier{uri}}, &r)
	return *r.Items
}

// What is told of a document is what the library, and so the program, reports about it.
func TestAgreesWithTheLibrary(t *testing.T) {
	c := start(t, Page{}, pullingAtOnce)
	linter, err := loonglint.New(loonglint.Options{MinSeverity: loonglint.Info})
	if err != nil {
		t.Fatal(err)
	}
	for i, src := range fixtures(t, thorough.Pick(5, 1)) {
		uri := fmt.Sprintf("file:///work/%d.loong.toml", i)
		c.open(uri, src)
		text := newText([]byte(src), true)
		var want, got []string
		for _, f := range linter.Check("x.loong.toml", []byte(src)).Findings {
			want = append(want, fmt.Sprint(f.Rule, " ", text.position(f.Start.Offset), " ", f.Message))
		}
		for _, d := range c.pulled(uri) {
			message, _, _ := strings.Cut(d.Message, "\n")
			got = append(got, fmt.Sprint(d.Code, " ", d.Range.Start, " ", message))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s\nhas %q\nwant %q", src, got, want)
		}
		c.notify("textDocument/didClose", documentParams{textDocumentIdentifier{uri}})
	}
}

// After any changes, right or wrong, the diagnostics are those of the whole text.
func TestChangesGiveTheFindingsOfTheWholeText(t *testing.T) {
	all := fixtures(t, thorough.Pick(20, 2))
	c, whole := start(t, Page{}, pullingAtOnce), start(t, Page{}, pullingAtOnce)
	for i, src := range all {
		r := rand.New(rand.NewPCG(uint64(i), 2)) //nolint:gosec // not negative
		uri := fmt.Sprintf("file:///work/%d.loong.toml", i)
		c.open(uri, src)
		for version := 2; version < 10; version++ {
			a, b := r.IntN(len(src)+1), 0
			if b = a; r.IntN(2) == 0 {
				b = min(len(src), a+r.IntN(30))
			}
			a, b = characterStart(src, a), characterStart(src, b)
			with := randomText(r, 6)
			text := newText([]byte(src), true)
			c.change(uri, version, change{&Range{text.position(a), text.position(b)}, with})
			src = src[:a] + with + src[b:]
		}
		again := uri + ".loong.toml"
		whole.open(again, src)
		if got, want := c.pulled(uri), whole.pulled(again); !slices.EqualFunc(got, want, sameDiagnostic) {
			t.Errorf("%q has\n%v\nwant\n%v", src, got, want)
		}
	}
}

func sameDiagnostic(a, b diagnostic) bool {
	return a.Range == b.Range && a.Code == b.Code && a.Message == b.Message && a.Severity == b.Severity
}

// Every offered fix is an edit of the text that was checked, and after it the finding is gone; after every suppression
// with a reason it is, too.
func TestFixesRemoveTheirFindings(t *testing.T) {
	c := start(t, Page{}, pullingAtOnce)
	fixes, ignores := 0, 0
	for i, src := range fixtures(t, thorough.Pick(12, 1)) {
		uri := fmt.Sprintf("file:///work/%d.loong.toml", i)
		c.open(uri, src)
		before := c.pulled(uri)
		for _, action := range c.actions(uri, everything(src), "quickfix") {
			after := action.applied(t, src, uri)
			rule := action.Diagnostics[0].Code
			if strings.HasPrefix(action.Title, "Ignore ") {
				ignores++
				after = strings.Replace(after, "ignore["+rule+"] ", "ignore["+rule+"] so be it", 1)
			} else {
				fixes++
			}
			c.change(uri, 2, change{Text: after})
			if left := count(c.pulled(uri), action.Diagnostics[0]); left >= count(before, action.Diagnostics[0]) {
				t.Errorf("after %q there is %v in\n%s\nwhich was\n%s", action.Title, action.Diagnostics[0], after, src)
			}
		}
		c.notify("textDocument/didClose", documentParams{textDocumentIdentifier{uri}})
	}
	if fixes < 20 || ignores < 50 {
		t.Errorf("only %d fixes and %d suppressions were offered", fixes, ignores)
	}
}

// count counts the diagnostics that say the same as another one, wherever.
func count(list []diagnostic, same diagnostic) (n int) {
	for _, d := range list {
		if d.Code == same.Code && d.Message == same.Message {
			n++
		}
	}
	return n
}

// secretive has secrets in all kinds of places, each with the word sesame in it, and slips that rules report.
const secretive = `active_provider = "sesame-a-b3c4d5e6f7"
[providers.main]
kind = "openai"
api_key = "sk-sesame1234567890abcdefghij"
base_url = "http://user:sesame2-pw@proxy.example.com/v1?api-key=sesame3-abc123def"
headers = { authorization = "Bearer sesame4-abcdef123456", x-api-key = "sesame5-abcdef123456" }
oauth_access_token = "sesame6-abcdef123456"
modle = "sk-sesame7abcdef1234567890"
api_kye = "sesame8-abcdef123456"
[providers.other]
kind = "opneai"
api_key_env = "sk-sesame9abcdef1234567890"
api_key = "Bearer sk-sesame10abcdef1234567890"
[telegram]
enabled = true
bot_token = "123456789:AAsesame11abcdefghijklmnopqrstuvwx"
[mcp.servers.x]
command = "x"
env = { TOKEN = "sesame12-abcdef123456" }
`

// No message of the server holds a secret of a document, whatever it is asked, wherever, and however broken the text is.
func TestNoMessageHoldsASecret(t *testing.T) {
	c := start(t, Page{}, `{"processId":null,"trace":"verbose","capabilities":{"textDocument":{"diagnostic":{}},"window":{"showMessage":{}},
		"workspace":{"workspaceEdit":{"documentChanges":true,"snippetEditSupport":true},"diagnostics":{"refreshSupport":true}}}}`)
	c.notify("$/setTrace", map[string]string{"value": "verbose"})
	const uri = "file:///work/loong.toml"
	own := strings.Replace(secretive, `"sesame-a-b3c4d5e6f7"`, `"main"`, 1)
	broken := strings.Replace(strings.Replace(own, `"sk-sesame1234567890abcdefghij"`, `"sk-sesame1234567890abcdefghij`, 1), "[telegram]", "[telegram", 1)
	version := 1
	for _, src := range []string{own, broken} {
		c.open(uri, src)
		for at := 0; at < len(src); at += thorough.Pick(23, 3) {
			for _, method := range requests(c.server) {
				place := newText([]byte(src), true).position(at)
				c.call(method, everyParameter(uri, Range{place, place}))
			}
		}
		for _, method := range requests(c.server) {
			c.call(method, everyParameter(uri, everything(src)))
		}
		for end := range src { // as it is typed
			if version++; src[end] == '\n' || src[end] == '"' || end%thorough.Pick(17, 1) == 0 {
				c.change(uri, version, change{Text: src[:end]})
				c.call("textDocument/diagnostic", everyParameter(uri, Range{}))
				c.call("textDocument/codeAction", everyParameter(uri, everything(src[:end])))
			}
		}
	}
	if !strings.Contains(c.log.String(), "key-in-file") {
		t.Error("the secrets are not reported")
	}
	for line := range strings.Lines(c.log.String()) {
		if at := strings.Index(strings.ToLower(line), "sesame"); at >= 0 {
			t.Errorf("a message quotes …%s", line[max(0, at-300):min(len(line), at+40)])
		}
	}
}

// Nor do keys, ids and items of lists that are keys of a known shape leave the server, which completion, outline and rename tell
// of, nor with all that a client can be sent.
func TestNoMessageHoldsASecretAsAName(t *testing.T) {
	const secret = "ghp_9aZ8yX7wV6uT5sR4qP3oN2mL1kJ0iH9gF8eD"
	src := strings.ReplaceAll(`# the old key was SECRET
active_provider = "main"
last_provider = "SECRET"
[providers.main]
kind = "openai"
model = "SECRET"
stop = ["SECRET", "a"]
[providers.main.headers]
SECRET = "x"
[providers.SECRET]
kind = "SECRET"
api_key = { env = "SECRET" }
[providers.SECRET.headers]
x = "1"
[telegram]
default_account = "SECRET"
[telegram.accounts.SECRET]
bot_token = { exec = ["echo", "SECRET"] }
`, "SECRET", secret)
	for _, client := range []string{plainClient, richClient, snippetClient} {
		c := start(t, Page{}, client)
		const uri = "file:///work/loong.toml"
		c.open(uri, src)
		for at := 0; at <= len(src); at += thorough.Pick(11, 1) {
			for _, method := range requests(c.server) {
				place := newText([]byte(src), true).position(at)
				c.call(method, everyParameter(uri, Range{place, place}))
			}
		}
		for _, method := range requests(c.server) {
			c.call(method, everyParameter(uri, everything(src)))
		}
		if at := strings.Index(c.log.String(), secret); at >= 0 {
			t.Errorf("a message quotes …%s", c.log.String()[max(0, at-300):at+40])
		}
	}
}

// requests lists the methods that are answered with something about a document; a new one is here at once.
func requests(s *Server) (list []string) {
	for _, method := range slices.Sorted(maps.Keys(s.methods)) {
		group, name, _ := strings.Cut(method, "/")
		if !strings.HasPrefix(name, "did") && group != "$" && name != "diagnostic" && name != "" || method == "textDocument/diagnostic" {
			list = append(list, method)
		}
	}
	return list
}

// everyParameter is what any request about a place of a document may have.
func everyParameter(uri string, at Range) map[string]any {
	return map[string]any{"textDocument": textDocumentIdentifier{uri}, "position": at.Start, "range": at, "newName": "renamed",
		"context": map[string]any{"diagnostics": []any{}, "includeDeclaration": true, "triggerKind": 1}, "query": ""}
}

// Texts that were written to do harm cost no answer, and what is typed after them is checked as ever.
func TestHostileTexts(t *testing.T) {
	c := start(t, Page{}, pullingAtOnce)
	const uri = "file:///work/loong.toml"
	for _, h := range hostile.Cases() {
		src := strings.ToValidUTF8(string(h.Make(thorough.Pick(4<<10, 64<<10))), "\ufffd")
		c.open(uri, src)
		for _, method := range requests(c.server) {
			if m := c.call(method, everyParameter(uri, everything(src))); m.Error != nil && m.Error.Code == codeInternal {
				t.Errorf("%s: %s: %s", h.Name, method, m.Error.Message)
			}
		}
		c.change(uri, 2, change{&everyRange, slip})
		if got := codes(c.pulled(uri)); !slices.Equal(got, []string{"2 unknown-provider-kind"}) {
			t.Errorf("after %s: %v", h.Name, got)
		}
	}
}

// everyRange reaches beyond every text.
var everyRange = Range{End: Position{Line: 1 << 30}}

// A document that is changed without end is not kept.
func TestManyChangesKeepNoMemory(t *testing.T) {
	c := start(t, Page{}, pullingClient)
	const uri = "file:///work/loong.toml"
	text := strings.Repeat("# a line to make it longer\n", 200) + slip
	c.open(uri, text)
	held := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.GC() // empties the pools, too
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	version := 1
	typeAway := func(n int) {
		at := newText([]byte(text), false).position(len(text))
		for range n {
			version++
			c.change(uri, version, change{&Range{at, at}, "x"})
			version++
			c.change(uri, version, change{&Range{at, Position{at.Line, at.Character + 1}}, ""})
			c.pulled(uri)
			c.log.Reset()
		}
	}
	typeAway(100)
	before := held()
	typeAway(thorough.Pick(900, 5000))
	if after := held(); after > before+1<<20 {
		t.Errorf("it holds %d bytes, and held %d", after, before)
	}
}

// counting is a host that notes what it is asked.
type counting struct {
	Page
	asked []string
}

func (h *counting) SettingsFile(dir, path string) (*settings.File, error) {
	h.asked = append(h.asked, "settings of "+dir)
	return h.Page.SettingsFile(dir, path)
}

func (h *counting) Baseline(s *settings.Settings) (*lint.Baseline, error) {
	h.asked = append(h.asked, "baseline")
	return h.Page.Baseline(s)
}

func (h *counting) Environment(s *settings.Settings) (*loong.Environment, error) {
	h.asked = append(h.asked, "environment")
	return h.Page.Environment(s)
}

func (h *counting) Configs(folder string, o files.Options) ([]files.File, error) {
	h.asked = append(h.asked, "folder "+folder)
	return h.Page.Configs(folder, o)
}

func (h *counting) Read(path string, limit int64) ([]byte, error) {
	h.asked = append(h.asked, "file "+path)
	return h.Page.Read(path, limit)
}

// The machine is asked when a document is opened and when one was saved; nothing else that an editor does makes the
// server look at a file, and a change is checked once, whatever is asked about it.
func TestLooksAtTheMachineOnlyWhenFilesMayHaveChanged(t *testing.T) {
	host := &counting{}
	s := New(host, "1")
	var out bytes.Buffer
	s.transport = Stream(strings.NewReader(""), &out)
	do := func(method string, params any) {
		t.Helper()
		raw, err := json.Marshal(params)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.dispatch(&message{ID: json.RawMessage("1"), Method: method, Params: raw}); err != nil && asError(err).Code != codeRequestFailed {
			t.Errorf("%s: %v", method, err)
		}
		for s.publishNext() {
		}
	}
	const uri = "file:///work/loong.toml"
	id := textDocumentIdentifier{uri}
	do("initialize", map[string]any{"rootUri": "file:///work", "capabilities": map[string]any{}})
	do("initialized", nil)
	if len(host.asked) != 0 {
		t.Errorf("at the start it asks for %q", host.asked)
	}
	do("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": uri, "text": slip}})
	once := []string{"settings of /work", "baseline", "environment"}
	if !slices.Equal(host.asked, once) {
		t.Errorf("for a document it asks for %q", host.asked)
	}
	do("textDocument/didChange", map[string]any{"textDocument": map[string]any{"uri": uri, "version": 2}, "contentChanges": []change{{Text: slip + "x"}}})
	known := s.buffers[uri].latest
	for _, method := range requests(s) {
		if method != "textDocument/diagnostic" {
			do(method, everyParameter(uri, Range{}))
		}
	}
	if s.buffers[uri].latest != known {
		t.Error("the same text is checked again")
	}
	if !slices.Equal(host.asked, once) {
		t.Errorf("after typing it has asked for %q", host.asked)
	}
	do("textDocument/didSave", documentParams{id})
	if !slices.Equal(host.asked, append(once, once...)) {
		t.Errorf("after saving it has asked for %q", host.asked)
	}
}
