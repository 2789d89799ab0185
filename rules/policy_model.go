package rules

import (
	"cmp"
	"strconv"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var policyModel = lint.Rule{
	Name:    "policy-model",
	Group:   lint.GroupPolicy,
	Summary: "a profile with a model that the policy of loonglint.toml does not allow",
	Doc: `[policy.models] says which models profiles may name. "auto", with which Loong takes a model from the service's list,
is a name like any other: list it where it is fine. Of a profile with "auto" its preferred models are judged, too.` + policyDoc,
	Level: lint.Warning,
	Since: "0.1.0",
	Settings: `[policy.models]
allow = ["claude-*"]
because = "the evaluation of March covers these models only"
`,
	Bad: `[providers.main]
kind = "anthropic"
api_key = { env = "ANTHROPIC_API_KEY" }
model = "experimental-1"
`,
	Good: `[providers.main]
kind = "anthropic"
api_key = { env = "ANTHROPIC_API_KEY" }
model = "claude-sonnet-4-5"
`,
	Run: func(p *lint.Pass) {
		policyProfiles(p, func(pr *loong.Profile) {
			at := cmp.Or(pr.Model.From.Node, pr.Node)
			reportBreach(p, &p.Policy.Models, at, "profile "+strconv.Quote(pr.ID)+" uses model "+strconv.Quote(pr.Model.Val), pr.Model.Val)
			if !pr.Auto {
				return
			}
			at = cmp.Or(pr.Table.At(schema.KeyPreferredModels).Node, at)
			for _, m := range pr.PreferredModels {
				reportBreach(p, &p.Policy.Models, at, "profile "+strconv.Quote(pr.ID)+" prefers model "+strconv.Quote(m), m)
			}
		})
	},
}
