package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var inertKey = lint.Rule{
	Name:    "inert-key",
	Group:   lint.GroupStructure,
	Summary: "a key that Loong decodes and then never uses",
	Doc: `Loong checks the type of these keys and this version then does nothing with them, apart from status output.
Deleting them changes nothing; keeping them for a later version does no harm.`,
	Level:   lint.Info,
	Since:   "0.1.0",
	Running: true,
	Covers:  []string{"X3"},
	Bad: `[tools.delegate]
max_pending = 4
`,
	Good: `[tools.delegate]
max_active_children = 4
`,
	Paths: &loong.InertAt,
	Key: func(p *lint.Pass, v, _ schema.Value) {
		if refusalsByNode(p)[v.Node] != 0 {
			return
		}
		f := p.Report(v.Node.Place(), "%s is read but not used by %s", keyOf(v), p.Config.Target.Title()).WithNode(v.Node).WithIgnored(v.Node)
		text := loong.InertTexts[loong.InertAt[v.Path]]
		if strings.HasPrefix(text, "apart from") {
			but, rest, _ := strings.Cut(text, "; ")
			f.Message += ", " + but
			text = rest
		}
		if text != "" {
			f.WithNote("%s", text)
		}
		f.WithHelp("delete it, or keep it for a version that uses it")
	},
}

// keyOf is the key of a value, also of one given by position.
func keyOf(v schema.Value) string {
	if v.Node.Name() != "" {
		return v.Node.Name()
	}
	return v.Path.Name()
}
