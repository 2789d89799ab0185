package loong

import (
	"testing"
)

func TestNormalID(t *testing.T) {
	for id, want := range map[string]string{
		"Open-AI_1": "open-ai_1", "\u00a0 a\t": "a", "1": "1", "": "", " ": "", "-a": "", "_a": "", "a.b": "", "a b": "",
		"é": "", "aÉ": "", "a-": "a-",
	} {
		if got := NormalID(id); got != want {
			t.Errorf("%q: %q, want %q", id, got, want)
		}
	}
}

// TestEquality is the table of behaviour.md 2.4 and the text above it: [provider] equals a
// profile exactly when it is recovered as that profile and not added as a new one.
func TestEquality(t *testing.T) {
	tests := []struct {
		kind, legacy, profile string
		equal                 bool
	}{
		{"openai", ``, `base_url = "https://api.openai.com"`, true},
		{"openai", ``, `base_url = "https://api.openai.com/"`, false},
		{"groq", ``, `base_url = "https://api.openai.com"`, false},
		{"groq", ``, `base_url = "https://api.groq.com"`, false},
		{"groq", `base_url = "https://api.openai.com"`, `base_url = "https://api.openai.com"`, true},
		{"anthropic", ``, `chat_completions_path = "/v1/chat/completions"`, false},
		{"openai", ``, `chat_completions_path = "/v1/chat/completions"`, true},
		{"deepseek", ``, `chat_completions_path = "/v1/chat/completions"`, true},
		{"openai", ``, `chat_completions_path = "v1/chat/completions"`, false},
		{"openai", ``, `endpoint = ""`, false},
		{"openai", ``, `endpoint = "https://api.openai.com/v1/chat/completions"`, false},
		{"openai", ``, `api_key_env = ""`, false},
		{"openai", ``, `api_key = ""`, false},
		{"openai", `api_key = ""`, `api_key = " "`, false},
		{"openai", `api_key = "a"`, `api_key = " a"`, false},
		{"openai", ``, `temperature = 0.2`, true},
		{"openai", `temperature = 1`, `temperature = 1.0`, true},
		{"openai", `temperature = nan`, `temperature = nan`, false},
		{"openai", `model = "auto"`, ``, true},
		{"openai", `model = "AUTO"`, ``, false},
		{"openai", `model = ""`, ``, false},
		{"openai", ``, `default_for_kind = true`, true},
		{"openai", ``, `unknown = 1`, true},
		{"openai", ``, `wire_api = "chat_completions"`, true},
		{"openai", ``, `wire_api = { chat_completions = {} }`, true},
		{"openai", ``, `reasoning_effort = "none"`, false},
		{"openai", ``, `max_tokens = 0`, false},
		{"openai", `max_tokens = 7`, `max_tokens = 0x7`, true},
		{"openai", ``, `retry_max_attempts = 3`, true},
		{"openai", ``, `stop = []`, true},
		{"openai", `stop = ["a", "b"]`, `stop = ["b", "a"]`, false},
		{"openai", ``, `headers = {}`, true},
		{"openai", `headers = { a = "1", b = "2" }`, `headers = { b = "2", a = "1" }`, true},
		{"openai", `headers = { a = "1" }`, `headers = { A = "1" }`, false},
		{"openai", `api_key = "$A"`, `api_key = { env = " A " }`, true},
		{"openai", `api_key = " env:A "`, `api_key = "%A%"`, true},
		{"openai", `api_key = "${A}"`, `api_key = "$B"`, false},
		{"openai", `api_key = { env = "A" }`, `api_key = { file = "A" }`, false},
		{"openai", `api_key = { file = "/a//b" }`, `api_key = { file = "/a/./b/" }`, true},
		{"openai", `api_key = { file = "./a" }`, `api_key = { file = "a" }`, false},
		{"openai", `api_key = { file = "a/../b" }`, `api_key = { file = "b" }`, false},
		{"openai", `api_key = { exec = ["x", "y"] }`, `api_key = { exec = ["x", "y"] }`, true},
		{"openai", `api_key = { exec = ["x"] }`, `api_key = { exec = ["x", ""] }`, false},
	}
	for _, tt := range tests {
		head := "kind = \"" + tt.kind + "\"\n"
		c := read(t, "[provider]\n"+head+tt.legacy+"\n[providers.zz]\n"+head+tt.profile)
		if c.Verdict != Loads {
			t.Errorf("%+v: %s %v", tt, c.Verdict, c.Problems)
			continue
		}
		if equal := len(c.Profiles) == 1 && c.ActiveProvider.Val == "zz"; equal != tt.equal {
			t.Errorf("%+v: %d profiles, active %s", tt, len(c.Profiles), c.ActiveProvider.Val)
		}
	}
}

func TestEqualityResolvesAliases(t *testing.T) {
	c := read(t, "[provider]\nkind = \"ark\"\n[providers.zz]\nkind = \"volcengine\"")
	if c.ActiveProvider.Val != "zz" || len(c.Profiles) != 1 {
		t.Errorf("active %s of %d", c.ActiveProvider.Val, len(c.Profiles))
	}
}

