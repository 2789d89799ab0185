package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/suggest"
	"github.com/loonglint/loonglint/schema"
)

var fenceWithoutEffect = lint.Rule{
	Name:    "fence-without-effect",
	Group:   lint.GroupChannels,
	Summary: "a list that looks like a limit on tools, and limits nothing",
	Doc: `Do not rely on these settings for safety. What still runs:

tools.shell_allow limits programs only with shell_default_mode = "deny". While the mode is allow, its default, bash runs
every program that tools.shell_deny does not name. Also in mode deny a program can start others: bash compares the names that are
written in the command, so a denied rm is still reached as /bin/rm, env rm or sh -c rm.

tools.approval.denied_calls is not looked up at all for bash, read, write, edit, web, browse and memory, the tools that a model
calls, in no approval.mode. It is looked up for app tools and for provider.switch. approved_calls does not answer the question
that tools.consent.default_mode asks.

tools.delegate.child_tool_allowlist decides which tools a child is offered, and does not confine it: a call that its model makes
all the same is run, bash included, and also with allow_shell_in_child = false. Only the hosts of child_runtime.web hold. Names
of app tools, of Feishu's tools, bash.exec and shell.exec in this list offer nothing.

What does limit: tools.shell_deny for programs, tools.web.blocked_domains and allowed_domains for hosts, enabled = false in
[tools.web], [tools.browser] and [tools.web_search], and tools.delegate.enabled = false.`,
	Level:    lint.Warning,
	Levels:   "info for a tool of a child whose section is off, and for the shell in child_tool_allowlist where allow_shell_in_child is true",
	Since:    "0.1.0",
	Running:  true,
	Covers:   []string{"X34", "X45", "X48", "X51", "X52", "X53"},
	Silences: []string{"value-clamped"},
	Bad: `[tools]
shell_allow = ["git", "cargo"]
`,
	Good: `[tools]
shell_default_mode = "deny"
shell_allow = ["git", "cargo"]
`,
	Run: func(p *lint.Pass) {
		if !p.Config.Root.Has(schema.KeyTools) {
			return
		}
		for i := range p.Config.IgnoredTools() {
			switch i.Entry {
			case "X34":
				f := p.Report(i.Node.Place(), "shell_allow limits nothing while shell_default_mode is allow").WithNode(i.Node).WithIgnored(i.Node).
					WithNote("every program that shell_deny does not name is run without a question").
					WithHelp(`write shell_default_mode = "deny", or delete the list`)
				if i.By != nil {
					f.WithRelated(spanOf(i.By), "lets every program run")
				}
			case "X45":
				deniedTool(p, i)
			case "X48":
				p.Report(i.Node.Value(), "%s is asked about all the same: consent does not look at approved_calls", quoted(i.Node.Text())).WithNode(i.Node).WithIgnored(i.Node).
					WithRelated(spanOf(i.By), "asks").WithHelp(`write tools.consent.default_mode = "full", or delete the entry`)
			case "X51", "X52", "X53":
				childTool(p, i)
			}
		}
	},
}

// deniedTool reports X45.
func deniedTool(p *lint.Pass, i loong.Ignored) {
	t := loong.ToolOfCall(i.Node.Text())
	p.Report(i.Node.Value(), "%s is not denied: %s runs all the same", quoted(i.Node.Text()), t.Name).WithNode(i.Node).WithIgnored(i.Node).
		WithNote("this list is never looked up for the tool, in any approval.mode").WithHelp("%s", insteadOf(t))
}

// childTool reports X51 to X53.
func childTool(p *lint.Pass, i loong.Ignored) {
	_, t := loong.ChildFault(i.Node.Text())
	f := p.Report(i.Node.Value(), "a child is not offered %s by this list", quoted(i.Node.Text())).WithNode(i.Node).WithIgnored(i.Node)
	switch i.Entry {
	case "X51":
		f.WithNote("only allow_shell_in_child = true offers the shell; without it a call that the child makes is run all the same").
			WithHelp("delete the entry, and decide with allow_shell_in_child")
		if i.By != nil && i.By.Bool() {
			f.WithSeverity(lint.Info).WithNote("allow_shell_in_child offers it").WithHelp("delete the entry").WithRelated(spanOf(i.By), "offers it")
		}
	case "X52":
		f.WithNote("it offers core tools only").WithHelp("delete the entry")
		if t.Name == "bash.exec" {
			f.WithHelp("delete the entry, or write %s", suggest.Or([]string{"bash"}))
		}
	case "X53":
		f.WithSeverity(lint.Info).WithNote("%s is off or not set", t.Where).WithHelp("delete the entry, or set %s", t.Where)
		if i.By != nil {
			f.WithRelated(spanOf(i.By), "is off")
		}
	}
}
