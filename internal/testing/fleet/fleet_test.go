package fleet

import (
	"testing"

	"github.com/loonglint/loonglint"
)

// TestGoodConfigsAreSilent holds that benchmarks of clean files measure clean files.
func TestGoodConfigsAreSilent(t *testing.T) {
	distinct := map[string]bool{}
	for i := range 2000 {
		path, toml := Good(i)
		distinct[toml] = true
		res, err := loonglint.Check(path, []byte(toml), loonglint.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range res.Findings {
			if f.Severity >= loonglint.Warning {
				t.Fatalf("%s: %s: %s\n%s", path, f.Rule, f.Message, toml)
			}
		}
	}
	if len(distinct) < 500 {
		t.Errorf("only %d are different", len(distinct))
	}
}
