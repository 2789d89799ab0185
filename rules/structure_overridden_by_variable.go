package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var overriddenByVariable = lint.Rule{
	Name:    "overridden-by-variable",
	Group:   lint.GroupStructure,
	Summary: "a setting that a variable of the environment replaces",
	Doc: `A few variables come before the file: LOONG_ACP_BACKEND, LOONG_CONTEXT_ENGINE, LOONG_TURN_MIDDLEWARES, LOONG_MEMORY_SYSTEM (with the
name of a memory system only, and for conversations; the memory tools go by the file) and LOONGCLAW_GATEWAY_PORT. Unset the variable,
or write in the file what it says.

Reported where the value of the variable is known and is not what the file says: in the live world, and with --env-file. Silent
where only the name of the variable is declared, and for variables that Loong itself sets from the file.`,
	Level:   lint.Warning,
	Levels:  "info for an ACP backend while ACP is off",
	Since:   "0.1.0",
	Running: true,
	Needs:   lint.Environment,
	Covers:  []string{"X92"},
	Bad: `[conversation]
context_engine = "default"
`,
	Good: `[conversation]
context_engine = "legacy"
`,
	Env:   []string{"LOONG_CONTEXT_ENGINE=legacy"},
	Paths: &loong.OverridesAt,
	Key: func(p *lint.Pass, v, table schema.Value) {
		variable := p.Config.Overridden(v, table)
		if variable == "" {
			return
		}
		f := p.Report(spanOf(v.Node), "%s has no effect: the variable %s comes before the file", v.Node.Name(), variable).WithNode(v.Node).WithIgnored(v.Node).
			WithNote("Loong looks at the file only where the variable is unset or blank").WithHelp("unset %s, or write here what it says", variable)
		if isOff(v) {
			f.WithSeverity(lint.Info)
		}
	},
}
