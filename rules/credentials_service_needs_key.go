package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var serviceNeedsKey = lint.Rule{
	Name:    "service-needs-key",
	Group:   lint.GroupCredentials,
	Summary: "a vendor's public service in a profile of a local kind that sends no key",
	Doc: `The kinds of services on your own machine need no key, so Loong sends their requests without one wherever they go. The same
vendor's service in the net, such as Ollama Cloud, refuses them. Write api_key beside the address.

Silent where a key or a header that is a credential may be there, and for hosts that no vendor documents.`,
	Level:   lint.Warning,
	Since:   "0.1.0",
	Address: true,
	Bad: `[providers.main]
kind = "ollama"
base_url = "https://ollama.com"
model = "gpt-oss:120b"
`,
	Good: `[providers.main]
kind = "ollama"
base_url = "https://ollama.com"
model = "gpt-oss:120b"
api_key = { env = "OLLAMA_API_KEY" }
`,
	Writes: []schema.Key{schema.KeyBaseURL, schema.KeyEndpoint},
	Profile: func(p *lint.Pass, pr *loong.Profile) {
		if pr.Kind.RequiresAuth || pr.Credential.Resolved != loong.No || pr.Credential.Required || pr.HeaderCounts() {
			return
		}
		text, n := ownBase(pr)
		if pr.EndpointOverrides {
			text, n = profileText(pr, schema.KeyEndpoint)
		}
		if n == nil || !isVendorHost(routeHost(pr.Route, text), pr.Kind.ID) {
			return
		}
		p.Report(spanOf(n), "%s needs a key, and profile %q sends none", quoted(routeHost(pr.Route, text)), pr.ID).WithNode(n).
			WithNote("kind %s needs none by itself, so Loong sends the requests all the same", pr.Kind.ID).
			WithHelp("write api_key = { env = %q }", strings.ToUpper(pr.Kind.ID)+"_API_KEY")
	},
}
