package mask

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

func TestEveryShapeKnowsItsExample(t *testing.T) {
	b, err := os.ReadFile("../gen/facts/keyshapes.json")
	if err != nil {
		t.Fatal(err)
	}
	var facts struct {
		Shapes []struct {
			ID, Example string
			SecretPlace bool `json:"secret_place"`
		}
	}
	if err := json.Unmarshal(b, &facts); err != nil {
		t.Fatal(err)
	}
	for _, s := range facts.Shapes {
		if _, ok := KeyShape(s.Example); !ok {
			t.Errorf("%s: KeyShape(%q) knows nothing", s.ID, s.Example)
		}
		found := Find(s.Example)
		if s.SecretPlace {
			if len(found) > 0 {
				t.Errorf("%s: Find takes %q for a key outside a secret", s.ID, s.Example)
			}
			continue
		}
		if len(found) != 1 || found[0].ID != s.ID || found[0].Start != 0 || found[0].End != len(s.Example) {
			t.Errorf("%s: Find(%q) = %v", s.ID, s.Example, found)
		}
		text := `"note ` + s.Example + `" and more`
		if got, want := Text(text), `"note `+Mask+`" and more`; got != want {
			t.Errorf("%s: Text(%q) = %q", s.ID, text, got)
		}
	}
}

func TestTextMasksNothingElse(t *testing.T) {
	for _, s := range []string{
		"sk-proj", "sk-", "gpt-4o-mini-2024-07-18", "claude-sonnet-4-20250514", "task-sk-learn", "sk-learn-model-names",
		"OPENAI_API_KEY", "@cf/meta/llama-3.1-8b-instruct", "https://api.openai.com/v1/chat/completions",
		"https://gateway.ai.cloudflare.com/v1/<account_id>/<gateway_id>/openai", "e6880c91583ad61ec94927d81a92b87ae01f99c8",
		"Bearer token", "basic authentication", "operator@example.com", "mailto:a@b.example", "!room:matrix.org", "@user:matrix.org, @b:c.org",
		"AKIA", "glpat", "hf_hub", "jina_reader", "fw_model", "00000000-0000-0000-0000-000000000000", "ghp_", "eyJ", "12:30:45",
		"accounts/fireworks/models/llama-v3p1-405b-instruct", "github-copilot", "providers.a.base_url",
		"the key goes to https://api.openai.com, not here", "pk-", "rk-of-the-day",
	} {
		if got := Text(s); got != s {
			t.Errorf("Text(%q) = %q", s, got)
		}
	}
}

func TestTextMasksAddressParts(t *testing.T) {
	for in, want := range map[string]string{
		"https://user:pw@host/v1":          "https://********@host/v1",
		"https://token@host/v1":            "https://********@host/v1",
		"https://u:p/w@host/v1":            "https://********@host/v1",
		"https://host/v1?key=abc":          "https://host/v1?********",
		"at https://host/v1?key=abc now":   "at https://host/v1?******** now",
		"https://host/v1#access_token=abc": "https://host/v1#********",
		"https://host:8443/@scope/x":       "https://host:8443/@scope/x",
		"user:pw@host/v1":                  "********@host/v1",
		`"a://b:c@d" "e://f?g"`:            `"a://********@d" "e://f?********"`,
		`\nsk-9f2Kd83Lq0Zr`:                `\n********`,
	} {
		if got := Text(in); got != want {
			t.Errorf("Text(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestLongInputIsScannedOnce(t *testing.T) {
	for _, unit := range []string{"sk-", "eyJ-", "AIza-", "@", "a:@", "://", "#", "<", "-----BEGIN ", "1:", "a.", "://a#=", "="} {
		s := strings.Repeat(unit, 1<<20/len(unit))
		_ = Text(s) // quadratic work would not end in the time of a test run
		_ = Placeholders(s)
	}
}

func TestHarmless(t *testing.T) {
	for in, want := range map[string]string{
		"plain\ttext é 漢": "plain\ttext é 漢",
		"\x1b[31mred":     `\x1b[31mred`,
		"a\nb\r":          `a\nb\r`,
		"a\u202eb":        `a\u{202e}b`,
		"a\xffb":          `a\xffb`,
		"\u009b":          `\u{009b}`,
		"\ufffd":          "\ufffd",
		"\U000e0041":      `\u{e0041}`,
	} {
		if got := Harmless(in); got != want {
			t.Errorf("Harmless(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestLooksRandom(t *testing.T) {
	for s, want := range map[string]bool{
		"Kd2Lq9Zr4Xc8Vb1Nm5TyUi0Op": true,
		"MY_COMPANY_OPENAI_API_KEY": false, "My_Team_OpenAI_Key_2_Europe": false, "short1A": false,
		"lowercase0123456789012345": false, "two words Kd2Lq9Zr4Xc8Vb1Nm5T": false,
	} {
		if got := LooksRandom(s); got != want {
			t.Errorf("LooksRandom(%q) = %v", s, got)
		}
	}
}

func TestPlaceholder(t *testing.T) {
	for s, want := range map[string]string{
		"YOUR_API_KEY": "YOUR_API_KEY", "changeme": "changeme", "ChangeMe": "ChangeMe", "xxx": "xxx", "xxxxxxxx": "xxxxxxxx", "TODO": "TODO",
		"https://x.example/v1/<account_id>/y":     "<account_id>",
		"https://x.example/v1/{account}/y":        "{account}",
		"https://YOUR_RESOURCE.openai.azure.com/": "YOUR_RESOURCE",
		"https://xxx/v1":                          "xxx",
		"put_your_key_here":                       "put_your_key_here",
		"<your key>":                              "<your key>",
		"Bearer <token>":                          "<token>",
		// none
		"${OPENAI_API_KEY}": "", "$YOUR_KEY": "", "https://todo.example.com/v1": "", "gpt-4o": "", "xx": "", "": "",
		`{"a":1}`: "", "a < b > c": "", "https://api.example.com/here": "", "auto": "", "${YOUR_KEY}": "", "%YOUR_KEY%": "", "env:YOUR_KEY": "",
	} {
		got, ok := Placeholder(s)
		if got.Text != want || ok != (want != "") || s[got.Start:got.End] != want {
			t.Errorf("Placeholder(%q) = %+v, %v, want %q", s, got, ok, want)
		}
	}
	if all := Placeholders("https://x/<account_id>/<gateway_id>"); len(all) != 2 || all[1].Text != "<gateway_id>" {
		t.Errorf("Placeholders finds %v", all)
	}
}
