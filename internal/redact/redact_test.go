package redact

import (
	"strings"
	"testing"
)

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
		"a\x7f":           `a\x7f`,
		"\u009f\u00a1":    "\\u{009f}¡",
		"\ufffd":          "\ufffd",
		"\U000e0041":      `\u{e0041}`,
	} {
		if got := Harmless(in); got != want {
			t.Errorf("Harmless(%q) = %q, want %q", in, got, want)
		}
	}
}
