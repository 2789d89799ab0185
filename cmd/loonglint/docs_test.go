package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestDocs executes the examples of README.md and docs/*.md; CONTRIBUTING.md, "Examples in the
// documents", says how. docs/rules.md is proved where it is generated.
func TestDocs(t *testing.T) {
	pages, err := filepath.Glob("../../docs/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatal("no pages", err)
	}
	for _, path := range append(pages, "../../README.md") {
		if filepath.Base(path) == "rules.md" {
			continue
		}
		src, err := os.ReadFile(path)
		if errors.Is(err, os.ErrNotExist) {
			continue
		} else if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.Base(path), func(t *testing.T) {
			p := &docPage{dir: t.TempDir()}
			blocks := docBlocks(string(src))
			for i, b := range blocks {
				var next docBlock
				if i+1 < len(blocks) {
					next = blocks[i+1]
				}
				if why := p.run(b, next); why != "" {
					t.Errorf("the %s block of line %d: %s", b.lang, b.line, why)
				}
			}
		})
	}
}

// docBlock is a fenced block, with the comment right above it.
type docBlock struct {
	lang, text, comment string
	line                int
}

func docBlocks(page string) []docBlock {
	var blocks []docBlock
	var b *docBlock
	comment := ""
	for n, line := range strings.Split(page, "\n") {
		switch lang, fence := strings.CutPrefix(strings.TrimSpace(line), "```"); {
		case b == nil && fence:
			b = &docBlock{lang: lang, comment: comment, line: n + 1}
		case fence:
			blocks = append(blocks, *b)
			b, comment = nil, ""
		case b != nil:
			b.text += line + "\n"
		case strings.HasPrefix(line, "<!--"):
			comment = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(line, "<!--"), "-->"))
		case strings.TrimSpace(line) != "":
			comment = ""
		}
	}
	return blocks
}

// docPage runs the examples of a page in a folder of their own.
type docPage struct{ dir string }

// run executes a block and says what is wrong, or "".
func (p *docPage) run(b, next docBlock) string {
	if path, ok := strings.CutPrefix(b.comment, "example: "); ok {
		src, err := os.ReadFile("../../docs/examples/" + path)
		if err != nil {
			return err.Error()
		}
		return differs(b.text, string(src))
	}
	switch b.lang {
	case "toml":
		return p.toml(b, next)
	case "console":
		return p.console(b)
	case "sh", "bash", "yaml":
		return p.commands(b)
	}
	name, ok := strings.CutPrefix(b.comment, "file: ")
	if ok {
		return p.save(name, b.text)
	}
	return ""
}

func (p *docPage) save(name, text string) string {
	path := filepath.Join(p.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err.Error()
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		return err.Error()
	}
	return ""
}

// toml saves a config and compares what is found in it: with the text block below, or else with
// the rules that the comment names.
func (p *docPage) toml(b, next docBlock) string {
	name, named := strings.CutPrefix(b.comment, "file: ")
	if !named {
		name = "loong.toml"
	}
	if why := p.save(name, b.text); why != "" {
		return why
	}
	if filepath.Base(name) == "loonglint.toml" {
		if out, status := p.sh("loonglint check --allow-empty --config " + name + " ."); status == 2 {
			return out
		}
		return ""
	}
	const check = "loonglint check --quiet --no-config --env=static "
	if next.lang == "text" && next.line == b.line+strings.Count(b.text, "\n")+3 {
		out, _ := p.sh(check + name)
		return differs(out, next.text)
	}
	want := ""
	if rules, ok := strings.CutPrefix(b.comment, "findings: "); ok {
		want = rules
	}
	out, _ := p.sh(check + "--format concise " + name)
	return differs(strings.Join(docRules(out), ", "), want)
}

var docFinding = regexp.MustCompile(`: (?:warning|error)\[([a-z-]+)\]`)

// docRules lists the rules of concise output that are at warning or above.
func docRules(concise string) []string {
	var rules []string
	for _, m := range docFinding.FindAllStringSubmatch(concise, -1) {
		rules = append(rules, m[1])
	}
	slices.Sort(rules)
	return slices.Compact(rules)
}

// console runs the lines that begin with "$ " and compares what they print with the rest.
func (p *docPage) console(b docBlock) string {
	got := ""
	for line := range strings.Lines(b.text) {
		if command, ok := strings.CutPrefix(line, "$ "); ok {
			out, _ := p.sh(command)
			got += line + out
		}
	}
	return differs(got, b.text)
}

// commands runs what begins with loonglint in a script or workflow; it must be understood.
func (p *docPage) commands(b docBlock) string {
	for line := range strings.Lines(b.text) {
		line = strings.TrimPrefix(strings.TrimSpace(line), "- ")
		line = strings.TrimPrefix(line, "run: ")
		if strings.HasPrefix(line, "loonglint ") {
			if out, status := p.sh(line); status == 2 {
				return line + ": " + out
			}
		}
	}
	return ""
}

// sh runs a command in the page's folder, and returns all it prints and its exit status.
func (p *docPage) sh(command string) (string, int) {
	c := exec.Command("sh", "-c", command)
	c.Dir = p.dir
	c.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + p.dir} // and no CI, no keys, no proxy
	out, err := c.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return err.Error(), 2
	}
	return string(out), c.ProcessState.ExitCode()
}

func differs(got, want string) string {
	if strings.TrimSpace(got) == strings.TrimSpace(want) {
		return ""
	}
	return "it gives\n" + got + "\nnot\n" + want
}
