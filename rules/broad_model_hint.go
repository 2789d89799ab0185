package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var broadModelHint = lint.Rule{
	Name:    "broad-model-hint",
	Group:   lint.GroupModels,
	Summary: "parts of model names, which match anywhere in a name",
	Doc: `An entry of tool_schema_disabled_model_hints, tool_schema_strict_model_hints, reasoning_extra_body_kimi_model_hints and
reasoning_extra_body_omit_model_hints matches every model that holds it anywhere, in any case: "o1" matches gpt-4o1 as well.
Where a model matches both lists of a pair, disabled beats strict, and omit beats kimi. Write as much of the name as you mean.`,
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
		for _, pair := range hintPairs {
			strong, weak := table.At(pair[0]), table.At(pair[1])
			modelHints(p, strong, schema.Value{})
			modelHints(p, weak, strong)
		}
	},
}

// hintPairs are the lists of model hints; the first of a pair beats the second.
var hintPairs = [...][2]schema.Key{
	{schema.KeyToolSchemaDisabledModelHints, schema.KeyToolSchemaStrictModelHints},
	{schema.KeyReasoningExtraBodyOmitModelHints, schema.KeyReasoningExtraBodyKimiModelHints},
}

// modelHints reports a list of hints once, with an entry that another list beats where there is one.
func modelHints(p *lint.Pass, list, stronger schema.Value) {
	texts, _ := list.Texts()
	if strings.TrimSpace(strings.Join(texts, "")) == "" {
		return
	}
	f := p.Report(list.Node.Place(), "%s matches every model whose name holds one of its entries", list.Node.Name()).At(list.Node).
		Why("entries are looked for anywhere in the name, in any case").Help("write as much of the names as you mean")
	others, _ := stronger.Texts()
	for _, text := range texts {
		for _, o := range others {
			if o = ascii.Lower(strings.TrimSpace(o)); o != "" && strings.Contains(ascii.Lower(text), o) {
				f.Message = quoted(text) + " has no effect: " + quoted(o) + " in " + stronger.Node.Name() + " beats it"
				f.Related(stronger.Node.Place(), "this list wins").Help("delete one of them")
				return
			}
		}
	}
}
