package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/suggest"
	"github.com/loonglint/loonglint/schema"
)

var missingRequiredKey = lint.Rule{
	Name:    "missing-required-key",
	Summary: "a table lacks a key that Loong cannot do without",
	Doc: `Only MCP servers have required keys: command for a program, url for a service. Without one of them decoding
fails and Loong reads nothing of the file.`,
	Level: lint.Error,
	Since: "0.1.0",
	Bad: `[acp.backends.acpx.mcp_servers.files]
args = ["--root", "."]
`,
	Good: `[acp.backends.acpx.mcp_servers.files]
command = "mcp-files"
args = ["--root", "."]
`,
	Run: func(p *lint.Pass) {
		eachProblem(p, schema.MissingRequiredKey, func(b *schema.Problem) {
			want := quoted(b.Key)
			if b.Want != "" && b.Value.Type() != nil && b.Value.Type().Kind == schema.Variants {
				want = b.Want
			}
			f := p.Report(b.Node.Place(), "%s lacks %s", tableName(b.Node), want).At(b.Node).Why(refuses).Help("write %s with its value", want)
			for _, n := range b.Node.Entries {
				if near := suggest.Nearest(n.Name, fieldNames(b.Type)); len(near) == 1 && near[0] == b.Key {
					f.Related(n.Key, "is this meant to be %s?", b.Key)
				}
			}
		})
	},
}

func quoted(s string) string { return `"` + s + `"` }
