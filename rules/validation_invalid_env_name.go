package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

var invalidEnvName = lint.Rule{
	Name:    "invalid-env-name",
	Group:   lint.GroupValidation,
	Summary: "a text that cannot be the name of a variable",
	Doc: `Loong's own validation takes names of ASCII letters, digits, underscores, dashes and dots that begin with a
letter, digit or underscore, and refuses the file for any other.`,
	Level: lint.Error,
	Since: "0.1.0",
	Bad: `[providers.main]
kind = "openai"
api_key_env = "OPENAI API KEY"
`,
	Good: `[providers.main]
kind = "openai"
api_key_env = "OPENAI_API_KEY"
`,
	Run: func(p *lint.Pass) {
		eachDiagnostic(p, "config.env_pointer.invalid_name", func(p *lint.Pass, d *loong.Diagnostic) {
			f := reportDiagnostic(p, d, "%s is not the name of a variable", pointerName(d.Node)).
				WithHelp("use letters, digits and underscores")
			if d.SuggestedEnvName != "" {
				f.WithHelp("use letters, digits and underscores, as %q", d.SuggestedEnvName)
			}
		})
	},
}
