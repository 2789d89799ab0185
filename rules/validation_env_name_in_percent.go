package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

var envNameInPercent = lint.Rule{
	Name:    "env-name-in-percent",
	Group:   lint.GroupValidation,
	Summary: "a variable's name in percent signs, %NAME%",
	Doc: `A key that ends in _env, and the env of a secret table, hold the bare name of a variable; Loong's own
validation refuses percent signs around it. The form %NAME% is right in secret fields such as api_key.`,
	Level: lint.Error,
	Since: "0.1.0",
	Bad: `[providers.main]
kind = "openai"
api_key_env = "%OPENAI_API_KEY%"
`,
	Good: `[providers.main]
kind = "openai"
api_key_env = "OPENAI_API_KEY"
`,
	Run: func(p *lint.Pass) {
		eachDiagnostic(p, "config.env_pointer.percent_wrapped", func(p *lint.Pass, d *loong.Diagnostic) {
			f := reportDiagnostic(p, d, "%s has percent signs around the name", pointerName(d.Node))
			nameFix(p, f, d, lint.Safe)
		})
	},
}
