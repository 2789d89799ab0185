package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

var profileLost = lint.Rule{
	Name:    "profile-lost",
	Group:   lint.GroupProvider,
	Summary: "a profile that another one with the same id replaces",
	Doc: `Loong trims and lower-cases the ids of profiles. Of two that are then the same, the one that comes first in byte
order of the ids as written is dropped, with all its settings, and is not checked. Give each an id of its own.

An id that has no such form at all is reported as profile-renamed.`,
	Level:    lint.Error,
	Since:    "0.1.0",
	Covers:   []string{"A8"},
	Silences: []string{"id-not-normal", "missing-kind"},
	Bad: `active_provider = "openai"

[providers.OpenAI]
kind = "openai"
api_key = { env = "TEAM_KEY" }

[providers.openai]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
`,
	Good: `active_provider = "openai"

[providers.openai-team]
kind = "openai"
api_key = { env = "TEAM_KEY" }

[providers.openai]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
`,
	Run: func(p *lint.Pass) {
		for i := range p.Config.IgnoredSelection() {
			if i.Entry == "A8" { // A9: profile-renamed
				p.Report(i.Node.Place(), "profile %s is lost: %s has the same id", quoteKey(i.Node), quoteKey(i.By)).WithNode(i.Node).
					WithIgnored(i.Node).WithRelated(i.By.Place(), "replaces it").
					WithNote("Loong reads both ids as %q, and the one that is later in byte order stays", loong.NormalID(i.Node.Name())).
					WithHelp("give one of them another id")
			}
		}
	},
}
