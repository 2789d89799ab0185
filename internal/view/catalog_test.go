package view

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/loong"
)

// factKind is what the guide page of a kind states, as the facts have it.
type factKind struct {
	ID                string   `json:"id"`
	DisplayName       string   `json:"display_name"`
	Group             *string  `json:"group"`
	ProtocolFamily    string   `json:"protocol_family"`
	FeatureFamily     string   `json:"feature_family"`
	AuthScheme        string   `json:"auth_scheme"`
	ProfileAliases    []string `json:"profile_aliases"`
	BaseURL           string   `json:"base_url"`
	Placeholders      []string `json:"placeholders"`
	APIKeyEnv         *string  `json:"api_key_env"`
	APIKeyEnvAliases  []string `json:"api_key_env_aliases"`
	OAuthEnv          *string  `json:"oauth_env"`
	OAuthEnvAliases   []string `json:"oauth_env_aliases"`
	AuthOptional      bool     `json:"auth_optional"`
	ProbeAuthOptional bool     `json:"model_probe_auth_optional"`
	RegionEnvNames    []string `json:"region_env_names"`
	Endpoints         struct {
		Chat struct {
			Request string `json:"request_endpoint"`
			Models  string `json:"models_endpoint"`
		} `json:"chat_completions"`
	} `json:"default_endpoints"`
}

func factKinds(t *testing.T) []factKind {
	t.Helper()
	raw, err := os.ReadFile("../../facts/catalog.json")
	if err != nil {
		t.Fatal(err)
	}
	var f struct{ Kinds []factKind }
	if err := json.Unmarshal(raw, &f); err != nil {
		t.Fatal(err)
	}
	return f.Kinds
}

func orNone(words ...string) string {
	var some []string
	for _, w := range words {
		if w != "" {
			some = append(some, w)
		}
	}
	if len(some) == 0 {
		return "none"
	}
	return strings.Join(some, ", ")
}

func text0(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// TestKindPageStatesAllFacts compares every page with the facts it is made from.
func TestKindPageStatesAllFacts(t *testing.T) {
	kinds := factKinds(t)
	if len(kinds) != 45 {
		t.Fatalf("%d kinds", len(kinds))
	}
	for _, f := range kinds {
		var b bytes.Buffer
		if err := Kind(&b, loong.KindByName(f.ID), 0); err != nil {
			t.Fatal(err)
		}
		page := b.String()
		for name, want := range map[string]string{
			"kind": f.ID, "group": orNone(text0(f.Group)), "protocol family": f.ProtocolFamily,
			"feature family": f.FeatureFamily, "auth scheme": f.AuthScheme,
			"credential variables":      orNone(append([]string{text0(f.APIKeyEnv)}, f.APIKeyEnvAliases...)...),
			"default key variable":      orNone(text0(f.APIKeyEnv)),
			"OAuth variables":           orNone(append([]string{text0(f.OAuthEnv)}, f.OAuthEnvAliases...)...),
			"aliases":                   orNone(f.ProfileAliases...),
			"default base address":      f.BaseURL,
			"request route":             f.Endpoints.Chat.Request,
			"models route":              f.Endpoints.Chat.Models,
			"placeholders":              orNone(f.Placeholders...),
			"auth optional":             yesNo(f.AuthOptional),
			"model probe auth optional": yesNo(f.ProbeAuthOptional),
		} {
			line := name + strings.Repeat(" ", 26-len(name)) + " " + want + "\n"
			if !strings.Contains(page, "\n"+line) {
				t.Errorf("%s: no line %q in\n%s", f.ID, line, page)
			}
		}
		pin := "preferred_models"
		if loong.KindByName(f.ID).Advice != nil { // a gateway without a list of models
			pin = "provider/model"
		}
		for _, want := range append(f.RegionEnvNames, f.DisplayName, "loong doctor", `kind = "`+f.ID+`"`, pin) {
			if !strings.Contains(page, want) {
				t.Errorf("%s: %q is missing in\n%s", f.ID, want, page)
			}
		}
	}
}

func TestCatalogJSONIsWhole(t *testing.T) {
	var b bytes.Buffer
	if err := CatalogJSON(&b, loong.KindsOf(0), 0); err != nil {
		t.Fatal(err)
	}
	var doc catalogDocument
	if err := json.Unmarshal(b.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	aliases := 0
	for i, f := range factKinds(t) {
		k := doc.Kinds[i]
		aliases += len(k.Aliases)
		if k.Kind != f.ID || k.RequestURL != f.Endpoints.Chat.Request || k.ModelsURL != f.Endpoints.Chat.Models || len(k.Notes) == 0 {
			t.Errorf("%s is given as %+v", f.ID, k)
		}
	}
	if aliases != 82 {
		t.Errorf("%d aliases", aliases)
	}
	if strings.Contains(b.String(), "null,\n      \"aliases\": null") || strings.Contains(b.String(), `\u003c`) {
		t.Error("lists are null, or < is escaped")
	}
}
