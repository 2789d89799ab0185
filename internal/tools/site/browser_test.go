package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/loonglint/loonglint/internal/testing/chromium"
)

// The built site, in the folder LOONGLINT_SITE: no page asks another host, and the search finds a rule. Where LOONGLINT_SHOTS
// names a folder, pictures of pages are written there.
func TestBrowser(t *testing.T) {
	dir := os.Getenv("LOONGLINT_SITE")
	if dir == "" {
		t.Skip("LOONGLINT_SITE names no folder with the built site")
	}
	path, err := chromium.Path()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	defer server.Close()
	folders, err := filepath.Glob(filepath.Join(dir, "*", "rules"))
	if err != nil || len(folders) == 0 {
		t.Fatalf("%s has no version of the site (%v)", dir, err)
	}
	base := server.URL + "/" + filepath.Base(filepath.Dir(folders[0])) + "/"
	page, err := chromium.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer page.Close()
	for _, name := range []string{"index.html", "rules/index.html", "install.html", "loong/behaviour.html", "rules/missing-kind.html"} {
		must(t, page.Load(base+name))
		if shots := os.Getenv("LOONGLINT_SHOTS"); shots != "" {
			shoot(t, page, filepath.Join(shots, strings.ReplaceAll(name, "/", "-")))
		}
	}
	address := ""
	if found := search(t, page, "missing kind"); !strings.HasPrefix(found, base+"rules/missing-kind.html") {
		t.Errorf("the search finds %q", found)
	}
	// A rule's page leads to the playground, which reports its example.
	must(t, page.Eval(`document.querySelector("a.md-button").href`, &address))
	must(t, page.Load(address))
	reported := false
	for range 100 {
		must(t, page.Eval(`document.body.innerText.includes("missing-kind")`, &reported))
		if reported {
			break
		}
		time.Sleep(200 * time.Millisecond)
	}
	if !reported {
		t.Errorf("%s does not show the finding", address)
	}
	for _, address := range page.Requests() {
		if !strings.HasPrefix(address, server.URL+"/") && !strings.HasPrefix(address, "data:") && !strings.HasPrefix(address, "blob:") {
			t.Errorf("a page asks for %s", address)
		}
	}
	for _, message := range page.Console() {
		t.Error(message)
	}
}

// search types a text into the page's search, and returns the address of the first result, or "".
func search(t *testing.T, page *chromium.Page, text string) (address string) {
	t.Helper()
	must(t, page.Eval(fmt.Sprintf(`(async () => {
		const input = document.querySelector("[data-md-component=search-query]");
		input.focus();
		input.value = %q;
		for (let i = 0; i < 300; i++) {
			input.dispatchEvent(new Event("input", { bubbles: true }));
			input.dispatchEvent(new Event("keyup", { bubbles: true }));
			const first = document.querySelector(".md-search-result__item a");
			if (first) return first.href;
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
		return "";
	})()`, text), &address))
	return address
}

func shoot(t *testing.T, page *chromium.Page, name string) {
	t.Helper()
	for _, width := range []int{1280, 420} {
		for _, scheme := range []string{"light", "dark"} {
			must(t, page.Look(width, 900, scheme))
			time.Sleep(500 * time.Millisecond) // colors fade over
			must(t, page.Screenshot(fmt.Sprintf("%s-%d-%s.png", name, width, scheme), false))
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
