package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var defaultModelNotUsed = lint.Rule{
	Name:    "default-model-not-used",
	Group:   lint.GroupModels,
	Summary: "a profile without model, whose kind has a default model that only setup uses",
	Doc: `The catalog gives kimi_coding a default model, but only Loong's setup writes it. A file without model gets auto: the
service's list decides. Write the model.`,
	Level:    lint.Info,
	Since:    "0.1.0",
	Covers:   []string{"M6"},
	Silences: []string{"model-chosen-by-service"},
	Bad: `[providers.main]
kind = "kimi_coding"
api_key = { env = "KIMI_CODING_API_KEY" }
`,
	Good: `[providers.main]
kind = "kimi_coding"
api_key = { env = "KIMI_CODING_API_KEY" }
model = "kimi-for-coding"
`,
	Profile: func(p *lint.Pass, pr *loong.Profile) {
		if pr.Node == nil || pr.Kind.DefaultModel == "" {
			return
		}
		if pr.Model.From.Node != nil {
			return
		}
		n := pr.Table.NodeOf(schema.KeyModel)
		f := reportAt(p, pr, n, "%s has no model, and %s, the default of its kind, is not used", profileLabel(pr), quoted(pr.Kind.DefaultModel)).
			WithNote("only setup writes the default; a file without model gets auto").WithHelp("write model = %q", pr.Kind.DefaultModel)
		if n != nil {
			f.WithFix(lint.Unsafe, "write the model", replaceText(p.Document, n, pr.Kind.DefaultModel))
		} else if edit, ok := insertKey(p.Document, pr.Node, "model = "+quoted(pr.Kind.DefaultModel)); ok {
			f.WithFix(lint.Unsafe, "write the model", edit)
		}
	},
}
