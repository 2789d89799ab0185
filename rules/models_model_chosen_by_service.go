package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var modelChosenByService = lint.Rule{
	Name:    "model-chosen-by-service",
	Group:   lint.GroupModels,
	Summary: "no model is named, so it is whatever the service's list has first",
	Doc: `Without model, as with model = "auto", Loong asks the service for its models and tries the newest one first, or the
first in byte order where the list has no dates. The list changes without notice, and the model may be a model for embeddings or
images. Name a model, or give preferred_models, where the list of the service is not reliable; write model = "auto" where
that is what you want.`,
	Level:  lint.Info,
	Since:  "0.1.0",
	Covers: []string{"M4"},
	Bad: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
`,
	Good: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
model = "gpt-4.1"
`,
	Profile: func(p *lint.Pass, pr *loong.Profile) {
		if pr.Node == nil || !pr.Auto || len(pr.PreferredModels) > 0 || !pr.Node.Kind.IsTable() && refusalsByNode(p)[pr.Node] != 0 {
			return
		}
		if pr.Table.At(schema.KeyModel).Node != nil {
			return
		}
		reportAt(p, pr, nil, "%s takes the model that the service lists first", profileLabel(pr)).WithNode(pr.Node).
			WithNote("that is the newest one, or the first by name, and may change").
			WithHelp("name a model, or give preferred_models, or write model = \"auto\"")
	},
}
