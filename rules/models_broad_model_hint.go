package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var broadModelHint = lint.Rule{
	Name:    "broad-model-hint",
	Group:   lint.GroupModels,
	Summary: "a model hint so short that it may match other models",
	Doc: `An entry of tool_schema_disabled_model_hints, tool_schema_strict_model_hints, reasoning_extra_body_kimi_model_hints and
reasoning_extra_body_omit_model_hints matches every model that holds it anywhere, in upper or lower case: "o1" matches gpt-4o1 as well.
Where a model matches both lists of a pair, disabled beats strict, and omit beats kimi. Write more of the name, so that only your models match.`,
	Level:  lint.Info,
	Since:  "0.1.0",
	Covers: []string{"N10"},
	Bad: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
tool_schema_disabled_model_hints = ["o1"]
`,
	Good: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
`,
	Writes: []schema.Key{schema.KeyToolSchemaDisabledModelHints, schema.KeyToolSchemaStrictModelHints, schema.KeyReasoningExtraBodyOmitModelHints, schema.KeyReasoningExtraBodyKimiModelHints},
	Table: func(p *lint.Pass, table schema.Value, _ *loong.Profile) {
		for _, pair := range loong.HintLists {
			modelHints(p, table.At(pair[0]))
			weak := modelHints(p, table.At(pair[1]))
			for _, i := range p.IgnoredInTable(table) {
				if weak != nil && i.Entry == "N10" && i.Node.Parent == table.NodeOf(pair[1]) {
					beatenHint(weak, i)
					break
				}
			}
		}
	},
}

// modelHints reports a list of hints once; nil where it has none.
func modelHints(p *lint.Pass, list schema.Value) *lint.Finding {
	texts, _ := list.Texts()
	if strings.TrimSpace(strings.Join(texts, "")) == "" {
		return nil
	}
	return p.Report(list.Node.Place(), "%s matches every model whose name holds one of its entries", list.Node.Name()).WithNode(list.Node).
		WithNote("entries are looked for anywhere in the name, in upper or lower case").WithHelp("write more of each name, so that only your models match")
}

// beatenHint turns the finding about a list to the first of its entries that has no effect.
func beatenHint(f *lint.Finding, i loong.Ignored) {
	f.WithIgnored(i.Node).WithRelated(i.By.Place(), "this list wins").WithHelp("delete one of them")
	f.Message = quoted(i.Node.Text()) + " has no effect: " + quoted(loong.HintBeating(i)) + " in " + i.By.Name() + " beats it"
}
