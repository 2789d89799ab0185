package rules

import (
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var tableNotUsed = lint.Rule{
	Name:    "table-not-used",
	Group:   lint.GroupChannels,
	Summary: "a table that this version of Loong reads and does nothing with",
	Doc: `This version has no client for the servers of [mcp.servers]: they show in the status and in conditions of skills, nothing
starts or calls them. Agent sessions take theirs from [acp.backends.acpx.mcp_servers]. The acp tables of Telegram and
Matrix, and those of Feishu accounts, are read by nobody; only the ones of [feishu], of [wecom] and of its accounts count.
And acp.enabled runs no agent as long as acp.backend is planning_stub, its default; the variable LOONG_ACP_BACKEND comes
before the file.

A server of [acp.backends.acpx.mcp_servers] starts by that alone no more than one of [mcp.servers]: a bootstrap_mcp_servers, such
as that of [acp.dispatch], has to name it, and acp.allow_mcp_server_injection to be true.

Keys that are read and not used are reported by inert-key.`,
	Level:    lint.Warning,
	Levels:   "info where acp.backend is written as planning_stub, for acp tables that hold only the default, and for a server of acpx that no list names where others are named or none may be started",
	Since:    "0.1.0",
	Running:  true,
	Covers:   []string{"X21", "X22", "X23", "X89"},
	Silences: []string{"value-clamped"},
	Bad: `[mcp.servers.files]
command = "mcp-files"
args = ["--root", "/srv"]
`,
	Good: `[acp]
enabled = true
backend = "acpx"
allow_mcp_server_injection = true

[acp.dispatch]
bootstrap_mcp_servers = ["files"]

[acp.backends.acpx.mcp_servers.files]
command = "mcp-files"
args = ["--root", "/srv"]
`,
	Skip:  isUndecodable,
	Paths: &loong.UnusedACPAt,
	Key:   agentTable,
	Run: func(p *lint.Pass) {
		for i := range p.Config.IgnoredAgents() {
			switch i.Entry {
			case "X21":
				agentBackend(p, i)
				continue
			case "X89":
				unselectedServer(p, i)
				continue
			}
			p.Report(i.Node.Place(), "MCP server %s is never started", quoted(i.Node.Name())).WithNode(i.Node).WithIgnored(i.Node).
				WithNote("this version has no MCP client: only status and conditions of skills read the table").
				WithHelp("for agent sessions write it below acp.backends.acpx.mcp_servers, name it in acp.dispatch.bootstrap_mcp_servers, " +
					"and set acp.allow_mcp_server_injection = true")
		}
	},
}

// agentTable reports an acp table that nothing reads (X22).
func agentTable(p *lint.Pass, v, table schema.Value) {
	f := p.Report(v.Node.Place(), "%s has no effect", tableName(v.Node)).WithNode(v.Node).WithIgnored(v.Node).
		WithNote("only Feishu and WeCom use agent settings, and Feishu only those of the whole channel")
	if list := v.Node.At("bootstrap_mcp_servers"); len(v.Node.Entries) == 1 && list != nil && list.Kind == document.Array && len(list.Entries) == 0 {
		f.WithSeverity(lint.Info) // the default, as Loong writes it
	}
	if table.Path.Parent().Name() == "accounts" && loong.UnusedACPAt[table.Path.Parent().Parent().Child("acp")] == 0 {
		f.WithHelp("write it for the whole channel, as [%s.acp]", table.Path.Parent().Parent())
		return
	}
	f.WithHelp("use [acp.dispatch], which holds for all channels")
}

// agentBackend reports X21.
func agentBackend(p *lint.Pass, i loong.Ignored) {
	f := p.Report(i.Node.Place(), "enabled = true, but no agent runs: the backend is %s", loong.StubBackend).WithNode(i.Node).WithIgnored(i.Node).
		WithHelp(`write backend = "acpx"`)
	switch {
	case i.By != nil:
		f.WithSeverity(lint.Info).WithNote("it only simulates agents").WithRelated(spanOf(i.By), "chosen here")
	case isSet(p.Environment, loong.BackendVariable):
		f.WithNote("%s chooses it, and comes before the file; it only simulates agents", loong.BackendVariable).WithHelp("set %s to acpx", loong.BackendVariable)
	case p.Environment.Static():
		f.WithNote("it is the default, unless %s names another, and only simulates agents", loong.BackendVariable)
	default:
		f.WithNote("it is the default and only simulates agents")
	}
}

// unselectedServer reports X89.
func unselectedServer(p *lint.Pass, i loong.Ignored) {
	const list = "acp.dispatch.bootstrap_mcp_servers"
	f := p.Report(i.Node.Place(), "MCP server %s is started by no session: no bootstrap_mcp_servers names it", quoted(i.Node.Name())).WithNode(i.Node).WithIgnored(i.Node).
		WithNote("the flag --acp-bootstrap-mcp-server is not read in this version").WithHelp("name it in " + list)
	if !p.Config.Root.At(schema.KeyACP).At(schema.KeyAllowMCPServerInjection).MayBeTrue() {
		f.WithSeverity(lint.Info).WithHelp("name it in " + list + ", and set acp.allow_mcp_server_injection = true")
	} else if len(p.Config.SelectedServers()) > 0 {
		f.WithSeverity(lint.Info)
	}
}
