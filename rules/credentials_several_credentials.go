package rules

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var severalCredentials = lint.Rule{
	Name:    "several-credentials",
	Group:   lint.GroupCredentials,
	Summary: "a profile has several credentials, and Loong tries one after the other",
	Doc: `Loong collects the keys of all variables that a profile may read, cuts every key at commas, semicolons and line ends,
and puts an OAuth token before them. After any failure (401, 429, 5xx) the next one is tried, so another account may
answer and pay, and only the last error is shown. Keep one, unless that is what you want.

A file that holds one key a line is seen only where it can be read without keeping it: loonglint does not open secret files.`,
	Level:  lint.Warning,
	Levels: "info for a file with several lines",
	Since:  "0.1.0",
	Covers: []string{"K6", "K8", "K9", "K11", "K16"},
	Bad: `[providers.main]
kind = "gemini"
`,
	Good: `[providers.main]
kind = "gemini"
api_key = { env = "GEMINI_API_KEY" }
`,
	Env: []string{"GEMINI_API_KEY=one", "GOOGLE_API_KEY=two"},
	Profile: func(p *lint.Pass, pr *loong.Profile) {
		severalVariables(p, pr)
		tokenBesideKey(p, pr)
		splitKeys(p, pr)
	},
}

// severalVariables reports K6.
func severalVariables(p *lint.Pass, pr *loong.Profile) {
	if pr.Node == nil || pr.Credential.APIKey.Kind != loong.Absent {
		return
	}
	var names, values []string
	for _, name := range pr.Credential.APINames {
		text, state := p.Environment.Var(name)
		if text = strings.Join(loong.SplitSecret(text), ","); state == loong.Set && text != "" && !slices.Contains(values, text) {
			names, values = append(names, name), append(values, text)
		}
	}
	if len(names) < 2 {
		return
	}
	_, n := profileText(pr, schema.KeyAPIKeyEnv)
	reportAt(p, pr, n, "%s hold different keys, and Loong tries all of them", joinAnd(names)).
		WithNote("after any failure the next key is tried, so another account may answer").
		WithHelp("write api_key = { env = %q }, which uses no other variable", names[0])
}

// tokenBesideKey reports K8 and K9; what it means for a kind that exchanges its token is K20.
func tokenBesideKey(p *lint.Pass, pr *loong.Profile) {
	c := &pr.Credential
	if pr.Node == nil || !pr.Kind.Bearer() || pr.Kind.TokenExchange != nil {
		return
	}
	token, key := writtenKey(pr, schema.KeyOAuthAccessToken), writtenKey(pr, schema.KeyAPIKey)
	switch {
	case token != nil && key != nil:
		if tokenGiven(p, pr) && keyGiven(p, pr) {
			p.Report(spanOf(key), "%s is tried only after %s has failed", nameOfSecret(key), nameOfSecret(token)).WithNode(key).
				WithNote("a kind with bearer tokens sends the OAuth token first").
				WithRelated(spanOf(token), "sent first").WithHelp("delete one of them")
		}
	case token == nil && key == nil:
		oauth, api := firstHas(p.Environment, c.OAuthNames), firstHas(p.Environment, c.APINames)
		if oauth != "" && api != "" {
			reportAt(p, pr, nil, "%s and %s are both set, and the OAuth token is sent first", oauth, api).
				WithNote("the file does not say which one to use").WithHelp("write api_key = { env = %q } for the key, or unset one of them", api)
		}
	}
}

// tokenGiven reports whether the OAuth fields of the file give a token for certain.
func tokenGiven(p *lint.Pass, pr *loong.Profile) bool {
	if pr.Credential.OAuth.Kind != loong.Absent {
		return pr.Credential.OAuth.Gives(p.Environment) == loong.Yes
	}
	name, _ := profileText(pr, schema.KeyOAuthAccessTokenEnv)
	return name != "" && isSet(p.Environment, name)
}

// keyGiven reports whether the key fields of the file give a key for certain.
func keyGiven(p *lint.Pass, pr *loong.Profile) bool {
	if pr.Credential.APIKey.Kind != loong.Absent {
		return pr.Credential.APIKey.Gives(p.Environment) == loong.Yes
	}
	name, _ := profileText(pr, schema.KeyAPIKeyEnv)
	return name != "" && isSet(p.Environment, name)
}

func firstHas(env *loong.Environment, names []string) string {
	for _, name := range names {
		if isSet(env, name) {
			return name
		}
	}
	return ""
}

// splitKeys reports K11 and K16.
func splitKeys(p *lint.Pass, pr *loong.Profile) {
	for _, s := range knownSecrets(p, pr) {
		keys := loong.SplitSecret(s.text)
		if len(keys) == 0 || keys[0] == s.text || s.oauth && (pr.Credential.OAuth.Kind != loong.Absent) {
			continue
		}
		f := reportAt(p, pr, s.node, "%s is cut into %d keys, which Loong tries one after the other", s.what, len(keys)).
			WithNote("commas, semicolons and line ends separate keys").WithHelp("keep one key, without these characters")
		if len(keys) < 2 {
			f.Message = s.what + " is cut at a comma, semicolon or line end, which is not sent"
		}
		if s.kind == loong.FileReference {
			f.WithSeverity(lint.Info)
		}
	}
}
