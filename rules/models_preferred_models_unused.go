package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var preferredModelsUnused = lint.Rule{
	Name:    "preferred-models-unused",
	Group:   lint.GroupModels,
	Summary: "preferred_models beside a model, which alone counts",
	Doc: `preferred_models orders the models that the service lists, which Loong asks for only while model is auto. Beside an
explicit model the list is not used. Delete it, or write model = "auto".`,
	Level:  lint.Info,
	Since:  "0.1.0",
	Covers: []string{"M1"},
	Bad: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
model = "gpt-4.1"
preferred_models = ["gpt-4.1-mini"]
`,
	Good: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
model = "auto"
preferred_models = ["gpt-4.1-mini"]
`,
	Writes: []schema.Key{schema.KeyPreferredModels},
	Table: func(p *lint.Pass, table schema.Value, _ *loong.Profile) {
		for _, i := range p.IgnoredInTable(table) {
			if i.Entry != "M1" {
				continue
			}
			f := p.Report(i.Node.Place(), "preferred_models is not used beside an explicit model").WithNode(i.Node).WithIgnored(i.Node).
				WithNote("it only orders the models that the service lists").WithRelated(spanOf(i.By), "this model is used").
				WithHelp("delete it, or write model = \"auto\"")
			removeKey(p, f, i.Node, lint.Safe)
		}
	},
}
