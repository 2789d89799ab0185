package rules

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var pluginCannotRun = lint.Rule{
	Name:    "plugin-cannot-run",
	Group:   lint.GroupChannels,
	Summary: "bridge plugins are on, and the settings keep them from being found or run",
	Doc: `Loong checks bridge plugins by one set of rules and runs them by another. With supported_bridges left empty all
built-in bridges pass the check, while http_json and process_stdio run only where they are listed. A process_stdio
bridge may start no program that allowed_process_commands does not name. One entry of roots that is not a folder stops the
search in all of them. With skills.install_root set, plugins are discovered there and run from roots.

Which program a plugin starts is in the plugin, so an incomplete list of commands is not seen, only an empty one. Folders
are looked at only in the live world.`,
	Level:   lint.Warning,
	Levels:  "info for skills.install_root",
	Since:   "0.1.0",
	Running: true,
	Covers:  []string{"X13", "X14", "X15"},
	Bad: `[runtime_plugins]
enabled = true
roots = ["/opt/loong/plugins"]
`,
	Good: `[runtime_plugins]
enabled = true
roots = ["/opt/loong/plugins"]
supported_bridges = ["http_json"]
`,
	Run: runPluginCannotRun,
}

func runPluginCannotRun(p *lint.Pass) {
	plugins := p.Config.Root.At(schema.KeyRuntimePlugins)
	if !plugins.Present() {
		return
	}
	installRoot(p, plugins)
	if on, _ := plugins.At(schema.KeyEnabled).Bool(); !on {
		return
	}
	bridges := plugins.At(schema.KeySupportedBridges)
	if filled, _ := idsIn(bridges); !filled {
		n := writtenOr(bridges, plugins)
		p.Report(spanOf(n), "no bridge may run: supported_bridges is %s", emptyOrAbsent(bridges)).WithNode(n).
			WithNote("an empty list passes Loong's check, yet http_json and process_stdio run only where they are listed").
			WithHelp(`list the bridges of your plugins, as in supported_bridges = ["http_json"]`)
	} else if commands := plugins.At(schema.KeyAllowedProcessCommands); listsProcess(bridges) {
		if filled, _ := idsIn(commands); !filled {
			n := writtenOr(commands, plugins)
			p.Report(spanOf(n), "no process_stdio bridge may run: allowed_process_commands is %s", emptyOrAbsent(commands)).WithNode(n).
				WithNote("an empty list permits no program").WithHelp("list the programs that the bridges start")
		}
	}
	for _, root := range plugins.At(schema.KeyRoots).Items() {
		path, _ := root.Text()
		if strings.TrimSpace(path) != "" && p.Environment.Folder(path) == loong.Unset {
			p.Report(spanOf(root.Node), "%s is not a folder on this machine", quoted(path)).WithNode(root.Node).
				WithNote("one entry that is not a folder stops the search for plugins in all of them").
				WithHelp("create the folder, or delete the entry")
		}
	}
}

// installRoot reports two places for plugins (X15).
func installRoot(p *lint.Pass, plugins schema.Value) {
	v := p.Config.Root.At(schema.KeySkills).At(schema.KeyInstallRoot)
	text, _ := v.Text()
	roots := plugins.At(schema.KeyRoots)
	if filled, _ := idsIn(roots); !filled || strings.TrimSpace(text) == "" {
		return
	}
	p.Report(v.Node.Place(), "plugins are discovered in install_root, but run from runtime_plugins.roots").WithNode(v.Node).WithSeverity(lint.Info).
		WithRelated(roots.Node.Place(), "plugins run from these folders").
		WithHelp("name the folder of the plugins in both, or delete install_root")
}

// listsProcess reports whether a list of bridges has the one that starts programs.
func listsProcess(bridges schema.Value) bool {
	for _, b := range bridges.Items() {
		text, _ := b.Text()
		if slices.Contains(processBridge[:], ascii.Lower(strings.TrimSpace(text))) {
			return true
		}
	}
	return false
}

// writtenOr is a key's node, or that of the table around it where it is not written.
func writtenOr(v, table schema.Value) *document.Node {
	if v.Present() {
		return v.Node
	}
	return table.Node
}

func emptyOrAbsent(v schema.Value) string {
	if v.Present() {
		return "empty"
	}
	return "not set"
}
