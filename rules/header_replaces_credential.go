package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var headerReplacesCredential = lint.Rule{
	Name:    "header-replaces-credential",
	Group:   lint.GroupHeaders,
	Summary: "a header that goes out in place of the profile's credential",
	Doc: `A configured authorization header (x-api-key for anthropic) wins over the credential, which is then never sent, even if
the header is blank. Delete one of the two: the header, or the key.`,
	Level:  lint.Warning,
	Levels: "error where the file holds the credential itself",
	Since:  "0.1.0",
	Covers: []string{"HD4"},
	Bad: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
headers = { authorization = "" }
`,
	Good: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
headers = { x-title = "our bot" }
`,
	Writes: []schema.Key{schema.KeyHeaders},
	Profile: func(p *lint.Pass, pr *loong.Profile) {
		h := headerNamed(headersOf(p, pr.Table), authHeader(pr))
		if h == nil {
			return
		}
		key := writtenKey(pr, schema.KeyAPIKey)
		if pr.Kind.Bearer() && key == nil {
			key = writtenKey(pr, schema.KeyOAuthAccessToken)
		}
		found := pr.HasKey(p.Environment)
		if found == loong.No || pr.HasToken(p.Environment) == loong.Yes {
			found = pr.HasToken(p.Environment)
		}
		if found == loong.No || found == loong.Maybe && key == nil {
			return
		}
		f := p.Report(place(h.node), "header %s goes out in place of the credential", h.node.Name()).At(h.node).
			Why("a configured header wins over the credential, which is then never sent").Help("delete the header, or the credential")
		if key != nil {
			f.Related(place(key), "never sent")
		}
		if strings.TrimSpace(h.text) == "" {
			f.Message = "header " + h.node.Name() + " is blank and goes out in place of the credential"
			f.Help("delete the header")
		}
		blank := strings.TrimSpace(h.text) == "" && pr.Kind.RequiresAuth
		if blank || pr.Credential.APIKey.Kind == loong.Literal || pr.Kind.Bearer() && pr.Credential.OAuth.Kind == loong.Literal {
			f.Level(lint.Error)
		}
	},
}
