// CONTRIBUTING.md, "Add a rule", says for authors how a rule proves itself.
package rules_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/report"
	"github.com/loonglint/loonglint/internal/settings"
	"github.com/loonglint/loonglint/rules"
)

var update = flag.Bool("update", false, "rewrite the golden files of the fixtures")

const fixtures = "../fixtures"

var (
	kebab   = regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	version = regexp.MustCompile(`^\d+\.\d+\.\d+$`)
)

func TestRulesAreDocumented(t *testing.T) {
	known := entryIDs(t)
	seen := map[string]bool{}
	for _, r := range rules.All() {
		if !kebab.MatchString(r.Name) || seen[r.Name] {
			t.Errorf("%q is no kebab-case name, or is taken", r.Name)
		}
		seen[r.Name] = true
		switch {
		case r.Summary == "" || strings.HasSuffix(r.Summary, ".") || strings.Contains(r.Summary, "\n"):
			t.Errorf("%s: Summary is one line without a full stop, not %q", r.Name, r.Summary)
		case len(r.Doc) < 80:
			t.Errorf("%s: Doc says too little", r.Name)
		case strings.Contains(r.Summary+r.Doc+r.Bad+r.Good, "TODO:"):
			t.Errorf("%s: fill in the TODOs of its file", r.Name)
		case r.Level < lint.Info || r.Level > lint.Error:
			t.Errorf("%s: no Level", r.Name)
		case r.Group.Title() == "":
			t.Errorf("%s: there is no group %q", r.Name, r.Group)
		case !version.MatchString(r.Since):
			t.Errorf("%s: Since is %q", r.Name, r.Since)
		case (r.Bad == "" || r.Good == "") && r.Compare == nil && r.Needs != lint.Network:
			t.Errorf("%s: no Bad or no Good", r.Name)
		case !r.Looks() && r.Needs != lint.Network && !strings.Contains(r.Name, "suppression"):
			t.Errorf("%s: looks at nothing", r.Name)
		}
		for _, id := range r.Covers {
			if !slices.Contains(known, id) {
				t.Errorf("%s covers %q, which is no entry of facts/entries.json", r.Name, id)
			}
		}
	}
	precedence(t)
	for _, r := range rules.All() {
		for _, name := range r.Silences {
			if !seen[name] || name == r.Name {
				t.Errorf("%s silences %q, which is no other rule", r.Name, name)
			}
		}
	}
}

// precedence tells authors what is wrong with the After of a rule.
func precedence(t *testing.T) {
	t.Helper()
	byName := map[string]*lint.Rule{}
	for _, r := range rules.All() {
		byName[r.Name] = r
	}
	var before func(r *lint.Rule, path []string)
	before = func(r *lint.Rule, path []string) {
		if slices.Contains(path, r.Name) {
			t.Errorf("these rules come after each other: %s", strings.Join(append(path, r.Name), ", "))
			return
		}
		for _, name := range r.After {
			if o := byName[name]; o == nil {
				t.Errorf("%s comes after %q, which is no rule", r.Name, name)
			} else {
				before(o, append(path, r.Name))
			}
		}
	}
	for _, r := range rules.All() {
		if len(r.After) > 0 && r.End == nil {
			t.Errorf("%s has After and no End, which alone may ask Pass.Told", r.Name)
		}
		before(r, nil)
	}
}

func TestBadAndGood(t *testing.T) {
	for _, r := range rules.All() {
		if r.Needs == lint.Network {
			continue // the tests of the probe prove them
		}
		if r.Compare != nil {
			continue // rules across files are proved by their fixtures
		}
		t.Run(r.Name, func(t *testing.T) {
			env := static()
			if r.Env != nil {
				env = exactly(r.Env)
			}
			bad := check(r, "bad.toml", r.Bad, env)
			if !reports(bad, r) {
				t.Errorf("Bad is not reported; %s\n%s", unseen(r, r.Bad, env), r.Bad)
			}
			for _, f := range bad.Findings {
				if f.Rule != r && f.Severity >= lint.Warning {
					t.Errorf("Bad is reported by another rule, too; repair Bad, or let one silence the other:\n%s", render(t, f))
				}
			}
			wantSilence(t, "Good", r, check(r, "good.toml", r.Good, env))
			checkFixes(t, r, "Bad", r.Bad, env, bad)
		})
	}
}

func TestFixtures(t *testing.T) {
	for _, r := range rules.All() {
		t.Run(r.Name, func(t *testing.T) {
			files, _ := filepath.Glob(filepath.Join(fixtures, r.Name, "*.toml"))
			for _, path := range files {
				name := filepath.Base(path)
				src := readFile(t, path)
				env := sidecar(t, path)
				if strings.Contains(src, "# TODO:") {
					t.Errorf("fixtures/%s/%s: fill in its TODO, and give it a name that says what it shows", r.Name, name)
				}
				res := check(r, name, src, env)
				switch {
				case strings.HasPrefix(name, "ok-"):
					wantSilence(t, name, r, res)
				case strings.HasPrefix(name, "err-"):
					if !reports(res, r) {
						t.Errorf("%s: %s reports nothing; %s", name, r.Name, unseen(r, src, env))
					}
					golden(t, strings.TrimSuffix(path, ".toml")+".golden", render(t, res.Findings...))
					checkFixes(t, r, name, src, env, res)
				default:
					t.Errorf("%s: fixtures are named err-….toml or ok-….toml", path)
				}
			}
		})
	}
}

