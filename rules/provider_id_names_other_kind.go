package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var idNamesOtherKind = lint.Rule{
	Name:    "id-names-other-kind",
	Group:   lint.GroupProvider,
	Summary: "a profile named after one kind that is of another",
	Doc: `The id of a profile has no influence on its kind. A profile called anthropic with kind = "openai" sends everything
to OpenAI, and reports show both words. Choose an id that fits, or the kind that the id suggests.`,
	Level:  lint.Info,
	Since:  "0.1.0",
	Covers: []string{"P7"},
	Bad: `[providers.anthropic]
kind = "openrouter"
api_key = { env = "OPENROUTER_API_KEY" }
`,
	Good: `[providers.claude]
kind = "openrouter"
api_key = { env = "OPENROUTER_API_KEY" }
`,
	Writes: []schema.Key{schema.KeyKind},
	Profile: func(p *lint.Pass, pr *loong.Profile) {
		n := pr.Table.At(schema.KeyKind).Node
		named := loong.FoldKind(pr.Written)
		if n == nil || named == nil || named == pr.Kind {
			return
		}
		p.Report(spanOf(n), "profile %q is of kind %s, not %s", pr.ID, pr.Kind.ID, named.ID).WithNode(n).
			WithRelated(pr.Node.Place(), "named after %s", named.ID).
			WithHelp("write kind = %q, or give the profile another id", named.ID)
	},
}
