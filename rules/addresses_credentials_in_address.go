package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/weburl"
	"github.com/loonglint/loonglint/schema"
)

var credentialsInAddress = lint.Rule{
	Name:    "credentials-in-address",
	Group:   lint.GroupAddresses,
	Summary: "a user name or password inside an address",
	Doc: `The text before the @ of an address is sent as basic authorization when the request has no authorization
header, and is left out when it has one. It does not count as a credential, so Loong may refuse to send anything; and
reports show the address as it is. Write the credential in api_key, or a header.`,
	Level:  lint.Error,
	Levels: "warning outside of the provider tables",
	Since:  "0.1.0",
	Covers: []string{"U9"},
	Bad: `[providers.main]
kind = "openai"
base_url = "https://team:hunter22@proxy.example"
api_key = { env = "OPENAI_API_KEY" }
`,
	Good: `[providers.main]
kind = "openai"
base_url = "https://proxy.example"
api_key = { env = "OPENAI_API_KEY" }
`,
	Keys: lint.Addresses,
	Key: func(p *lint.Pass, v, _ schema.Value) {
		n := v.Node
		if n.Kind != document.String || !hasUserInfo(n.Text()) {
			return
		}
		f := p.Report(n.Value(), "%s contains a user name or password", nameOf(n)).WithNode(n).Claims(n, aUser)
		if inProvider(v.Path) {
			f.WithNote("Loong sends it as basic authorization, or drops it beside another credential, and shows it in reports").
				WithHelp("write the credential in api_key or in a header, and remove it from the address")
			return
		}
		f.WithSeverity(lint.Warning).WithNote("it is in clear text, and logs and reports show it").WithHelp("remove it from the address")
	},
}

// hasUserInfo reports whether an address has a user name or password that is not empty.
func hasUserInfo(address string) bool {
	if strings.IndexByte(address, '@') < 0 {
		return false
	}
	address = strings.ReplaceAll(strings.TrimSpace(address), "<region>", "region")
	if u, ok := weburl.Parse(address); ok {
		return u.HasUser
	}
	_, rest, ok := strings.Cut(address, "://")
	if !ok {
		return false
	}
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		rest = rest[:i]
	}
	return strings.LastIndexByte(rest, '@') > 0
}
