package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/suggest"
	"github.com/loonglint/loonglint/schema"
)

var effortNotSupported = lint.Rule{
	Name:    "effort-not-supported",
	Group:   lint.GroupModels,
	Summary: "a reasoning_effort that the kind does not know, or that is not sent",
	Doc: `Loong sends reasoning_effort without asking whether the service knows the word; some kinds take only a few. Requests in
the form of Anthropic, Bedrock or Google have no place for it, and it is dropped. Write a word that the kind knows, or
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
		v := pr.Table.At(schema.KeyReasoningEffort)
		word, ok := v.Word()
		switch {
		case !ok:
		case ownPayload(pr):
			f := p.Report(place(v.Node), "reasoning_effort is not sent").At(v.Node).
				Why("requests of %s have no place for it", payloadName(pr)).Help("delete it")
			removeKey(p, f, v.Node, lint.Safe)
		case len(pr.Kind.ReasoningEfforts) > 0 && !containsText(pr.Kind.ReasoningEfforts, word):
			p.Report(place(v.Node), "kind %s does not know the effort %s", pr.Kind.ID, quoted(word)).At(v.Node).
				Why("Loong sends it all the same").Help("write %s", suggest.Or(pr.Kind.ReasoningEfforts))
		}
	},
}

// ownPayload reports whether chat requests have a form of their own, with no place for what
// only OpenAI's has (behaviour.md 9, N7 and N8).
func ownPayload(pr *loong.Profile) bool {
	switch pr.Payload() {
	case "anthropic_messages", "bedrock_converse", "google_generate_content":
		return true
	}
	return false
}

// payloadName is how messages call what a request belongs to.
func payloadName(pr *loong.Profile) string {
	if len(pr.Kind.ModelRoutes) > 0 {
		return "kind " + pr.Kind.ID + " for model " + quoted(pr.Model.Is)
	}
	return "kind " + pr.Kind.ID
}
