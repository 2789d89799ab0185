package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var localKindRequiresKey = lint.Rule{
	Name:    "local-kind-requires-key",
	Group:   lint.GroupCredentials,
	Summary: "a service on your own machine that needs a key only because the file names a variable",
	Doc: `ollama, lm_studio, llamacpp, vllm and sglang need no credential. As soon as the file names a variable for one, Loong
insists on it: while the variable is unset or blank, the probe is skipped and chat refuses every request. Delete the key, or
set the variable.`,
	Level:    lint.Error,
	Since:    "0.1.0",
	Covers:   []string{"K22"},
	Silences: []string{"missing-credential-env"},
	Needs:    lint.Environment,
	Bad: `[providers.main]
kind = "ollama"
api_key = { env = "OLLAMA_API_KEY" }
`,
	Good: `[providers.main]
kind = "ollama"
`,
	Env:   []string{},
	After: []string{"key-in-env-name", "unreplaced-placeholder"},
	End: func(p *lint.Pass) {
		for i := range p.Config.Profiles {
			pr := &p.Config.Profiles[i]
			if c := &pr.Credential; len(pr.Kind.EnvNames) == 0 && c.Required && c.Ready == loong.No {
				reportRequiredKey(p, pr)
			}
		}
	},
}

func reportRequiredKey(p *lint.Pass, pr *loong.Profile) {
	for _, s := range pr.Credential.Sources {
		n := s.From.Node
		if n == nil || p.Config.Reports(n) || p.ToldAt(n) {
			continue
		}
		f := p.Report(spanOf(n), "%s is %s, and kind %s requires a key because the file names this variable", s.Name, unsetWord(p.Environment, s.Name), pr.Kind.ID).WithNode(n).
			WithNote("the kind itself needs no key; now Loong refuses every request").
			WithHelp("delete %s, or set %s", nameOf(fieldOf(n)), s.Name)
		if countCredentialKeys(pr) == 1 { // any other would require a key as well
			removeKey(p, f, fieldOf(n), lint.Unsafe)
		}
		return
	}
}

// countCredentialKeys is how many keys of a profile give a credential, or name a variable with one.
func countCredentialKeys(pr *loong.Profile) (count int) {
	for _, key := range [...]schema.Key{schema.KeyAPIKey, schema.KeyAPIKeyEnv, schema.KeyOAuthAccessToken, schema.KeyOAuthAccessTokenEnv} {
		n := pr.Table.NodeOf(key)
		if n != nil && (n.Kind != document.String || strings.TrimSpace(n.Text()) != "") {
			count++
		}
	}
	return count
}
