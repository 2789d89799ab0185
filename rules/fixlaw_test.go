package rules_test

import (
	"path/filepath"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/testing/thorough"
	"github.com/loonglint/loonglint/rules"
)

// Every fix of every rule, applied by itself to recorded files: the result is no worse TOML, the
// finding is gone, and a safe fix of a file that loads leaves the profile in use as it was.
func TestFixLawOverRecordedFiles(t *testing.T) {
	every := thorough.Pick(50, 1)
	for _, name := range []string{"1-surface", "2-broken"} {
		n, failed := 0, 0
		eachRecorded(t, filepath.Join(fixtures, "loong", name+".jsonl.gz"), func(r recorded) {
			n++
			if n%every != 0 || failed > 5 {
				return
			}
			if why := breaksFixLaw(r); why != "" {
				failed++
				t.Errorf("%s %s: %s\n%s", name, r.id, why, r.source)
			}
		})
	}
}

func breaksFixLaw(r recorded) string {
	before, cfg := lintRecorded(r, r.source)
	if len(cfg.Document.Problems) > 0 {
		return "" // a key written twice is fixed once only
	}
	for _, f := range before.Findings {
		if f.Fix() == nil {
			continue
		}
		fixed, err := document.Apply(r.source, f.Fix().Edits)
		if err != nil {
			return f.Rule.Name + ": " + err.Error()
		}
		after, now := lintRecorded(r, fixed)
		switch {
		case len(now.Document.Problems) > len(cfg.Document.Problems):
			return f.Rule.Name + ": the fix breaks the syntax:\n" + string(fixed)
		case count(after, f) >= count(before, f):
			return f.Rule.Name + ": the fix leaves the finding: " + f.Message + "\n" + string(fixed)
		case f.Fix().Safety == lint.Safe && cfg.Verdict == loong.Loads &&
			(now.Verdict != loong.Loads || now.ActiveProvider.Val != cfg.ActiveProvider.Val):
			return f.Rule.Name + ": the safe fix changes what loads:\n" + string(fixed)
		}
	}
	return ""
}

func lintRecorded(r recorded, src []byte) (*lint.FileResult, *loong.Config) {
	cfg := loong.ReadAs(r.target, document.Parse(r.id, src), recordedEnvironment(r.env))
	return lint.Check(cfg.Document, cfg, &lint.Options{Rules: rules.All(), NoLines: true}), cfg
}

func recordedEnvironment(env map[string]string) *loong.Environment {
	return &loong.Environment{Lookup: func(name string) (string, loong.State) {
		if v, ok := env[name]; ok {
			return v, loong.Set
		}
		return "", loong.Unset
	}}
}
