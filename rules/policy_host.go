package rules

import (
	"cmp"
	"strconv"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/weburl"
)

var policyHost = lint.Rule{
	Name:    "policy-host",
	Group:   lint.GroupPolicy,
	Summary: "a profile that talks to a host that the policy of loonglint.toml does not allow",
	Doc: `[policy.hosts] says which hosts profiles may talk to, whether by base_url, by an endpoint or by the kind's own address.
The host is compared without its port, in lower case. Addresses that have no host are left to other rules.` + policyDoc,
	Level: lint.Warning,
	Since: "0.1.0",
	Settings: `[policy.hosts]
allow = ["*.corp.example"]
because = "requests go through the company's gateway"
`,
	Bad: `[providers.main]
kind = "anthropic"
api_key = { env = "ANTHROPIC_API_KEY" }
`,
	Good: `[providers.main]
kind = "anthropic"
base_url = "https://llm.corp.example"
api_key = { env = "ANTHROPIC_API_KEY" }
`,
	Run: func(p *lint.Pass) {
		policyProfiles(p, func(pr *loong.Profile) {
			first := ""
			for i, u := range [...]*weburl.URL{pr.RequestURL(), pr.ModelsURL()} {
				if u == nil || u.Host == "" || u.Host == first {
					continue
				}
				first = u.Host
				at := cmp.Or([...]*document.Node{pr.Request.From.Node, pr.Models.From.Node}[i], pr.Base.From.Node, pr.KindFrom().Node, pr.Node)
				reportBreach(p, &p.Policy.Hosts, at, "profile "+strconv.Quote(pr.ID)+" talks to "+u.Host, u.Host)
			}
		})
	},
}
