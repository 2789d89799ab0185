package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var gatewayWireAPI = lint.Rule{
	Name:    "gateway-wire-api",
	Group:   lint.GroupWire,
	Summary: "wire_api = \"responses\" on a route of Cloudflare AI Gateway that is not documented to have it",
	Doc: `Cloudflare documents the responses format for the route openai and for its REST API. For /compat no page does, and
users report both; a provider's own route has it only where the provider does. Delete wire_api, or write an address
that has the format.`,
	Level:  lint.Warning,
	Levels: "info on /compat",
	Since:  "0.1.0",
	Bad: `[providers.cf]
kind = "cloudflare_ai_gateway"
base_url = "https://gateway.ai.cloudflare.com/v1/0123456789abcdef0123456789abcdef/prod/deepseek"
model = "deepseek-chat"
wire_api = "responses"
api_key = { env = "CLOUDFLARE_API_KEY" }
`,
	Good: `[providers.cf]
kind = "cloudflare_ai_gateway"
base_url = "https://gateway.ai.cloudflare.com/v1/0123456789abcdef0123456789abcdef/prod/openai"
model = "gpt-5-mini"
wire_api = "responses"
api_key = { env = "CLOUDFLARE_API_KEY" }
`,
	Writes: []schema.Key{schema.KeyWireAPI},
	Profile: func(p *lint.Pass, pr *loong.Profile) {
		g := gatewayOf(p, pr)
		n := pr.Table.At(schema.KeyWireAPI).Node
		if g == nil || n == nil || g.operation != "responses" {
			return
		}
		route, _ := g.route()
		if route == nil || route.responses && route.name != "compat" {
			return
		}
		f := p.Report(spanOf(n), "the responses format is not documented for the route %s of the gateway", route.name).WithNode(n).
			WithHelp("delete wire_api, or write an address that ends in /openai")
		if route.name == "compat" {
			f.WithSeverity(lint.Info)
		}
	},
}
