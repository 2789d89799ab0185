package rules

import (
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var blankValue = lint.Rule{
	Name:    "blank-value",
	Group:   lint.GroupStructure,
	Summary: "a blank text in a provider table, which counts as not written",
	Doc: `A text of nothing but blanks in one of the keys base_url, chat_completions_path, endpoint, models_endpoint, model,
api_key, oauth_access_token and their *_env has the same effect as leaving the key out. Delete it, or fill it in.`,
	Level:  lint.Info,
	Since:  "0.1.0",
	Covers: []string{"P6"},
	Bad: `[providers.main]
kind = "openai"
base_url = ""
api_key = { env = "OPENAI_API_KEY" }
`,
	Good: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
`,
	Table: func(p *lint.Pass, table schema.Value, _ *loong.Profile) {
		for _, i := range p.IgnoredInTable(table) {
			if i.Entry == "P6" {
				reportBlank(p, i.Node)
			}
		}
	},
}

func reportBlank(p *lint.Pass, n *document.Node) {
	f := p.Report(n.Value(), "%s is blank, which counts as not written", n.Name()).WithNode(n).WithIgnored(n).WithHelp("delete the line, or fill it in")
	if cut, ok := removeLine(p.Document, n); ok && n.Expr().Start == n.Key().Start && !n.Parent.Header().IsZero() {
		f.WithFix(safeIn(p.Document, n), "delete the line", cut)
	}
}
