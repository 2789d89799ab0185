package rules_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/testing/thorough"
	"github.com/loonglint/loonglint/rules"
)

// What check reports to have no effect is what resolve lists as ignored, and the other way round.
func TestCheckAndResolveAgreeOnWhatHasNoEffect(t *testing.T) {
	entries := map[string]bool{}
	err := filepath.WalkDir(fixtures, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".toml" || d.Name() == "loonglint.toml" {
			return err
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		doc := document.Parse(path, src)
		cfg := loong.Read(doc, &sidecar(t, path).Environment)
		for _, i := range cfg.Ignored() {
			entries[i.Entry] = true
		}
		if why := disagrees(cfg); why != "" {
			t.Errorf("%s: %s", path, why)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range []string{"A3", "A4", "A6", "A8", "A9", "A11", "HD3", "HD4", "K4", "K10", "M1", "N7", "N8", "N9", "N10", "P1", "P6",
		"U1", "U3", "U16", "U17", "U26", "X3", "X4", "X6", "X7", "X17", "X18", "X19", "X20", "X21", "X22", "X23", "X24", "X33",
		"X34", "X35", "X36", "X37", "X39", "X40", "X41", "X42", "X43", "X44", "X45", "X46", "X47", "X48", "X49", "X50", "X51", "X52", "X53",
		"X55", "X56", "X57", "X58", "X59", "X61", "X62", "X63", "X74", "X76", "X77", "X86", "X87", "X89", "X90", "X91", "X92", "X93", "X94", "X95", "X96", "X110", "X120", "X121", "X124", "X127", "X128", "X129", "X130", "X132"} {
		if !entries[entry] {
			t.Errorf("no fixture has a setting without effect by %s", entry)
		}
		delete(entries, entry)
	}
	for entry := range entries {
		t.Errorf("%s is not in the list of this test", entry)
	}
}

func TestCheckAndResolveAgreeOnRecordedFiles(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(fixtures, "loong", "*.jsonl.gz"))
	if err != nil || len(files) == 0 {
		t.Fatal("no recorded files", err)
	}
	every := thorough.Pick(100, 10)
	for _, path := range files {
		n, failed := 0, 0
		eachRecorded(t, path, func(r recorded) {
			if n++; n%every != 0 || failed > 3 {
				return
			}
			if why := disagrees(loong.ReadAs(r.target, document.Parse(r.id, r.source), recordedEnvironment(r.env))); why != "" {
				failed++
				t.Errorf("%s %s: %s\n%s", filepath.Base(path), r.id, why, r.source)
			}
		})
	}
}

// saysNoEffect finds the words in which messages say that something written does nothing.
var saysNoEffect = regexp.MustCompile(`has no effect|(is|are) (not|never) (used|read|sent|started)|is ignored|is lost|does not reach|counts as not written|` +
	`is not a key of|is no section`)

// notIgnored are the rules that report something else in such words: of a default that is not written,
// or of a part of a text.
var notIgnored = []string{"default-model-not-used", "path-prefix-removed", "several-credentials"}

// disagrees says how the findings in a file contradict the list of what has no effect, or "".
func disagrees(cfg *loong.Config) string {
	if cfg.Verdict != loong.Loads {
		return ""
	}
	res := lint.Check(cfg.Document, cfg, &lint.Options{Rules: rules.All(), NoLines: true, NoIgnores: true})
	list := cfg.Ignored()
	told := map[*document.Node]bool{}
	keys := map[string]bool{}
	for _, f := range res.Findings {
		keys[f.KeyPath], told[f.Ignored] = true, true
		switch {
		case f.Ignored != nil && !slices.ContainsFunc(list, func(i loong.Ignored) bool { return i.Node == f.Ignored }):
			return f.Rule.Name + " reports " + f.Ignored.KeyPath() + ", which is not listed as ignored"
		case f.Ignored == nil && saysNoEffect.MatchString(f.Message) && !slices.Contains(notIgnored, f.Rule.Name):
			return f.Rule.Name + " does not declare what has no effect: " + f.Message
		}
	}
	type cause struct {
		entry string
		by    *document.Node
	}
	causes := map[cause]bool{} // one cause, one finding
	for _, i := range list {
		if told[i.Node] || keys[i.Node.KeyPath()] {
			causes[cause{i.Entry, i.By}] = true
		}
	}
	for _, i := range list {
		reported := told[i.Node] || keys[i.Node.KeyPath()] || i.By != nil && causes[cause{i.Entry, i.By}]
		if i.Why == "" || !reported {
			return i.Node.KeyPath() + " is ignored (" + i.Entry + ", " + i.Why + "), and check does not report it"
		}
	}
	return ""
}
