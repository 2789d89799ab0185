package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var queryInBaseURL = lint.Rule{
	Name:    "query-in-base-url",
	Group:   lint.GroupAddresses,
	Summary: "a base_url with a query or fragment, after which the path is appended",
	Doc: `Loong puts base_url and path together as text, so the path becomes part of the query, or of the fragment,
which is never sent. Write the query after the path: in chat_completions_path, or in endpoint.`,
	Level:  lint.Warning,
	Since:  "0.1.0",
	Covers: []string{"U7"},
	Bad: `[providers.main]
kind = "openai"
base_url = "https://proxy.example?tenant=a"
api_key = { env = "OPENAI_API_KEY" }
`,
	Good: `[providers.main]
kind = "openai"
endpoint = "https://proxy.example/v1/chat/completions?tenant=a"
models_endpoint = "https://proxy.example/v1/models?tenant=a"
api_key = { env = "OPENAI_API_KEY" }
`,
	Writes: []schema.Key{schema.KeyBaseURL},
	Profile: func(p *lint.Pass, pr *loong.Profile) {
		base, n := ownBase(pr)
		i := strings.IndexByte(base, '?')
		if fragment := strings.IndexByte(base, '#'); fragment >= 0 && (i < 0 || fragment < i) {
			i = fragment
		}
		if i < 0 || !chatUsesBase(pr) && !modelsUseBase(pr) {
			return
		}
		f := p.Report(n.Value(), "base_url has a query, and the path is appended to it").WithNode(n).
			WithNote("the path %s becomes part of the query", pr.Path.Val).
			WithHelp("write the query after the path, in endpoint and models_endpoint")
		if base[i] == '#' {
			f.Message = "base_url has a fragment, and the path is appended to it"
			f.WithNote("a fragment is never sent, so the path %s is missing from every request", pr.Path.Val).
				WithHelp("write base_url without the part from # on")
		}
	},
}
