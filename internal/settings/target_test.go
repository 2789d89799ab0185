package settings

import (
	"strings"
	"testing"

	"github.com/loonglint/loonglint/schema"
)

// TestTargets holds who says as which version of Loong a file is read: whoever asks, else the last override that
// matches, else the settings.
func TestTargets(t *testing.T) {
	s := Settings{File: readIn(t, FileName, `target-loong = "0.1.2-alpha.1..dev"
[[overrides]]
paths = ["old/"]
target-loong = "0.1.0-alpha.2"
[[overrides]]
paths = ["old/*.toml"]
rules = {}
`)}
	for file, want := range map[string]string{"": "0.1.2-alpha.1..dev", "a.toml": "0.1.2-alpha.1..dev", "old/a.toml": "0.1.0-alpha.2"} {
		if got := s.TargetsOf(file).String(); got != want {
			t.Errorf("%q is read as %s, not %s", file, got, want)
		}
	}
	s.Explicit.Targets = schema.Targets(0).With(schema.Dev)
	if got := s.TargetsOf("old/a.toml").String(); got != "dev" {
		t.Errorf("what is asked for yields to the file: %s", got)
	}
	if got := (&Settings{}).TargetsOf("a.toml"); got != 0 {
		t.Errorf("without settings it is %s", got)
	}
	_, err := Parse(FileName, []byte("target-loong = \"0.3\"\n"), testRules)
	if err == nil || !strings.Contains(err.Error(), `"0.3" is not a version of Loong: use one of 0.1.0-alpha.2, 0.1.2-alpha.1, 0.1.2-alpha.2, dev`) {
		t.Errorf("a version that is not known: %v", err)
	}
}
