package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/render"
	"github.com/loonglint/loonglint/internal/tools/writefiles"
	"github.com/loonglint/loonglint/rules"
)

func made(t *testing.T) (root string, files []writefiles.File) {
	root = filepath.Join("..", "..", "..")
	files, err := outputs(root)
	if err != nil {
		t.Fatal(err)
	}
	return root, files
}

func TestOutputsAreFresh(t *testing.T) {
	root, files := made(t)
	pages := map[string]bool{}
	for _, f := range files {
		pages[filepath.Base(f.Path)] = true
		got, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(f.Path)))
		if err != nil || string(got) != string(f.Content) {
			t.Errorf("%s is not what the rules say; run: go generate ./...", f.Path)
		}
	}
	there, err := os.ReadDir(filepath.Join(root, "docs", "rules"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range there {
		if !pages[e.Name()] {
			t.Errorf("docs/rules/%s is the page of no group; delete it", e.Name())
		}
	}
}

// The address that every finding shows leads to the index, and from there to what is written about the rule.
func TestAddressesOfRulesLeadToTheirText(t *testing.T) {
	_, files := made(t)
	text := map[string]string{}
	for _, f := range files {
		text[f.Path] = string(f.Content)
	}
	for _, r := range rules.All() {
		page, anchor, _ := strings.Cut(strings.TrimPrefix(render.RuleURL(r.Name), render.Home+"/blob/main/"), "#")
		if !strings.Contains(text[page], `<a id="`+anchor+`"></a>[`+r.Name+`](rules/`+string(r.Group)+".md#"+r.Name+")") {
			t.Errorf("%s has no row for %s", page, r.Name)
		}
		if n := strings.Count(text["docs/rules/"+string(r.Group)+".md"], "\n## "+r.Name+"\n"); n != 1 {
			t.Errorf("docs/rules/%s.md has %d headings %s", r.Group, n, r.Name)
		}
	}
}
