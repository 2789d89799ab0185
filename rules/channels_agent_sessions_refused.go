package rules

import (
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var agentSessionsRefused = lint.Rule{
	Name:    "agent-sessions-refused",
	Group:   lint.GroupChannels,
	Summary: "a setting of acp that makes every loong ask, or every agent session, fail",
	Doc: `A working_directory or bootstrap_mcp_servers in [acp.dispatch] hands every loong ask to the ACP backend, even while acp.enabled is
false or not written. The default backend, planning_stub, can start no session, so each ask fails; chat, tasks and channels go on with
the provider. With acpx the question goes to the agent.

A list of MCP servers selects them for each session, and a session that selects one is refused while acp.allow_mcp_server_injection
is not true.

Names of servers and backends that there are not are reported by unknown-name.`,
	Level:   lint.Warning,
	Since:   "0.1.0",
	Running: true,
	Covers:  []string{"X88", "X135"},
	Bad: `[acp.dispatch]
working_directory = "/srv/work"
`,
	Good: `[acp]
enabled = true
backend = "acpx"

[acp.dispatch]
working_directory = "/srv/work"
`,
	Run: func(p *lint.Pass) {
		acp := p.Config.Root.At(schema.KeyACP)
		if !acp.Present() {
			return
		}
		backend, by := p.Config.AgentBackend(acp.At(schema.KeyBackend))
		if key := p.Config.AskKey(); key != nil && backend == loong.StubBackend {
			askFails(p, key, backend, by)
		}
	},
	Paths: &loong.NamesAt,
	Key: func(p *lint.Pass, v, _ schema.Value) {
		if !p.Config.RefusesServers(v) {
			return
		}
		f := p.Report(v.Node.Place(), "every session that should start these servers is refused").WithNode(v.Node).
			WithNote("acp.allow_mcp_server_injection is not true").WithHelp("write acp.allow_mcp_server_injection = true, or delete the list")
		if v.Node == p.Config.Root.At(schema.KeyACP).At(schema.KeyDispatch).NodeOf(schema.KeyBootstrapMCPServers) {
			f.Message = "every loong ask fails: sessions that should start these servers are refused"
		}
	},
}

// askFails reports X135.
func askFails(p *lint.Pass, key *document.Node, backend string, by *document.Node) {
	f := p.Report(key.Place(), "every loong ask fails: %s hands it to the ACP backend %s", key.Name(), quoted(backend)).WithNode(key).
		WithNote("this holds while ACP is off, too; the backend cannot start a session").
		WithHelp(`delete the line, or write acp.backend = "acpx"`)
	switch {
	case by != nil:
		f.WithRelated(spanOf(by), "chosen here")
	case isSet(p.Environment, loong.BackendVariable):
		f.WithNote("%s chooses the backend, which cannot start a session; this holds while ACP is off, too", loong.BackendVariable).
			WithHelp("delete the line, or set %s to acpx", loong.BackendVariable)
	case p.Environment.Static():
		f.WithNote("it is the backend unless %s names another, and cannot start a session; this holds while ACP is off, too", loong.BackendVariable)
	}
}
