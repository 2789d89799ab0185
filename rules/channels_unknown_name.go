package rules

import (
	"iter"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/suggest"
	"github.com/loonglint/loonglint/schema"
)

var unknownName = lint.Rule{
	Name:    "unknown-name",
	Group:   lint.GroupChannels,
	Summary: "a name that refers to no tool, agent, server or part that Loong has",
	Doc: `Loading does not look up the names of tools, ACP backends and MCP servers, memory systems, prompt packs, context engines, turn
middlewares and routed channels. A name that nothing has registered is found out in use, or never.

Lists of tools compare the one canonical name, letter by letter: no other spelling (file.read for read), no upper case, no
blanks, no patterns. tools.approval wants "tool:" before it, and for programs "tool:shell.exec:" and the program in lower case.
Names of other registries count without regard to case and to blanks around them. acp.dispatch.allowed_channels knows the names
of sections only, not the aliases of commands, and only channels that receive messages.

Silent where a variable comes before the file (LOONG_CONTEXT_ENGINE and the like). Names of agents are not judged: acpx may know
more of them than Loong; nor are channels that no table has, since a client of the turn API may give any.`,
	Level:    lint.Warning,
	Levels:   "error for context engines and turn middlewares; info for prompt packs, and for an ACP backend while ACP is off",
	Since:    "0.1.0",
	Running:  true,
	Covers:   []string{"X41", "X42", "X43", "X44", "X49", "X50", "X55", "X76", "X86", "X87", "X90", "X124", "X125", "X126"},
	Silences: []string{"value-clamped"},
	Bad: `[tools.approval]
mode = "strict"
denied_calls = ["tool:delgate"]
`,
	Good: `[tools.approval]
mode = "strict"
denied_calls = ["tool:delegate"]
`,
	Paths: &loong.NamesAt,
	Key:   registeredName,
	Run: func(p *lint.Pass) {
		if !p.Config.Root.Has(schema.KeyTools) {
			return
		}
		for i := range p.Config.IgnoredTools() {
			switch i.Entry {
			case "X41", "X42", "X43", "X44":
				unknownCall(p, i)
			case "X49", "X50":
				unknownChildTool(p, i)
			case "X55":
				f := p.Report(i.Node.Key(), "%s is not a tool, so this limit has no effect", quoted(i.Node.Name())).WithNode(i.Node).WithIgnored(i.Node)
				f.WithHelp("write the name of a tool, such as write, edit or memory")
				if near := suggest.Nearest(ascii.Lower(strings.TrimSpace(i.Node.Name())), slices.Values(slices.Compact(slices.Sorted(limitNames)))); len(near) > 0 {
					f.WithHelp("%s", suggest.Question(near))
				}
			}
		}
	},
}

// unknownCall reports X41 to X44.
func unknownCall(p *lint.Pass, i loong.Ignored) {
	entry := i.Node.Text()
	report := func(format string, args ...any) *lint.Finding {
		return p.Report(i.Node.Value(), format, args...).WithNode(i.Node).WithIgnored(i.Node)
	}
	name, _ := strings.CutPrefix(entry, "tool:")
	write := func(f *lint.Finding, call string) {
		f.WithHelp("write %q", call).WithFix(lint.Unsafe, "write "+call, replaceText(p.Document, i.Node, call))
	}
	switch i.Entry {
	case "X41":
		f := report("%s equals no call", quoted(entry)).WithNote("the calls of programs are tool:shell.exec: and the program's name, in lower case")
		if program, ok := loong.ProgramOfCall(ascii.Lower(strings.TrimSpace(entry))); ok && program != "" {
			write(f, "tool:shell.exec:"+program)
			return
		}
		f.WithHelp("name one program, or use tools.shell_deny")
	case "X42":
		write(report("%s equals no call: calls begin with \"tool:\"", quoted(entry)), "tool:"+entry)
	case "X44":
		head, rest, _ := strings.Cut(name, ":")
		t := loong.ToolSpelled(head)
		f := report("%s equals no call: the lists know %s by no other name", quoted(entry), t.Name)
		if t.Lists == loong.NeverLooked {
			f.WithNote("nor is \"tool:%s\" ever looked up", t.Name).WithHelp("%s", insteadOf(t))
			return
		}
		if rest != "" {
			rest = ":" + rest
		}
		write(f, "tool:"+t.Name+rest)
	default:
		f := report("%s is not a tool", quoted(entry)).WithNote("the lists compare \"tool:\" and a tool's whole name, and know no patterns")
		f.WithHelp("write the name of a tool")
		suggestName(p, f, i.Node, "tool:", strings.TrimPrefix(ascii.Lower(strings.TrimSpace(entry)), "tool:"), toolNames(isCalledByName))
	}
}

// insteadOf says what to do in place of an entry for a tool that the approval lists do not know.
func insteadOf(t *loong.Tool) string {
	if t.Instead != "" {
		return t.Instead
	}
	return "delete the entry"
}

