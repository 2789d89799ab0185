// Package vscode tests the extension of editors/vscode in VS Code for the web.
package vscode

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/loonglint/loonglint/internal/testing/chromium"
)

const config = `active_provider = "main"

[providers.main] # 🐉
kind = "opneai" # 🐉
api_key = { env = "OPENAI_API_KEY" }
model = "gpt-4.1"
modle = "gpt-4.1-mini"
`

// page opens VS Code with a folder in memory. The extension and its driver count as its own.
const page = `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<link rel="stylesheet" href="/code/out/vs/workbench/workbench.web.main.internal.css">
<body></body>
<script type="module">
globalThis._VSCODE_FILE_ROOT = location.origin + "/code/out/";
await import("/code/out/nls.messages.js");
const { default: open } = await import("/code/workbench.js");
const extension = (path) => ({ scheme: "http", authority: location.host, path });
open(document.body, {
	productConfiguration: { nameShort: "Code", nameLong: "Code", applicationName: "code", webEndpointUrlTemplate: location.origin + "/code", quality: "stable" },
	folderUri: { scheme: "tmp", path: "/work" },
	additionalBuiltinExtensions: [extension("/extension"), extension("/driver")],
	configurationDefaults: { "workbench.startupEditor": "none", "editor.minimap.enabled": false, "workbench.secondarySideBar.defaultVisibility": "hidden", "workbench.colorTheme": "Default Light Modern" },
});
</script>
</html>
`

// step is what the driver tells; it goes on when answer is given.
type step struct {
	name   string
	seen   json.RawMessage
	answer chan any
}

// web is VS Code in a browser of its own, with a driver in it.
type web struct {
	*testing.T
	*chromium.Page
	steps chan step
}

// openWeb serves VS Code for the web from the folder that LOONGLINT_CODE names, and the extension from LOONGLINT_EXTENSION, as
// .ci/vscode does.
func openWeb(t *testing.T) *web {
	code, extension := os.Getenv("LOONGLINT_CODE"), os.Getenv("LOONGLINT_EXTENSION")
	if code == "" || extension == "" {
		t.Skip("LOONGLINT_CODE and LOONGLINT_EXTENSION do not name the folders of VS Code for the web and of the extension")
	}
	path, err := chromium.Path()
	if err != nil {
		t.Fatal(err)
	}
	w := &web{T: t, steps: make(chan step)}
	mux := http.NewServeMux()
	for prefix, folder := range map[string]string{"/code/": code, "/extension/": extension, "/driver/": "../../../editors/vscode/test/web"} {
		mux.Handle(prefix, http.StripPrefix(prefix, http.FileServer(http.Dir(folder))))
	}
	mux.HandleFunc("POST /step/{name}", func(rw http.ResponseWriter, r *http.Request) {
		seen, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		s := step{r.PathValue("name"), seen, make(chan any)}
		select {
		case w.steps <- s:
		case <-r.Context().Done():
			return
		}
		select {
		case answer := <-s.answer:
			_ = json.NewEncoder(rw).Encode(answer)
		case <-r.Context().Done():
		}
	})
	mux.HandleFunc("GET /{$}", func(rw http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(rw, page) })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	if w.Page, err = chromium.Open(path); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	if err := w.Look(1100, 620, "light"); err != nil {
		t.Fatal(err)
	}
	if err := w.Load(server.URL + "/"); err != nil {
		t.Fatal(err)
	}
	return w
}

// take waits for a step, decodes what was seen and answers it.
func (w *web) take(name string, seen, answer any) {
	w.Helper()
	w.with(name, seen, answer, func() {})
}

// with is take, and does something before the driver goes on.
func (w *web) with(name string, seen, answer any, do func()) {
	w.Helper()
	select {
	case s := <-w.steps:
		if s.name != name {
			w.picture("failed")
			w.Fatalf("the driver tells %s, not %s: %s", s.name, name, s.seen)
		}
		if seen != nil {
			if err := json.Unmarshal(s.seen, seen); err != nil {
				w.Fatalf("%s: %v", name, err)
			}
		}
		do()
		s.answer <- answer
	case <-time.After(90 * time.Second):
		w.picture("failed")
		w.Fatalf("the driver does not come to %s; the page says %q", name, w.Console())
	}
}

