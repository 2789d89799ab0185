package rules

import "github.com/loonglint/loonglint/internal/lint"

var tomlSyntax = lint.Rule{
	Name:      "toml-syntax",
	Group:     lint.GroupStructure,
	Mandatory: true,
	Summary:   "the file is not TOML as Loong reads it",
	Doc: `Loong reads TOML 1.1 in UTF-8, with whole numbers of 64 bits, at most 80 nested brackets in a value and at most
80 parts in a key. Anything else stops every command with one parse error. loonglint goes on after the place, so
that several mistakes show at once; a key written twice is shown with both places.`,
	Level:  lint.Error,
	Anyway: true,
	Since:  "0.1.0",
	// What is made of a value that could not be read.
	Silences: []string{"blank-value", "invalid-value", "refused-later", "temperature-out-of-range", "unknown-key", "unknown-provider-kind", "wrong-type"},
	Bad: `[providers.main]
kind = openai
`,
	Good: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
`,
	Run: func(p *lint.Pass) {
		for i := range p.Document.Problems {
			b := &p.Document.Problems[i]
			f := p.Say(b.Span, b.Message).WithNote(refuses)
			if b.Help != "" {
				f.WithHelp("%s", b.Help)
			}
			for _, r := range b.Related {
				f.WithRelated(r.Span, "%s", r.Message)
			}
		}
	},
}
