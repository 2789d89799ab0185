package rules

import (
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/schema"
)

var misplacedTopLevelKey = lint.Rule{
	Name:    "misplaced-top-level-key",
	Group:   lint.GroupStructure,
	Summary: "a top-level key that became part of a table because it is below a header",
	Doc: `In TOML a header holds for every line below it, up to the next header. active_provider written below
[providers.main] is a key of that profile, which does not know it, and Loong chooses a profile as if the key
were not there. Top-level keys go above the first header.

Not seen: a key that its table knows too.`,
	Level:  lint.Error,
	Levels: "warning for keys other than active_provider and provider tables",
	Since:  "0.1.0",
	Bad: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
active_provider = "main"
`,
	Good: `active_provider = "main"
[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
`,
	Keys: lint.Unknown | lint.Entries,
	Key:  runMisplaced,
	Run: func(p *lint.Pass) {
		for _, n := range p.Document.Root.Entries {
			if p.Config.Root.Type().FieldIn(n.Name(), p.Config.Target) != nil || !n.Kind.IsTable() {
				continue
			}
			for _, c := range n.Entries {
				if isSelector(c) {
					reportMisplaced(p, c)
				}
			}
		}
	},
}

func runMisplaced(p *lint.Pass, v, parent schema.Value) {
	n := v.Node
	switch {
	case n.Name() == "" || n.Parent == p.Document.Root:
	case v.Path == schema.NoPath && unknownAt(p, v, parent).class == unknownMisplaced:
		reportMisplaced(p, n).WithIgnored(n)
	case parent.Shape.Op == schema.OpMap && v.Shape.Op == schema.OpString && isSelector(n):
		f := reportMisplaced(p, n)
		if v.Path.IsHeaders() {
			f.WithNote("a header holds for every line below it; Loong sends the key to the service as an HTTP header")
		} else {
			f.WithNote("a header holds for every line below it; the key is one more entry of this table")
		}
	}
}

// isSelector reports whether n is active_provider or last_provider as a line of its own.
func isSelector(n *document.Node) bool {
	return (n.Name() == "active_provider" || n.Name() == "last_provider") && n.Kind == document.String
}

func reportMisplaced(p *lint.Pass, n *document.Node) *lint.Finding {
	table := n.Parent
	f := p.Report(n.Key(), "%s is part of %s here, not of the top level", quoteKey(n), tableName(table)).WithNode(n).
		WithNote("a header holds for every line below it; Loong ignores the key in this table").
		WithHelp("write it above the first header")
	if !isProviderKey(n.Name()) || n.Name() == "last_provider" {
		f.WithSeverity(lint.Warning)
	}
	if !table.Header().IsZero() {
		f.WithRelated(table.Header(), "the key is below this header")
	}
	if p.Document.Root.At(n.Name()) != nil || n.Expr().IsZero() {
		return f
	}
	cut, ok := removeLine(p.Document, n)
	if !ok {
		return f
	}
	line := string(p.Document.Source[n.Expr().Start:n.Expr().End])
	if insert, ok := insertKey(p.Document, p.Document.Root, line); ok {
		f.WithFix(lint.Unsafe, "move it to the top", insert, cut)
	}
	return f
}
