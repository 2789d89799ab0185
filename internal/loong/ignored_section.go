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

// IgnoredAgents yields X21 and X23; X22 is IgnoredKey.
func (c *Config) IgnoredAgents() IgnoredSeq {
	return func(yield func(Ignored) bool) {
		acp := c.Root.At(schema.KeyACP)
		enabled, backend := acp.At(schema.KeyEnabled), acp.At(schema.KeyBackend)
		name, _ := backend.Text()
		name = ascii.Lower(trim(name))
		if on, _ := enabled.Bool(); on && (name == "" || name == StubBackend) {
			by := backend.Node
			if name == "" {
				by = nil
			}
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

// IgnoredTools yields X17 to X19: permissions that autonomy_profile refuses, denied calls that are not
// denied, and limits of tools that have their own.
func (c *Config) IgnoredTools() IgnoredSeq {
	return func(yield func(Ignored) bool) {
		tools := c.Root.At(schema.KeyTools)
		if !tools.Present() || !ignoredPermissions(tools, yield) || !ignoredDenials(tools.At(schema.KeyApproval), yield) {
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
	for _, v := range [...]schema.Value{
		tools.At(schema.KeyDelegate).At(schema.KeyEnabled), tools.At(schema.KeySessions).At(schema.KeyAllowMutation),
	} {
		if on, _ := v.Bool(); on && !yield(Ignored{v.Node, profile.Node, "X17", "autonomy_profile still refuses it"}) {
			return false
		}
	}
	return true
}

// defaultWord is the word that holds where an enum is not written.
func defaultWord(v schema.Value) string { return strings.Trim(v.Default(), `"`) }

func ignoredDenials(approval schema.Value, yield func(Ignored) bool) bool {
	mode := approval.At(schema.KeyMode)
	word, ok := mode.Word()
	off := !ok || word == defaultWord(mode)
	approved := map[string]*document.Node{}
	for _, item := range approval.At(schema.KeyApprovedCalls).Items() {
		if text, _ := item.Text(); approved[text] == nil {
			approved[text] = item.Node
		}
	}
	for _, item := range approval.At(schema.KeyDeniedCalls).Items() {
		entry, _ := item.Text()
		switch by := approved[entry]; {
		case entry == "":
		case by != nil:
			if !yield(Ignored{item.Node, by, "X18", "approved_calls wins where an approval is asked for"}) {
				return false
			}
		case off && isShellCall(entry):
			if !yield(Ignored{item.Node, mode.Node, "X18", "not denied while approvals are disabled"}) {
				return false
			}
		}
	}
	return true
}

func isShellCall(entry string) bool {
	return strings.HasPrefix(strings.TrimPrefix(entry, "tool:"), "shell.exec")
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
