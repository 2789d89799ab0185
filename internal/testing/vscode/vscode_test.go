// Package vscode tests the extension of editors/vscode in VS Code.
package vscode

import (
	"encoding/json"
	"io"
	"net/http"
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

// driver is the folder of an extension that uses the other one.
const driver = "../../../editors/vscode/test/driver"

// step is what the driver tells; it goes on when answer is given.
type step struct {
	name   string
	seen   json.RawMessage
	answer chan any
}

// editor is VS Code in a browser of its own, with a driver in it.
type editor struct {
	*testing.T
	*chromium.Page
	steps chan step
}

// handle takes the steps of the driver, which it sends to the path /step/NAME.
func (w *editor) handle(mux *http.ServeMux) {
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
}

// open opens VS Code at an address.
func (w *editor) open(address string) {
	w.Helper()
	path, err := chromium.Path()
	if err != nil {
		w.Fatal(err)
	}
	if w.Page, err = chromium.Open(path); err != nil {
		w.Fatal(err)
	}
	w.Cleanup(w.Close)
	if err := w.Look(1100, 620, "light"); err != nil {
		w.Fatal(err)
	}
	if err := w.Load(address); err != nil {
		w.Fatal(err)
	}
}

// take waits for a step, decodes what was seen and answers it.
func (w *editor) take(name string, seen, answer any) {
	w.Helper()
	w.with(name, seen, answer, func() {})
}

// with is take, and does something before the driver goes on.
func (w *editor) with(name string, seen, answer any, do func()) {
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
func (w *editor) picture(name string) {
	w.Helper()
	if folder := os.Getenv("LOONGLINT_SHOTS"); folder != "" {
		if err := w.Screenshot(filepath.Join(folder, name+".png"), false); err != nil {
			w.Error(err)
		}
	}
}

// until waits until an expression of the page is true.
func (w *editor) until(expression string) {
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

// text gives the driver the text of a file that it opens.
func (w *editor) text(name, text string) {
	w.Helper()
	var asked string
	if w.take("text", &asked, map[string]string{"text": text}); asked != name {
		w.Fatalf("the driver opens %s, not %s", asked, name)
	}
}

// seen takes a step in which the driver sees a list.
func (w *editor) seen(step string, want ...string) {
	w.Helper()
	var got []string
	if w.take(step, &got, nil); !slices.Equal(got, want) {
		w.Errorf("%s: %q, not %q", step, got, want)
	}
}

// work goes through what a person does with a file, and leaves another one open, whose findings it returns. It takes a picture.
func (w *editor) work(name string) (shown []string) {
	w.Helper()
	w.text("main.loong.toml", config)
	w.seen("opened", `"opneai": unknown-provider-kind`, `modle: unknown-key`)
	var text string
	w.take("hover", &text, nil)
	if !strings.Contains(text, "unknown-provider-kind") {
		w.Errorf("hover: %s", text)
	}
	var words []string
	w.take("completion", &words, nil)
	if !slices.Contains(words, "openai") || !slices.Contains(words, "anthropic") {
		w.Errorf("completion: %q", words)
	}
	var lines []int
	if w.take("definition", &lines, nil); !slices.Equal(lines, []int{3}) {
		w.Errorf("definition: lines %d, not 3", lines)
	}
	w.seen("fixed", `modle: unknown-key`)
	w.seen("hints", "→ api.openai.com/v1/chat/completions")
	w.take("renamed", &text, nil)
	if want := strings.NewReplacer("opneai", "openai", `"main"`, `"primary"`, ".main]", ".primary]").Replace(config); text != want {
		w.Errorf("after the fix and with the new name the text is\n%s", text)
	}
	var list []string
	w.take("unfinished", &list, nil)
	if !slices.Contains(list, "modle: unknown-key") {
		w.Errorf("while a value is written findings %q", list)
	}
	w.seen("disabled")
	w.seen("enabled", `modle: unknown-key`)

	w.text("Cargo.toml", "[package]\nname = \"x\"\n")
	example, err := os.ReadFile("../../../fixtures/examples/team-bot/loong.toml")
	if err != nil {
		w.Fatal(err)
	}
	w.text("loong.toml", string(example))
	w.with("shown", &shown, nil, func() {
		w.until(`document.querySelectorAll(".squiggly-error, .squiggly-warning").length > 3`)
		w.until(`document.querySelector(".markers-panel")?.innerText.includes("name-used-as-key")`)
		w.until(`document.querySelector(".view-lines")?.innerText.includes("api.deepseek.com")`)
		w.picture(name)
	})
	w.seen("other")
	return shown
}
