package rules

import (
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/schema"
)

var newerKey = lint.Rule{
	Name:    "newer-key",
	Group:   lint.GroupVersions,
	Summary: "a key that the version of Loong in use does not know, but a later one does",
	Doc: `The version that the file is read as (--target-loong, the setting target-loong; the newest release without them)
does not have the key and ignores it without a message. With several versions, those of them that ignore it are named.
Name the version that runs, or leave the key out until it does.

A key that an older version had and this one has not is reported by removed-key.`,
	Level:  lint.Warning,
	Since:  "0.1.0",
	Anyway: true,
	Bad: `[feishu]
require_mention = true
`,
	Good: `[telegram]
require_mention = true
`,
	Keys: lint.Unknown,
	Key: func(p *lint.Pass, v, parent schema.Value) {
		if u := unknownAt(p, v, parent); u.class == unknownNewer {
			set := schema.Targets(0).With(p.Config.Target)
			for _, o := range p.Config.Others {
				set = set.With(o.Target)
			}
			path := parent.Path.Child(v.Node.Name())
			reportNewer(p, v.Node, path, set&path.Lacking()).WithIgnored(v.Node)
		}
	},
	Run: func(p *lint.Pass) {
		var keys byNode
		for _, o := range p.Config.Others {
			o.Root.Walk(func(v, parent schema.Value) {
				if v.Path == schema.NoPath && v.Node.Name() != "" && parent.Path.Child(v.Node.Name()).In(p.Config.Target) != schema.NoPath {
					keys.add(v.Node, o.Target)
				}
			})
		}
		for _, n := range keys.order {
			reportNewer(p, n, schema.PathOfNode(n), keys.sets[n])
		}
	},
}

func reportNewer(p *lint.Pass, n *document.Node, path schema.PathID, set schema.Targets) *lint.Finding {
	name := quoteKey(n)
	if n.Kind.IsTable() {
		name = tableName(n)
	}
	return p.Report(n.Place(), "%s is known since %s; %s", name, path.Since().Title(), verb(set, "ignores it", "ignore it")).WithNode(n).
		WithHelp("name the version that runs with --target-loong or in loonglint.toml, or leave it out")
}
