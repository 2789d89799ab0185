package rules_test

import (
	"path/filepath"
	"reflect"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/rules"
)

// Writes only saves work: asked about every table and profile, each rule reports the same.
func TestWritesHideNothing(t *testing.T) {
	everywhere := withoutWrites(rules.All())
	hold := func(name string, src []byte, env *environment) {
		doc := document.Parse(name, src)
		cfg := loong.Read(doc, &env.Environment)
		got, want := reported(doc, cfg, rules.All()), reported(doc, cfg, everywhere)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: with Writes\n%s\nwithout\n%s\nin\n%s", name, render(t, got...), render(t, want...), src)
		}
	}
	for _, r := range rules.All() {
		hold(r.Name+", Bad", []byte(r.Bad), exactly(r.Env))
		hold(r.Name+", Good", []byte(r.Good), exactly(r.Env))
	}
	eachTOML(t, fixtures, func(path string) { hold(path, []byte(readFile(t, path)), sidecar(t, path)) })
	for _, name := range []string{"1-surface", "4-channels"} {
		n := 0
		eachRecorded(t, filepath.Join(fixtures, "loong", name+".jsonl.gz"), func(r recorded) {
			if n++; n%20 == 0 && !t.Failed() {
				hold(name+" "+r.id, r.source, &environment{*recordedEnvironment(r.env)})
			}
		})
	}
}

// withoutWrites copies rules as ones that are asked about all tables and profiles.
func withoutWrites(all []*lint.Rule) []*lint.Rule {
	copies := make([]*lint.Rule, len(all))
	for i, r := range all {
		c := *r
		c.Writes = nil
		copies[i] = &c
	}
	return copies
}

// reported lists what rules find, each finding with the declared rule of its name.
func reported(doc *document.Document, cfg *loong.Config, from []*lint.Rule) []*lint.Finding {
	res := lint.Check(doc, cfg, &lint.Options{Rules: from, Cap: -1, NoLines: true})
	for _, f := range res.Findings {
		for i, r := range from {
			if f.Rule == r {
				f.Rule = rules.All()[i]
			}
		}
	}
	return res.Findings
}
