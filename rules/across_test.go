package rules_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/rules"
)

// A rule across files is proved by folders: fixtures/<rule>/err-NAME/*.toml with
// fixtures/<rule>/err-NAME.golden, and fixtures/<rule>/ok-NAME/*.toml. They are read with nothing
// known about variables, and the golden file holds the findings of all files of the folder.
func TestFixturesAcrossFiles(t *testing.T) {
	for _, r := range rules.All() {
		if r.Compare == nil {
			continue
		}
		t.Run(r.Name, func(t *testing.T) {
			dirs, _ := filepath.Glob(filepath.Join(fixtures, r.Name, "*", ""))
			proved := false
			for _, dir := range dirs {
				name := filepath.Base(dir)
				if info, err := os.Stat(dir); err != nil || !info.IsDir() {
					continue
				}
				res := checkFolder(t, r, dir)
				if strings.HasPrefix(name, "ok-") {
					wantSilence(t, name, r, res)
					continue
				}
				proved = true
				if !reports(res, r) {
					t.Errorf("%s: %s reports nothing", name, r.Name)
				}
				golden(t, dir+".golden", render(t, res.Findings...))
			}
			if !proved {
				t.Errorf("fixtures/%s has no folder err-…", r.Name)
			}
		})
	}
}

// checkFolder gathers the findings of all files of a folder.
func checkFolder(t *testing.T, own *lint.Rule, dir string) *lint.FileResult {
	t.Helper()
	var inputs []lint.Input
	eachTOML(t, dir, func(path string) {
		name := filepath.ToSlash(strings.TrimPrefix(path, dir+string(filepath.Separator)))
		inputs = append(inputs, lint.Input{Path: name, Read: func() ([]byte, error) { return os.ReadFile(path) }})
	})
	slices.SortFunc(inputs, func(a, b lint.Input) int { return strings.Compare(a.Path, b.Path) })
	all := &lint.FileResult{}
	run := lint.Runner{Options: enabled(own), Environment: &loong.Environment{}}
	run.Run(inputs, func(f *lint.FileResult) bool {
		all.Findings = append(all.Findings, f.Findings...)
		return true
	})
	return all
}
