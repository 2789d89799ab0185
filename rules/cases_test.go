package rules_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/lint"
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

// missedCases are the cases whose findings no rule reports yet. A case that is found leaves the list.
var missedCases = []string{
	"x60-1", "x64-1", "x65-1", "x66-1", "x67-1", "x68-1", "x113-1", "x113-2", "x114-1", "x119-1",
	"x122-1", "x122-2", "x122-3"}

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
			if slices.Contains(missedCases, c.ID) {
				wantMissed(t, &c)
			} else {
				wantCase(t, &c)
			}
		}
	}
	for _, id := range missedCases {
		if !seen[id] {
			t.Errorf("there is no case %s", id)
		}
	}
}

func wantCase(t *testing.T, c *caseOf) {
	t.Helper()
	var want, got []string
	for _, f := range slices.Concat(c.Expect, c.Also) {
		want = append(want, fmt.Sprintf("%d %s %s", f.Line, f.Level, f.Rule))
	}
	for _, f := range declared(c.Env).check("loong.toml", c.TOML, enabled(nil)).Findings {
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

// wantMissed fails where all that a case expects is found: then it names the rules, and is missed no more.
func wantMissed(t *testing.T, c *caseOf) {
	t.Helper()
	left := slices.Clone(c.Expect)
	for _, f := range declared(c.Env).check("loong.toml", c.TOML, enabled(nil)).Findings {
		i := slices.IndexFunc(left, func(e caseFinding) bool {
			return e.Line == f.Start.Line && e.Level == f.Severity.String() && (e.Rule == "" || e.Rule == f.Rule.Name)
		})
		if i >= 0 {
			left = slices.Delete(left, i, i+1)
		}
	}
	if len(left) == 0 {
		t.Errorf("%s is found: write its rules, and take it from missedCases", c.ID)
	}
}
