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
	Summary: "a header that replaces the profile's credential",
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
		h, key := pr.HeaderReplacing(p.Environment)
		if h == nil {
			return
		}
		text := h.Text()
		f := p.Report(spanOf(h), "header %s replaces the credential", h.Name()).WithNode(h).
			WithNote("a configured header wins over the credential, which is then never sent").WithHelp("delete the header, or the credential").WithIgnored(key)
		if key != nil {
			f.WithRelated(spanOf(key), "never sent")
		}
		if strings.TrimSpace(text) == "" {
			f.Message = "header " + h.Name() + " is blank and replaces the credential"
			f.WithHelp("delete the header")
		}
		blank := strings.TrimSpace(text) == "" && pr.Kind.RequiresAuth
		if blank || pr.Credential.APIKey.Kind == loong.Literal || pr.Kind.Bearer() && pr.Credential.OAuth.Kind == loong.Literal {
			f.WithSeverity(lint.Error)
		}
	},
}
