package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/schema"
)

var defaultDiffers = lint.Rule{
	Name:    "default-differs",
	Group:   lint.GroupVersions,
	Summary: "a key that the file does not write, and whose default differs between the versions asked for",
	Doc: `Several versions of Loong are asked for (--target-loong A..B), and what the file leaves out does not mean the same
in all of them: shell commands that were refused are allowed, a database is looked for in another folder. Write the key
with the value that you want.

Not reported: Loong's own prompt, whose text changes with each version, and defaults that Loong treats alike.`,
	Level: lint.Warning,
	Since: "0.1.0",
	Bad: `[tools.delegate]
child_tool_allowlist = []

[tools.web]
allow_private_hosts = false

[memory]
sqlite_path = "/var/lib/loong/memory.sqlite3"

[audit]
path = "/var/lib/loong/events.jsonl"
`,
	Good: `[tools]
shell_default_mode = "deny"

[tools.delegate]
child_tool_allowlist = []

[tools.web]
allow_private_hosts = false

[memory]
sqlite_path = "/var/lib/loong/memory.sqlite3"

[audit]
path = "/var/lib/loong/events.jsonl"
`,
	Settings: `target-loong = "0.1.0-alpha.2..0.1.2-alpha.2"
`,
	Run: func(p *lint.Pass) {
		if len(p.Config.Others) == 0 {
			return
		}
		for _, moved := range schema.MovedDefaults() {
			compareDefault(p, moved)
		}
	},
}

func compareDefault(p *lint.Pass, moved schema.MovedDefault) {
	path := moved.Path
	if moved.Same || path.In(p.Config.Target) == schema.NoPath {
		return
	}
	keys := strings.Split(path.String(), ".")
	if keys[0] == "feishu_integration" && !p.Config.Root.Has(schema.KeyFeishu) && !p.Config.Root.Has(schema.KeyFeishuIntegration) {
		return // nothing uses it
	}
	now := p.Config.Root.Get(keys...)
	for _, o := range p.Config.Others { // the oldest tells most
		was := o.Root.Get(keys...)
		if now.Present() || path.In(o.Target) == schema.NoPath || was.Default() == now.Default() {
			continue
		}
		at := document.Span{}
		section := p.Config.Root.Get(keys[:len(keys)-1]...)
		if section.Present() {
			at = section.Node.Place()
		}
		p.Report(at, "%s is not written: its default is %s in %s, and %s in %s", path, defaultShown(was.Default()), o.Target.Title(),
			defaultShown(now.Default()), p.Config.Target.Title()).WithNode(section.Node).WithHelp("write it with the value that you want")
		return
	}
}
