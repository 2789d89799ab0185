package rules

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/placeholder"
	"github.com/loonglint/loonglint/schema"
)

var relativePath = lint.Rule{
	Name:    "relative-path",
	Group:   lint.GroupStructure,
	Summary: "a path that depends on where Loong is started",
	Doc: `A path without a leading / or ~/ starts at the directory in which Loong is started. Started elsewhere, by a service or
from another folder, it reads and writes other files and says nothing. Write the whole path, or one that begins with ~/.`,
	Level:  lint.Info,
	Since:  "0.1.0",
	Covers: []string{"X71"},
	Bad: `[memory]
sqlite_path = "data/memory.sqlite3"
`,
	Good: `[memory]
sqlite_path = "~/data/memory.sqlite3"
`,
	Paths: &textAt,
	Key: func(p *lint.Pass, v, _ schema.Value) {
		if textAt[v.Path] != usedAsHomePath {
			return
		}
		if v.Node.Kind == document.String {
			reportRelative(p, v.Node)
			return
		}
		for _, item := range v.Items() {
			if item.Node.Kind == document.String {
				reportRelative(p, item.Node)
			}
		}
	},
}

func reportRelative(p *lint.Pass, n *document.Node) {
	path := strings.TrimSpace(n.Text())
	if path == "" || path[0] == '~' || isAbsolute(path) || slices.Contains(noPath[:], ascii.Lower(path)) {
		return
	}
	if _, found := placeholder.Variable(path, true); found {
		return // variable-not-expanded
	}
	p.Report(n.Value(), "%s is looked up in the directory where Loong is started", quoted(trimmed(n.Text()))).WithNode(n).WithHelp("write the whole path, or one that begins with ~/")
}
