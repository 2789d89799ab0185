package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var pathPrefixRemoved = lint.Rule{
	Name:    "path-prefix-removed",
	Group:   lint.GroupAddresses,
	Summary: "a /v1 that Loong takes off the path, since the base ends with one",
	Doc: `For kind custom only: where base_url ends in /v1 and chat_completions_path begins with /v1, Loong sends it once.
Nothing is wrong; the file says it twice.`,
	Level:    lint.Info,
	Since:    "0.1.0",
	Covers:   []string{"U29"},
	Silences: []string{"value-clamped"},
	Bad: `[providers.main]
kind = "custom"
base_url = "https://llm.example/v1"
chat_completions_path = "/v1/chat/completions"
api_key = { env = "LLM_API_KEY" }
`,
	Good: `[providers.main]
kind = "custom"
base_url = "https://llm.example/v1"
api_key = { env = "LLM_API_KEY" }
`,
	Writes: []schema.Key{schema.KeyChatCompletionsPath},
	Profile: func(p *lint.Pass, pr *loong.Profile) {
		path, n := profileText(pr, schema.KeyChatCompletionsPath)
		if !pr.PrefixRemoved || n == nil {
			return
		}
		f := p.Report(n.Value(), "the /v1 of %q is not sent a second time", path).WithNode(n).
			WithNote("base_url ends with /v1, so Loong asks %s", trimmed(pr.DerivedRequest)).
			WithHelp("write %q", pr.Path.Val)
		if n.Text() == path && !strings.HasPrefix(pr.Path.Val, "/v1/") {
			f.WithFix(comparedSafety(p, lint.Safe), "write "+quoted(pr.Path.Val), replaceText(p.Document, n, pr.Path.Val))
		}
	},
}
