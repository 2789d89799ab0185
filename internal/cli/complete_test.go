package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/report"
)

// TestEveryFormatHasAllFindings checks a file with 400 findings of a rule: what machines read is complete, text
// says how many it leaves out, the summary is the same whatever the format, and a saved report gives the same again.
func TestEveryFormatHasAllFindings(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	var src strings.Builder
	src.WriteString("active_provider = \"main\"\n[providers.main]\nkind = \"ollama\"\nmodel = \"x\"\n[cli]\n")
	for i := range 400 {
		fmt.Fprintf(&src, "odd%d = %d\n", i, i)
	}
	if err := os.WriteFile(filepath.Join(dir, "loong.toml"), []byte(src.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	const summary = "400 findings (400 warnings) in 1 of 1 file\n"
	run := func(args ...string) string {
		t.Helper()
		var stdout, stderr bytes.Buffer
		if got := Main(append([]string{"loonglint"}, args...), nil, &stdout, &stderr, nil); got != statusFindings || stderr.String() != summary {
			t.Errorf("%q: status %d, stderr %q", args, got, stderr.String())
		}
		return stdout.String()
	}
	saved := run("check", "--env=static", "-f", "json", "loong.toml")
	if err := os.WriteFile("saved.json", []byte(saved), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, format := range report.Formats() {
		out := run("check", "--env=static", "-f", format, "loong.toml")
		want := 400
		switch format {
		case "problem-json": // holds what Loong's own validation reports
			want = 0
		case "text":
			want = defaultMaxPerRule
		}
		if n := countFindings(t, format, out); n != want {
			t.Errorf("%s has %d findings, want %d", format, n, want)
		}
		again := run("report", "-f", format, "saved.json")
		if format != "text" && again != out {
			t.Errorf("%s from a saved report differs", format)
		}
		if n := countFindings(t, format, again); n != want {
			t.Errorf("%s from a saved report has %d findings, want %d", format, n, want)
		}
	}
	if out := run("check", "--env=static", "loong.toml"); !strings.HasSuffix(out, "\nwarning[unknown-key]: 350 more in loong.toml (--max-per-rule 0 shows all)\n") {
		t.Errorf("text ends with %q", out[max(0, len(out)-200):])
	}
	for flag, want := range map[string]int{"0": 400, "7": 7, "1000": 400} {
		if n := countFindings(t, "text", run("check", "--env=static", "--max-per-rule", flag, "loong.toml")); n != want {
			t.Errorf("--max-per-rule %s shows %d findings, want %d", flag, n, want)
		}
	}
	if out := run("check", "--env=static", "-f", "junit", "loong.toml"); !strings.Contains(out, `tests="400" failures="400"`) {
		t.Error("junit does not count 400 failures")
	}
}

// countFindings counts the findings in a report by what each format has once for each.
func countFindings(t *testing.T, format, text string) int {
	t.Helper()
	marks := map[string]string{"text": "\n -->", "concise": ": warning[", "json": `{"rule":`, "jsonl": `{"rule":`, "sarif": `"ruleId"`, "github": "::warning ",
		"gitlab": `"check_name"`, "junit": "<failure", "checkstyle": "<error ", "rdjson": `"severity"`, "problem-json": `"problem_type"`}
	mark := marks[format]
	if mark == "" {
		t.Fatalf("%s: it is not known how to count its findings", format)
	}
	if format == "text" {
		return strings.Count(text, "--> ")
	}
	return strings.Count(text, mark)
}

// TestSARIFListsTheRulesThatItUses holds that a run describes the rules of its results and no others.
func TestSARIFListsTheRulesThatItUses(t *testing.T) {
	var stdout, stderr bytes.Buffer
	Main([]string{"loonglint", "check", "--env=static", "-f", "sarif", "-"}, strings.NewReader("modle = 1\n[providers.a]\nkind = \"volcegine\"\n"), &stdout, &stderr, nil)
	var log struct {
		Runs []struct {
			Tool struct {
				Driver struct {
					Rules []struct{ ID string }
				}
			}
			Results []struct {
				RuleID    string
				RuleIndex int
			}
		}
	}
	if err := json.Unmarshal(stdout.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	rules := log.Runs[0].Tool.Driver.Rules
	for _, r := range log.Runs[0].Results {
		used[r.RuleID] = true
		if rules[r.RuleIndex].ID != r.RuleID {
			t.Errorf("%s has the index of %s", r.RuleID, rules[r.RuleIndex].ID)
		}
	}
	if len(used) < 2 || len(rules) != len(used) {
		t.Errorf("%d rules are described, %d are used", len(rules), len(used))
	}
}
