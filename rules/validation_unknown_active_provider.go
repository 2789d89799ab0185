package rules

import (
	"iter"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/suggest"
)

var unknownActiveProvider = lint.Rule{
	Name:    "unknown-active-provider",
	Group:   lint.GroupValidation,
	Summary: "active_provider names no profile of the file",
	Doc: `active_provider must be the id of a profile, compared in lower case and without blanks around it. A kind, an
alias or a model name is not enough. Loong then uses the [provider] table if there is one, else the first
profile in byte order, and only validate-config reports it.`,
	Level:  lint.Error,
	Since:  "0.1.0",
	Covers: []string{"A6"},
	Bad: `active_provider = "openai"

[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
`,
	Good: `active_provider = "main"

[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
`,
	Run: func(p *lint.Pass) {
		eachDiagnostic(p, "config.provider_selection.unknown_active", reportUnknownActive)
	},
}

func reportUnknownActive(p *lint.Pass, d *loong.Diagnostic) {
	n := p.Document.Root.At("active_provider")
	if n == nil {
		return
	}
	active := p.Config.ActiveProvider.Val
	f := p.Report(n.Value(), "active_provider = %q names no profile", n.Text()).WithNode(n).WithIgnored(p.Config.ActiveProvider.From.Ignored).WithDiagnostic(d).
		WithSeverity(lint.Error).WithNote("Loong uses profile %q instead: %s", active, basisText(p.Config.Basis))
	if a := p.Config.Active(); a != nil && a.Node != nil {
		f.WithRelated(a.Node.Place(), "used instead")
	}
	near := suggest.Nearest(n.Text(), profileIDs(p.Config))
	if len(near) == 0 {
		near = profilesOfKind(p.Config, n.Text())
	}
	switch {
	case strings.TrimSpace(n.Text()) == "" || len(near) == 0:
		f.WithHelp("write the id of a profile%s", example(p.Config))
	default:
		f.WithHelp("%s", suggest.Question(near))
	}
	if len(near) == 1 && n.Kind == document.String {
		f.WithFix(lint.Unsafe, "write "+near[0], replaceText(p.Document, n, near[0]))
	}
}

// example is the id of the first profile that active_provider can name, with an introduction.
func example(c *loong.Config) string {
	for id := range profileIDs(c) {
		return `, as "` + id + `"`
	}
	return ""
}

// profileIDs lists the ids of the profiles that active_provider can name.
func profileIDs(c *loong.Config) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := range c.Profiles {
			if !c.Profiles[i].Legacy && !yield(c.Profiles[i].ID) {
				return
			}
		}
	}
}

// profilesOfKind lists the profiles whose kind a text names, or whose model it is, at most three.
func profilesOfKind(c *loong.Config, text string) []string {
	kind := loong.FoldKind(text)
	var ids []string
	for i := range c.Profiles {
		p := &c.Profiles[i]
		if p.Legacy {
			continue
		}
		if kind != nil && p.Kind == kind || p.Model.Val == text {
			ids = append(ids, p.ID)
		}
	}
	return ids[:min(len(ids), suggest.Most)]
}
