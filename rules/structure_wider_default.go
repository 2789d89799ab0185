package rules

import (
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/schema"
)

var widerDefault = lint.Rule{
	Name:    "wider-default",
	Group:   lint.GroupStructure,
	Summary: "a default that allows more than it did in an older Loong, and that the file does not pin",
	Doc: `Shell commands that no rule covers were refused up to Loong 0.1.0 and are allowed since 0.1.2-alpha.1. A file
without [tools.web] let web tools reach no private hosts, and since 0.1.2-alpha.2 it does. A file written for the
older version now allows more; write the key with the value that you want.`,
	Level:  lint.Info,
	Since:  "0.1.0",
	Covers: []string{"X29"},
	OptIn:  true,
	Bad: `[tools]
shell_default_mode = "deny"
`,
	Good: `[tools]
shell_default_mode = "deny"

[tools.web]
allow_private_hosts = false
`,
	Run: runWiderDefault,
}

func runWiderDefault(p *lint.Pass) {
	tools := p.Config.Root.At(schema.KeyTools)
	at := document.Span{}
	if tools.Present() {
		at = tools.Node.Place()
	}
	if mode := tools.At(schema.KeyShellDefaultMode); !mode.Present() && mode.Default() == `"allow"` {
		p.Report(at, `tools.shell_default_mode is not written: it was "deny" in Loong 0.1.0 and is "allow" now`).WithNode(tools.Node).
			WithNote("shell commands that no rule covers run without a question").
			WithHelp(`write shell_default_mode = "deny" or "allow" in [tools]`)
	}
	if web := tools.At(schema.KeyWeb); !web.Present() && web.At(schema.KeyAllowPrivateHosts).Default() == "true" {
		p.Report(at, "[tools.web] is not written: web tools may reach private hosts since Loong 0.1.2-alpha.2").WithNode(tools.Node).
			WithNote("without the table allow_private_hosts is true, with it the default is false").
			WithHelp("write allow_private_hosts in [tools.web]")
	}
}