// unknownChildTool reports X49 and X50.
func unknownChildTool(p *lint.Pass, i loong.Ignored) {
	entry := i.Node.Text()
	if t := loong.ToolSpelled(entry); t != nil {
		p.Report(i.Node.Value(), "%s is another spelling of %s: a child is not offered it", quoted(entry), t.Name).WithNode(i.Node).WithIgnored(i.Node).
			WithNote("the list compares the one name that each tool has").WithHelp("write %q", t.Name).
			WithFix(lint.Unsafe, "write "+t.Name, replaceText(p.Document, i.Node, t.Name))
		return
	}
	f := p.Report(i.Node.Value(), "%s is not a tool: a child is offered nothing for it", quoted(entry)).WithNode(i.Node).WithIgnored(i.Node).
		WithNote("the list compares whole names, in lower case, without blanks").WithHelp("write the name of a core tool, such as read, write or edit")
	suggestName(p, f, i.Node, "", ascii.Lower(strings.TrimSpace(entry)), toolNames(isGivenByName))
}

// suggestName offers the names that are near to a written one, and writes a single one.
func suggestName(p *lint.Pass, f *lint.Finding, n *document.Node, prefix, written string, names iter.Seq[string]) {
	near := suggest.Nearest(written, names)
	for name := range names {
		if name == written {
			near = []string{name}
		}
	}
	if len(near) == 0 {
		return
	}
	for i := range near {
		near[i] = prefix + near[i]
	}
	f.WithHelp("%s", suggest.Question(near))
	if n.Kind == document.String && len(near) == 1 {
		f.WithFix(lint.Unsafe, "write "+near[0], replaceText(p.Document, n, near[0]))
	}
}

// toolNames are the names of the tools that are wanted.
func toolNames(wanted func(*loong.Tool) bool) iter.Seq[string] {
	return func(yield func(string) bool) {
		tools := loong.Tools()
		for i := range tools {
			if wanted(&tools[i]) && !yield(tools[i].Name) {
				return
			}
		}
	}
}

func isCalledByName(t *loong.Tool) bool {
	return t.Lists == loong.DeniedFirst || t.Lists == loong.LookedByProfile
}

func isGivenByName(t *loong.Tool) bool { return t.Child == loong.GivenByName }

// limitNames are the keys that limit a tool.
func limitNames(yield func(string) bool) {
	tools := loong.Tools()
	for i := range tools {
		for _, key := range tools[i].Limits {
			if !yield(key) {
				return
			}
		}
	}
}

// registeredName reports names of a registry, of MCP servers and of channels that there are not.
func registeredName(p *lint.Pass, v, _ schema.Value) {
	for u := range p.Config.UnknownNames(v) {
		switch u.Entry {
		case "X87":
			f := reportUnknownName(p, &u, "%s is not a server of [acp.backends.acpx.mcp_servers]", quoted(u.Node.Text())).
				WithNote("every session that should start it is refused: loong ask then fails before anything is sent").
				WithHelp("write the server's table, or delete the entry")
			suggestName(p, f, u.Node, "", u.Name, slices.Values(u.Known))
		case "X90":
			unroutedChannel(p, &u)
		default:
			unregistered(p, v, &u)
		}
	}
}

// reportUnknownName begins a finding at a name, which says that the name has no effect where it is passed over.
func reportUnknownName(p *lint.Pass, u *loong.UnknownName, format string, args ...any) *lint.Finding {
	f := p.Report(u.Node.Value(), format, args...).WithNode(u.Node)
	if u.Why != "" {
		f.WithIgnored(u.Node)
	}
	return f
}

// unregistered reports X76, X86 and X124 to X126.
func unregistered(p *lint.Pass, v schema.Value, u *loong.UnknownName) {
	text := &registryTexts[slices.IndexFunc(registryTexts[:], func(r registryText) bool { return r.entry == u.Entry })]
	f := reportUnknownName(p, u, "%s is not %s of Loong", quoted(u.Node.Text()), text.what).WithNote("%s", text.fails).WithSeverity(text.level).
		WithHelp("write %s", suggest.Or(u.Known))
	if text.help != "" {
		f.WithHelp("%s", text.help)
	}
	if u.Entry == "X86" && p.Config.AskKey() != nil {
		f.WithNote("%s; every loong ask fails, too, because of %s", text.fails, p.Config.AskKey().Name())
	}
	suggestName(p, f, u.Node, "", u.Name, slices.Values(u.Known))
	if f.Severity == lint.Warning && isOff(v) {
		f.WithSeverity(lint.Info)
	}
}

// unroutedChannel reports X90.
func unroutedChannel(p *lint.Pass, u *loong.UnknownName) {
	switch ch := u.Channel; {
	case ch == nil:
		f := reportUnknownName(p, u, "%s is not a channel whose messages reach an agent", quoted(u.Node.Text())).WithNote("nothing is routed for it")
		suggestName(p, f, u.Node, "", u.Name, slices.Values(u.Known))
	case !slices.Contains(ch.Aliases, u.Name):
		reportUnknownName(p, u, "%s only sends, so no message of it reaches an agent", quoted(u.Node.Text())).WithHelp("delete the entry")
	default:
		f := reportUnknownName(p, u, "%s is an alias of %s, which this list does not know", quoted(u.Node.Text()), ch.Section).
			WithNote("only the names of sections count, so nothing is routed for it")
		if !ch.IsRouted() {
			f.WithHelp("delete the entry: the channel only sends")
			return
		}
		f.WithHelp("write %q", ch.Section).WithFix(lint.Unsafe, "write "+ch.Section, replaceText(p.Document, u.Node, ch.Section))
	}
}
