package rules_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/testing/meaning"
	"github.com/loonglint/loonglint/rules"
	"github.com/loonglint/loonglint/schema"
)

// What authors of rules overlook, and how the tests tell them.

// unseen says why a rule that reports nothing in a file may not have looked at what is wrong in it.
func unseen(r *lint.Rule, src string, env *environment) string {
	var hints []string
	look := func(look *lint.Rule) *lint.FileResult {
		return env.check("loong.toml", src, &lint.Options{Rules: []*lint.Rule{look}})
	}
	if r.Profile != nil && r.Table == nil {
		look(&lint.Rule{Name: r.Name, Table: func(_ *lint.Pass, table schema.Value, made *loong.Profile) {
			if made == nil {
				hints = append(hints, "Loong makes no profile of "+table.Node.KeyPath()+", as of every table of unknown kind, so Profile never sees it; use Table")
			}
		}})
	}
	if r.Skip != nil {
		look(&lint.Rule{Name: r.Name, Run: func(p *lint.Pass) {
			if r.Skip(p) {
				hints = append(hints, "Skip leaves the file out")
			}
		}})
	}
	if r.Writes != nil {
		if len(look(writing(r, nil)).Findings) > len(look(r).Findings) {
			hints = append(hints, "Writes lacks a key that the rule judges")
		}
	}
	if anyway := *r; !r.Anyway {
		anyway.Anyway = true
		if len(look(&anyway).Findings) > len(look(r).Findings) {
			hints = append(hints, "it reports something in a table that Loong cannot decode, as one with an unknown kind, where only rules with Anyway are believed; "+
				"repair the fixture, or set Anyway if its findings hold whatever the rest of the table is meant to say")
		}
	}
	if len(look(r).Findings) > 0 {
		hints = append(hints, "alone it reports; another rule silences it here")
	}
	if len(hints) == 0 {
		return "it was asked and did not report: look at its condition"
	}
	return strings.Join(hints, "; ")
}

func TestAuthorsAreToldWhatARuleDoesNotSee(t *testing.T) {
	report := func(p *lint.Pass) { p.Report(document.Span{}, "odd") }
	profile := func(p *lint.Pass, _ *loong.Profile) { report(p) }
	table := func(p *lint.Pass, _ schema.Value, _ *loong.Profile) { report(p) }
	at := func(p *lint.Pass, table schema.Value, _ *loong.Profile) {
		p.Report(table.Node.Place(), "odd").WithNode(table.Node)
	}
	known, unknown := "[providers.a]\nkind = \"openai\"\n", "[providers.a]\nkind = \"no-such-kind\"\n"
	for _, c := range []struct {
		rule      lint.Rule
		src, want string
	}{
		{lint.Rule{Profile: profile}, unknown, "Profile never sees it"},
		{lint.Rule{Profile: profile}, known, "alone it reports"},
		{lint.Rule{Table: table}, unknown, "alone it reports"},
		{lint.Rule{Table: at}, unknown, "set Anyway"},
		{lint.Rule{Table: at, Anyway: true}, unknown, "alone it reports"},
		{lint.Rule{Table: at}, known, "alone it reports"},
		{lint.Rule{Run: report, Skip: func(*lint.Pass) bool { return true }}, known, "Skip leaves"},
		{lint.Rule{Table: table, Writes: []schema.Key{schema.KeyModel}}, known, "Writes lacks"},
		{lint.Rule{Table: table, Writes: []schema.Key{schema.KeyKind}}, known, "alone it reports"},
	} {
		c.rule.Name, c.rule.Level = "a-rule", lint.Warning
		if got := unseen(&c.rule, c.src, static()); !strings.Contains(got, c.want) {
			t.Errorf("of %q the author is told %q, not %q", c.src, got, c.want)
		}
	}
}

// changesMeaning says what a safe fix changes that it must not, or "".
func changesMeaning(src, fixed string, env *environment) string {
	read := func(text string) *loong.Config {
		return loong.Read(document.Parse("loong.toml", []byte(text)), &env.Environment)
	}
	before, after := read(src), read(fixed)
	switch {
	case before.Verdict != loong.Loads:
		return ""
	case after.Verdict != loong.Loads:
		return "the file no longer loads"
	case after.ActiveProvider.Val != before.ActiveProvider.Val:
		return "Loong uses another profile"
	}
	if d := meaning.Difference(before, after); d != "" {
		return "Loong makes something else of the file: " + d
	}
	return ""
}

// Beside profiles Loong compares a [provider] table with them as written: there a fix that means nothing by itself decides
// which profile is used. Each example is read as it is, and once more beside such a table.
func TestSafeFixesKeepTheProfile(t *testing.T) {
	beside := 0
	eachExample(t, func(r *lint.Rule, name, src string, env *environment) {
		for _, text := range []string{src, besideProvider(src)} {
			if text != src && loong.Read(document.Parse(name, []byte(text)), &env.Environment).Basis == loong.LegacyTable {
				beside++
			}
			for _, f := range check(r, name, text, env).Findings {
				if f.Rule != r || f.Fix() == nil || f.Fix().Safety != lint.Safe {
					continue
				}
				fixed, err := document.Apply([]byte(text), f.Fix().Edits)
				if err != nil {
					t.Errorf("%s: %s: %v", r.Name, name, err)
				} else if why := changesMeaning(text, string(fixed), env); why != "" {
					t.Errorf("%s: %s: after the safe fix of %q %s. Take the safety from comparedSafety or safeIn, or make it lint.Unsafe. The file:\n%s",
						r.Name, name, f.Message, why, text)
				}
			}
		}
	})
	if beside < 50 {
		t.Errorf("only %d examples are compared with a [provider] table", beside)
	}
}

// eachExample visits Bad and the reported fixtures of each rule that looks at a file by itself.
func eachExample(t *testing.T, visit func(r *lint.Rule, name, src string, env *environment)) {
	t.Helper()
	for _, r := range rules.All() {
		if r.Needs == lint.Network || r.Compare != nil {
			continue
		}
		env := static()
		if r.Env != nil {
			env = exactly(r.Env)
		}
		visit(r, "Bad", r.Bad, env)
		files, _ := filepath.Glob(filepath.Join(fixtures, r.Name, "err-*.toml"))
		for _, path := range files {
			visit(r, filepath.Base(path), readFile(t, path), sidecar(t, path))
		}
	}
}

var (
	firstProfile = regexp.MustCompile(`(?m)^\[providers\.([a-zA-Z0-9_-]+)\]`)
	choice       = regexp.MustCompile(`(?m)^active_provider\s*=.*\n`)
	header       = regexp.MustCompile(`(?m)^\[`)
)

// besideProvider is a file whose first profile is also written as [provider], with no active_provider.
func besideProvider(src string) string {
	src = choice.ReplaceAllString(src, "")
	at := firstProfile.FindStringSubmatchIndex(src)
	if at == nil {
		return src
	}
	body := src[at[1]:]
	if next := header.FindStringIndex(body); next != nil {
		body = body[:next[0]]
	}
	return strings.TrimRight(src, "\n") + "\n\n[provider]" + body
}
