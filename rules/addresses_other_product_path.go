package rules

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

var otherProductPath = lint.Rule{
	Name:    "other-product-path",
	Group:   lint.GroupAddresses,
	Summary: "a vendor's own host with the path of another of its products",
	Doc: `Coding plans, token plans and APIs in another format are on the vendor's own host, each below its own path. Loong puts
its path after base_url as it is, so kind zhipu with https://open.bigmodel.cn/api/coding/paas/v4 asks for
…/api/coding/paas/v4/api/paas/v4/chat/completions, which answers 404. Write the kind whose path fits; the host stays.

A base_url and kind that give a request that the vendor documents are not reported, whatever the kind. Azure is known by
its host: kind openai needs /openai there.`,
	Level:    lint.Error,
	Levels:   "warning for a path of which no product is known",
	Since:    "0.1.0",
	Address:  true,
	Silences: []string{"address-of-other-kind", "missing-base-path", "default-path-on-own-base"},
	Bad: `[providers.main]
kind = "deepseek"
base_url = "https://api.deepseek.com/anthropic"
model = "deepseek-chat"
api_key = { env = "DEEPSEEK_API_KEY" }
`,
	Good: `[providers.main]
kind = "anthropic"
base_url = "https://api.deepseek.com/anthropic"
model = "deepseek-chat"
api_key = { env = "DEEPSEEK_API_KEY" }
`,
	After: []string{"repeated-path-segment"},
	End:   func(p *lint.Pass) { eachProfile(p, judgeProductPath) },
}

func judgeProductPath(p *lint.Pass, pr *loong.Profile) {
	base, n := ownBase(pr)
	if n == nil || !chatUsesBase(pr) || pr.Path.Val != pr.Kind.ChatPath || p.ToldAt(n) {
		return
	}
	u := pr.ReadURL(base)
	if u == nil || !u.HasHost {
		return
	}
	path := strings.TrimRight(pathOf(base), "/")
	own := originOf(pr.Route, base).isOf(pr.Kind) || isVendorHost(u.Host, pr.Kind.ID)
	help, sure := "", false
	if known := productPathOf(pr, u.Host, path, own); known != nil {
		if known.silent {
			return
		}
		help, sure = strings.ReplaceAll(known.help, "HOST", trimmed(u.Host)), true
	} else if !own || path == "" {
		return
	} else if fit := productAt(pr, base); fit != nil {
		help, sure = "write kind = "+quoted(fit.kind)+" and keep this base_url ("+fit.product+")", true
	}
	if !sure && hasSegments(pathOf(pr.Kind.BaseURL)) || isDocumented(pr) {
		return
	}
	f := p.Report(n.Value(), "%s of %s does not fit kind %s: Loong asks %s", n.Name(), trimmed(u.Host), pr.Kind.ID, trimmed(pr.Request.Val)).WithNode(n).
		WithNote("Loong puts the path of the kind, %s, after the address", pr.Path.Val)
	if !sure {
		f.WithSeverity(lint.Warning)
		help = "write the address without a path, or the kind that the path belongs to"
	}
	f.WithHelp("%s", help)
}

// productPathOf is the row that tells of a path; own tells that the host is one of the kind's own.
func productPathOf(pr *loong.Profile, host, path string, own bool) *productPath {
	for i := range productPaths {
		r := &productPaths[i]
		if r.kind != pr.Kind.ID {
			continue
		}
		at := own || r.anyHost
		if r.hosts != "" {
			at = matchesStar(r.hosts, host)
		}
		if at && slices.ContainsFunc(r.paths, func(p string) bool { return matchesStar(p, path) }) {
			return r
		}
	}
	return nil
}
