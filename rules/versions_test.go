package rules_test

import (
	"slices"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/rules"
	"github.com/loonglint/loonglint/schema"
)

// TestTextsNameTheVersion holds what findings say of a version: each text is there for the versions that are asked for, and
// a text that would be untrue of them is not.
func TestTextsNameTheVersion(t *testing.T) {
	const untrue = "" // nothing of this rule may be said
	for _, c := range []struct{ targets, src, rule, want string }{
		{"0.1.2-alpha.2", "[feishu]\nrequire_mention = true\n", "newer-key",
			`"require_mention" is known since Loong dev, commit e6880c9; Loong 0.1.2-alpha.2 ignores it`},
		{"dev", "[feishu]\nrequire_mention = true\n", "newer-key", untrue},
		{"0.1.2-alpha.1..dev", "[feishu]\nrequire_mention = true\n", "newer-key",
			`"require_mention" is known since Loong dev, commit e6880c9; Loong 0.1.2-alpha.1 to 0.1.2-alpha.2 ignore it`},
		{"0.1.2-alpha.1", "[skills]\nenabled = true\n", "newer-key", `[skills] is known since Loong 0.1.2-alpha.2; Loong 0.1.2-alpha.1 ignores it`},
		{"0.1.0-alpha.2", "[conversation.turn_loop]\nmax_total_tool_calls = 3\n", "newer-key",
			`"max_total_tool_calls" is known since Loong 0.1.2-alpha.1; Loong 0.1.0-alpha.2 ignores it`},
		{"0.1.2-alpha.2", "[external_skills]\nenabled = true\n", "removed-key", "[external_skills] was removed in Loong 0.1.2-alpha.2 and is ignored"},
		{"0.1.2-alpha.1", "[external_skills]\nenabled = true\n", "removed-key", untrue},
		{"0.1.2-alpha.1", "[conversation]\nhybrid_lane_enabled = true\n", "unknown-key", untrue},
		{"0.1.0-alpha.2", "[providers.a]\nkind = \"nope\"\n", "unknown-provider-kind", `"nope" is not a Loong provider kind or alias`},
		{"0.1.0-alpha.2,dev", "[providers.a]\nkind = \"grok\"\n", "refused-by-version", `"grok" is known since Loong 0.1.2-alpha.1; Loong 0.1.0-alpha.2 refuses the file`},
		{"0.1.0-alpha.2..0.1.2-alpha.1", "[telegram]\nbot_token = { env = \"A\" }\n", "refused-by-version", "Loong 0.1.0-alpha.2 refuses the file: it wants a string here"},
		{"0.1.0-alpha.2", "[telegram]\nbot_token = { env = \"A\" }\n", "wrong-type", "bot_token is a table, not a string"},
		{"0.1.2-alpha.1..dev", "[telegram]\nbot_token = { env = \"A\" }\n", "refused-by-version", untrue},
		{"0.1.0-alpha.2,dev", "[cli]\nexit_commands = []\n", "default-differs",
			`tools.shell_default_mode is not written: its default is "deny" in Loong 0.1.0-alpha.2, and "allow" in Loong dev, commit e6880c9`},
		{"0.1.2-alpha.2..dev", "", "default-differs", untrue},
		{"0.1.0-alpha.2..dev", "[providers.a]\nkind = \"openai\"\napi_key = \"env:MY-KEY\"\n", "meaning-differs",
			"api_key names the variable MY-KEY in Loong 0.1.0-alpha.2; Loong dev, commit e6880c9 sends the text itself as the secret"},
		{"0.1.2-alpha.1..dev", "[providers.a]\nkind = \"openai\"\napi_key = \"env:MY-KEY\"\n", "meaning-differs", untrue},
		{"0.1.2-alpha.1..dev", "conversation = [\"a\", [], true, 1, 2, 3, 4]\n", "meaning-differs",
			"entry 7 counts as compact_fail_open in Loong 0.1.2-alpha.1, and as compact_preserve_recent_estimated_tokens in Loong dev, commit e6880c9"},
		{"0.1.0-alpha.2,dev", "[provider]\nkind = \"groq\"\napi_key = \"$A\"\n[providers.main]\nkind = \"groq\"\napi_key = \"${A}\"\n", "meaning-differs",
			`the active provider is "groq" in Loong 0.1.0-alpha.2, and "main" in Loong dev, commit e6880c9`},
		{"0.1.2-alpha.2", "", "wider-default", `tools.shell_default_mode is not written: it was "deny" in Loong 0.1.0 and is "allow" now`},
		{"0.1.0-alpha.2", "", "wider-default", untrue},
		{"0.1.2-alpha.2", "[discord]\napplication_id = \"1\"\n", "inert-key", "application_id is read but not used by Loong 0.1.2-alpha.2, apart from status notes"},
		{"0.1.2-alpha.1", "[providers.a]\nkind = \"openai\"\nrequest_timeout_ms = 1\n", "value-clamped", untrue},
		{"0.1.2-alpha.1", "[mcp.servers.a]\ncommand = \"x\"\n", "table-not-used", untrue},
		{"0.1.2-alpha.1", "[discord]\napplication_id = \"1\"\n", "inert-key", untrue},
	} {
		targets, err := schema.ParseTargets(c.targets)
		if err != nil {
			t.Fatal(err)
		}
		doc := document.Parse("loong.toml", []byte(c.src))
		res := lint.Check(doc, loong.ReadAll(targets, doc, loong.Static()), &lint.Options{Rules: rules.All(), LevelOf: func(_ string, r *lint.Rule) lint.Level {
			if r.OptIn && r.Name == c.rule {
				return r.Level
			}
			return 0
		}})
		var said []string
		for _, f := range res.Findings {
			if f.Rule.Name == c.rule {
				said = append(said, f.Message)
			}
		}
		if (c.want == untrue) != (len(said) == 0) || c.want != untrue && !slices.Contains(said, c.want) {
			t.Errorf("%s, as %s, %s says %q, want %q", c.src, c.targets, c.rule, said, c.want)
		}
	}
}
