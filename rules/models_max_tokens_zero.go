package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var maxTokensZero = lint.Rule{
	Name:    "max-tokens-zero",
	Group:   lint.GroupModels,
	Summary: "max_tokens = 0, which is sent and does not mean that there is no limit",
	Doc: `Loong sends max_tokens as it is, so 0 asks for an answer of no length, which services refuse. For no limit of your own
leave the key out.`,
	Level:  lint.Warning,
	Since:  "0.1.0",
	Covers: []string{"N6"},
	Bad: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
max_tokens = 0
`,
	Good: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
`,
	Writes: []schema.Key{schema.KeyMaxTokens},
	Table: func(p *lint.Pass, table schema.Value, _ *loong.Profile) {
		v := table.At(schema.KeyMaxTokens)
		if n, ok := v.Int(); ok && n == 0 {
			f := p.Report(v.Node.Value(), "max_tokens = 0 is sent as it is").WithNode(v.Node).
				WithNote("it does not mean that there is no limit; services refuse it").WithHelp("delete it for no limit of your own")
			removeKey(p, f, v.Node, lint.Unsafe)
		}
	},
}
