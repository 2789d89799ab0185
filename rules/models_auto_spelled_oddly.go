package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var autoSpelledOddly = lint.Rule{
	Name:    "auto-spelled-oddly",
	Group:   lint.GroupModels,
	Summary: `a model that is auto except for case or blanks, and counts as auto`,
	Doc: `Loong compares model with auto without regard to case and to blanks around it, so "AUTO" and " auto " let the service
choose as well. Write "auto".`,
	Level:    lint.Info,
	Since:    "0.1.0",
	Covers:   []string{"M8"},
	Silences: []string{"model-chosen-by-service"},
	Bad: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
model = "Auto"
`,
	Good: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
model = "auto"
`,
	Writes: []schema.Key{schema.KeyModel},
	Table: func(p *lint.Pass, table schema.Value, _ *loong.Profile) {
		v := table.At(schema.KeyModel)
		text, ok := v.Text()
		if !ok || text == modelAuto || strings.TrimSpace(text) == "" || !loong.IsAutoModel(text) {
			return
		}
		p.Report(v.Node.Value(), "model %s counts as \"auto\"", quoted(text)).WithNode(v.Node).
			WithNote("Loong ignores case and blanks here, so the service chooses the model").
			WithHelp(`write "auto"`).WithFix(comparedSafety(p, lint.Safe), `write "auto"`, replaceText(p.Document, v.Node, modelAuto))
	},
}

// modelAuto is the word that leaves the choice of the model to the service (behaviour.md 7.9).
const modelAuto = "auto"
