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
func benchFile(b *testing.B) []byte {
	b.Helper()
	src, err := os.ReadFile(filepath.Join("testdata", "bench.toml"))
	if err != nil {
		b.Fatal(err)
	}
	return src
}

// BenchmarkStages measures what is done to a file, step by step; each includes the steps before it.
func BenchmarkStages(b *testing.B) {
	src := benchFile(b)
	env := loong.Static()
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
			lint.Check(doc, cfg, &lint.Options{Rules: rules.All()})
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

// BenchmarkRule measures each rule on a file that is parsed and read.
func BenchmarkRule(b *testing.B) {
	doc := document.Parse("loong.toml", benchFile(b))
	cfg := loong.Read(doc, loong.Static())
	for _, r := range rules.All() {
		if r.Run == nil && r.Collect == nil {
			continue
		}
		b.Run(r.Name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				p := &lint.Pass{Rule: r, File: &lint.File{Document: doc, Config: cfg, Environment: cfg.Environment}}
				if r.Run != nil {
					r.Run(p)
				}
				if r.Collect != nil {
					r.Collect(p)
				}
			}
		})
	}
}
