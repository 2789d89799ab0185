package rules

import (
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/schema"
)

var noProvider = lint.Rule{
	Name:    "no-provider",
	Group:   lint.GroupProvider,
	Summary: "a file without any provider, for which Loong uses OpenAI",
	Doc: `With neither [provider] nor [providers.<id>] in the file Loong makes up a profile: kind openai, model auto, and
whatever OpenAI variables exist. Write the profile that you want, also for OpenAI.

Silent where active_provider is written, and where a misspelled section is the cause; other rules report these.`,
	Level:  lint.Info,
	Levels: "warning where the file holds nothing at all",
	Since:  "0.1.0",
	Covers: []string{"A1"},
	Bad: `# Settings of the laptop, still to be written.
`,
	Good: `[providers.main]
kind = "openai"
model = "gpt-5-mini"
api_key = { env = "OPENAI_API_KEY" }
`,
	After: []string{"unknown-key"},
	End:   runNoProvider,
}

func runNoProvider(p *lint.Pass) {
	root := p.Config.Root
	if len(p.Document.Problems) > 0 || root.At(schema.KeyProvider).Present() || root.At(schema.KeyProviders).Present() || root.At(schema.KeyActiveProvider).Present() {
		return
	}
	for key := range fieldNames(root.Type(), p.Config.Target) {
		if isProviderKey(key) && p.Told(p.Document.Root, key) {
			return
		}
	}
	level := lint.Info
	if len(p.Document.Root.Entries) == 0 {
		level = lint.Warning
	}
	p.Report(document.Span{}, "there is no provider in the file").WithSeverity(level).
		WithNote("Loong then uses OpenAI, with model auto and whatever OpenAI variables exist").
		WithHelp("write a [providers.<id>] table with kind, model and api_key")
}
