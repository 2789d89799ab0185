package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

var secretInEnvName = lint.Rule{
	Name:    "secret-in-env-name",
	Group:   lint.GroupValidation,
	Summary: "a key where the name of a variable belongs, as Loong itself sees it",
	Doc: `A key that ends in _env, and the env of a secret table, hold the name of a variable. Loong's own validation
refuses values that look like a key (sk-, ghp_, a UUID, anything long with signs that no name has). The key is
now in the file: replace it at the service and write the name of the variable that holds the new one.

Not seen by Loong: other shapes of keys; see key-in-env-name.`,
	Level: lint.Error,
	Since: "0.1.0",
	Bad: `[providers.main]
kind = "openai"
api_key_env = "sk-not-a-real-key"
`,
	Good: `[providers.main]
kind = "openai"
api_key_env = "OPENAI_API_KEY"
`,
	Run: func(p *lint.Pass) {
		eachDiagnostic(p, "config.env_pointer.secret_literal", func(p *lint.Pass, d *loong.Diagnostic) {
			f := reportDiagnostic(p, d, "%s holds a key, not the name of a variable", pointerName(d.Node))
			if d.ExampleEnvName != "" {
				f.WithHelp("rotate the key at the service, put the new one into a variable, and write its name here, as %q", d.ExampleEnvName)
			} else {
				f.WithHelp("rotate the key at the service, put the new one into a variable, and write its name here")
			}
		})
	},
}
