package rules

import (
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

var implicitActiveProvider = lint.Rule{
	Name:    "implicit-active-provider",
	Group:   lint.GroupValidation,
	Summary: "several profiles, and no active_provider says which one is used",
	Doc: `Without active_provider Loong takes the first profile in byte order of the ids, whatever default_for_kind says.
Only validate-config reports it. Name the profile that you want.

A [provider] table is taken before all profiles; see provider-table-wins.`,
	Level:  lint.Error,
	Since:  "0.1.0",
	Covers: []string{"A7"},
	Bad: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }

[providers.backup]
kind = "groq"
api_key = { env = "GROQ_API_KEY" }
`,
	Good: `active_provider = "main"

[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }

[providers.backup]
kind = "groq"
api_key = { env = "GROQ_API_KEY" }
`,
	Run: func(p *lint.Pass) {
		if p.Config.Basis != loong.LegacyTable { // provider-table-wins carries it then
			eachDiagnostic(p, implicitActive, reportImplicit)
		}
	},
}

// implicitActive is Loong's code for a file with several profiles and no active_provider.
const implicitActive = "config.provider_selection.implicit_active"

func reportImplicit(p *lint.Pass, d *loong.Diagnostic) {
	active := p.Config.ActiveProvider.Val
	at := p.Document.Root.At("providers")
	if a := p.Config.Active(); a != nil && a.Node != nil {
		at = a.Node
	}
	f := p.Report(at.Place(), "active_provider is missing, so Loong uses profile %q", active).WithNode(at).WithDiagnostic(d).
		WithSeverity(lint.Error).WithNote("%s; only validate-config says so", basisText(p.Config.Basis))
	if stray := straySelector(p.Document.Root); stray != nil {
		f.WithRelated(stray.Key(), "it is here, below a header").WithHelp("move the line above the first header")
		return
	}
	f.WithHelp("write active_provider = %q above the first header, or name another profile", active)
	if a := p.Config.Active(); a != nil && a.Node != nil {
		f.WithLabel("used")
	}
	addSelector(p, f, active)
}

// straySelector is an active_provider that became a key of some table, or nil.
func straySelector(table *document.Node) *document.Node {
	for _, n := range table.Entries {
		if n.Name() == "active_provider" && isSelector(n) {
			return n
		}
		if n.Kind == document.Table {
			if stray := straySelector(n); stray != nil {
				return stray
			}
		}
	}
	return nil
}

// basisText says how Loong came to its choice (behaviour.md 2.4).
func basisText(b loong.Basis) string {
	switch b {
	case loong.LegacyTable:
		return "the [provider] table wins over all saved profiles"
	case loong.FirstProfile:
		return "it is the first id in byte order"
	}
	return "it is the only profile"
}

// addSelector offers to write the choice down as Loong makes it now.
func addSelector(p *lint.Pass, f *lint.Finding, active string) {
	line := "active_provider = " + quoted(active)
	if edit, ok := insertKey(p.Document, p.Document.Root, line); ok {
		f.WithFix(lint.Safe, "write down the profile that is used now", edit)
	}
}
