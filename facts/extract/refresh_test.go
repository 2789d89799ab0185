package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/testing/thorough"
)

// TestRefreshFromOlderFacts holds that the facts about an older version become ours when the lines of newer ones are
// written into them, but for what people wrote; and that writing the newest version again changes nothing at all.
func TestRefreshFromOlderFacts(t *testing.T) {
	const root = "../.."
	all, err := readVersions(root)
	if err != nil {
		t.Fatal(err)
	}
	versions := []string{"v0.1.2-alpha.1", "v0.1.2-alpha.2"} // the second is met on the way from the first
	for _, first := range versions[:thorough.Pick(1, 2)] {
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
				newest, err := all.model(headTag)
				if err != nil {
					t.Fatal(err)
				}
				compareFacts(t, plain(f, newest), plain(ours, newest))
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
func plain(f *facts, newest *model) *facts {
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
	types := f.surface.object("types")
	slices.Sort(types.keys)
	for _, typ := range types.keys {
		for _, field := range types.object(typ).list("fields") {
			if k, known := newest.key(typ, field.text("name")); known && k.present == notShown {
				field.remove("default")
			}
		}
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

// TestWhatNewVersionsBring writes a version into the facts that has what no version had so far.
func TestWhatNewVersionsBring(t *testing.T) {
	all, err := readVersions("../..")
	if err != nil {
		t.Fatal(err)
	}
	replace := map[string]string{
		"order AuditConfig mode path retain_in_memory":       "order AuditConfig mode path rotate retain_in_memory",
		`key AuditConfig.retain_in_memory bool default true`: `key AuditConfig.retain_in_memory bool default false`,
		`key BashToolConfig.login_shell bool default false`:  "",
		"order BashToolConfig login_shell rules_dir":         "order BashToolConfig rules_dir",
	}
	lines := []string{
		"key AuditConfig.rotate option(RotateConfig) default null", "type RotateConfig struct ignores-unknown-keys array", "order RotateConfig unit",
		`key RotateConfig.unit RotateUnit default "day"`, "words RotateUnit day=day hour=hour folds=false table=true",
	}
	for _, line := range all.lines[headTag] {
		if with, changed := replace[line]; changed {
			line = with
		}
		if name, rest := cutName(line); name == "words TelegramStreamingMode" {
			line = name + " live=live " + rest
		}
		if line != "" {
			lines = append(lines, line)
		}
	}
	slices.Sort(lines)
	byHand, err := all.refresh(version{"v9.0.0", "9.0.0", "2030-01-01", "c0ffee", "9.0.0", true}, lines)
	if err != nil {
		t.Fatal(err)
	}
	texts, err := all.facts.texts()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []struct{ file, text string }{
		{"history", `{"path":"audit.rotate.unit","first_version":"v9.0.0","type":"enum"}`},
		{"history", `{"path":"tools.bash.login_shell","type":"bool","first_version":"v0.1.2-alpha.1","last_version":"v0.1.2-alpha.2","removed_in":"v9.0.0","last_default":false,`},
		{"history", `{"path":"audit.retain_in_memory","version":"v9.0.0","before":true,"after":false,"when":"always"}`},
		{"history", `{"path":"telegram.accounts.<id>.streaming_mode","value":"live","first_version":"v9.0.0","on_older":"undecodable"}`},
		{"surface", `"RotateUnit":{"kind":"enum","case_sensitive":true,"table_form":true,"values":[{"value":"day","aliases":[]},{"value":"hour","aliases":[]}]}`},
		{"surface", `{"name":"rotate","type":{"option":{"ref":"RotateConfig"}},"required":false,"default":null}`},
		{"versions", `{"name": "9.0.0", "tag": "v9.0.0"},` + "\n" + `  {"name": "dev", "tag": "HEAD"}`},
		{"versions", `"default": "9.0.0"`},
	} {
		text := texts[want.file]
		if want.file != "versions" {
			o, err := parseObject([]byte(text))
			if err != nil {
				t.Fatal(err)
			}
			text, _ = plainJSON(o)
		}
		if !strings.Contains(text, want.text) {
			t.Errorf("%s.json has no %s", want.file, want.text)
		}
	}
	byHand = slices.DeleteFunc(byHand, func(s string) bool { // and what had changed since the last release
		return strings.HasSuffix(s, "has no line in descriptions.json") || strings.Contains(s, "channels.json holds each")
	})
	if len(byHand) != 2 || !strings.Contains(byHand[0], "`tools.bash.login_shell` went") || !strings.Contains(byHand[1], "locations") {
		t.Errorf("left to people:\n%s", strings.Join(byHand, "\n"))
	}
}

func TestEntriesOnChangedSourcesAreStale(t *testing.T) {
	entries := map[string]map[string]string{"traps.md#X1": {"a.rs": "1", "b.rs": "2"}, "traps.md#X2": {"a.rs": "1"}, "traps.md#X9": {"c.rs": "3"}}
	var out strings.Builder
	r := &report{out: &out}
	sourceReport(r, entries, map[string]string{"a.rs": "1", "b.rs": "9"})
	for _, want := range []string{"2 of 3 entries", "- b.rs: `traps.md#X1`", "- c.rs (gone): `traps.md#X9`", "- `removed-key`: X1"} {
		if !strings.Contains(out.String(), want) || !r.differs {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
	if r := (&report{out: &out}); true {
		sourceReport(r, entries, map[string]string{"a.rs": "1", "b.rs": "2", "c.rs": "3"})
		if r.differs {
			t.Error("entries on the same sources are stale")
		}
	}
}
