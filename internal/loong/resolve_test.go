package loong

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/testing/hostile"
)

// TestResolveDocument shows the whole document of one profile, channels aside.
func TestResolveDocument(t *testing.T) {
	c := Read(document.Parse("", []byte("last_provider = \"A\"\n[providers.a]\nkind = \"groq\"\nmodel = \"x\\ty\\u007f\\\"é\"\n")), Static())
	r := c.Resolve()
	r.File = "a.toml"
	got := string(r.AppendJSON(nil))
	want := `{"schema":"loonglint.resolve.v1","file":"a.toml","verdict":"loads","diagnostics":[],"active_provider":"a","last_provider":"a",` +
		`"profiles":{"a":{"kind":"groq","default_for_kind":false,"base_url":"https://api.groq.com",` +
		`"request_url":"https://api.groq.com/openai/v1/chat/completions","models_url":"https://api.groq.com/openai/v1/models",` +
		`"model":"x\u0009y\u007f\"é","preferred_models":[],"transport":"ready",` +
		`"credential":{"env_names":["GROQ_API_KEY"],"env":null,"resolved":null,"key_candidates":null,"required":true},"hint":false}},"channels":{`
	if !strings.HasPrefix(got, want) {
		t.Errorf("have %.900s\nwant %s", got, want)
	}
	var v struct{ Channels map[string]any }
	if err := json.Unmarshal([]byte(got), &v); err != nil {
		t.Fatal(err)
	}
	if len(v.Channels) != 27 {
		t.Errorf("%d channels", len(v.Channels))
	}
}

func TestMaskedLeavesNothingUnmasked(t *testing.T) {
	c := read(t, "[provider]\nbase_url = \"https://u:sesame@p.example/?k=sesame\"\nmodel = \"sesame\"\napi_key_env = \"sesame\"\n[telegram.accounts.sesame]\n")
	cover := func(s string) string { return strings.ReplaceAll(s, "sesame", "***") }
	r := c.Resolve()
	before := string(r.AppendJSON(nil))
	got := string(r.Masked(cover, cover, cover).AppendJSON(nil))
	if strings.Contains(got, "sesame") || !strings.Contains(before, "sesame") {
		t.Errorf("masked: %.600s", got)
	}
	if after := string(r.AppendJSON(nil)); after != before {
		t.Error("masking changed the original")
	}
}

func TestCatalog(t *testing.T) {
	if len(Kinds()) != 45 || len(KindNames()) != 127 || !slices.IsSorted(KindNames()) {
		t.Errorf("%d kinds, %d names", len(Kinds()), len(KindNames()))
	}
	for i := range Kinds() {
		k := &Kinds()[i]
		for _, n := range append([]string{k.ID}, k.Aliases...) {
			if KindByName(n) != k {
				t.Errorf("%s is not %s", n, k.ID)
			}
		}
	}
	for _, n := range []string{"", "OpenAI", " openai", "open-ai", "zzz"} {
		if KindByName(n) != nil {
			t.Errorf("%q is a kind", n)
		}
	}
	if k := FoldKind(" OpenAI\t"); k == nil || k.ID != "openai" || !k.IsDefault {
		t.Errorf("folded: %v", k)
	}
	if FoldKind("OPENAİ") != nil {
		t.Error("letters beyond ASCII are folded")
	}
}

// FuzzRead holds that reading and resolving never panics and always gives JSON.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"", "provider = []", "provider = 1979-05-27", "[[providers]]\na = 1", "providers = { a = 1, b = {} }", "[providers.\"\"]\nkind = \"x\"",
		"provider.headers = 07:08:09", "[provider]\nkind = { groq = {} }\napi_key = { env = [] }", "active_provider = 1\nlast_provider = {}", "x = "} {
		f.Add(s)
	}
	samples, err := hostile.Samples("../../fixtures")
	if err != nil {
		f.Fatal(err)
	}
	for _, src := range samples {
		f.Add(string(src))
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, env := range []*Environment{Static(), Declare(nil, nil)} {
			c := Read(document.Parse("", []byte(s)), env)
			if b := c.Resolve().AppendJSON(nil); !json.Valid(b) {
				t.Errorf("not JSON: %s", b)
			}
			for i := range c.Profiles {
				c.Profiles[i].Ignored()
				c.Profiles[i].SigningRegion(env)
			}
			c.Ignored()
			c.Channels()
		}
	})
}
