package rules

import (
	"slices"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var refusedByVersion = lint.Rule{
	Name:    "refused-by-version",
	Group:   lint.GroupVersions,
	Summary: "one of the versions asked for refuses the file, and the newest of them does not",
	Doc: `Several versions of Loong are asked for (--target-loong A..B), and an older one does not start with the file: it
does not know a kind or another word, takes no table for a secret, or its own validation refuses a value. What the
newest of them refuses is reported as usual.`,
	Level: lint.Error,
	Since: "0.1.0",
	Bad: `[providers.main]
kind = "xiaomi"
api_key = "${XIAOMI_API_KEY}"
`,
	Good: `[providers.main]
kind = "deepseek"
api_key = "${DEEPSEEK_API_KEY}"
`,
	Settings: `target-loong = "0.1.0-alpha.2..0.1.2-alpha.2"
rules = { default-differs = "off" }
`,
	Run: func(p *lint.Pass) {
		var values byNode
		problems := map[*document.Node]*schema.Problem{}
		for _, o := range p.Config.Others {
			for i := range o.Problems {
				b := &o.Problems[i]
				values.add(b.Node, o.Target)
				problems[b.Node] = b
			}
			for i := range o.Diagnostics {
				refusedDiagnostic(p, o, &o.Diagnostics[i])
			}
		}
		for _, n := range values.order {
			refusedProblem(p, values.sets[n], problems[n])
		}
	},
}

func refusedProblem(p *lint.Pass, set schema.Targets, b *schema.Problem) {
	if slices.ContainsFunc(p.Config.Problems, func(own schema.Problem) bool { return own.Node == b.Node }) {
		return
	}
	refuses := verb(set, "refuses the file", "refuse the file")
	if word, ok := b.Value.WrittenWord(); ok {
		if lacks := lacking(b.Type, word); lacks != 0 {
			p.Report(spanOf(b.Node), "%q is known since %s; %s", word, (schema.AllTargets &^ lacks).First().Title(), refuses).WithNode(b.Node).WithHelp(writeWhatAllKnow)
			return
		}
	}
	f := p.Report(spanOf(b.Node), "%s: it wants %s here", refuses, b.Want).WithNode(b.Node).WithHelp(writeWhatAllKnow)
	if b.Value.IsPlain() {
		f.WithNote("a table for a secret came later").WithHelp(`write "${NAME}", which all versions take`)
	}
}

func refusedDiagnostic(p *lint.Pass, o *loong.Config, d *loong.Diagnostic) {
	same := func(own loong.Diagnostic) bool { return own.Code == d.Code && own.FieldPath == d.FieldPath }
	if d.Severity != "error" || d.Node == nil || slices.ContainsFunc(p.Config.Diagnostics, same) {
		return
	}
	p.Report(spanOf(d.Node), "%s refuses the file: %s", o.Target.Title(), d.Code).WithNode(d.Node).WithHelp(writeWhatAllKnow)
}

const writeWhatAllKnow = "name the version that runs with --target-loong or in loonglint.toml, or write what all versions take"
