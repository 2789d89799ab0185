package rules

import (
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

var severalDefaultsForKind = lint.Rule{
	Name:    "several-defaults-for-kind",
	Summary: "default_for_kind = true in several profiles of one kind",
	Doc: `default_for_kind says which of several profiles of a kind is meant when somebody switches by the name of the kind.
With two of them the name is ambiguous and the switch fails. It plays no part in the choice of the active profile.`,
	Level:  lint.Info,
	Since:  "0.1.0",
	Covers: []string{"A12"},
	Bad: `active_provider = "a"

[providers.a]
kind = "groq"
default_for_kind = true
api_key = { env = "GROQ_API_KEY" }

[providers.b]
kind = "groq"
default_for_kind = true
api_key = { env = "GROQ_API_KEY" }
`,
	Good: `active_provider = "a"

[providers.a]
kind = "groq"
default_for_kind = true
api_key = { env = "GROQ_API_KEY" }

[providers.b]
kind = "groq"
api_key = { env = "GROQ_API_KEY" }
`,
	Run: runSeveralDefaults,
}

func runSeveralDefaults(p *lint.Pass) {
	for i := range p.Config.Profiles {
		n, kind := defaultMark(&p.Config.Profiles[i])
		if n == nil {
			continue
		}
		for j := range p.Config.Profiles {
			first, other := defaultMark(&p.Config.Profiles[j])
			if first == nil || other != kind || first.Expr.Start >= n.Expr.Start {
				continue
			}
			f := p.Report(place(n), "two profiles of kind %s are its default", kind.ID).At(n).
				Related(place(first), "the other one").
				Why("switching by the name of the kind is then ambiguous and fails").
				Help("keep default_for_kind = true in one of them")
			removeKey(p, f, n, lint.Unsafe)
			break
		}
	}
}

// defaultMark is where a profile says that it is the default of its kind, or nil.
func defaultMark(pr *loong.Profile) (*document.Node, *loong.Kind) {
	v := pr.Table.Field("default_for_kind")
	if on, ok := v.Bool(); !ok || !on {
		return nil, nil
	}
	return v.Node, pr.Kind
}
