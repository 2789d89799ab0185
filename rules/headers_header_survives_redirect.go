package rules

import (
	"slices"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var headerSurvivesRedirect = lint.Rule{
	Name:    "header-survives-redirect",
	Group:   lint.GroupHeaders,
	Summary: "a header with a secret that is sent on when the service redirects to another host",
	Doc: `Loong follows up to ten redirects, also to other hosts. Only authorization, cookie and proxy-authorization are left out
then, and only on the first hop; every other header of the file goes along. Use api_key where the service takes a bearer token;
otherwise be sure that the address belongs to somebody you trust.`,
	Level:  lint.Info,
	Since:  "0.1.0",
	Covers: []string{"HD5"},
	Bad: `[providers.main]
kind = "openai"
base_url = "https://llm.example.com"
headers = { x-team-token = "abc" } # loonglint: ignore[key-in-file] an example
api_key = { env = "OPENAI_API_KEY" }
`,
	Good: `[providers.main]
kind = "openai"
base_url = "https://llm.example.com"
headers = { x-title = "our bot" }
api_key = { env = "OPENAI_API_KEY" }
`,
	Writes: []schema.Key{schema.KeyHeaders},
	Table: func(p *lint.Pass, table schema.Value, _ *loong.Profile) {
		for _, h := range headersOf(p, table) {
			if carriesSecret(&h) && !slices.Contains(droppedHeaders[:], h.name) {
				p.Report(spanOf(h.node), "header %s is sent on to other hosts when the service redirects", h.node.Name()).WithNode(h.node).
					WithNote("only authorization, cookie and proxy-authorization are left out then").
					WithHelp("use api_key where the service takes it")
			}
		}
	},
}
