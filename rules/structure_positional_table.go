package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/schema"
)

var positionalTable = lint.Rule{
	Name:    "positional-table",
	Group:   lint.GroupStructure,
	Summary: "a list or date where a table is meant, and Loong reads it as one",
	Doc: `The decoding library of Loong also takes a list for most tables, reading the keys by position, and a date for a
table with nothing but defaults. Nobody means that: provider = [] is a [provider] table that can win over all
saved profiles, and gateway = [8080] sets the first key that gateway has. Write the table with its keys.`,
	Level:  lint.Warning,
	Since:  "0.1.0",
	Covers: []string{"P9"},
	Bad: `gateway = [8080]
`,
	Good: `gateway = { port = 8080 }
`,
	Keys: lint.Positional,
	Key: func(p *lint.Pass, v, _ schema.Value) {
		n, t := v.Node, v.Type()
		if v.Path == schema.NoPath {
			return
		}
		isMap := v.Shape.Op == schema.OpMap && n.Kind.IsDatetime()
		if !isMap && (t == nil || t.Kind == schema.Enum || t.Kind == schema.Secret) || refusalsByNode(p)[n]&refusedItself != 0 {
			return
		}
		reportPositional(p, v)
	},
}

func reportPositional(p *lint.Pass, v schema.Value) {
	n := v.Node
	name := v.Path.Name()
	if n.Name() != "" {
		name = n.Name()
	}
	f := p.Report(spanOf(n), "%s is %s, and Loong reads it as a table", name, kindName(n.Kind)).WithNode(n)
	switch {
	case n.Kind.IsDatetime():
		f.WithNote("a date counts as a table with nothing but defaults")
	case len(n.Entries) == 0:
		f.WithNote("an empty list counts as a table with nothing but defaults")
	default:
		f.WithNote("its entries count as the keys of the table, in the order of Loong's source: the first is %q", v.Type().Fields[0].Name)
	}
	f.WithHelp("write [%s] with its keys, or delete it", v.Path.String())
}
