package loong

import (
	"slices"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/schema"
)

// IgnoredInSections yields what has no effect in the sections that are neither providers nor channels.
func (c *Config) IgnoredInSections() IgnoredSeq {
	return func(yield func(Ignored) bool) {
		if !c.Target.IsReadWhole() {
			return
		}
		for _, section := range [...]func(*Config) IgnoredSeq{
			(*Config).IgnoredScopes, (*Config).IgnoredAgents, (*Config).IgnoredTools, (*Config).IgnoredHosts, (*Config).IgnoredMemory, (*Config).IgnoredPrompt,
		} {
			for i := range section(c) {
				if !yield(i) {
					return
				}
			}
		}
	}
}

// IgnoredScopes yields X20.
func (c *Config) IgnoredScopes() IgnoredSeq {
	return func(yield func(Ignored) bool) {
		feishu := c.Root.At(schema.KeyFeishuIntegration)
		scopes, capabilities := feishu.NodeOf(schema.KeyDefaultScopes), feishu.NodeOf(schema.KeyCapabilities)
		if scopes != nil && capabilities != nil {
			yield(Ignored{scopes, capabilities, "X20", "the table capabilities decides which scopes are asked for"})
		}
	}
}

// StubBackend is the backend of acp that only pretends, and the default (X21).
const StubBackend = "planning_stub"

// BackendVariable chooses the backend of acp before the file does (traps-2.md X92).
const BackendVariable = "LOONG_ACP_BACKEND"

// IgnoredAgents yields X21, X23 and X89; X22 is IgnoredKey.
func (c *Config) IgnoredAgents() IgnoredSeq {
	return func(yield func(Ignored) bool) {
		acp := c.Root.At(schema.KeyACP)
		enabled := acp.At(schema.KeyEnabled)
		name, by := c.AgentBackend(acp.At(schema.KeyBackend))
		if on, _ := enabled.Bool(); on && name == StubBackend && c.Overridden(acp.At(schema.KeyBackend), acp) == "" {
			if !yield(Ignored{enabled.Node, by, "X21", "the backend " + StubBackend + " runs no agent"}) {
				return
			}
		}
		if on, _ := enabled.Bool(); on && name == ACPX && !c.unselectedServers(acp, yield) {
			return
		}
		for _, e := range c.Root.At(schema.KeyMCP).At(schema.KeyServers).Entries() {
			if !blank(e.Name) && !yield(Ignored{e.Value.Node, nil, "X23", "this version has no client for MCP servers"}) {
				return
			}
		}
	}
}

// unselectedServers yields the servers of acpx that no list names (X89). It is silent where a list names one that there is not: that may
// be meant.
func (c *Config) unselectedServers(acp schema.Value, yield func(Ignored) bool) bool {
	servers := acp.At(schema.KeyBackends).At(schema.KeyAcpx).At(schema.KeyMCPServers).Entries()
	if len(servers) == 0 {
		return true
	}
	named := c.SelectedServers()
	for name := range named {
		if !slices.ContainsFunc(servers, func(s schema.Entry) bool { return ascii.Lower(trim(s.Name)) == name }) {
			return true
		}
	}
	for _, s := range servers {
		if name := ascii.Lower(trim(s.Name)); name != "" && !named[name] && !yield(Ignored{s.Value.Node, nil, "X89", "no list of servers to start names it"}) {
			return false
		}
	}
	return true
}

// SelectedServers are the names, in lower case, in all lists of MCP servers that sessions start.
func (c *Config) SelectedServers() map[string]bool {
	named := map[string]bool{}
	c.Root.Walk(func(v, _ schema.Value) {
		if NamesAt[v.Path] == serverNames {
			for _, item := range v.Items() {
				if text, _ := item.Text(); !blank(text) {
					named[ascii.Lower(trim(text))] = true
				}
			}
		}
	})
	return named
}

// AgentBackend is the backend of acp that counts, and where the file chooses it: the variable comes before the
// file (traps-2.md X92). It is "" where only the value of the variable would tell.
func (c *Config) AgentBackend(written schema.Value) (name string, by *document.Node) {
	switch value, state := c.Environment.Var(BackendVariable); {
	case state == Declared:
		return "", nil
	case !blank(value):
		return ascii.Lower(trim(value)), nil
	}
	if text, _ := written.Text(); !blank(text) {
		return ascii.Lower(trim(text)), written.Node
	}
	return StubBackend, nil
}

// UserProfile is the profile of memory that puts what is written about the user into the prompt.
const UserProfile = "profile_plus_window"

// IgnoredMemory yields X24, and compaction that never begins (X4).
func (c *Config) IgnoredMemory() IgnoredSeq {
	return func(yield func(Ignored) bool) {
		memory := c.Root.At(schema.KeyMemory)
		profile := memory.At(schema.KeyProfile)
		if word, _ := profile.Word(); memory.Present() && word != UserProfile {
			for _, v := range [...]schema.Value{memory.At(schema.KeyProfileNote), memory.At(schema.KeyPersonalization)} {
				if tellsOfUser(v) && !yield(Ignored{v.Node, profile.Node, "X24", "only memory.profile = \"" + UserProfile + "\" puts it into the prompt"}) {
					return
				}
			}
		}
		if v := c.Root.At(schema.KeyConversation); NeverCompacts(v) {
			yield(Ignored{v.NodeOf(schema.KeyCompactEnabled), nil, "X4", "compaction begins only where a threshold is set"})
		}
	}
}

// tellsOfUser reports whether a note or table says something about the user.
func tellsOfUser(v schema.Value) bool {
	if text, _ := v.Text(); !blank(text) {
		return true
	}
	for _, key := range aboutTheUser {
		f := v.Field(key)
		if text, isText := f.Text(); f.Present() && (!isText || !blank(text)) {
			return true
		}
	}
	return false
}

// NeverCompacts reports whether compaction is switched on in a table that sets no threshold for it.
func NeverCompacts(table schema.Value) bool {
	on, _ := table.At(schema.KeyCompactEnabled).Bool()
	return on && !positive(table.At(schema.KeyCompactMinMessages)) && !positive(table.At(schema.KeyCompactTriggerEstimatedTokens))
}

func positive(v schema.Value) bool {
	i, ok := v.Int()
	return ok && i > 0
}

// IgnoredPrompt yields a system prompt beside the id of a prompt pack (X4).
func (c *Config) IgnoredPrompt() IgnoredSeq {
	return func(yield func(Ignored) bool) {
		cli := c.Root.At(schema.KeyCLI)
		pack, prompt := cli.At(schema.KeyPromptPackID), cli.At(schema.KeySystemPrompt)
		id, _ := pack.Text()
		if text, _ := prompt.Text(); !blank(id) && !blank(text) {
			yield(Ignored{prompt.Node, pack.Node, "X4", "the prompt is made from personality and addendum"})
		}
	}
}
