package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

var providerTableWins = lint.Rule{
	Name:    "provider-table-wins",
	Group:   lint.GroupProvider,
	Summary: "a [provider] table that is used instead of the profiles",
	Doc: `Where active_provider is missing or names no profile, a [provider] table wins over every profile, even if it is
empty or holds nothing but headers. Loong uses a profile that equals it in every field, or else adds it as a profile of
its own, perhaps as <kind>-2. Name the profile in active_provider, and delete [provider].`,
	Level:    lint.Error,
	Levels:   "info where the only profile equals the [provider] table",
	Since:    "0.1.0",
	Covers:   []string{"A5"},
	Silences: []string{"missing-kind"},
	Bad: `[provider]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }

[providers.main]
kind = "groq"
api_key = { env = "GROQ_API_KEY" }
`,
	Good: `active_provider = "main"

[providers.main]
kind = "groq"
api_key = { env = "GROQ_API_KEY" }
`,
	Run: runProviderTableWins,
}

func runProviderTableWins(p *lint.Pass) {
	c := p.Config
	if !c.Legacy.Present() || len(c.Saved) == 0 || c.Basis != loong.LegacyTable {
		return
	}
	n, active := c.Legacy.Node, c.Active()
	if active == nil {
		return // its kind is none
	}
	why := "active_provider is missing"
	if c.ActiveUnknown {
		why = "active_provider names no profile"
	}
	f := p.Report(n.Place(), "[provider] is used instead of the profiles, since %s", why).WithNode(n)
	switch {
	case active.Legacy:
		f.WithNote("Loong adds it as profile %q, of kind %s, and uses that", active.ID, active.Kind.ID)
	case len(c.Profiles) == 1:
		f.WithSeverity(lint.Info).WithNote("it equals profile %q, the only one", active.ID)
	default:
		f.WithNote("it equals profile %q, which Loong therefore uses", active.ID)
	}
	f.WithHelp("write active_provider at the top, and delete [provider] or make it a profile")
	for i := range c.Diagnostics {
		if d := &c.Diagnostics[i]; d.Code == implicitActive {
			f.WithDiagnostic(d)
		}
	}
}
