package main

import (
	"slices"
	"strings"
	"testing"
)

// TestRefreshFromOlderFacts holds that the facts about an older version become ours when the lines of newer ones are
// written into them, but for what people wrote; and that writing the newest version again changes nothing at all.
func TestRefreshFromOlderFacts(t *testing.T) {
	const root = "../.."
	all, err := readVersions(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, first := range []string{"v0.1.2-alpha.2"} {
		for _, prose := range []bool{true, false} {
			ours := all.facts
			f, _ := ours.clone()
			if err := f.cut(first); err != nil {
				t.Fatal(err)
			}
			from := ours
			if !prose {
				from = f
			}
			byHand, err := f.bring(all, from)
			if err != nil {
				t.Fatal(err)
			}
			if prose {
				compareFacts(t, f, ours)
			} else {
				compareFacts(t, plain(f), plain(ours))
			}
			t.Logf("from %s, prose %t, left to people:\n%s", first, prose, strings.Join(byHand, "\n"))
		}
	}
}

// bring applies the recorded lines of all versions that f lacks.
func (f *facts) bring(all *recordedVersions, prose *facts) (byHand []string, err error) {
	for _, v := range all.facts.history.list("versions") {
		tag := v.text("tag")
		if slices.Contains(f.tags(), tag) {
			continue
		}
		last := f.newest()
		old, err := all.model(last)
		if err != nil {
			return nil, err
		}
		now, err := all.model(tag)
		if err != nil {
			return nil, err
		}
		released, _ := v.values["released"].(bool)
		u := &update{facts: f, prose: prose, old: old, now: now, last: last,
			version: version{tag, targetName(tag), v.text("date"), v.text("commit"), v.text("package_version"), released}}
		u.apply()
		byHand = append(byHand, u.byHand...)
	}
	return byHand, nil
}

// plain takes out what people wrote: no program tells it.
func plain(f *facts) *facts {
	f, _ = f.clone()
	for part, members := range map[string][]string{
		"versions": {"note"}, "keys/removed": {"replacement", "removed_by", "removed_on", "note", "fixed_value_at_head"},
		"keys/added": {"note"}, "defaults_changed": {"note"},
	} {
		table, name := f.entries(part)
		for _, e := range table.list(name) {
			for _, m := range members {
				e.remove(m)
			}
		}
	}
	renamed := f.history.list("defaults_changed")
	f.history.setList("defaults_changed", slices.DeleteFunc(renamed, func(e *object) bool { return e.values["renamed_from"] != nil }))
	f.history.remove("locations")
	f.history.remove("channels")
	for _, b := range f.versions.list("behavior") {
		b.remove("in")
	}
	return f
}

func compareFacts(t *testing.T, got, want *facts) {
	t.Helper()
	have, err := got.texts()
	if err != nil {
		t.Fatal(err)
	}
	expect, _ := want.texts()
	for name, text := range expect {
		if have[name] == text {
			continue
		}
		t.Errorf("%s.json differs", name)
		shown := 0
		was, is := strings.Split(text, "\n"), strings.Split(have[name], "\n")
		for i := range min(len(was), len(is)) {
			if was[i] != is[i] && shown < 5 {
				shown++
				t.Errorf("line %d: %s, want %s", i+1, is[i], was[i])
			}
		}
	}
}
