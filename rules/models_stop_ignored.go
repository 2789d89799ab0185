package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var stopIgnored = lint.Rule{
	Name:    "stop-ignored",
	Group:   lint.GroupModels,
	Summary: "stop words in a request that cannot carry them",
	Doc: `Loong sends stop in chat-completions requests only. With anthropic, with bedrock, with wire_api = "responses" and for Gemini
models of opencode_zen it is dropped, and the answer runs on. Delete it, or cut the answer where you use it.`,
	Level:  lint.Warning,
	Since:  "0.1.0",
	Covers: []string{"N8"},
	Bad: `[providers.main]
kind = "anthropic"
api_key = { env = "ANTHROPIC_API_KEY" }
stop = ["END"]
`,
	Good: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
stop = ["END"]
`,
	Writes: []schema.Key{schema.KeyStop},
	Profile: func(p *lint.Pass, pr *loong.Profile) {
		for i := range p.Config.IgnoredOf(pr) {
			if i.Entry != "N8" {
				continue
			}
			f := p.Report(i.Node.Place(), "stop is not sent").WithNode(i.Node).WithIgnored(i.Node).WithHelp("delete it")
			if pr.OwnPayload() {
				f.WithNote("requests of %s cannot carry it", payloadName(pr))
			} else {
				f.WithNote("requests in the form of the Responses API cannot carry it")
			}
			removeKey(p, f, i.Node, lint.Safe)
		}
	},
}
