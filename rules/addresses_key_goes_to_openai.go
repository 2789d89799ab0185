package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var keyGoesToOpenAI = lint.Rule{
	Name:    "key-goes-to-openai",
	Group:   lint.GroupAddresses,
	Summary: "a profile of another kind whose requests, with its key, go to api.openai.com",
	Doc: `For every kind but openai the address https://api.openai.com means "not written", but only while the path is
OpenAI's too, or missing. With any other chat_completions_path Loong uses the address, and chat and models requests go to
OpenAI with the key of this profile. Loong itself writes such a pair when it saves a profile that had only a
chat_completions_path. Delete base_url, or write the address that you want.`,
	Level:    lint.Error,
	Levels:   "warning for kind custom, which is for any host",
	Since:    "0.1.0",
	Covers:   []string{"U2"},
	Silences: []string{"models-route-differs", "setting-ignored", "value-clamped"},
	Bad: `[providers.deepseek]
kind = "deepseek"
base_url = "https://api.openai.com"
chat_completions_path = "/beta/chat/completions"
api_key = { env = "DEEPSEEK_API_KEY" }
`,
	Good: `[providers.deepseek]
kind = "deepseek"
chat_completions_path = "/beta/chat/completions"
api_key = { env = "DEEPSEEK_API_KEY" }
`,
	Writes:  []schema.Key{schema.KeyBaseURL},
	Profile: runKeyGoesToOpenAI,
}

func runKeyGoesToOpenAI(p *lint.Pass, pr *loong.Profile) {
	if !takenForOpenAI(pr) || !chatUsesBase(pr) && !modelsUseBase(pr) {
		return
	}
	base, n := ownBase(pr)
	_, path := profileText(pr, schema.KeyChatCompletionsPath)
	what := "chat and models requests"
	switch {
	case !chatUsesBase(pr):
		what = "models requests"
	case !modelsUseBase(pr):
		what = "chat requests"
	}
	f := p.Report(n.Value(), "%s of this %s profile go to %s, with its key", what, pr.Kind.ID, trimmed(base)).WithNode(n).
		WithRelated(spanOf(path), "with this path Loong uses the address").
		WithNote("OpenAI's address means the kind's default only while the path is OpenAI's too")
	if pr.Kind.ID == "custom" {
		f.WithSeverity(lint.Warning).WithHelp("write %s/v1 if OpenAI is meant", loong.OpenAIBase)
		return
	}
	f.WithHelp("delete base_url, so that %s is used", pr.Kind.BaseURL)
	if _, endpoint := profileText(pr, schema.KeyEndpoint); endpoint == nil {
		removeKey(p, f, n, lint.Unsafe)
	}
}

// takenForOpenAI is the condition of behaviour.md 9, U2.
func takenForOpenAI(pr *loong.Profile) bool {
	base, n := ownBase(pr)
	_, path := profileText(pr, schema.KeyChatCompletionsPath)
	return n != nil && path != nil && !pr.Kind.IsDefault && loong.SameAddress(base, loong.OpenAIBase)
}
