package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var wireAPIMismatch = lint.Rule{
	Name:    "wire-api-mismatch",
	Group:   lint.GroupWire,
	Summary: "an endpoint of one format with a wire_api of the other",
	Doc: `wire_api decides what Loong sends, endpoint where to. A chat body sent to …/responses is refused, and so is a
responses body sent to …/chat/completions; with an endpoint of its own Loong does not try the other format. Make both
match.`,
	Level:  lint.Warning,
	Since:  "0.1.0",
	Covers: []string{"W3"},
	Bad: `[providers.main]
kind = "openai"
wire_api = "responses"
endpoint = "https://api.openai.com/v1/chat/completions"
api_key = { env = "OPENAI_API_KEY" }
`,
	Good: `[providers.main]
kind = "openai"
wire_api = "responses"
api_key = { env = "OPENAI_API_KEY" }
`,
	Writes: []schema.Key{schema.KeyEndpoint},
	Profile: func(p *lint.Pass, pr *loong.Profile) {
		endpoint, n := profileText(pr, schema.KeyEndpoint)
		if !pr.EndpointOverrides || pr.RoutesByModel() {
			return
		}
		path := strings.TrimRight(pathOf(endpoint), "/")
		end, other := "/responses", "responses"
		if pr.WireAPI == "responses" {
			end, other = "/chat/completions", "chat_completions"
		}
		if !strings.HasSuffix(path, end) {
			return
		}
		f := p.Report(n.Value(), "endpoint ends in %s, but wire_api is %s", end, pr.WireAPI).WithNode(n).
			WithNote("the body does not fit the address, and Loong does not try the other format here").
			WithHelp("write wire_api = %q, or the other address", other)
		if w := pr.Table.At(schema.KeyWireAPI).Node; w != nil {
			f.WithRelated(spanOf(w), "decides what is sent")
		}
	},
}
