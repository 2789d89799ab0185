package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var preferredModelsRepeated = lint.Rule{
	Name:    "preferred-models-repeated",
	Group:   lint.GroupModels,
	Summary: "a preferred model that is blank or appears twice",
	Doc: `Loong drops blank entries of preferred_models, and those that repeat an earlier one. Nothing is lost, but the second
model that you meant is perhaps not there. Delete the entry, or write the model that you meant.`,
	Level:    lint.Info,
	Since:    "0.1.0",
	Covers:   []string{"M3"},
	Silences: []string{"value-clamped"},
	Bad: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
preferred_models = ["gpt-4.1", "gpt-4.1"]
`,
	Good: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
preferred_models = ["gpt-4.1", "gpt-4.1-mini"]
`,
	Writes: []schema.Key{schema.KeyPreferredModels},
	Table: func(p *lint.Pass, table schema.Value, _ *loong.Profile) {
		texts, ok := table.At(schema.KeyPreferredModels).Texts()
		if !ok {
			return
		}
		before := map[string]bool{}
		for i, v := range table.At(schema.KeyPreferredModels).Items() {
			text := strings.TrimSpace(texts[i])
			switch {
			case text == "":
				p.Report(v.Node.Value(), "a preferred model is blank and is dropped").WithNode(v.Node).WithHelp("delete it, or name a model")
			case before[text]:
				p.Report(v.Node.Value(), "%s appears twice in preferred_models; Loong drops this one", quoted(text)).WithNode(v.Node).
					WithHelp("delete it, or name another model")
			}
			before[text] = true
		}
	},
}
