package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/suggest"
	"github.com/loonglint/loonglint/schema"
)

var toolSettingIneffective = lint.Rule{
	Name:    "tool-setting-ineffective",
	Group:   lint.GroupChannels,
	Summary: "a setting of a tool that another setting, or the tool itself, leaves without effect",
	Doc: `Switching providers and changing sessions need an autonomy_profile that permits them; its default, discovery_only,
refuses both whatever tools.sessions says. Models are offered no tool for either in this version, with any profile.

An entry tool:shell.exec:PROGRAM of denied_calls counts only where a command would ask for an approval: while
tools.shell_default_mode is not allow (its default), tools.approval.mode is not disabled (its default), and the program is not in
tools.shell_allow. There an equal entry of approved_calls wins. Models of this version run commands with bash, which does not read the list: what
tools.shell_deny names is denied in every mode, to bash, too.

Tools with a time limit of their own do not take one from tools.tool_execution. "Allow" in shell_default_mode lets commands run, but
while approvals are on, the approval check, which compares exactly, may ask for a program that is not in shell_allow.`,
	Level:   lint.Warning,
	Levels:  "info for time limits and the spelling of allow, and where autonomy_profile is written as discovery_only",
	Since:   "0.1.0",
	Running: true,
	Covers:  []string{"X16", "X17", "X18", "X19"},
	Bad: `[tools.approval]
denied_calls = ["tool:shell.exec:rm"]
`,
	Good: `[tools]
shell_deny = ["rm"]
`,
	Run: func(p *lint.Pass) {
		tools := p.Config.Root.At(schema.KeyTools)
		if !tools.Present() {
			return
		}
		shellMode(p, tools)
		for i := range p.Config.IgnoredTools() {
			switch i.Entry {
			case "X17":
				permission(p, tools, i)
			case "X18":
				deniedCall(p, i)
			case "X19":
				p.Report(i.Node.Place(), "a time limit for %s here has no effect", keyName(i.Node.Name())).WithNode(i.Node).WithIgnored(i.Node).WithSeverity(lint.Info).
					WithNote("this tool has its own limit").WithHelp("delete the line")
			}
		}
	},
}

// shellMode reports X16.
func shellMode(p *lint.Pass, tools schema.Value) {
	v := tools.At(schema.KeyShellDefaultMode)
	text, ok := v.Text()
	if !ok || text == "allow" || ascii.Lower(text) != "allow" {
		return
	}
	message, why := "%q runs commands as \"allow\" does, but asks for those that shell_allow does not name", ""
	if loong.ApprovalsDisabled(tools) {
		message, why = "%q runs commands as \"allow\" does, and would ask once approvals are on", "; tools.approval.mode is disabled"
	}
	p.Report(v.Node.Value(), message, text).WithNode(v.Node).WithSeverity(lint.Info).
		WithNote("Loong ignores case when it runs commands; the approval check does not%s", why).
		WithHelp(`write "allow"`).WithFix(lint.Unsafe, `write "allow"`, replaceText(p.Document, v.Node, "allow"))
}

// permission reports what autonomy_profile refuses all the same (X17).
func permission(p *lint.Pass, tools schema.Value, i loong.Ignored) {
	profile := tools.At(schema.KeyAutonomyProfile)
	f := p.Report(i.Node.Place(), "%s = true, but autonomy_profile still refuses changes to sessions", i.Node.Name()).WithNode(i.Node).WithIgnored(i.Node)
	if i.By != nil {
		f.WithSeverity(lint.Info).WithRelated(spanOf(i.By), "this profile refuses it")
	} else {
		f.WithNote("without a value it is %s", closedProfile(profile))
	}
	f.WithHelp("delete the line, or write tools.autonomy_profile as %s", suggest.Or(openProfiles(profile)))
}

func closedProfile(profile schema.Value) string { return strings.Trim(profile.Default(), `"`) }

func openProfiles(profile schema.Value) []string {
	var words []string
	for _, w := range profile.Type().Values {
		if w.Value != closedProfile(profile) {
			words = append(words, w.Value)
		}
	}
	return words
}

// deniedCall reports an entry of denied_calls that denies nothing (X18).
func deniedCall(p *lint.Pass, i loong.Ignored) {
	f := p.Report(i.Node.Value(), "%q denies nothing: %s", i.Node.Text(), i.Why).WithNode(i.Node).WithIgnored(i.Node).
		WithNote("entries for shell commands count only where a command would ask for an approval").
		WithHelp("list the program in tools.shell_deny: that needs no approval mode, and holds for bash, too")
	if i.By != nil {
		f.WithRelated(spanOf(i.By), "this setting decides")
	}
}
