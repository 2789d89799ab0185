package rules_test

import (
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
)

// A time that gets the name it is meant to have stays as long as it is, and where nobody can tell its unit the key is not
// renamed.
func TestRenamesKeepUnits(t *testing.T) {
	const profile = "[providers.main]\nkind = \"openai\"\nmodel = \"gpt-5\"\napi_key = { env = \"OPENAI_API_KEY\" }\n"
	for _, c := range []struct{ table, line, want string }{
		{profile, "request_timeout = 90", "request_timeout_ms = 90000"},
		{profile, "request_timeout = 1", "request_timeout_ms = 1000"},
		{profile, "request_timeout = 60000", "request_timeout_ms = 60000"},
		{profile, "request_timeout = 700", ""}, // more than either limit allows
		{profile, "request_timeout = 0", ""},
		{profile, "request_timeout = -1", ""},
		{profile, "request_timeout_s = 90", "request_timeout_ms = 90000"},
		{profile, "retry_initial_backoff_s = 5", "retry_initial_backoff_ms = 5000"},
		{profile, "retry_initial_backoff_s = 300", ""}, // Loong would make ten seconds of it
		{profile, "request_timeout_sec = 90", "request_timeout_ms = 90000"},
		{profile, "requestTimeoutMs = 90000", "request_timeout_ms = 90000"},
		{profile, "requestTimeoutS = 90", "request_timeout_ms = 90000"},
		{profile, "request_timeot_ms = 90000", "request_timeout_ms = 90000"},
		{profile, "request_timeot_ms = 90", ""}, // Loong would make 1000 of it
		{profile, "request_timeout_m = 2", ""},  // minutes, or ms misspelled
		{profile, "profile_cooldown = 1_000_000", "profile_cooldown_ms = 1_000_000"},
		{profile, "retry_max_attempt = 3", "retry_max_attempts = 3"},
		{profile, "max_token = 90", "max_tokens = 90"},
		{profile, "max_chars = 90", ""},
		{"[feishu_integration]\n", "request_timeout = 30000", "request_timeout_s = 30"},
		{"[feishu_integration]\n", "request_timeout = 20", "request_timeout_s = 20"},
		{"[feishu_integration]\n", "request_timeout_ms = 20000", "request_timeout_s = 20"},
		{"[feishu_integration]\n", "request_timeout_ms = 20500", ""},
	} {
		src := c.table + c.line + "\n"
		got := ""
		for _, f := range check(nil, "loong.toml", src, static()).Findings {
			if x := f.Fix(); f.Rule.Name == "unknown-key" && x != nil {
				fixed, err := document.Apply([]byte(src), x.Edits)
				if err != nil {
					t.Fatal(err)
				}
				got = strings.TrimSpace(strings.TrimPrefix(string(fixed), c.table))
			}
		}
		if got != c.want {
			t.Errorf("%s becomes %q, not %q", c.line, got, c.want)
		}
	}
}
