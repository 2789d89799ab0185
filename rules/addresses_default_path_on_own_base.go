package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var defaultPathOnOwnBase = lint.Rule{
	Name:    "default-path-on-own-base",
	Group:   lint.GroupAddresses,
	Summary: "OpenAI's path on the address of a kind that has another path",
	Doc: `When Loong saves a profile that had a base_url and no chat_completions_path, it writes OpenAI's
/v1/chat/completions as the path, for every kind. From then on the path of the kind is lost: zhipu at https://api.z.ai
asks /v1/chat/completions and not /api/paas/v4/chat/completions. Delete chat_completions_path.

On a host that the catalog does not know the path may be meant, for a proxy that speaks OpenAI's dialect.`,
	Level:    lint.Error,
	Levels:   "warning where the host is none of the kind's",
	Since:    "0.1.0",
	Covers:   []string{"S3"},
	Address:  true,
	Silences: []string{"models-route-differs"},
	Bad: `[providers.main]
kind = "zhipu"
base_url = "https://api.z.ai"
chat_completions_path = "/v1/chat/completions"
api_key = { env = "ZHIPU_API_KEY" }
`,
	Good: `[providers.main]
kind = "zhipu"
base_url = "https://api.z.ai"
api_key = { env = "ZHIPU_API_KEY" }
`,
	Writes:  []schema.Key{schema.KeyChatCompletionsPath},
	Profile: runDefaultPathOnOwnBase,
}

func runDefaultPathOnOwnBase(p *lint.Pass, pr *loong.Profile) {
	base, baseNode := profileText(pr, schema.KeyBaseURL)
	path, n := profileText(pr, schema.KeyChatCompletionsPath)
	switch {
	case n == nil || baseNode == nil || pr.Path.From.Node != n || pr.EndpointOverrides || pr.RoutesByModel():
		return
	case loong.NormalPath(path) != loong.OpenAIPath || loong.NormalPath(pr.Kind.ChatPath) == loong.OpenAIPath || pr.Kind.ID == "custom":
		return
	}
	f := p.Report(n.Value(), "kind %s uses the path %s, but this is OpenAI's path", pr.Kind.ID, pr.Kind.ChatPath).WithNode(n).
		WithRelated(spanOf(baseNode), "on this address").
		WithNote("Loong writes this path itself when it saves a profile without one; requests go to %s", trimmed(pr.Request.Val)).
		WithHelp("delete chat_completions_path")
	if !originOf(pr.Route, base).isOf(pr.Kind) {
		f.WithSeverity(lint.Warning)
	}
	removeKey(p, f, n, lint.Unsafe)
}
