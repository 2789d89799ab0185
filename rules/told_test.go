package rules_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/rules"
)

// tell is all that findings say and offer, in few lines: what the reports leave out, too.
func tell(all []*lint.Finding) string {
	var b strings.Builder
	for _, f := range all {
		fmt.Fprintf(&b, "%d:%d-%d:%d %s[%s] %s\n", f.Start.Line, f.Start.Column, f.End.Line, f.End.Column, f.Severity, f.Rule.Name, f.Message)
		for _, part := range [...]struct{ name, text string }{{"label", f.Label}, {"note", f.Note}, {"help", f.Help}, {"key", f.KeyPath}} {
			if part.text != "" {
				fmt.Fprintf(&b, "  %s: %s\n", part.name, part.text)
			}
		}
		for _, r := range f.Related {
			fmt.Fprintf(&b, "  related %d:%d: %s\n", r.Start.Line, r.Start.Column, r.Message)
		}
		for _, x := range f.Fixes {
			what := string(x.Safety)
			if x.Choice {
				what = "choice"
			}
			fmt.Fprintf(&b, "  %s: %s", what, x.Message)
			for i, e := range x.Edits {
				at := x.Places[i]
				fmt.Fprintf(&b, "; %d:%d-%d:%d %q", at.StartLine, at.StartByte, at.EndLine, at.EndByte, e.Text)
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// testdata/*.told has what is said of files that are elsewhere: of the cases all, and of the examples and
// fixtures of rules what their findings offer. Each finding says what to do.
func TestWhatIsSaid(t *testing.T) {
	var cases, offers strings.Builder
	files, _ := filepath.Glob(filepath.Join(fixtures, "cases", "*.jsonl"))
	for _, path := range files {
		for line := range strings.Lines(readFile(t, path)) {
			var c caseOf
			if err := json.Unmarshal([]byte(line), &c); err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&cases, "== %s\n%s", c.ID, tell(declared(c.Env).check("loong.toml", c.TOML, enabled(optInOf(&c))).Findings))
		}
	}
	offer := func(r *lint.Rule, name, src string, env *environment) {
		var fixable []*lint.Finding
		for _, f := range check(r, name, src, env).Findings {
			if f.Help == "" {
				t.Errorf("%s/%s: %s does not say what to do: %s", r.Name, name, f.Rule.Name, f.Message)
			}
			if len(f.Fixes) > 0 && f.Rule == r {
				fixable = append(fixable, f)
			}
		}
		if len(fixable) > 0 {
			fmt.Fprintf(&offers, "== %s/%s\n%s", r.Name, name, tell(fixable))
		}
	}
	for _, r := range rules.All() {
		env := static()
		if r.Env != nil {
			env = exactly(r.Env)
		}
		offer(r, "Bad", r.Bad, env)
		paths, _ := filepath.Glob(filepath.Join(fixtures, r.Name, "err-*.toml"))
		for _, path := range paths {
			offer(r, filepath.Base(path), readFile(t, path), sidecar(t, path))
		}
	}
	golden(t, filepath.Join("testdata", "cases.told"), cases.String())
	golden(t, filepath.Join("testdata", "offers.told"), offers.String())
}

// testdata/said.txt has files, each followed by all that is said of it. A file may begin with the variables that there are, as
// $NAME=value; without any nothing is known about variables.
func TestWhatIsSaidOfFiles(t *testing.T) {
	const path, then, next = "testdata/said.txt", "=>\n", "---\n"
	var b strings.Builder
	for i, block := range strings.Split(readFile(t, path), next) {
		src, _, _ := strings.Cut(block, then)
		env, rest, variables := static(), src, []string(nil)
		for strings.HasPrefix(rest, "$") {
			var line string
			line, rest, _ = strings.Cut(rest, "\n")
			variables = append(variables, line[1:])
		}
		if variables != nil {
			env = exactly(variables)
		}
		var findings []*lint.Finding
		for _, f := range check(nil, "loong.toml", rest, env).Findings {
			if f.Rule.Name != "no-provider" && f.Rule.Name != "implicit-active-provider" {
				findings = append(findings, f)
			}
		}
		if i > 0 {
			b.WriteString(next)
		}
		b.WriteString(src + then + tell(findings))
	}
	golden(t, path, b.String())
}
