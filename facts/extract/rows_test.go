package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestRowsAreKept holds that rows that did not change are written as they were, and that one that did keeps the state of
// channels, which the program is not asked for.
func TestRowsAreKept(t *testing.T) {
	file := filepath.Join(t.TempDir(), rowsFile)
	odd := `{"id": "a", "toml":"x = 1", "expect": {"verdict": "loads"}, "more": 1}`
	now, err := withChannels([]byte(`{"verdict":"loads","diagnostics":[]}`), []byte(`{"verdict":"loads","channels":{"irc":{"enabled":true}}}`))
	if err != nil {
		t.Fatal(err)
	}
	changed := storedRow{row: row{ID: "b", Cat: "refresh", Target: "dev", Expect: now}}
	if err := writeRows(file, []storedRow{{raw: []byte(odd)}, changed}); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	list, err := readRows(file)
	if err != nil || len(list) != 2 || string(list[0].raw) != odd || list[0].ID != "a" {
		t.Fatalf("%v, %v", list, err)
	}
	if want := `{"id":"b","cat":"refresh","target":"dev","expect":{"verdict":"loads","diagnostics":[],"channels":{"irc":{"enabled":true}}}}`; string(list[1].raw) != want {
		t.Errorf("%s, want %s", list[1].raw, want)
	}
	if err := writeRows(file, list); err != nil {
		t.Fatal(err)
	}
	if after, err := os.ReadFile(file); err != nil || string(after) != string(before) {
		t.Errorf("rows are written otherwise a second time: %v", err)
	}
	if gone, err := withChannels([]byte(`{"verdict":"refused"}`), []byte(`{"verdict":"loads","channels":{}}`)); err != nil || string(gone) != `{"verdict":"refused"}` {
		t.Errorf("%s, %v", gone, err)
	}
}

func TestRowsOfAVersionAreAsked(t *testing.T) {
	for _, c := range []struct {
		target  string
		version string
		known   bool
		want    bool
	}{
		{"", "dev", true, true}, {"dev", "dev", true, true}, {"0.1.2-alpha.2", "dev", true, false},
		{"0.1.2-alpha.2", "0.1.2-alpha.2", true, true}, {"", "0.1.2-alpha.2", true, false}, {"", "9.0.0", false, true}, {"0.1.2-alpha.2", "9.0.0", false, false},
	} {
		u := &rowUpdate{version: version{name: c.version}, known: c.known}
		if got := u.theirs(&row{Target: c.target}); got != c.want {
			t.Errorf("%+v: %t", c, got)
		}
	}
}
