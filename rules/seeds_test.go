package rules_test

import (
	"os"
	"path/filepath"
	"testing"
)

// addHostile hands over the small hostile files, as seeds.
func addHostile(tb testing.TB, add func(src []byte)) {
	tb.Helper()
	paths, err := filepath.Glob(filepath.Join(fixtures, "hostile", "*.toml"))
	if err != nil || len(paths) == 0 {
		tb.Fatal("no hostile files", err)
	}
	for _, path := range paths {
		src, err := os.ReadFile(path)
		if err != nil {
			tb.Fatal(err)
		}
		add(src)
	}
}
