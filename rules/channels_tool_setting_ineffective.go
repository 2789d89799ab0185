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
	Doc: `Delegation, switching providers and changing sessions need an autonomy_profile that permits them; its default,
discovery_only, refuses all three whatever tools.delegate and tools.sessions say. Entries shell.exec… of denied_calls
count only where an approval would be asked for, not while tools.approval.mode is disabled (its default), and there an
equal entry of approved_calls wins. Tools with a time limit of their own do not take one from tools.tool_execution. "Allow"
in shell_default_mode lets commands run, but the approval check, which compares exactly, may ask all the same.

An entry of denied_calls without an equal entry in approved_calls is not judged while approvals are on.`,
	Level:   lint.Warning,
	Levels:  "info for time limits and the spelling of allow, and where autonomy_profile is written as discovery_only",
	Since:   "0.1.0",
	Running: true,
	Covers:  []string{"X16", "X17", "X18", "X19"},
	Bad: `[tools.delegate]
enabled = true
`,
	Good: `[tools]
autonomy_profile = "guided_acquisition"

[tools.delegate]
enabled = true
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
				p.Report(i.Node.Place(), "a time limit for %s here has no effect", keyName(i.Node.Name())).At(i.Node).NoEffect(i.Node).Level(lint.Info).
					Why("this tool brings its own limit").Help("delete the line")
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
	p.Report(v.Node.Value(), "%q runs commands as \"allow\" does, but may ask for approval", text).At(v.Node).Level(lint.Info).
		Why("commands are run without regard to case, the approval check compares exactly").
		Help(`write "allow"`).Fix(lint.Unsafe, `write "allow"`, replaceText(p.Document, v.Node, "allow"))
}

// autonomy reports X17.
// permission reports what autonomy_profile refuses all the same.
func permission(p *lint.Pass, tools schema.Value, i loong.Ignored) {
	profile, what := tools.At(schema.KeyAutonomyProfile), "delegation"
	if i.Node.Parent.Name() == "sessions" {
		what = "changes to sessions"
	}
	f := p.Report(i.Node.Place(), "%s = true, but autonomy_profile still refuses %s", i.Node.Name(), what).At(i.Node).NoEffect(i.Node)
	if i.By != nil {
		f.Level(lint.Info).Related(place(i.By), "refuses it")
	} else {
		f.Why("without a value it is %s", closedProfile(profile))
	}
	f.Help("write tools.autonomy_profile as %s", suggest.Or(openProfiles(profile)))
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

// deniedCalls reports X18.
// deniedCall reports an entry of denied_calls that denies nothing.
func deniedCall(p *lint.Pass, i loong.Ignored) {
	entry := i.Node.Text()
	if i.By != nil && i.By.InArray() {
		p.Report(i.Node.Value(), "%q is also in approved_calls, which wins where an approval is asked for", entry).At(i.Node).NoEffect(i.Node).
			Related(place(i.By), "approved here").Help("delete one of the two")
		return
	}
	f := p.Report(i.Node.Value(), "%q is not denied while approvals are disabled", entry).At(i.Node).NoEffect(i.Node).
		Why("denied shell calls count only where an approval would be asked for").
		Help("set tools.approval.mode, or list the program in tools.shell_deny")
	if i.By != nil {
		f.Related(place(i.By), "asks for none")
	}
}
