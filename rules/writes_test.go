package rules_test

import (
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/testing/thorough"
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
		reports := map[*lint.Rule]bool{} // most rules have nothing to say of a file, with or without a key
		for _, f := range reported(cfg, rules.All()) {
			reports[f.Rule] = true
		}
		all = slices.DeleteFunc(all, func(l lacking) bool {
			return reports[l.Rule] && len(reported(cfg, l.short)) < len(reported(cfg, []*lint.Rule{l.Rule}))
		})
	})
	for _, l := range all {
		t.Errorf("%s: nothing tells that it needs %s among its Writes; add a fixture, or delete the key", l.Name, l.key)
	}
}

// A rule whose After lacks one of its rules reports more somewhere: none is named for nothing.
func TestAfterIsNeeded(t *testing.T) {
	type lacking struct {
		*lint.Rule // as declared
		without    *lint.Rule
		name       string
		all, short []*lint.Rule
	}
	var list []lacking
	for _, r := range rules.All() {
		for i, name := range r.After {
			l := lacking{Rule: r, without: &lint.Rule{}, name: name}
			*l.without = *r
			l.without.After = slices.Delete(slices.Clone(r.After), i, i+1)
			for _, o := range rules.All() {
				if slices.Contains(r.After, o.Name) {
					l.all, l.short = append(l.all, o), append(l.short, o)
				}
			}
			l.all, l.short = append(l.all, r), append(l.short, l.without)
			list = append(list, l)
		}
	}
	said := func(cfg *loong.Config, from []*lint.Rule, r *lint.Rule) string {
		var own []*lint.Finding
		for _, f := range reported(cfg, from) {
			if f.Rule == r {
				own = append(own, f)
			}
		}
		return render(t, own...)
	}
	visit := func(name string, cfg *loong.Config) {
		list = slices.DeleteFunc(list, func(l lacking) bool {
			folder := filepath.Base(filepath.Dir(name))
			if folder != "." && folder != l.Name && !slices.Contains(l.After, folder) {
				return false // a fixture of the rules in question shows it, or an example
			}
			return said(cfg, l.all, l.Rule) != said(cfg, l.short, l.Rule)
		})
	}
	eachSample(t, visit)
	live := exactly(nil)
	live.Files = noFiles{}
	visit("", loong.Read(document.Parse("loong.toml", []byte("[discord]\nenabled = true\nbot_token = { file = \"/run/token\" }\n")), &live.Environment))
	for _, l := range list {
		t.Errorf("%s: nothing tells that it needs %s in After; add a fixture, or delete it", l.Name, l.name)
	}
}

// noFiles is a machine without files.
type noFiles struct{}

func (noFiles) Text(string) (string, loong.State) { return "", loong.Unset }

func (noFiles) HasFolder(string) bool { return false }

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
		n, every := 0, thorough.Pick(100, 20)
		eachRecorded(t, filepath.Join(fixtures, "loong", name+".jsonl.gz"), func(r recorded) {
			if n++; n%every == 0 {
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
