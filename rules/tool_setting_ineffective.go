package rules

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
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
	Level:  lint.Warning,
	Levels: "info for time limits and the spelling of allow, and where autonomy_profile is written as discovery_only",
	Since:  "0.1.0",
	Covers: []string{"X16", "X17", "X18", "X19"},
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
		autonomy(p, tools)
		deniedCalls(p, tools.At(schema.KeyApproval))
		execution := tools.At(schema.KeyToolExecution).At(schema.KeyPerToolTimeout)
		for _, e := range execution.Entries() {
			toolTimeout(p, e)
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
func autonomy(p *lint.Pass, tools schema.Value) {
	profile := tools.At(schema.KeyAutonomyProfile)
	if word, ok := profile.Word(); ok && word != closedProfile(profile) {
		return
	}
	for _, of := range [...]struct{ table, key, what string }{
		{"delegate", "enabled", "delegation"}, {"sessions", "allow_mutation", "changes to sessions"},
	} {
		v := tools.Field(of.table).Field(of.key)
		if on, _ := v.Bool(); !on {
			continue
		}
		f := p.Report(v.Node.Place(), "%s = true, but autonomy_profile still refuses %s", of.key, of.what).At(v.Node)
		if profile.Present() {
			f.Level(lint.Info).Related(place(profile.Node), "refuses it")
		} else {
			f.Why("without a value it is %s", closedProfile(profile))
		}
		f.Help("write tools.autonomy_profile as %s", suggest.Or(openProfiles(profile)))
	}
}

// closedProfile is the default autonomy profile.
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
func deniedCalls(p *lint.Pass, approval schema.Value) {
	mode := approval.At(schema.KeyMode)
	word, ok := mode.Word()
	off := !ok || word == strings.Trim(mode.Default(), `"`)
	approved := approval.At(schema.KeyApprovedCalls).Items()
	for _, item := range approval.At(schema.KeyDeniedCalls).Items() {
		entry, _ := item.Text()
		same := slices.IndexFunc(approved, func(a schema.Value) bool { text, _ := a.Text(); return text == entry })
		switch {
		case entry == "":
		case same >= 0:
			p.Report(item.Node.Value(), "%q is also in approved_calls, which wins where an approval is asked for", entry).At(item.Node).
				Related(place(approved[same].Node), "approved here").Help("delete one of the two")
		case off && isShellCall(entry):
			reportUnasked(p, item.Node, mode.Node, entry)
		}
	}
}

func reportUnasked(p *lint.Pass, n, mode *document.Node, entry string) {
	f := p.Report(n.Value(), "%q is not denied while approvals are disabled", entry).At(n).
		Why("denied shell calls count only where an approval would be asked for").
		Help("set tools.approval.mode, or list the program in tools.shell_deny")
	if mode != nil {
		f.Related(place(mode), "asks for none")
	}
}

// isShellCall reports whether a key of an approval list is about shell.exec.
func isShellCall(entry string) bool {
	return strings.HasPrefix(strings.TrimPrefix(entry, "tool:"), "shell.exec")
}

// toolTimeout reports X19.
func toolTimeout(p *lint.Pass, e schema.Entry) {
	name := ascii.Lower(e.Name)
	for _, own := range ownTimeLimit {
		if rest, ok := strings.CutPrefix(name, own); ok && (rest == "" || rest[0] == '.') {
			p.Report(e.Value.Node.Place(), "a time limit for %s here has no effect", keyName(e.Name)).At(e.Value.Node).Level(lint.Info).
				Why("this tool brings its own limit").Help("delete the line")
			return
		}
	}
}
