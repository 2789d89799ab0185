package rules_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/rules"
)

// caseOf is a line of fixtures/cases/*.jsonl: a file as people wrote it, the variables that there are, and what is
// expected. Where a case tells of an entry of traps-2.md (X69), expect holds its findings; a near miss has none.
type caseOf struct {
	ID     string
	TOML   string
	Env    map[string]string
	Expect []caseFinding // of the entry
	Also   []caseFinding // by other rules, looked at and found right
}

type caseFinding struct {
	Line        int
	Level, Rule string
}

// TestCases holds every finding at warning or above in the cases, and the infos that they name.
func TestCases(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(fixtures, "cases", "*.jsonl"))
	if err != nil || len(files) == 0 {
		t.Fatal("there are no cases:", err)
	}
	seen := map[string]bool{}
	for _, path := range files {
		for line := range strings.Lines(readFile(t, path)) {
			var c caseOf
			if err := json.Unmarshal([]byte(line), &c); err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			if seen[c.ID] {
				t.Errorf("%s is there twice", c.ID)
			}
			seen[c.ID] = true
			wantCase(t, &c)
		}
	}
}

func wantCase(t *testing.T, c *caseOf) {
	t.Helper()
	var want, got []string
	for _, f := range slices.Concat(c.Expect, c.Also) {
		want = append(want, fmt.Sprintf("%d %s %s", f.Line, f.Level, f.Rule))
	}
	for _, f := range declared(c.Env).check("loong.toml", c.TOML, enabled(optInOf(c))).Findings {
		is := fmt.Sprintf("%d %s %s", f.Start.Line, f.Severity, f.Rule.Name)
		if f.Severity > lint.Info || slices.Contains(want, is) {
			got = append(got, is)
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("%s: %q, want %q in\n%s", c.ID, got, want, c.TOML)
	}
}

// optInOf is the rule that a case expects a finding of and that is off by default, or nil.
func optInOf(c *caseOf) *lint.Rule {
	for _, f := range c.Expect {
		if r := rules.ByName(f.Rule); r != nil && r.OptIn {
			return r
		}
	}
	return nil
}
