package schema_test

import (
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/schema"
)

func TestTargetsAreNamed(t *testing.T) {
	for text, want := range map[string][2]string{
		"dev":                              {"dev", "Loong dev, commit e6880c9"},
		"0.1.2-alpha.2":                    {"0.1.2-alpha.2", "Loong 0.1.2-alpha.2"},
		"0.1.2-alpha.1..dev":               {"0.1.2-alpha.1..dev", "Loong 0.1.2-alpha.1 to dev, commit e6880c9"},
		"0.1.2-alpha.2, 0.1.2-alpha.1":     {"0.1.2-alpha.1..0.1.2-alpha.2", "Loong 0.1.2-alpha.1 to 0.1.2-alpha.2"},
		"0.1.0-alpha.2,dev":                {"0.1.0-alpha.2,dev", "Loong 0.1.0-alpha.2 and dev, commit e6880c9"},
		"0.1.0-alpha.2..0.1.2-alpha.1,dev": {"0.1.0-alpha.2,0.1.2-alpha.1,dev", "Loong 0.1.0-alpha.2, 0.1.2-alpha.1 and dev, commit e6880c9"},
	} {
		set, err := schema.ParseTargets(text)
		if err != nil || set.String() != want[0] || set.Title() != want[1] {
			t.Errorf("%s: %q, %q, %v", text, set.String(), set.Title(), err)
		}
		if again, err := schema.ParseTargets(set.String()); err != nil || again != set {
			t.Errorf("%s is not read back: %v, %v", set, again, err)
		}
	}
	for _, text := range []string{"", "0.1.2", "dev..0.1.2-alpha.1", "0.1.2-alpha.1..", "..", ",", "DEV"} {
		if set, err := schema.ParseTargets(text); err == nil {
			t.Errorf("%q is %s", text, set)
		}
	}
}

// TestVersionsDiffer holds that a key that came or went is one in the versions that have it, and nowhere else.
func TestVersionsDiffer(t *testing.T) {
	for _, c := range []struct {
		src  string
		want [4]int // problems of a wrong type, oldest version first
	}{
		{"[feishu]\nrequire_mention = 1\n", [4]int{0, 0, 0, 1}},
		{"[conversation]\nhybrid_lane_enabled = 1\n", [4]int{1, 1, 0, 0}},
		{"[conversation]\nsafe_lane_node_max_attempts = 256\n", [4]int{1, 1, 0, 0}},
		{"[gateway]\nport = 'x'\n", [4]int{0, 0, 1, 1}},
		{"[provider]\napi_key = { env = 'A' }\n", [4]int{1, 0, 0, 0}},
		{"[provider]\nkind = 'xiaomi'\n", [4]int{1, 0, 0, 0}},
		{"[provider]\nkind = 'grok'\n", [4]int{1, 0, 0, 0}},
		{"[cli]\npersonality = ' Hermit'\n", [4]int{1, 0, 0, 0}},
		{"[cli]\npersonality = { calm_engineering = {} }\n", [4]int{0, 1, 1, 1}},
		{"[memory]\nsystem = 'recall_first'\n", [4]int{1, 1, 0, 0}},
	} {
		for i, target := range schema.AllOf() {
			if got := len(schema.Check(document.Parse("", []byte(c.src)).Root, target)); got != c.want[i] {
				t.Errorf("%s: %s finds %d problems, not %d", c.src, target, got, c.want[i])
			}
		}
	}
	for target, want := range map[schema.Target][2]string{schema.V010Alpha2: {`"deny"`, "false"}, schema.V012Alpha1: {`"allow"`, "false"}, schema.Dev: {`"allow"`, "true"}} {
		tools := schema.Root(document.Parse("", nil).Root, target).At(schema.KeyTools)
		if got := [2]string{tools.At(schema.KeyShellDefaultMode).Default(), tools.At(schema.KeyWeb).At(schema.KeyAllowPrivateHosts).Default()}; got != want {
			t.Errorf("%s: defaults %v, want %v", target, got, want)
		}
	}
}
