package rules

import (
	"slices"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var severalDefaultsForKind = lint.Rule{
	Name:    "several-defaults-for-kind",
	Group:   lint.GroupProvider,
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
	done := map[*loong.Kind]bool{}
	for i := range p.Config.Profiles {
		_, kind := defaultMark(&p.Config.Profiles[i])
		if kind == nil || done[kind] {
			continue
		}
		done[kind] = true
		if marks := defaultMarks(p.Config.Profiles, kind); len(marks) > 1 {
			reportDefaults(p, kind, marks)
		}
	}
}

func reportDefaults(p *lint.Pass, kind *loong.Kind, marks []*document.Node) {
	f := p.Report(spanOf(marks[1]), "%d profiles of kind %s have default_for_kind = true", len(marks), kind.ID).WithNode(marks[1]).
		WithRelated(spanOf(marks[0]), "the first one").
		WithNote("switching by the name of the kind is then ambiguous and fails").
		WithHelp("keep default_for_kind = true in one of them")
	var edits []document.Edit
	for _, n := range marks[1:] {
		if n != marks[1] {
			f.WithRelated(spanOf(n), "another one")
		}
		edit, ok := removeLine(p.Document, n)
		if !ok || n.Parent.Kind != document.Table {
			return
		}
		edits = append(edits, edit)
	}
	f.WithFix(comparedSafety(p, lint.Unsafe), "keep the first one", edits...)
}

// defaultMarks lists where profiles of a kind say that they are its default, in the order of the file.
func defaultMarks(profiles []loong.Profile, kind *loong.Kind) []*document.Node {
	var marks []*document.Node
	for i := range profiles {
		if n, k := defaultMark(&profiles[i]); k == kind {
			marks = append(marks, n)
		}
	}
	slices.SortFunc(marks, func(a, b *document.Node) int { return a.Expr().Start - b.Expr().Start })
	return marks
}

// defaultMark is where a profile says that it is the default of its kind, or nil.
func defaultMark(pr *loong.Profile) (*document.Node, *loong.Kind) {
	v := pr.Table.At(schema.KeyDefaultForKind)
	if on, ok := v.Bool(); !ok || !on {
		return nil, nil
	}
	return v.Node, pr.Kind
}
