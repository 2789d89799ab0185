package rules

import (
	"cmp"
	"strconv"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

var policyKind = lint.Rule{
	Name:    "policy-kind",
	Group:   lint.GroupPolicy,
	Summary: "a profile of a provider kind that the policy of loonglint.toml does not allow",
	Doc: `[policy.kinds] says which provider kinds profiles may have. A file that chooses no provider counts as the kind that
Loong then takes.` + policyDoc,
	Level: lint.Warning,
	Since: "0.1.0",
	Settings: `[policy.kinds]
allow = ["anthropic", "bedrock*"]
because = "only vendors with a signed contract"
`,
	Bad: `[providers.main]
kind = "groq"
api_key = { env = "GROQ_API_KEY" }
`,
	Good: `[providers.main]
kind = "anthropic"
api_key = { env = "ANTHROPIC_API_KEY" }
`,
	Run: func(p *lint.Pass) {
		policyProfiles(p, func(pr *loong.Profile) {
			reportBreach(p, &p.Policy.Kinds, cmp.Or(pr.KindFrom().Node, pr.Node), "profile "+strconv.Quote(pr.ID)+" is of kind "+pr.Kind.ID, pr.Kind.ID)
		})
	},
}
