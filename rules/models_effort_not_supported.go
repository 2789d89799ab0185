package rules

import (
	"slices"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/suggest"
	"github.com/loonglint/loonglint/schema"
)

var effortNotSupported = lint.Rule{
	Name:    "effort-not-supported",
	Group:   lint.GroupModels,
	Summary: "a reasoning_effort that the kind does not support, or that is not sent",
	Doc: `Loong sends reasoning_effort without asking whether the service knows the word; some kinds take only a few. Requests in
the form of Anthropic, Bedrock or Google cannot carry it, and it is dropped. Write a word that the kind supports, or
delete the key.`,
	Level:  lint.Warning,
	Since:  "0.1.0",
	Covers: []string{"N7"},
	Bad: `[providers.main]
kind = "cohere"
api_key = { env = "COHERE_API_KEY" }
reasoning_effort = "medium"
`,
	Good: `[providers.main]
kind = "cohere"
api_key = { env = "COHERE_API_KEY" }
reasoning_effort = "high"
`,
	Writes: []schema.Key{schema.KeyReasoningEffort},
	Profile: func(p *lint.Pass, pr *loong.Profile) {
		for i := range p.Config.IgnoredOf(pr) {
			if i.Entry == "N7" {
				f := reportNoEffect(p, i, "reasoning_effort is not sent").
					WithNote("requests of %s cannot carry it", payloadName(pr)).WithHelp("delete it")
				removeKey(p, f, i.Node, lint.Safe)
				return
			}
		}
		v := pr.Table.At(schema.KeyReasoningEffort)
		word, ok := v.Word()
		if ok && len(pr.Kind.ReasoningEfforts) > 0 && !slices.Contains(pr.Kind.ReasoningEfforts, word) {
			p.Report(spanOf(v.Node), "kind %s does not support reasoning_effort = %s", pr.Kind.ID, quoted(word)).WithNode(v.Node).
				WithNote("Loong sends it anyway").WithHelp("write %s", suggest.Or(pr.Kind.ReasoningEfforts))
		}
	},
}

// payloadName is how messages call what a request belongs to.
func payloadName(pr *loong.Profile) string {
	if pr.RoutesByModel() {
		return "kind " + pr.Kind.ID + " for model " + quoted(pr.Model.Val)
	}
	return "kind " + pr.Kind.ID
}
