package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var wireAPIUnsupported = lint.Rule{
	Name:    "wire-api-unsupported",
	Group:   lint.GroupWire,
	Summary: "wire_api = \"responses\" for a kind whose requests never become that",
	Doc: `For anthropic, bedrock and kimi_coding the body of a request stays what it is, and only the path changes to one
that the service does not have; the retry that reports promise for the first two never happens. Delete wire_api.`,
	Level:    lint.Error,
	Levels:   "warning where endpoint gives the address",
	Since:    "0.1.0",
	Covers:   []string{"W1", "W2"},
	Silences: []string{"wire-api-mismatch"},
	Bad: `[providers.main]
kind = "anthropic"
wire_api = "responses"
api_key = { env = "ANTHROPIC_API_KEY" }
`,
	Good: `[providers.main]
kind = "anthropic"
api_key = { env = "ANTHROPIC_API_KEY" }
`,
	Writes: []schema.Key{schema.KeyWireAPI},
	Profile: func(p *lint.Pass, pr *loong.Profile) {
		n := pr.Table.At(schema.KeyWireAPI).Node
		if n == nil || pr.WireAPI != "responses" || pr.Kind.ResponsesWire.FollowsWireAPI || pr.RoutesByModel() {
			return
		}
		f := p.Report(spanOf(n), "kind %s has no responses format", pr.Kind.ID).WithNode(n).WithHelp("delete wire_api")
		switch {
		case pr.EndpointOverrides:
			f.WithSeverity(lint.Warning).WithNote("Loong sends the body of kind %s all the same", pr.Kind.ID)
		case pr.Transport == loong.Unsupported:
			f.WithNote("Loong sends a chat body to %s; only doctor reports it", trimmed(pr.Request.Val))
		default:
			f.WithNote("Loong sends the body of kind %s to %s; doctor promises a retry, which never happens", pr.Kind.ID, trimmed(pr.Request.Val))
		}
		removeKey(p, f, n, lint.Unsafe)
	},
}
