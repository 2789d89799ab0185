package rules

import (
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var copilotNeedsOAuth = lint.Rule{
	Name:    "copilot-needs-oauth",
	Group:   lint.GroupCredentials,
	Summary: "a key where github-copilot needs an OAuth token, or beside one",
	Doc: `github-copilot exchanges an OAuth token for a short-lived one before every request. A key or a header passes the check
for credentials, and then every request fails. Also, any api_key or api_key_env switches the kind's variable
GITHUB_COPILOT_OAUTH_TOKEN off. Beside a token that the file names, keys are tried as bearer tokens at the Copilot host.
Write oauth_access_token and delete the key.`,
	Level:    lint.Error,
	Levels:   "warning for a key beside an OAuth token",
	Since:    "0.1.0",
	Covers:   []string{"K19", "K20", "K25"},
	Silences: []string{"local-kind-requires-key"},
	Bad: `[providers.copilot]
kind = "github-copilot"
api_key = { env = "COPILOT_KEY" }
`,
	Good: `[providers.copilot]
kind = "github-copilot"
oauth_access_token = { env = "GITHUB_COPILOT_OAUTH_TOKEN" }
`,
	Profile: copilot,
}

func copilot(p *lint.Pass, pr *loong.Profile) {
	if pr.Kind.TokenExchange == nil {
		return
	}
	if n := copilotWithoutToken(p, pr); n != nil {
		f := p.Report(spanOf(n), "%s does not help: kind %s needs an OAuth token, and the profile has none", nameOfSecret(n), pr.Kind.ID).WithNode(n).Claims(pr.Node, aCredential).
			WithNote("every request fails, although the check for credentials passes").
			WithHelp("write oauth_access_token = { env = %q } instead", pr.Kind.OAuthEnv)
		if writtenKey(pr, schema.KeyAPIKey) != nil && isSet(p.Environment, pr.Kind.OAuthEnv) {
			f.Message = nameOfSecret(n) + " switches " + pr.Kind.OAuthEnv + " off, so there is no OAuth token"
		}
		return
	}
	token, key := writtenKey(pr, schema.KeyOAuthAccessToken), writtenKey(pr, schema.KeyAPIKey)
	if token != nil && key != nil && pr.HasToken(p.Environment) != loong.No {
		f := p.Report(spanOf(key), "%s is also tried, as a bearer token at the Copilot host", nameOfSecret(key)).WithNode(key).
			WithSeverity(lint.Warning).WithRelated(spanOf(token), "this token is enough").WithHelp("delete it")
		removeKey(p, f, key, lint.Unsafe)
	}
}

// copilotWithoutToken is the key or header that stands where a kind needs an OAuth token and
// has none for certain (K19, K25); else nil.
func copilotWithoutToken(p *lint.Pass, pr *loong.Profile) *document.Node {
	if pr.Kind.TokenExchange == nil || writtenKey(pr, schema.KeyOAuthAccessToken) != nil || pr.HasToken(p.Environment) != loong.No {
		return nil
	}
	if n := writtenKey(pr, schema.KeyAPIKey); n != nil {
		return n
	}
	list := headersOf(p, pr.Table)
	for _, name := range loong.CredentialHeaders {
		if h := filledHeader(list, name); h != nil {
			return h.node
		}
	}
	return nil
}

// nameOfSecret is how messages call the node of a credential.
func nameOfSecret(n *document.Node) string {
	if n.Parent != nil && n.Parent.Name() == "headers" {
		return "header " + n.Name()
	}
	return nameOf(n)
}
