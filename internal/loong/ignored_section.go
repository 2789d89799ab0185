package loong

import (
	"slices"
	"strings"

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
			(*Config).IgnoredScopes, (*Config).IgnoredAgents, (*Config).IgnoredTools, (*Config).IgnoredMemory, (*Config).IgnoredPrompt,
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

// IgnoredAgents yields X21 and X23; X22 is IgnoredKey.
func (c *Config) IgnoredAgents() IgnoredSeq {
	return func(yield func(Ignored) bool) {
		acp := c.Root.At(schema.KeyACP)
		enabled := acp.At(schema.KeyEnabled)
		name, by := c.agentBackend(acp.At(schema.KeyBackend))
		if on, _ := enabled.Bool(); on && name == StubBackend {
			if !yield(Ignored{enabled.Node, by, "X21", "the backend " + StubBackend + " runs no agent"}) {
				return
			}
		}
		for _, e := range c.Root.At(schema.KeyMCP).At(schema.KeyServers).Entries() {
			if !blank(e.Name) && !yield(Ignored{e.Value.Node, nil, "X23", "this version has no client for MCP servers"}) {
				return
			}
		}
	}
}

// agentBackend is the backend of acp that counts, and where the file chooses it: the variable comes before the
// file (traps-2.md X92). It is "" where only the value of the variable would tell.
func (c *Config) agentBackend(written schema.Value) (name string, by *document.Node) {
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

// IgnoredTools yields X17 to X19: permissions that autonomy_profile refuses, denied calls that are not
// denied, and limits of tools that have their own.
func (c *Config) IgnoredTools() IgnoredSeq {
	return func(yield func(Ignored) bool) {
		tools := c.Root.At(schema.KeyTools)
		if !tools.Present() || !ignoredPermissions(tools, yield) || !ignoredDenials(tools, yield) {
			return
		}
		for _, e := range tools.At(schema.KeyToolExecution).At(schema.KeyPerToolTimeout).Entries() {
			if hasOwnLimit(e.Name) && !yield(Ignored{e.Value.Node, nil, "X19", "this tool brings its own limit"}) {
				return
			}
		}
	}
}

func ignoredPermissions(tools schema.Value, yield func(Ignored) bool) bool {
	profile := tools.At(schema.KeyAutonomyProfile)
	if word, ok := profile.Word(); ok && word != defaultWord(profile) {
		return true
	}
	v := tools.At(schema.KeySessions).At(schema.KeyAllowMutation)
	on, _ := v.Bool()
	return !on || yield(Ignored{v.Node, profile.Node, "X17", "autonomy_profile still refuses it"})
}

// defaultWord is the word that holds where an enum is not written.
func defaultWord(v schema.Value) string { return strings.Trim(v.Default(), `"`) }

// ignoredDenials yields the entries for shell commands that deny nothing (X18). Loong reads them only where a command
// would ask: not while the mode of the shell is allow, which is compared exactly, not for a program of shell_allow, and not
// while approvals are disabled; and it reads approved_calls first.
func ignoredDenials(tools schema.Value, yield func(Ignored) bool) bool {
	approval := tools.At(schema.KeyApproval)
	denied := approval.At(schema.KeyDeniedCalls).Items()
	if len(denied) == 0 {
		return true
	}
	shell, mode := tools.At(schema.KeyShellDefaultMode), approval.At(schema.KeyMode)
	shellMode, _ := shell.Text()
	allow := !shell.Present() || shellMode == "allow"
	approved := firstOfText(approval.At(schema.KeyApprovedCalls), func(s string) string { return s })
	program := func(s string) string { return ascii.Lower(trim(s)) }
	allowed, refused := firstOfText(tools.At(schema.KeyShellAllow), ascii.Lower), firstOfText(tools.At(schema.KeyShellDeny), program)
	for _, item := range denied {
		entry, _ := item.Text()
		rest, isShell := strings.CutPrefix(entry, "tool:shell.exec")
		name := program(strings.TrimPrefix(rest, ":"))
		if !isShell || refused[name] != nil {
			continue
		}
		i := Ignored{Node: item.Node, Entry: "X18"}
		switch {
		case allow:
			i.By, i.Why = shell.Node, "tools.shell_default_mode is allow"
		case allowed[name] != nil:
			i.By, i.Why = allowed[name], "tools.shell_allow names the program"
		case ApprovalsDisabled(tools):
			i.By, i.Why = mode.Node, "approvals are disabled"
		case approved[entry] != nil:
			i.By, i.Why = approved[entry], "approved_calls has it, too, and for shell.exec that wins"
		default:
			continue
		}
		if !yield(i) {
			return false
		}
	}
	return true
}

// ApprovalsDisabled reports whether tools.approval.mode, written or not, lets nothing ask for an approval.
func ApprovalsDisabled(tools schema.Value) bool {
	mode := tools.At(schema.KeyApproval).At(schema.KeyMode)
	word, ok := mode.Word()
	return !ok || word == defaultWord(mode)
}

// firstOfText are the entries of a list of texts, by what f makes of them.
func firstOfText(list schema.Value, f func(string) string) map[string]*document.Node {
	first := map[string]*document.Node{}
	for _, item := range list.Items() {
		if text, ok := item.Text(); ok && first[f(text)] == nil {
			first[f(text)] = item.Node
		}
	}
	return first
}

// hasOwnLimit reports whether a tool has a time limit of its own.
func hasOwnLimit(tool string) bool {
	tool = ascii.Lower(tool)
	return slices.ContainsFunc(ownTimeLimit[:], func(own string) bool {
		rest, ok := strings.CutPrefix(tool, own)
		return ok && (rest == "" || rest[0] == '.')
	})
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
