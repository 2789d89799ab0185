package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/rules"
)

const root = "../../.."

// Every page of the repository that users or authors read is in the site and its navigation, and so is every rule.
func TestPages(t *testing.T) {
	out := t.TempDir()
	if err := writePages(root, "v9.8.7", out, "play/index.html"); err != nil {
		t.Fatal(err)
	}
	config := read(t, out, "mkdocs.yml")
	for _, pattern := range []string{"docs/*.md", "docs/loong/*.md", "docs/adr/*.md", "*.md"} {
		pages, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil || len(pages) == 0 {
			t.Fatal(pattern, err)
		}
		for _, name := range pages {
			page, err := filepath.Rel(root, name)
			if err != nil {
				t.Fatal(err)
			}
			place := placeOf(filepath.ToSlash(page))
			if !strings.Contains(config, " "+place+"\n") {
				t.Errorf("%s is not in the navigation; name it in sections", page)
			}
			read(t, out, "docs/"+place)
		}
	}
	if page := read(t, out, "docs/index.md"); !strings.Contains(page, `<a href="play/index.html">Try it in the browser</a>`) {
		t.Error("the first page does not lead to the site's own playground")
	}
	for _, r := range rules.All() {
		page := read(t, out, "docs/rules/"+r.Name+".md")
		if !strings.Contains(config, " rules/"+r.Name+".md\n") || !strings.Contains(page, "\n# "+r.Name+"\n") || !strings.Contains(page, "\n## Why\n") {
			t.Errorf("%s has no page that says why", r.Name)
		}
		if r.Bad != "" && r.Good != "" && !strings.Contains(page, "href=\"../play/index.html#v1=") {
			t.Errorf("the page of %s does not lead to the playground", r.Name)
		}
	}
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestTranslate(t *testing.T) {
	s := &site{root: root, version: "v9.8.7", target: map[string]string{"README.md": "index.md", "docs/ci.md": "ci.md", "docs/rules.md": "rules/index.md", "docs/loong/README.md": "loong/index.md"}}
	for _, c := range []struct{ page, target, text, want string }{
		{"docs/ci.md", "ci.md", "see [x](rules.md#missing-kind)", "see [x](rules/missing-kind.md)"},
		{"docs/loong/README.md", "loong/index.md", "[x](../rules/structure.md#missing-kind)", "[x](../rules/missing-kind.md)"},
		{"docs/rules.md", "rules/index.md", "[x](rules/structure.md)", "[x](index.md#structure)"},
		{"README.md", "index.md", "[x](docs/ci.md#exit-status) [y](https://example.com)", "[x](ci.md#exit-status) [y](https://example.com)"},
		{"README.md", "index.md", "![p](docs/finding.svg)", "![p](finding.svg)"},
		{"docs/ci.md", "ci.md", "![p](vscode.png)", "![p](vscode.png)"},
		{"README.md", "index.md", "[x](docs/examples) [y](LICENSE)", "[x](https://github.com/loonglint/loonglint/tree/v9.8.7/docs/examples) [y](https://github.com/loonglint/loonglint/blob/v9.8.7/LICENSE)"},
		{"docs/ci.md", "ci.md", "a\n- b\n  c\n- d\n", "a\n\n- b\n    c\n- d\n"},
		{"docs/ci.md", "ci.md", `a \<b> ` + "`\\<c> [x](y)`", "a &lt;b> `\\<c> [x](y)`"},
		{"docs/ci.md", "ci.md", "```text\na\n- [x](y)\n```\n", "```text\na\n- [x](y)\n```\n"},
	} {
		if got, err := s.translate(c.page, c.target, c.text); err != nil || got != c.want {
			t.Errorf("%q becomes %q (%v), want %q", c.text, got, err, c.want)
		}
	}
	if _, err := s.translate("docs/ci.md", "ci.md", "[x](gone.md)"); err == nil {
		t.Error("a link that leads nowhere is taken")
	}
}

func TestVersions(t *testing.T) {
	dir := t.TempDir()
	if err := writeVersions(dir); err == nil {
		t.Error("a folder without versions is taken")
	}
	for _, name := range []string{"dev", "v0.9.0", "v0.10.0", "v0.11.0-rc.1"} {
		save(t, filepath.Join(dir, name, "index.html"), "")
		save(t, filepath.Join(dir, name, "play/index.html"), "")
	}
	for range 2 { // what a first run wrote is no version
		if err := writeVersions(dir); err != nil {
			t.Fatal(err)
		}
	}
	var list []listed
	if err := json.Unmarshal([]byte(read(t, dir, "versions.json")), &list); err != nil {
		t.Fatal(err)
	}
	var names, latest []string
	for _, v := range list {
		names = append(names, v.Version)
		if slices.Contains(v.Aliases, "latest") {
			latest = append(latest, v.Version)
		}
	}
	if !slices.Equal(names, []string{"v0.11.0-rc.1", "v0.10.0", "v0.9.0", "dev"}) || !slices.Equal(latest, []string{"v0.10.0"}) {
		t.Errorf("the list is %q, the latest %q", names, latest)
	}
	for page, want := range map[string]string{"index.html": `href="v0.10.0/index.html"`, "play/index.html": `href="../v0.10.0/play/index.html"`} {
		if text := read(t, dir, page); !strings.Contains(text, want) {
			t.Errorf("%s does not lead to the latest release: %s", page, text)
		}
	}
}

func TestCheck(t *testing.T) {
	dir := t.TempDir()
	save(t, filepath.Join(dir, "a.html"), `<h1 id=top>a</h1><a href="b/">b</a><a href="b/index.html#here">c</a><a href="#top">d</a><a href="https://example.com/">e</a><img src="data:image/png;base64,">`)
	save(t, filepath.Join(dir, "b/index.html"), `<p id=here>`)
	if problems, err := check(dir); err != nil || len(problems) > 0 {
		t.Errorf("good pages: %q, %v", problems, err)
	}
	for page, want := range map[string]string{
		`<a href="c.html">`:   "leads nowhere",
		`<a href="b/#there">`: "leads to no place",
		`<a href="#there">`:   "leads to no place",
		`<script src="https://example.com/x.js"></script>`:            "from elsewhere",
		`<link rel=stylesheet href="//example.com/x.css">`:            "from elsewhere",
		`<link rel=preconnect href="https://fonts.gstatic.example/">`: "from elsewhere",
		`<img src="gone.png">`:                                        "leads nowhere",
	} {
		save(t, filepath.Join(dir, "bad.html"), page)
		if problems, err := check(dir); err != nil || len(problems) != 1 || !strings.Contains(problems[0], want) {
			t.Errorf("%s: %q, %v", page, problems, err)
		}
	}
	if _, err := check(t.TempDir()); err == nil {
		t.Error("a folder without pages is good")
	}
}

func save(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
