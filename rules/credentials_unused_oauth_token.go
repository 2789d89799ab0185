package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var unusedOAuthToken = lint.Rule{
	Name:    "unused-oauth-token",
	Group:   lint.GroupCredentials,
	Summary: "an OAuth token that is not used, or not as it was meant",
	Doc: `anthropic authenticates with x-api-key: oauth_access_token and oauth_access_token_env are never used there,
although doctor accepts them. Write the key as api_key.

Unlike api_key an OAuth token is not cut at commas and semicolons: a list of tokens is sent as one text, and no service
knows it. Give one token.`,
	Level:    lint.Warning,
	Levels:   "info for a token that holds a comma, a semicolon or a line end",
	Since:    "0.1.0",
	Covers:   []string{"K10", "K12"},
	Silences: []string{"setting-ignored"},
	Bad: `[providers.main]
kind = "anthropic"
oauth_access_token = { env = "ANTHROPIC_TOKEN" }
`,
	Good: `[providers.main]
kind = "anthropic"
api_key = { env = "ANTHROPIC_API_KEY" }
`,
	Writes:  []schema.Key{schema.KeyOAuthAccessToken, schema.KeyOAuthAccessTokenEnv},
	Profile: unusedToken,
}

func unusedToken(p *lint.Pass, pr *loong.Profile) {
	if !pr.Kind.Bearer() {
		for i := range p.Config.IgnoredOf(pr) {
			if i.Entry == "K10" {
				reportUnusedToken(p, pr, i)
			}
		}
		return
	}
	for _, s := range knownSecrets(p, pr) {
		if s.oauth && pr.Credential.OAuth.Kind != loong.Absent && strings.ContainsAny(s.text, ",;\r\n") {
			f := reportAt(p, pr, s.node, "%s holds a comma or semicolon and is sent as one token", s.what).WithSeverity(lint.Info).
				WithNote("only API keys are cut there").WithHelp("give one token")
			if strings.ContainsAny(s.text, "\r\n") {
				f.Message = s.what + " holds a line end and is not cut there"
				f.WithNote("only API keys are cut; a header cannot hold a line end")
			}
		}
	}
}

func reportUnusedToken(p *lint.Pass, pr *loong.Profile, i loong.Ignored) {
	f := reportNoEffect(p, i, "%s is never used: kind %s takes only an API key", nameOf(i.Node), pr.Kind.ID).
		WithNote("its header is %s", authHeader(pr)).WithHelp("write api_key = { env = %q }", pr.Kind.APIKeyEnv)
	if writtenKey(pr, schema.KeyAPIKey) != nil {
		f.WithHelp("delete it")
		removeKey(p, f, i.Node, lint.Unsafe)
	}
}

// hasControl reports whether a text holds a control character that no header may hold: all but
// the tab, and DEL (behaviour.md 6).
func hasControl(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f })
}