func TestFixtureFoldersAreRules(t *testing.T) {
	entries, err := os.ReadDir(fixtures)
	if err != nil {
		t.Fatal(err)
	}
	other := []string{"examples", "clean", "loong", "probe", "hostile", "across", "internal-error", "cases"}
	for _, e := range entries {
		isRule := slices.ContainsFunc(rules.All(), func(r *lint.Rule) bool { return r.Name == e.Name() })
		if e.IsDir() && !isRule && !slices.Contains(other, e.Name()) {
			t.Errorf("fixtures/%s: there is no such rule; run go generate ./... if you declared it", e.Name())
		}
	}
}

// A clean file is silent in every world: nothing known, its sidecar's values, and any variable
// declared with a value that is not known.
func TestCleanFilesAreSilent(t *testing.T) {
	anyName := &environment{loong.Environment{Lookup: func(string) (string, loong.State) { return "", loong.Declared }}}
	eachTOML(t, filepath.Join(fixtures, "clean"), func(path string) {
		for world, env := range map[string]*environment{"static": static(), "sidecar": sidecar(t, path), "declared": anyName} {
			res := check(nil, path, readFile(t, path), env)
			wantSilence(t, path+" ("+world+")", nil, res)
			if res.Verdict != loong.Loads {
				t.Errorf("%s (%s): the verdict is %s", path, world, res.Verdict)
			}
		}
	})
}

// checkFixes applies every fix by itself.
func checkFixes(t *testing.T, r *lint.Rule, name, src string, env *environment, before *lint.FileResult) {
	t.Helper()
	for _, f := range before.Findings {
		if f.Fix() == nil || f.Rule != r {
			continue
		}
		fixed, err := document.Apply([]byte(src), f.Fix().Edits)
		if err != nil {
			t.Errorf("%s: the fix of %q: %v", name, f.Message, err)
			continue
		}
		if string(fixed) == src {
			t.Errorf("%s: the fix of %q changes nothing", name, f.Message)
		}
		after := check(r, name, string(fixed), env)
		if doc := document.Parse(name, fixed); len(doc.Problems) > 0 && len(document.Parse(name, []byte(src)).Problems) == 0 {
			t.Errorf("%s: after the fix of %q the file is not TOML:\n%s", name, f.Message, fixed)
		}
		if n := count(after, f); n >= count(before, f) {
			t.Errorf("%s: the fix of %q leaves the finding there:\n%s", name, f.Message, fixed)
		}
		for _, g := range after.Findings {
			if g.Severity >= lint.Warning && count(before, g) < count(after, g) {
				t.Errorf("%s: the fix of %q brings a new finding:\n%s", name, f.Message, render(t, g))
			}
		}
	}
}

// count is how many findings say the same of the same rule.
func count(res *lint.FileResult, like *lint.Finding) int {
	n := 0
	for _, f := range res.Findings {
		if f.Rule == like.Rule && f.Message == like.Message {
			n++
		}
	}
	return n
}

func reports(res *lint.FileResult, r *lint.Rule) bool {
	return slices.ContainsFunc(res.Findings, func(f *lint.Finding) bool { return f.Rule == r })
}

func wantSilence(t *testing.T, name string, r *lint.Rule, res *lint.FileResult) {
	t.Helper()
	for _, f := range res.Findings {
		if f.Rule == r || f.Severity >= lint.Warning {
			t.Errorf("%s must be silent, and is reported:\n%s", name, render(t, f))
		}
	}
}

// check runs every rule over a text.
func check(own *lint.Rule, name, src string, env *environment) *lint.FileResult {
	return env.check(name, src, enabled(own))
}

// enabled runs every rule; own, which may be nil, also when it is opt-in.
func enabled(own *lint.Rule) *lint.Options {
	return &lint.Options{Rules: rules.All(), Policy: settingsOf(own).Policy, Targets: (&settings.Settings{File: settingsOf(own)}).TargetsOf, LevelOf: func(file string, r *lint.Rule) lint.Level {
		if r == own && r.OptIn {
			return r.Level
		}
		level, _ := settingsOf(own).LevelOf(file, r)
		return level
	}}
}

// settingsOf are the settings that a rule is proved with.
func settingsOf(r *lint.Rule) *settings.File {
	if r == nil || r.Settings == "" {
		return &settings.File{}
	}
	c, err := settings.Parse(settings.FileName, []byte(r.Settings), rules.All())
	if err != nil {
		panic(err)
	}
	return c
}

func render(t *testing.T, all ...*lint.Finding) string {
	t.Helper()
	var b strings.Builder
	if err := report.Report("text", &b, &report.Result{Files: []*lint.FileResult{{Findings: all}}}, report.Options{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Errorf("%v; run go test ./rules -update", err)
	} else if string(want) != got {
		t.Errorf("%s differs; run go test ./rules -update and read the diff. Now it is:\n%s", path, got)
	}
}
