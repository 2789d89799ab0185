package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

// aliasChoice is an alias of a kind that hides a choice (facts/choices.json).
type aliasChoice struct{ alias, chosen, instead string }

var ambiguousAlias = lint.Rule{
	Name:    "ambiguous-alias",
	Group:   lint.GroupProvider,
	Summary: "a kind written as an alias that hides a choice",
	Doc: `Some aliases name a company that has several kinds or regions, and stand for one of them: opencode is Zen and not
Go, moonshot and glm are the hosts in China, ark and doubao the general and not the coding plan. Write the id of the
kind, so that the choice can be seen.`,
	Level:  lint.Info,
	Since:  "0.1.0",
	Covers: []string{"P8"},
	Bad: `[providers.main]
kind = "moonshot"
api_key = { env = "MOONSHOT_API_KEY" }
`,
	Good: `[providers.main]
kind = "kimi"
api_key = { env = "MOONSHOT_API_KEY" }
`,
	Writes: []schema.Key{schema.KeyKind},
	Profile: func(p *lint.Pass, pr *loong.Profile) {
		v := pr.Table.At(schema.KeyKind)
		word, _ := v.WrittenWord()
		for i := range aliasChoices {
			c := &aliasChoices[i]
			if c.alias != word {
				continue
			}
			f := p.Report(spanOf(v.Node), "kind = %q means %s, %s", word, pr.Kind.ID, c.chosen).WithNode(v.Node).
				WithHelp("write kind = %q, or %s for the other choice", pr.Kind.ID, c.instead)
			if v.Node.Text() == word {
				f.WithFix(lint.Safe, "write kind = "+quoted(pr.Kind.ID), replaceText(p.Document, v.Node, pr.Kind.ID))
			}
		}
	},
}
