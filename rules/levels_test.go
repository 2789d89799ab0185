package rules_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/rules"
)

// The text of a rule's Levels is proved part by part. The lines of fixtures/NAME/levels.txt make up the text; each has a place
// that shows its part: TEXT | FILE:LINE. A level holds until the next one is named, and may be written after a third sign
// where the text says it otherwise. "silent" is a place without a finding of the rule.
func TestEveryPartOfLevelsIsProved(t *testing.T) {
	for _, r := range rules.All() {
		if r.Needs == lint.Network {
			continue // the tests of the probe prove them
		}
		path := filepath.Join(fixtures, r.Name, "levels.txt")
		lines, err := os.ReadFile(path)
		if err != nil && r.Levels != "" {
			t.Errorf("%s: Levels is %q; write %s: TEXT | FILE:LINE", r.Name, r.Levels, path)
			continue
		}
		var parts []string
		level := ""
		for line := range strings.Lines(string(lines)) {
			part, place, _ := strings.Cut(strings.TrimSpace(line), " | ")
			place, exception, _ := strings.Cut(place, " | ")
			parts = append(parts, part)
			if word, _, _ := strings.Cut(part, " "); isLevel(word) {
				level = word
			}
			want := level
			if exception != "" {
				want = exception
			}
			if got := levelAt(t, r, place); got != want {
				t.Errorf("%s: %s shows %q where Levels says %q: %s", r.Name, place, got, want, part)
			}
		}
		if text := strings.Join(parts, " "); text != r.Levels {
			t.Errorf("%s: the parts in %s are %q, and Levels is %q", r.Name, path, text, r.Levels)
		}
	}
}

func isLevel(word string) bool {
	_, ok := lint.ParseLevel(word)
	return ok || word == "silent"
}

// levelAt is the level of what a rule reports in a line of a fixture.
func levelAt(t *testing.T, r *lint.Rule, place string) string {
	t.Helper()
	name, number, _ := strings.Cut(place, ":")
	line, err := strconv.Atoi(number)
	if err != nil {
		t.Fatalf("%s: %q is no FILE:LINE", r.Name, place)
	}
	path := filepath.Join(fixtures, r.Name, name)
	for _, f := range check(r, name, readFile(t, path), sidecar(t, path)).Findings {
		if f.Rule == r && f.Start.Line == line {
			return f.Severity.String()
		}
	}
	return "silent"
}

// A fixture shows no level that neither Level nor Levels has.
func TestLevelsNamesEveryLevel(t *testing.T) {
	for _, r := range rules.All() {
		files, _ := filepath.Glob(filepath.Join(fixtures, r.Name, "*.toml"))
		for _, path := range files {
			for _, f := range check(r, filepath.Base(path), readFile(t, path), sidecar(t, path)).Findings {
				if f.Rule == r && f.Severity != r.Level && !strings.Contains(r.Levels, f.Severity.String()) {
					t.Errorf("%s: %s has a finding of level %s, of which Levels says nothing", r.Name, path, f.Severity)
				}
			}
		}
	}
}