// picture writes what the window shows into the folder that LOONGLINT_SHOTS names.
func (w *web) picture(name string) {
	w.Helper()
	if folder := os.Getenv("LOONGLINT_SHOTS"); folder != "" {
		if err := w.Screenshot(filepath.Join(folder, name+".png"), false); err != nil {
			w.Error(err)
		}
	}
}

// until waits until an expression of the page is true.
func (w *web) until(expression string) {
	w.Helper()
	for began := time.Now(); time.Since(began) < time.Minute; time.Sleep(50 * time.Millisecond) {
		var is bool
		if err := w.Eval("Boolean("+expression+")", &is); err != nil {
			w.Fatal(err)
		}
		if is {
			return
		}
	}
	w.picture("failed")
	w.Fatalf("it never came to %s", expression)
}

func TestVSCodeForTheWeb(t *testing.T) {
	w := openWeb(t)
	open := func(name, text string) {
		t.Helper()
		var asked string
		if w.take("text", &asked, map[string]string{"text": text}); asked != name {
			t.Fatalf("the driver opens %s, not %s", asked, name)
		}
	}
	seen := func(step string, want ...string) {
		t.Helper()
		var got []string
		if w.take(step, &got, nil); !slices.Equal(got, want) {
			t.Errorf("%s: %q, not %q", step, got, want)
		}
	}

	open("main.loong.toml", config)
	seen("opened", `"opneai": unknown-provider-kind`, `modle: unknown-key`)
	var text string
	w.take("hover", &text, nil)
	if !strings.Contains(text, "unknown-provider-kind") {
		t.Errorf("hover: %s", text)
	}
	var words []string
	w.take("completion", &words, nil)
	if !slices.Contains(words, "openai") || !slices.Contains(words, "anthropic") {
		t.Errorf("completion: %q", words)
	}
	var lines []int
	if w.take("definition", &lines, nil); !slices.Equal(lines, []int{3}) {
		t.Errorf("definition: lines %d, not 3", lines)
	}
	seen("fixed", `modle: unknown-key`)
	seen("hints", "→ api.openai.com/v1/chat/completions")
	w.take("renamed", &text, nil)
	if want := strings.NewReplacer("opneai", "openai", `"main"`, `"primary"`, ".main]", ".primary]").Replace(config); text != want {
		t.Errorf("after the fix and with the new name the text is\n%s", text)
	}
	var list []string
	w.take("unfinished", &list, nil)
	if !slices.Contains(list, "modle: unknown-key") {
		t.Errorf("while a value is written findings %q", list)
	}
	seen("disabled")
	seen("enabled", `modle: unknown-key`)

	open("Cargo.toml", "[package]\nname = \"x\"\n")
	example, err := os.ReadFile("../../../fixtures/examples/team-bot/loong.toml")
	if err != nil {
		t.Fatal(err)
	}
	open("loong.toml", string(example))
	var shown []string
	w.with("shown", &shown, nil, func() {
		w.until(`document.querySelectorAll(".squiggly-error, .squiggly-warning").length > 3`)
		w.until(`document.querySelector(".markers-panel").innerText.includes("name-used-as-key")`)
		w.until(`document.querySelector(".view-lines").innerText.includes("api.deepseek.com")`)
		w.picture("vscode")
	})
	seen("other")

	// The stack of a browser does not suffice for this text. The extension says so, and does not try it again and again.
	open("deep.loong.toml", "a = "+strings.Repeat("[", 100_000))
	w.with("deep", nil, nil, func() {
		w.until(`document.body.innerText.includes("loonglint failed and was stopped")`)
		w.picture("deep")
	})
	const button = `[...document.querySelectorAll(".notification-toast .monaco-button")].find((b) => b.innerText.includes("Restart the server"))`
	w.with("closed", &list, nil, func() {
		if len(list) > 0 {
			t.Errorf("findings of a server that was stopped: %q", list)
		}
		if err := w.Eval(button+".click()", nil); err != nil {
			t.Fatal(err)
		}
	})
	seen("restarted", shown...)
}
