package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var execSecret = lint.Rule{
	Name:    "exec-secret",
	Group:   lint.GroupCredentials,
	Summary: "a secret that a program prints, which runs several times per command",
	Doc: `Loong reads a secret again whenever it needs it, so the program of exec runs more than once per command, without a
shell, without input, and for 5 seconds at most. Its error messages are dropped. Use a program that is quick and asks
nothing, or write the secret into a variable or a file.`,
	Level:  lint.Info,
	Since:  "0.1.0",
	Covers: []string{"K17"},
	Bad: `[providers.main]
kind = "openai"
api_key = { exec = ["pass", "show", "openai"] }
`,
	Good: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
`,
	Writes: []schema.Key{schema.KeyAPIKey, schema.KeyOAuthAccessToken},
	Profile: func(p *lint.Pass, pr *loong.Profile) {
		for _, f := range [...]loong.SecretForm{pr.Credential.OAuth, pr.Credential.APIKey} {
			if f.Kind == loong.ExecReference {
				p.Report(spanOf(f.Node), "%s comes from a program, which runs more than once per command", nameOf(f.Node)).WithNode(f.Node).
					WithNote("each run may take 5 seconds, and its error messages are dropped").
					WithHelp("use a program that is quick and asks nothing")
			}
		}
	},
}
