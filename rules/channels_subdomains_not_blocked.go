package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var subdomainsNotBlocked = lint.Rule{
	Name:    "subdomains-not-blocked",
	Group:   lint.GroupChannels,
	Summary: "a blocked domain whose subdomains stay open",
	Doc: `An entry of blocked_domains is compared with the whole host: "example.com" blocks example.com and leaves www.example.com open. "*.example.com" means
the name and all below it.

Many lists name hosts on purpose, so the rule is off unless it is switched on. It looks at entries that are a registered domain by
the look of them: two parts, or three such as example.co.uk.`,
	Level:   lint.Info,
	Since:   "0.1.0",
	OptIn:   true,
	Running: true,
	Covers:  []string{"X60"},
	Bad: `[tools.web]
allow_private_hosts = false
blocked_domains = ["example.com"]
`,
	Good: `[tools.web]
allow_private_hosts = false
blocked_domains = ["*.example.com"]
`,
	Run: func(p *lint.Pass) {
		tools := p.Config.Root.At(schema.KeyTools)
		for _, table := range [...]schema.Value{tools.At(schema.KeyWeb), tools.At(schema.KeyDelegate).At(schema.KeyChildRuntime).At(schema.KeyWeb), p.Config.Root.At(schema.KeySkills)} {
			if on, written := table.At(schema.KeyEnabled).Bool(); !written || on {
				openSubdomains(p, table.At(schema.KeyBlockedDomains))
			}
		}
	},
}

func openSubdomains(p *lint.Pass, list schema.Value) {
	covered := map[string]bool{}
	for _, item := range list.Items() {
		text, _ := item.Text()
		if name, ok := strings.CutPrefix(ascii.Lower(strings.TrimSpace(text)), "*."); ok {
			covered[name] = true
		}
	}
	for _, item := range list.Items() {
		text, _ := item.Text()
		host := ascii.Lower(strings.TrimSpace(text))
		if loong.HostFault(host) != "" || !looksRegistered(host) || covered[host] || covered[host[strings.IndexByte(host, '.')+1:]] {
			continue
		}
		p.Report(item.Node.Value(), "%s is blocked, names below it such as www.%s are not", host, host).WithNode(item.Node).
			WithNote("an entry is compared with the whole host").WithHelp("write %q, which means both", "*."+host).
			WithFix(lint.Unsafe, "write *."+host, replaceText(p.Document, item.Node, "*."+host))
	}
}

// looksRegistered reports whether a host is a registered domain by the look of it: example.com, example.co.uk.
func looksRegistered(host string) bool {
	parts := strings.Split(host, ".")
	last := parts[len(parts)-1]
	if last == "" || last[0] >= '0' && last[0] <= '9' {
		return false
	}
	return len(parts) == 2 || len(parts) == 3 && len(last) == 2 && len(parts[1]) <= 3
}
