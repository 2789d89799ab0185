package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

var envNameHasDollar = lint.Rule{
	Name:    "env-name-has-dollar",
	Group:   lint.GroupValidation,
	Summary: "a variable's name written as a shell reference, $NAME or ${NAME}",
	Doc: `A key that ends in _env, and the env of a secret table, hold the bare name of a variable; Loong's own
validation refuses a dollar sign in front. The form $NAME is right in secret fields such as api_key.`,
	Level: lint.Error,
	Since: "0.1.0",
	Bad: `[providers.main]
kind = "openai"
api_key_env = "${OPENAI_API_KEY}"
`,
	Good: `[providers.main]
kind = "openai"
api_key_env = "OPENAI_API_KEY"
`,
	Run: func(p *lint.Pass) {
		eachDiagnostic(p, "config.env_pointer.dollar_prefix", func(p *lint.Pass, d *loong.Diagnostic) {
			f := reportDiagnostic(p, d, "%s has a dollar sign in front of the name", pointerName(d.Node))
			nameFix(p, f, d, lint.Safe)
		})
	},
}
