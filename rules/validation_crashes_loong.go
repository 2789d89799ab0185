package rules

import (
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var crashesLoong = lint.Rule{
	Name:      "crashes-loong",
	Group:     lint.GroupValidation,
	Mandatory: true,
	Summary:   "a value on which Loong aborts instead of giving an error",
	Doc: `When the name of a variable holds an equals sign, Loong cuts the text before it after 4 and after 7 bytes. If a
cut falls inside a character of several bytes the program aborts, whatever command was called. Write the name of
the variable alone, in ASCII.`,
	Level:  lint.Error,
	Since:  "0.1.0",
	Covers: []string{"X28"},
	Bad: `[providers.main]
kind = "openai"
api_key_env = "ключ=значение"
`,
	Good: `[providers.main]
kind = "openai"
api_key_env = "OPENAI_API_KEY"
`,
	Skip: func(p *lint.Pass) bool { return p.Config.Verdict != loong.Crashes },
	Keys: lint.Pointers,
	Key: func(p *lint.Pass, v, _ schema.Value) {
		n := v.Node
		if n.Kind == document.String && loong.AbortsOn(n.Text()) {
			p.Report(n.Value(), "Loong aborts on this value of %s", pointerName(n)).WithNode(n).
				WithNote("it cuts the text before \"=\" inside a character of several bytes").
				WithHelp("write the name of a variable alone, in ASCII letters, digits and underscores")
		}
	},
}
