package rules

import (
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

var idNotNormal = lint.Rule{
	Name:    "id-not-normal",
	Group:   lint.GroupProvider,
	Summary: "a profile id with capital letters or blanks around it",
	Doc: `Loong trims and lower-cases profile ids and active_provider before it compares them, and shows and saves only that
form. Write that form, so that the file and the reports agree.`,
	Level:  lint.Info,
	Since:  "0.1.0",
	Covers: []string{"A10"},
	Bad: `[providers.Main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
`,
	Good: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
`,
	Run: runIDNotNormal,
}

func runIDNotNormal(p *lint.Pass) {
	c := p.Config
	if n := p.Document.Root.At("active_provider"); n != nil && n.Kind == document.String && c.Basis == loong.Explicit && n.Text() != c.ActiveProvider.Val {
		p.Report(n.Value(), "active_provider = %s is read as %q", valueText(p.Document, n, 0), c.ActiveProvider.Val).WithNode(n).
			WithHelp("write %q", c.ActiveProvider.Val).
			WithFix(lint.Safe, "write "+quoted(c.ActiveProvider.Val), replaceText(p.Document, n, c.ActiveProvider.Val))
	}
	for i := range c.Saved {
		s := &c.Saved[i]
		if s.Renamed || s.Written == s.ID || isLost(c, s.Table.Node) {
			continue
		}
		n := s.Table.Node
		f := p.Report(n.Place(), "profile id %s is read as %q", quoteKey(n), s.ID).WithNode(n).WithHelp("write [providers.%s]", s.ID)
		if mentionedOnce(n) && p.Document.Root.At("providers", s.ID) == nil {
			f.WithFix(lint.Safe, "write the id "+s.ID, renameKey(n, s.ID))
		}
	}
}

// isLost reports whether a profile's table is part of a clash of ids.
func isLost(c *loong.Config, n *document.Node) bool {
	for _, l := range c.Lost {
		if l.Node == n || l.By == n {
			return true
		}
	}
	return false
}
