package rules

import (
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/suggest"
)

var unknownLastProvider = lint.Rule{
	Name:    "unknown-last-provider",
	Group:   lint.GroupProvider,
	Summary: "last_provider names no profile of the file",
	Doc: `last_provider remembers the profile that was used before, for switching back. Loong drops it without a
message if no profile has that id. Write an id, or delete the line.`,
	Level:  lint.Info,
	Since:  "0.1.0",
	Covers: []string{"A11"},
	Bad: `last_provider = "backup"

[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
`,
	Good: `last_provider = "main"

[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
`,
	Run: func(p *lint.Pass) {
		n := p.Config.LastProvider.From.Ignored
		if n == nil || n.Kind != document.String {
			return
		}
		f := p.Report(n.Value(), "last_provider = %s names no profile", valueText(p.Document, n, 0)).WithNode(n).WithIgnored(n).WithNote("Loong drops it")
		if near := suggest.Nearest(n.Text(), profileIDs(p.Config)); len(near) > 0 {
			f.WithHelp("%s", suggest.Question(near))
		} else {
			f.WithHelp("write the id of a profile, or delete the line")
		}
		removeKey(p, f, n, lint.Safe)
	},
}
