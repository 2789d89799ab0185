package cli

import (
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/sheet"
	"github.com/loonglint/loonglint/rules"
)

// TestMinimalConfigs holds, for every kind, that what init prints loads, has no finding of any level once it is
// filled in, with and without comments, and says what is to be filled in until then.
func TestMinimalConfigs(t *testing.T) {
	for _, k := range loong.Kinds() {
		config := sheet.MinimalConfig(&k, 0, true)
		bare := sheet.MinimalConfig(&k, 0, false)
		if strings.Contains(bare, "#") || len(bare) >= len(config) {
			t.Errorf("%s: without comments it is:\n%s", k.ID, bare)
		}
		unfilled := checkText(config)
		for _, p := range k.Placeholders {
			if k.RequiresOwnBase && !strings.Contains(config, "Replace ") {
				t.Errorf("%s: no comment says that %s is to be replaced", k.ID, p)
			}
			value := "filled-in.example"
			if p == "<account_id>" {
				value = "0123456789abcdef0123456789abcdef"
			}
			config, bare = strings.ReplaceAll(config, p, value), strings.ReplaceAll(bare, p, value)
		}
		if unfilled.Verdict != loong.Loads {
			t.Errorf("%s: verdict %s of\n%s", k.ID, unfilled.Verdict, config)
		}
		if got := hasRule(unfilled, "unreplaced-placeholder"); got != k.RequiresOwnBase {
			t.Errorf("%s: unreplaced-placeholder reported: %v, want %v", k.ID, got, k.RequiresOwnBase)
		}
		for _, filled := range []string{config, bare} {
			for _, f := range checkText(filled).Findings {
				t.Errorf("%s: %s at line %d: %s\n%s", k.ID, f.Rule.Name, f.Start.Line, f.Message, filled)
			}
		}
	}
}

func checkText(toml string) *lint.FileResult {
	doc := document.Parse("loong.toml", []byte(toml))
	return lint.Check(doc, loong.Read(doc, loong.Static()), &lint.Options{Rules: rules.All()})
}

func hasRule(r *lint.FileResult, name string) bool {
	for _, f := range r.Findings {
		if f.Rule.Name == name {
			return true
		}
	}
	return false
}

func TestMinimalConfigCredentials(t *testing.T) {
	for _, k := range loong.Kinds() {
		config := sheet.MinimalConfig(&k, 0, false)
		var want string
		switch {
		case k.APIKeyEnv != "":
			want = `api_key = { env = "` + k.APIKeyEnv + `" }`
		case k.OAuthEnv != "":
			want = `oauth_access_token = { env = "` + k.OAuthEnv + `" }`
		}
		if want == "" && strings.Contains(config, "env =") || !strings.Contains(config, want) {
			t.Errorf("%s: want %q in\n%s", k.ID, want, config)
		}
	}
}
