package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

var socksProxy = lint.Rule{
	Name:    "socks-proxy",
	Group:   lint.GroupAddresses,
	Summary: "a SOCKS proxy in the environment, which Loong cannot use",
	Doc: `Loong is built without SOCKS. A proxy variable with socks5://… is accepted when it is read, and then every request
that would use it fails before anything is sent, as a connection failure. Name an HTTP proxy, or exempt the hosts in
NO_PROXY.`,
	Level:  lint.Error,
	Since:  "0.1.0",
	Covers: []string{"T3"},
	Needs:  lint.Environment,
	Bad: `[providers.main]
kind = "openai"
model = "gpt-5-mini"
api_key = { env = "OPENAI_API_KEY" }
`,
	Good: `[providers.local]
kind = "ollama"
model = "qwen3:14b"
`,
	Env:  []string{"HTTPS_PROXY=socks5://proxy.example:1080", "OPENAI_API_KEY=example"},
	Skip: func(p *lint.Pass) bool { return !p.Environment.HasProxy() },
	Run: func(p *lint.Pass) {
		said := map[string]bool{}
		for _, active := range [...]bool{true, false} {
			for i := range p.Config.Profiles {
				if pr := &p.Config.Profiles[i]; pr.Active == active {
					socksOf(p, pr, said)
				}
			}
		}
	},
}

// socksOf speaks once of each variable.
func socksOf(p *lint.Pass, pr *loong.Profile, said map[string]bool) {
	for _, r := range routes(pr) {
		u := urlOf(r.address)
		if u == nil {
			continue
		}
		proxy := p.Environment.ProxyFor(u)
		if !proxy.SOCKS() || said[proxy.Name] {
			continue
		}
		said[proxy.Name] = true
		p.Report(r.at, "requests to %s fail: %s names a SOCKS proxy", u.HostPort(), proxy.Name).WithNode(r.node).
			WithNote("Loong is built without SOCKS and fails before it sends anything").
			WithHelp("set %s to an HTTP proxy, or add %s to NO_PROXY", proxy.Name, u.Host)
	}
}
