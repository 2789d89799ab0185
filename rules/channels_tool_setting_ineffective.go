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
tools.shell_allow. There an equal entry of approved_calls wins; for other tools denied_calls wins. Models of this version run
commands with bash, which does not read the list: what tools.shell_deny names is denied in every mode, to bash, too. Entries of
approved_calls do nothing for tools that never ask, or while nothing asks.

tools.tool_execution limits few tools: those with a limit of their own and app tools take none from it, and other spellings of a
tool are not looked up. A 0 in max_active_children or max_depth refuses every delegation; it does not mean "no limit".

"Allow" in shell_default_mode lets commands run, but while approvals are on, the approval check, which compares exactly, may ask
for a program that is not in shell_allow. See fence-without-effect for lists that limit nothing at all.`,
	Level:    lint.Warning,
	Levels:   "info for time limits of tools that have their own, the spelling of allow, entries of approved_calls that nothing asks for, and a program in both lists of programs, and where autonomy_profile is written as discovery_only",
	Since:    "0.1.0",
	Running:  true,
	Covers:   []string{"X16", "X17", "X18", "X19", "X39", "X40", "X46", "X47", "X54", "X56"},
	Silences: []string{"value-clamped"},
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
				inBothLists(p, i)
			case "X19":
				p.Report(i.Node.Place(), "a time limit for %s here has no effect", keyName(i.Node.Name())).WithNode(i.Node).WithIgnored(i.Node).WithSeverity(lint.Info).
					WithNote("this tool has its own limit").WithHelp("delete the line")
			case "X39":
				p.Report(i.Node.Value(), "%s is in shell_deny, too, and denied", quoted(i.Node.Text())).WithNode(i.Node).WithIgnored(i.Node).WithSeverity(lint.Info).
					WithRelated(spanOf(i.By), "denied here").WithHelp("delete one of the two")
			case "X40":
				deniedProgram(p, i)
			case "X46":
				p.Report(i.Node.Value(), "%s approves nothing: the tool never asks", quoted(i.Node.Text())).WithNode(i.Node).WithIgnored(i.Node).WithSeverity(lint.Info).
					WithHelp("delete the entry")
			case "X47":
				p.Report(i.Node.Place(), "approved_calls approves nothing: nothing asks for an approval").WithNode(i.Node).WithIgnored(i.Node).WithSeverity(lint.Info).
					WithNote("tools.approval.mode is disabled and tools.autonomy_profile is discovery_only; what these refuse stays refused").
					WithHelp("set one of them, or delete the list")
			case "X56":
				limitElsewhere(p, i)
			}
		}
		noDelegation(p, tools.At(schema.KeyDelegate))
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

// inBothLists reports X18.
func inBothLists(p *lint.Pass, i loong.Ignored) {
	wins, did := "denied_calls", "denied here"
	if _, ok := loong.ProgramOfCall(i.Node.Text()); ok {
		wins, did = "approved_calls", "approved here"
	}
	p.Report(i.Node.Value(), "%s is also in %s, which wins", quoted(i.Node.Text()), wins).WithNode(i.Node).WithIgnored(i.Node).
		WithRelated(spanOf(i.By), "%s", did).WithHelp("delete one of the two")
}

// deniedProgram reports X40.
func deniedProgram(p *lint.Pass, i loong.Ignored) {
	program, _ := loong.ProgramOfCall(i.Node.Text())
	f := p.Report(i.Node.Value(), "%q denies nothing: %s", i.Node.Text(), i.Why).WithNode(i.Node).WithIgnored(i.Node).
		WithNote("entries for shell commands count only where a command would ask for an approval").
		WithHelp("put %q into tools.shell_deny: that needs no approval mode, and holds for bash, too", program)
	if i.By != nil {
		f.WithRelated(spanOf(i.By), "this setting decides")
	}
}

// limitElsewhere reports X56.
func limitElsewhere(p *lint.Pass, i loong.Ignored) {
	name := i.Node.Name()
	t, _ := loong.ToolLimited(name)
	f := p.Report(i.Node.Place(), "a time limit for %s here has no effect", keyName(name)).WithNode(i.Node).WithIgnored(i.Node)
	switch {
	case len(t.Limits) > 0:
		f.WithNote("this spelling is not looked up").WithHelp("write %s", suggest.Or(t.Limits))
	case t.Kind == loong.AppTool:
		f.WithNote("app tools take no limit from here").WithHelp("delete the line")
	default:
		f.WithNote("the tool itself takes no limit from here").WithHelp("delete the line")
		if loong.LimitsOthers(name) {
			f.WithNote("reading files takes no limit; this key reaches only the searches behind the tool").WithHelp("delete the line, or name the search, such as \"content.search\"")
		}
	}
}

// noDelegation reports X54.
func noDelegation(p *lint.Pass, delegate schema.Value) {
	if on, written := delegate.At(schema.KeyEnabled).Bool(); written && !on {
		return
	}
	for _, key := range [...]schema.Key{schema.KeyMaxActiveChildren, schema.KeyMaxDepth} {
		v := delegate.At(key)
		if n, ok := v.Int(); ok && n == 0 {
			p.Report(spanOf(v.Node), "%s = 0 refuses every delegation", key).WithNode(v.Node).
				WithNote("0 does not mean \"no limit\"; loong tasks create is refused, too").WithHelp("write 1 or more, or enabled = false")
		}
	}
}
