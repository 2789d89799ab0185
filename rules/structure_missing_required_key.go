package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/schema"
)

var missingRequiredKey = lint.Rule{
	Name:    "missing-required-key",
	Group:   lint.GroupStructure,
	Summary: "a table lacks a required key",
	Doc: `Only MCP servers have required keys: command for a program, url for a service. Without one of them decoding
fails and Loong reads nothing of the file.`,
	Level:  lint.Error,
	Anyway: true,
	Since:  "0.1.0",
	Bad: `[acp.backends.acpx.mcp_servers.files]
args = ["--root", "."]
`,
	Good: `[acp.backends.acpx.mcp_servers.files]
command = "mcp-files"
args = ["--root", "."]
`,
	After: []string{"unknown-key"},
	End: func(p *lint.Pass) {
		eachProblem(p, schema.MissingRequiredKey, func(b *schema.Problem) { reportMissing(p, b) })
	},
}

func reportMissing(p *lint.Pass, b *schema.Problem) {
	if p.Told(b.Node, b.Key) {
		return
	}
	typo := misspelledRequired(p, b.Type, b.Node)
	f := p.Report(b.Node.Place(), "%s lacks %s", tableName(b.Node), quoted(b.Key)).WithNode(b.Node).WithNote(refuses).
		WithHelp("write %s with its value", b.Key)
	if strings.HasPrefix(b.Want, "one of") {
		f.Message = tableName(b.Node) + " lacks " + b.Want
		f.WithHelp("write command for a program, or url for a service")
	}
	if typo != nil {
		f.WithRelated(typo.Key(), "did you mean %s?", quoted(b.Key)).WithHelp("rename %s to %s", quoted(typo.Name()), quoted(b.Key))
		offerRename(p, f, typo, b.Key)
	}
}

func quoted(s string) string { return `"` + s + `"` }
