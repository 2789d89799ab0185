package rules_test

import (
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/rules"
	"github.com/loonglint/loonglint/schema"
)

// Writes only saves work: asked about every table and profile, each rule reports the same.
func TestWritesHideNothing(t *testing.T) {
	everywhere := slices.Clone(rules.All())
	for i, r := range everywhere {
		everywhere[i] = writing(r, nil)
	}
	eachSample(t, func(name string, cfg *loong.Config) {
		got, want := reported(cfg, rules.All()), reported(cfg, everywhere)
		if !t.Failed() && !reflect.DeepEqual(got, want) {
			t.Errorf("%s: with Writes\n%s\nwithout\n%s\nin\n%s", name, render(t, got...), render(t, want...), cfg.Document.Source)
		}
	})
}

// A rule without one of its Writes reports less somewhere: none is needless, and the samples would
// tell that one is missing.
func TestWritesAreNeeded(t *testing.T) {
	type lacking struct {
		*lint.Rule // as declared
		key        schema.Key
		short      []*lint.Rule // the rule without the key
	}
	var all []lacking
	for _, r := range rules.All() {
		for i, key := range r.Writes {
			all = append(all, lacking{r, key, []*lint.Rule{writing(r, slices.Delete(slices.Clone(r.Writes), i, i+1))}})
		}
	}
	eachSample(t, func(_ string, cfg *loong.Config) {
		all = slices.DeleteFunc(all, func(l lacking) bool {
			return len(reported(cfg, l.short)) < len(reported(cfg, []*lint.Rule{l.Rule}))
		})
	})
	for _, l := range all {
		t.Errorf("%s: nothing tells that it needs %s among its Writes; add a fixture, or delete the key", l.Name, l.key)
	}
}

// writing copies a rule with other Writes.
func writing(r *lint.Rule, keys []schema.Key) *lint.Rule {
	c := *r
	c.Writes = keys
	return &c
}

// eachSample visits the examples of all rules, the fixtures and some of the recorded files.
func eachSample(t *testing.T, visit func(name string, cfg *loong.Config)) {
	t.Helper()
	read := func(name string, src []byte, env *loong.Environment) {
		visit(name, loong.Read(document.Parse(name, src), env))
	}
	for _, r := range rules.All() {
		env := &exactly(r.Env).Environment
		read(r.Name+", Bad", []byte(r.Bad), env)
		read(r.Name+", Good", []byte(r.Good), env)
	}
	eachTOML(t, fixtures, func(path string) { read(path, []byte(readFile(t, path)), &sidecar(t, path).Environment) })
	for _, name := range []string{"1-surface", "4-channels"} {
		n := 0
		eachRecorded(t, filepath.Join(fixtures, "loong", name+".jsonl.gz"), func(r recorded) {
			if n++; n%20 == 0 {
				read(name+" "+r.id, r.source, recordedEnvironment(r.env))
			}
		})
	}
}

// reported lists what rules find, each finding with the declared rule of its name.
func reported(cfg *loong.Config, from []*lint.Rule) []*lint.Finding {
	res := lint.Check(cfg.Document, cfg, &lint.Options{Rules: from, NoLines: true})
	for _, f := range res.Findings {
		for _, r := range rules.All() {
			if f.Rule.Name == r.Name {
				f.Rule = r
			}
		}
	}
	return res.Findings
}