func TestRecoveryPrefersTheProfileNamedAsTheKind(t *testing.T) {
	c := read(t, "[provider]\n[providers.aa]\n[providers.openai]")
	if c.ActiveProvider.Val != "openai" || c.Basis != LegacyTable {
		t.Errorf("active %s, basis %d", c.ActiveProvider.Val, c.Basis)
	}
}

func TestRecoveryAddsUnderAFreeID(t *testing.T) {
	c := read(t, "[provider]\nmodel = \"m\"\n[providers.openai]\n[providers.openai-2]\n[providers.OpenAI-3]\nkind = \"groq\"")
	if c.ActiveProvider.Val != "openai-4" || len(c.Profiles) != 4 {
		t.Fatalf("active %s of %d", c.ActiveProvider.Val, len(c.Profiles))
	}
	p := c.Active()
	if !p.Legacy || p.DefaultForKind || p.Node == nil || p.Node.Name() != "provider" {
		t.Errorf("%+v", p)
	}
}

func TestLaterTableReplacesEarlier(t *testing.T) {
	c := read(t, "[providers.OpenAI]\nmodel = \"upper\"\n[providers.openai]\nmodel = \"lower\"\n[providers.\"a b\"]\nkind = \"groq\"\n[providers.groq]\nkind = \"groq\"\nmodel = \"named\"")
	var got []string
	for _, p := range c.Profiles {
		got = append(got, p.ID+" "+p.Model.Val)
	}
	if len(got) != 2 || got[0] != "groq named" || got[1] != "openai lower" {
		t.Errorf("%v", got)
	}
	if len(c.Lost) != 2 || c.Lost[0].Node.Name() != "a b" || c.Lost[0].By.Name() != "groq" || c.Lost[1].Node.Name() != "OpenAI" {
		t.Errorf("lost %+v", c.Lost)
	}
	if len(c.Saved) != 4 || !c.Saved[1].Renamed || c.Saved[1].ID != "groq" {
		t.Errorf("saved %+v", c.Saved)
	}
}

func TestSelectionFlags(t *testing.T) {
	tests := []struct {
		name, toml        string
		unknown, implicit bool
	}{
		{"named", "active_provider = \"a\"\n[providers.a]\n[providers.b]", false, false},
		{"unknown", "active_provider = \"x\"\n[providers.a]\n[providers.b]", true, false},
		{"blank", "active_provider = \"\"\n[providers.a]", true, false},
		{"implicit", "[providers.a]\n[providers.b]", false, true},
		{"single", "[providers.a]", false, false},
		{"single and another [provider]", "[provider]\nmodel = \"m\"\n[providers.a]", false, true},
		{"no profiles", "active_provider = \"x\"", false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := read(t, tt.toml)
			if c.ActiveUnknown != tt.unknown || c.ActiveImplicit != tt.implicit {
				t.Errorf("unknown %t, implicit %t", c.ActiveUnknown, c.ActiveImplicit)
			}
		})
	}
}

func TestReadOfBrokenFilesKeepsWhatIsClear(t *testing.T) {
	c := read(t, "active_provider = \"b\"\n[providers.a]\nkind = \"volcegine\"\n[providers.b]\nkind = \"OpenAI\"\nmax_tokens = \"x\"\nmodel = \"m\"\n[providers.c]\nkind = 5")
	if c.Verdict != Undecodable || c.Diagnostics != nil {
		t.Fatalf("%s %v", c.Verdict, c.Diagnostics)
	}
	if len(c.Profiles) != 1 || c.Profiles[0].ID != "b" || !c.Profiles[0].Active || c.Profiles[0].Model.Val != "m" {
		t.Errorf("profiles %+v", c.Profiles)
	}
	if len(c.KindUnknown) != 2 || c.KindUnknown[0].ID != "a" {
		t.Errorf("kind unknown %+v", c.KindUnknown)
	}
}

func TestIgnoredSettings(t *testing.T) {
	c := read(t, `active_provider = "zen"
last_provider = "x"
[provider]
[providers.zen]
kind = "opencode_zen"
modle = "m"
model = "gpt-5"
preferred_models = ["a"]
endpoint = "https://p.example/x"
base_url = "https://opencode.ai/zen/v1"
api_key = "$K"
api_key_env = "K"
oauth_access_token = " "
[providers.an]
kind = "anthropic"
base_url = "https://api.openai.com"
oauth_access_token_env = "T"
models_endpoint = "https://api.anthropic.com/v1/models"
profile_state_sqlite_path = "x"
`)
	entries := func(list []Ignored) string {
		s := ""
		for _, i := range list {
			s += i.Node.Name() + " " + i.Entry + "; "
			if i.Why == "" {
				t.Errorf("%s %s has no reason", i.Node.Name(), i.Entry)
			}
		}
		return s
	}
	want := "last_provider A11; provider A4; modle P1; preferred_models M1; endpoint U26; api_key_env K4; oauth_access_token P6; " +
		"base_url U1; oauth_access_token_env K10; models_endpoint U17; profile_state_sqlite_path N9; "
	if got := entries(c.Ignored()); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}
