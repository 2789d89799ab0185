package rules_test

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/rules"
)

// entry is a state that Loong accepts silently (behaviour.md 9, traps.md).
type entry struct {
	ID        string
	Highlight string
	Weight    string
	ShownBy   string `json:"shown_by"`  // the command that shows it, where no file alone does
	ProvedBy  string `json:"proved_by"` // a test in place of fixtures
}

func entries(t *testing.T) []entry {
	t.Helper()
	var facts struct{ Entries []entry }
	if err := json.Unmarshal([]byte(readFile(t, "../facts/entries.json")), &facts); err != nil {
		t.Fatal(err)
	}
	return facts.Entries
}

var fixtureID = regexp.MustCompile(`(err|ok)-([a-z]+[0-9]+)[-.]`)

// Every entry that a file shows is covered by one rule, with two fixtures that are reported, three
// where credentials or data can reach the wrong place, and a near miss. Fixtures carry the entry
// in their names: fixtures/<rule>/err-u5-ark.toml, ok-u5-custom.toml.
func TestEveryEntryIsProved(t *testing.T) {
	for _, e := range entries(t) {
		var by []string
		for _, r := range rules.All() {
			if slices.Contains(r.Covers, e.ID) {
				by = append(by, r.Name)
			}
		}
		switch {
		case e.ShownBy != "" && len(by) > 0:
			t.Errorf("%s is shown by loonglint %s, says facts/entries.json, and by rule %s", e.ID, e.ShownBy, by[0])
		case e.ShownBy != "":
		case len(by) != 1:
			t.Errorf("%s is covered by %d rules %q, want one", e.ID, len(by), by)
		default:
			wantFixtures(t, e, by[0])
		}
	}
}

func wantFixtures(t *testing.T, e entry, rule string) {
	t.Helper()
	if e.ProvedBy != "" {
		wantTest(t, e)
		return
	}
	bad, good := 2, 1
	if strings.HasPrefix(e.Weight, "3") {
		bad = 3
	}
	id := strings.ToLower(e.ID)
	found := fixturesOf(rule, "err", id)
	if len(found) < bad {
		t.Errorf("%s (%s): %d of %d fixtures err-%s-*.toml", e.ID, rule, len(found), bad, id)
	}
	for _, f := range found {
		wantLine(t, e, rule, f)
	}
	if len(fixturesOf(rule, "ok", id)) < good {
		t.Errorf("%s (%s): no fixture ok-%s-*.toml", e.ID, rule, id)
	}
}

// fixturesOf lists the fixtures of an entry; kind is err or ok.
func fixturesOf(rule, kind, id string) []string {
	var found []string
	for _, pattern := range []string{"*.toml", "*/*.toml"} {
		files, _ := filepath.Glob(filepath.Join(fixtures, rule, pattern))
		for _, f := range files {
			if m := fixtureID.FindStringSubmatch(strings.TrimPrefix(f, filepath.Join(fixtures, rule))); m != nil && m[1] == kind && m[2] == id {
				found = append(found, f)
			}
		}
	}
	return found
}

var highlighted = regexp.MustCompile("`([a-z_]+)`")

// wantLine compares the place that the entry names with where the rule's findings begin: a key
// that the entry names and the file has is in the line of one of them.
func wantLine(t *testing.T, e entry, rule, path string) {
	t.Helper()
	src := readFile(t, path)
	lines := strings.Split(src, "\n")
	var keys []string
	for _, m := range highlighted.FindAllStringSubmatch(e.Highlight, -1) {
		if regexp.MustCompile(`\b` + m[1] + `\b`).MatchString(src) {
			keys = append(keys, m[1])
		}
	}
	if len(keys) == 0 {
		return
	}
	i := slices.IndexFunc(rules.All(), func(r *lint.Rule) bool { return r.Name == rule })
	res := check(rules.All()[i], filepath.Base(path), src, sidecar(t, path))
	for _, f := range res.Findings {
		if f.Rule.Name == rule && slices.ContainsFunc(keys, func(k string) bool { return strings.Contains(lines[f.Start.Line-1], k) }) {
			return
		}
	}
	t.Errorf("%s: %s does not point at %s in %s", e.ID, rule, e.Highlight, path)
}

// wantTest looks for the test that an entry names.
func wantTest(t *testing.T, e entry) {
	t.Helper()
	files, _ := filepath.Glob("*_test.go")
	for _, f := range files {
		if strings.Contains(readFile(t, f), "func "+e.ProvedBy+"(") {
			return
		}
	}
	t.Errorf("%s: there is no %s", e.ID, e.ProvedBy)
}
