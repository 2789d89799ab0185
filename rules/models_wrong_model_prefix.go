package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var wrongModelPrefix = lint.Rule{
	Name:    "wrong-model-prefix",
	Group:   lint.GroupModels,
	Summary: "an OpenCode model with the prefix of its own kind or of the other one",
	Doc: `Loong takes the prefix of the kind itself off the model's name (opencode/ for opencode_zen, opencode-go/ for
opencode_go), so it can be left out. The prefix of the other kind makes every request fail: take the other kind, or a model
of this one.`,
	Level:    lint.Info,
	Levels:   "error for the prefix of the other kind",
	Since:    "0.1.0",
	Covers:   []string{"M7"},
	Silences: []string{"value-clamped"},
	Bad: `[providers.main]
kind = "opencode_zen"
api_key = { env = "OPENCODE_API_KEY" }
model = "opencode-go/kimi-k2"
`,
	Good: `[providers.main]
kind = "opencode_go"
api_key = { env = "OPENCODE_API_KEY" }
model = "kimi-k2"
`,
	Writes: []schema.Key{schema.KeyModel},
	Profile: func(p *lint.Pass, pr *loong.Profile) {
		prefix, kind := pr.ModelPrefix()
		v := pr.Table.At(schema.KeyModel)
		text, ok := v.Text()
		if prefix == "" || !ok {
			return
		}
		if kind != pr.Kind.ID {
			p.Report(v.Node.Value(), "model %s is one of kind %s", quoted(text), kind).WithNode(v.Node).WithSeverity(lint.Error).
				WithNote("kind %s refuses every request for it", pr.Kind.ID).WithHelp("write kind = %q, or use a model of %s", kind, pr.Kind.ID)
			return
		}
		bare := strings.TrimSpace(text)[len(prefix):]
		f := p.Report(v.Node.Value(), "Loong removes the prefix of model %s", quoted(text)).WithNode(v.Node).
			WithNote("%s is the prefix of kind %s itself", prefix, kind).WithHelp("write %s", quoted(bare))
		f.WithFix(comparedSafety(p, lint.Safe), "remove the prefix", replaceText(p.Document, v.Node, bare))
	},
}
