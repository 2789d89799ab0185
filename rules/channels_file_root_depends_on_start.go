package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/schema"
)

var fileRootDependsOnStart = lint.Rule{
	Name:    "file-root-depends-on-start",
	Group:   lint.GroupChannels,
	Summary: "a file_root that also depends on the directory in which Loong is started",
	Doc: `For loong ask a path must lie below tools.file_root and below the directory in which Loong is started. Started elsewhere, absolute paths below
file_root are refused, and relative ones begin in that directory, outside file_root. Start Loong in file_root, or above it. Bash is not
confined by it.

The file may be all right, so the rule is off unless it is switched on.`,
	Level:   lint.Info,
	Since:   "0.1.0",
	OptIn:   true,
	Running: true,
	Covers:  []string{"X68"},
	Bad: `[tools]
file_root = "/srv/loong/work"
`,
	Good: `[tools]
shell_default_mode = "deny"
`,
	Run: func(p *lint.Pass) {
		v := p.Config.Root.At(schema.KeyTools).At(schema.KeyFileRoot)
		if text, _ := v.Text(); strings.TrimSpace(text) != "" {
			p.Report(spanOf(v.Node), "loong ask reaches only what is below file_root and below the directory in which it is started").WithNode(v.Node).
				WithNote("a relative path begins in that directory; bash is not confined").WithHelp("start Loong in file_root, or above it")
		}
	},
}
