package rules_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/rules"
)

// benchFile is a good config in which most rules have something to look at.
func benchFile(b testing.TB) []byte {
	b.Helper()
	src, err := os.ReadFile(filepath.Join("testdata", "bench.toml"))
	if err != nil {
		b.Fatal(err)
	}
	return src
}

// TestBenchFileIsGood keeps a finding from being measured with the check.
func TestBenchFileIsGood(t *testing.T) {
	doc := document.Parse("loong.toml", benchFile(t))
	for _, f := range lint.Check(doc, loong.Read(doc, loong.Static()), &lint.Options{Rules: rules.All()}).Findings {
		t.Errorf("%s: %s", f.Rule.Name, f.Message)
	}
}

// BenchmarkStages measures what is done to a file, step by step; each includes the steps before it.
func BenchmarkStages(b *testing.B) {
	src := benchFile(b)
	env, checker := loong.Static(), lint.NewChecker(&lint.Options{Rules: rules.All()})
	read := func() (*document.Document, *loong.Config) {
		doc := document.Parse("loong.toml", src)
		return doc, loong.Read(doc, env)
	}
	steps := []struct {
		name string
		run  func()
	}{
		{"parse", func() { document.Parse("loong.toml", src) }},
		{"read", func() { read() }},
		{"check", func() {
			doc, cfg := read()
			checker.Check(doc, cfg)
		}},
	}
	for _, s := range steps {
		b.Run(s.name, func(b *testing.B) {
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				s.run()
			}
		})
	}
}

// BenchmarkRule measures a check with each rule alone, of a file that is parsed and read and in which every
// variable exists; none is what a check costs without rules. Rules that look at the tables, profiles or keys
// of a file share the way through it, so that all together take much less than the sum.
func BenchmarkRule(b *testing.B) {
	doc := document.Parse("loong.toml", benchFile(b))
	cfg := loong.Read(doc, &loong.Environment{Lookup: func(string) (string, loong.State) { return "", loong.Declared }})
	check := func(name string, list ...*lint.Rule) {
		opt := &lint.Options{Rules: list, LevelOf: func(_ string, r *lint.Rule) lint.Level { return r.Level }}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				lint.Check(doc, cfg, opt)
			}
		})
	}
	check("none")
	for _, r := range rules.All() {
		if r.Looks() {
			check(r.Name, r)
		}
	}
	check("all", rules.All()...)
}
