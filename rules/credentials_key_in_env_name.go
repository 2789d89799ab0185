package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/secret"
	"github.com/loonglint/loonglint/schema"
)

var keyInEnvName = lint.Rule{
	Name:    "key-in-env-name",
	Group:   lint.GroupCredentials,
	Summary: "a key where the name of a variable belongs, in a shape that Loong's validation does not know",
	Doc: `Keys that end in _env, and the env of a secret table, hold the name of a variable. A key written there is looked
up as a name and not found; Loong then takes the other variables of the kind, so another account may pay, and prints the
text in messages about missing credentials. Replace the key at the service, since it is in a file now, and write
the name of the variable that holds the new one.

Known are the shapes of many services (gsk_, AIza, hf_, xai-, nvapi-, AKIA, sk_live_ and others) and long texts that mix cases
and digits. Shapes that Loong itself refuses are reported by secret-in-env-name.`,
	Level:    lint.Error,
	Since:    "0.1.0",
	Covers:   []string{"K3"},
	Silences: []string{"key-in-file", "missing-credential-env", "falls-back-to-other-variable", "local-kind-requires-key"},
	Bad: `[providers.main]
kind = "groq"
api_key_env = "gsk_7Kd2Lq9Zr4Xc8Vb1Nm5T"
`,
	Good: `[providers.main]
kind = "groq"
api_key_env = "GROQ_API_KEY"
`,
	Keys: lint.Pointers | lint.Secrets,
	Key: func(p *lint.Pass, v, _ schema.Value) {
		n, text := v.Node, v.Node.Text()
		if v.Path.IsSecret() && v.Shape.Op == schema.OpSecret {
			if s := p.Secret(v); s.Form == schema.SecretEnv && s.Node == n {
				text = s.Text // "$NAME"
			} else {
				return
			}
		} else if !v.Path.IsEnvPointer() {
			return
		}
		if n.Kind == document.String && isKeyForName(text) && !p.Config.Reports(n) {
			why := "Loong looks for a variable of that name and finds none"
			if inProvider(v.Path) {
				why = "Loong looks for a variable of that name, finds none, tries other variables, and prints the text"
			}
			p.Report(spanOf(n), "%s holds a key, not the name of a variable", pointerName(n)).WithNode(n).Claims(fieldOf(n).Parent, fieldOf(n).Name()).WithNote("%s", why).
				WithHelp("rotate the key at the service, put the new one into a variable, and write the variable's name")
		}
	},
}

// isKeyForName reports whether what should name a variable is a key.
func isKeyForName(text string) bool {
	s := strings.TrimSpace(text)
	if schema.PortableName(s) && strings.Contains(s, "_") && strings.ToUpper(s) == s {
		return false // written as variables are
	}
	return secret.IsKey(s)
}
