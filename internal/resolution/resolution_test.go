package resolution

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
)

// TestDocument shows the whole document of one profile, channels aside.
func TestDocument(t *testing.T) {
	c := loong.Read(document.Parse("", []byte("last_provider = \"A\"\n[providers.a]\nkind = \"groq\"\nmodel = \"x\\ty\\u007f\\\"é\"\n")), loong.Static())
	r := Of(c)
	r.File = "a.toml"
	got := string(r.AppendJSON(nil))
	want := `{"schema":"loonglint.resolve.v1","file":"a.toml","target":"0.1.2-alpha.2","verdict":"loads","diagnostics":[],"active_provider":"a","last_provider":"a",` +
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
	c := loong.Read(document.Parse("", []byte("[provider]\nbase_url = \"https://u:sesame@p.example/?k=sesame\"\nmodel = \"sesame\"\napi_key_env = \"sesame\"\n[telegram.accounts.sesame]\n")), loong.Given(nil))
	cover := func(s string) string { return strings.ReplaceAll(s, "sesame", "***") }
	r := Of(c)
	before := string(r.AppendJSON(nil))
	got := string(r.masked(cover, cover, cover).AppendJSON(nil))
	if strings.Contains(got, "sesame") || !strings.Contains(before, "sesame") {
		t.Errorf("masked: %.600s", got)
	}
	if after := string(r.AppendJSON(nil)); after != before {
		t.Error("masking changed the original")
	}
}
