package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var zenAddressForGo = lint.Rule{
	Name:    "zen-address-for-go",
	Group:   lint.GroupAddresses,
	Summary: "the address of OpenCode Zen in a profile of OpenCode Go",
	Doc: `https://opencode.ai/zen/v1 is the root of Zen; that of Go is https://opencode.ai/zen/go/v1. Loong uses the address
as it is written, and its own hint misses it when it ends with a slash. Delete base_url, or write kind = "opencode_zen".`,
	Level:    lint.Warning,
	Since:    "0.1.0",
	Covers:   []string{"U27"},
	Silences: []string{"address-of-other-kind", "value-clamped"},
	Bad: `[providers.main]
kind = "opencode_go"
base_url = "https://opencode.ai/zen/v1/"
api_key = { env = "OPENCODE_API_KEY" }
`,
	Good: `[providers.main]
kind = "opencode_go"
base_url = "https://opencode.ai/zen/go/v1"
api_key = { env = "OPENCODE_API_KEY" }
`,
	Writes: []schema.Key{schema.KeyBaseURL},
	Profile: func(p *lint.Pass, pr *loong.Profile) {
		if !pr.RoutesByModel() {
			return
		}
		zen := loong.KindByName("opencode_zen")
		base, n := ownBase(pr)
		if n == nil || pr.Kind == zen || !loong.SameAddress(base, zen.BaseURL) && !hintsAtZen(pr) {
			return
		}
		f := p.Report(n.Value(), "base_url is the address of %s, but the profile is of kind %s", zen.ID, pr.Kind.ID).WithNode(n).
			WithNote("Loong uses it as written").WithHelp("delete base_url, or write kind = %q", zen.ID)
		removeKey(p, f, n, lint.Unsafe)
	},
}

func hintsAtZen(pr *loong.Profile) bool {
	return pr.Hint != nil && pr.Hint.Rule == "opencode" && pr.Hint.Source == "base"
}
