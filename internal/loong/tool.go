package loong

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
)

// Tool is a tool of Loong, and what the settings say of it (facts/tools.json).
type Tool struct {
	Name      string   // the only one that lists compare
	Spellings []string // other names of a call
	Kind      ToolKind
	Lists     CallLists
	Asks      bool // an approval may be asked for
	Low       bool // its risk is low
	Child     ChildAccess
	Where     string   // GivenByName: the key that must be on, or filled
	Limits    []string // the keys of per_tool_timeout that limit it
	OwnLimit  bool     // it has a time limit of its own
	Instead   string   // what denies it, where no list does
}

// ToolKind says how a tool is called.
type ToolKind uint8

// The kinds.
const (
	CoreTool   ToolKind = iota
	AppTool             // it changes the program itself: sessions, delegation
	FacadeTool          // the name under which a model calls core tools
)

// CallLists says when approved_calls and denied_calls are looked up for a tool (traps-2.md, section 2).
type CallLists uint8

// When they are.
const (
	NeverLooked     CallLists = iota
	DeniedFirst               // denied_calls always, before all else; approved_calls where an approval is asked for
	LookedByProfile           // both, denied_calls first, while autonomy_profile asks
	LookedByProgram           // by the program, approved_calls first, where an approval is asked for
)

// ChildAccess says what offers a tool to a delegated child (traps-2.md, section 3).
type ChildAccess uint8

// The ways.
const (
	NeverGiven    ChildAccess = iota
	GivenByName               // its name in child_tool_allowlist
	GivenBySwitch             // allow_shell_in_child
)

// Tools are all tools of Loong, by name. They must not be changed.
func Tools() []Tool { return tools[:] }

// ToolNamed is the tool of exactly this name, or nil.
func ToolNamed(name string) *Tool {
	i, found := slices.BinarySearchFunc(tools[:], name, func(t Tool, name string) int { return strings.Compare(t.Name, name) })
	if !found {
		return nil
	}
	return &tools[i]
}

// ToolSpelled is the tool that has this text among its other spellings, or nil.
func ToolSpelled(text string) *Tool {
	for i := range tools {
		if slices.Contains(tools[i].Spellings, text) {
			return &tools[i]
		}
	}
	return nil
}

// AsksConsent reports whether tools.consent.default_mode has a call of the tool asked for (tools.json, "consent").
func (t *Tool) AsksConsent(mode string) bool {
	switch mode {
	case "prompt":
		return !strings.HasPrefix(t.Name, "approval_request")
	case "auto":
		return t.Asks || !t.Low
	}
	return false
}

// LimitsOthers reports whether a key of per_tool_timeout limits any tool, be it another than the one it names.
func LimitsOthers(key string) bool {
	key = ascii.Lower(key)
	return slices.ContainsFunc(tools[:], func(t Tool) bool { return slices.Contains(t.Limits, key) })
}

// ToolLimited tells what a key of per_tool_timeout does: the tool that it names, in any spelling and case, or nil, and whether
// it limits that tool.
func ToolLimited(key string) (t *Tool, limited bool) {
	key = ascii.Lower(key)
	if t = ToolNamed(key); t == nil {
		t = ToolSpelled(key)
	}
	if t == nil {
		return nil, LimitsOthers(key)
	}
	return t, slices.Contains(t.Limits, key)
}
