package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var loopbackThroughProxy = lint.Rule{
	Name:    "loopback-through-proxy",
	Group:   lint.GroupAddresses,
	Summary: "requests to this machine or the local network that go through a proxy",
	Doc: `Loong makes no exception for localhost: with HTTP_PROXY or ALL_PROXY set, requests to a local model go to the
proxy, which mostly cannot reach it. NO_PROXY helps, but * does not exempt an IP address, and entries with a port never
match. Name the address in NO_PROXY, as 127.0.0.1 or 127.0.0.0/8.`,
	Level:  lint.Warning,
	Since:  "0.1.0",
	Covers: []string{"T2"},
	Needs:  lint.Environment,
	Bad: `[providers.local]
kind = "ollama"
model = "qwen3:14b"
`,
	Good: `[providers.local]
kind = "openrouter"
model = "qwen/qwen3-14b"
`,
	Env:  []string{"HTTP_PROXY=http://proxy.example:3128", "OPENROUTER_API_KEY=example"},
	Skip: func(p *lint.Pass) bool { return !p.Environment.HasProxy() },
	Profile: func(p *lint.Pass, pr *loong.Profile) {
		for _, r := range routes(pr) {
			u := urlOf(r.address)
			if u == nil || !u.Loopback() && !u.Private() {
				continue
			}
			proxy := p.Environment.ProxyFor(u)
			if proxy.Name == "" || proxy.SOCKS() {
				continue
			}
			p.Report(r.at, "requests to %s go through the proxy of %s", u.HostPort(), proxy.Name).WithNode(r.node).
				WithNote("Loong makes no exception for this machine or the local network").
				WithHelp("add %s to NO_PROXY", strings.Trim(u.Host, "[]"))
			return
		}
	},
}

// route is an address that requests go to, with the place that is responsible for it.
type route struct {
	address string
	node    *document.Node
	at      document.Span
}

// routes are the chat and the models address of a profile.
func routes(pr *loong.Profile) [2]route {
	request := chatAddress(pr)
	return [2]route{
		routeOf(pr, request, schema.KeyEndpoint, pr.EndpointOverrides && !pr.RoutesByModel()),
		routeOf(pr, pr.Models.Val, schema.KeyModelsEndpoint, pr.ModelsEndpointOverrides),
	}
}

func routeOf(pr *loong.Profile, address string, key schema.Key, overrides bool) route {
	n, at := kindSpan(pr)
	if _, base := ownBase(pr); base != nil {
		n, at = base, base.Value()
	}
	if _, own := profileText(pr, key); overrides {
		n, at = own, own.Value()
	}
	return route{address, n, at}
}
