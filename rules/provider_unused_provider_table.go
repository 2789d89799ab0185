package rules

import "github.com/loonglint/loonglint/internal/lint"

var unusedProviderTable = lint.Rule{
	Name:    "unused-provider-table",
	Group:   lint.GroupProvider,
	Summary: "a [provider] table beside profiles, of which active_provider chooses one",
	Doc: `As soon as active_provider names a profile, nothing of [provider] is used, and it is gone the next time Loong saves
the file. Only a bad variable name in it still stops the load. Delete it, or make it a profile of its own.`,
	Level:    lint.Warning,
	Anyway:   true,
	Since:    "0.1.0",
	Covers:   []string{"A4"},
	Silences: []string{"missing-kind"},
	Bad: `active_provider = "main"

[provider]
kind = "groq"
api_key = { env = "GROQ_API_KEY" }

[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
`,
	Good: `active_provider = "main"

[providers.groq]
kind = "groq"
api_key = { env = "GROQ_API_KEY" }

[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
`,
	Run: func(p *lint.Pass) {
		for i := range p.Config.IgnoredSelection() {
			if i.Entry != "A4" {
				continue
			}
			f := p.Report(i.Node.Place(), "[provider] is not used: active_provider chooses profile %q", p.Config.ActiveProvider.Val).
				WithNode(i.Node).WithIgnored(i.Node).WithNote("Loong reads [provider] only where active_provider names no profile").
				WithHelp("delete it, or write it as [providers.<id>]")
			if a := p.Config.Active(); a != nil && a.Node != nil {
				f.WithRelated(a.Node.Place(), "used")
			}
		}
	},
}
