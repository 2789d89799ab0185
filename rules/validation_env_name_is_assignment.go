package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

var envNameIsAssignment = lint.Rule{
	Name:    "env-name-is-assignment",
	Group:   lint.GroupValidation,
	Summary: "an assignment where the name of a variable belongs",
	Doc: `A key that ends in _env, and the env of a secret table, hold the name of a variable and nothing else. Loong's
own validation refuses NAME=value. If the value is a real key, it is now in the file: replace it at the
service, put the new one into the environment, and write the name alone.`,
	Level: lint.Error,
	Since: "0.1.0",
	Bad: `[providers.main]
kind = "openai"
api_key_env = "export OPENAI_API_KEY=value"
`,
	Good: `[providers.main]
kind = "openai"
api_key_env = "OPENAI_API_KEY"
`,
	Run: func(p *lint.Pass) {
		eachDiagnostic(p, "config.env_pointer.assignment", func(p *lint.Pass, d *loong.Diagnostic) {
			f := reportDiagnostic(p, d, "%s holds an assignment, not a variable's name", pointerName(d.Node))
			nameFix(p, f, d, lint.Unsafe)
		})
	},
}
