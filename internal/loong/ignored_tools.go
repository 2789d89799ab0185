package loong

import (
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/schema"
)

// IgnoredTools yields X17 to X19, X34 to X37, X39 to X53, X55 and X56: entries and permissions of tools that something else
// leaves without effect.
func (c *Config) IgnoredTools() IgnoredSeq {
	c.toolsOnce.Do(func() {
		for range c.ignoredTools {
			c.ignoresTools = true
			break
		}
	})
	if !c.ignoresTools {
		return func(func(Ignored) bool) {} // most files: several rules ask
	}
	return c.ignoredTools
}

func (c *Config) ignoredTools(yield func(Ignored) bool) {
	tools := c.Root.At(schema.KeyTools)
	_ = tools.Present() && ignoredPermissions(tools, yield) && ignoredPrograms(tools, yield) && ignoredCalls(tools, yield) &&
		ignoredChildTools(tools, yield) && ignoredLimits(tools, yield)
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

// wordOr is the word of an enum, or its default.
func wordOr(v schema.Value) string {
	if word, ok := v.Word(); ok {
		return word
	}
	return defaultWord(v)
}

// ApprovalsDisabled reports whether tools.approval.mode, written or not, lets nothing ask for an approval.
func ApprovalsDisabled(tools schema.Value) bool {
	mode := tools.At(schema.KeyApproval).At(schema.KeyMode)
	return wordOr(mode) == defaultWord(mode)
}

// RunsPrograms reports whether the shell runs each program that shell_deny does not name. Without a value it does; written, the
// word counts without regard to case, and nothing is trimmed (traps-2.md, "mode allow").
func RunsPrograms(tools schema.Value) bool {
	text, written := tools.At(schema.KeyShellDefaultMode).Text()
	return !written || ascii.Lower(text) == "allow"
}

// ProgramFault says why an entry of shell_allow or shell_deny is no program's name, or "" (X35, X36). What holds a path still
// means a command that is written with it.
func ProgramFault(entry string) string {
	entry = trim(entry)
	isPattern, isPath := false, false
	for i := range len(entry) {
		switch c := entry[i]; {
		case isBlank(c):
			return "words"
		case c == '*' || c == '?' || c == '[' && len(entry) > 1:
			isPattern = true
		case c == '/' || c == '\\':
			isPath = true
		}
	}
	switch {
	case isPattern:
		return "pattern"
	case isPath:
		return "path"
	}
	return ""
}

func isBlank(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

// ignoredPrograms yields X34 to X37 and X39.
func ignoredPrograms(tools schema.Value, yield func(Ignored) bool) bool {
	allow, deny := tools.At(schema.KeyShellAllow), tools.At(schema.KeyShellDeny)
	free := RunsPrograms(tools)
	denied := map[string]*document.Node{}
	for _, item := range deny.Items() {
		entry, _ := item.Text()
		if denied[program(entry)] == nil {
			denied[program(entry)] = item.Node
		}
		if entry := programEntry("X35", "X36", item); entry != "" && !yield(Ignored{item.Node, nil, entry, "it is not the name of a program"}) {
			return false
		}
	}
	filled := false
	for _, item := range allow.Items() {
		text, _ := item.Text()
		if blank(text) {
			continue
		}
		filled = true
		entry := programEntry("X37", "X37", item)
		by := denied[program(text)]
		switch {
		case by != nil && !yield(Ignored{item.Node, by, "X39", "shell_deny names the program, and wins"}),
			by == nil && entry != "" && !free && !yield(Ignored{item.Node, nil, entry, "it is not the name of a program"}):
			return false
		}
	}
	return !filled || !free || yield(Ignored{allow.Node, tools.NodeOf(schema.KeyShellDefaultMode), "X34", "programs that it does not name are run, too"})
}

// program is how the shell compares an entry.
func program(entry string) string { return ascii.Lower(trim(entry)) }

// programEntry is the entry of the reference that tells of an entry of a list that is no program, or "".
func programEntry(words, pattern string, item schema.Value) string {
	text, _ := item.Text()
	switch ProgramFault(text) {
	case "words":
		return words
	case "pattern":
		return pattern
	}
	return ""
}

// shellCall is the beginning of the entries of approval lists for programs; the name of the program follows.
const shellCall = "tool:shell.exec"

// ProgramOfCall is the program that an entry of an approval list names, and whether the entry is one for programs at all. The
// name is empty where the entry equals no call (X41).
func ProgramOfCall(entry string) (program string, ok bool) {
	rest, ok := strings.CutPrefix(entry, shellCall)
	if !ok || rest != "" && rest[0] != ':' {
		return "", false
	}
	name := strings.TrimPrefix(rest, ":")
	if name != trim(ascii.Lower(name)) || ProgramFault(name) != "" {
		return "", true
	}
	return name, true
}

// ToolOfCall is the tool of an entry of an approval list, where it equals the name of one: tool:delegate.
func ToolOfCall(entry string) *Tool {
	if name, ok := strings.CutPrefix(entry, "tool:"); ok {
		return ToolNamed(name)
	}
	return nil
}

// callFault is the entry of the reference that tells why an entry of an approval list equals no call, or "".
func callFault(entry string) string {
	if program, ok := ProgramOfCall(entry); ok {
		if program == "" {
			return "X41"
		}
		return ""
	}
	name, called := strings.CutPrefix(entry, "tool:")
	switch head, _, _ := strings.Cut(name, ":"); {
	case called && ToolNamed(name) != nil && name != "shell.exec":
		return ""
	case called && (ToolSpelled(name) != nil || ToolSpelled(head) != nil):
		return "X44"
	case !called && (ToolNamed(head) != nil || ToolSpelled(head) != nil):
		return "X42"
	}
	return "X43"
}

// ignoredCalls yields X18 and X40 to X48.
func ignoredCalls(tools schema.Value, yield func(Ignored) bool) bool {
	if lists := tools.At(schema.KeyApproval); !lists.Has(schema.KeyApprovedCalls) && !lists.Has(schema.KeyDeniedCalls) {
		return true
	}
	a := readApprovals(tools)
	for _, item := range a.denied.Items() {
		if entry, _ := item.Text(); !blank(entry) {
			if i, ignored := a.ignoredDenial(item.Node, entry); ignored && !yield(i) {
				return false
			}
		}
	}
	counts := false
	for _, item := range a.approved.Items() {
		entry, _ := item.Text()
		if blank(entry) {
			continue
		}
		i, ignored := a.ignoredApproval(item.Node, entry)
		if ignored && !yield(i) {
			return false
		}
		counts = counts || !ignored
	}
	return !counts || a.asks || yield(Ignored{a.approved.Node, nil, "X47", "nothing asks for an approval"})
}

// approvals is what decides whether entries of approval lists count.
type approvals struct {
	tools, approved, denied schema.Value
	mode, consent           schema.Value
	isApproved, isDenied    map[string]*document.Node
	allowed, refused        map[string]*document.Node // programs of shell_allow and shell_deny
	asks                    bool                      // something may ask for an approval
}

func readApprovals(tools schema.Value) *approvals {
	lists := tools.At(schema.KeyApproval)
	a := &approvals{tools: tools, approved: lists.At(schema.KeyApprovedCalls), denied: lists.At(schema.KeyDeniedCalls), mode: lists.At(schema.KeyMode)}
	a.consent = tools.At(schema.KeyConsent).At(schema.KeyDefaultMode)
	same := func(text string) string { return text }
	a.isApproved, a.isDenied = entriesOf(a.approved, same), entriesOf(a.denied, same)
	a.allowed, a.refused = entriesOf(tools.At(schema.KeyShellAllow), program), entriesOf(tools.At(schema.KeyShellDeny), program)
	profile := tools.At(schema.KeyAutonomyProfile)
	a.asks = !ApprovalsDisabled(tools) || wordOr(profile) != defaultWord(profile) || wordOr(a.consent) != defaultWord(a.consent)
	return a
}

// entriesOf are the entries of a list, the first of each.
func entriesOf(list schema.Value, as func(string) string) map[string]*document.Node {
	entries := map[string]*document.Node{}
	for _, item := range list.Items() {
		if text, _ := item.Text(); !blank(text) && entries[as(text)] == nil {
			entries[as(text)] = item.Node
		}
	}
	return entries
}

// ignoredDenial tells of an entry of denied_calls that denies nothing.
func (a *approvals) ignoredDenial(n *document.Node, entry string) (Ignored, bool) {
	if fault := callFault(entry); fault != "" {
		return Ignored{n, nil, fault, "it equals the name of no call"}, true
	}
	if name, ok := ProgramOfCall(entry); ok {
		mode := a.tools.At(schema.KeyShellDefaultMode)
		text, written := mode.Text()
		switch {
		case a.refused[name] != nil: // denied all the same
		case !written || text == "allow":
			return Ignored{n, mode.Node, "X40", "tools.shell_default_mode is allow"}, true
		case a.allowed[name] != nil:
			return Ignored{n, a.allowed[name], "X40", "tools.shell_allow names the program"}, true
		case ApprovalsDisabled(a.tools):
			return Ignored{n, a.mode.Node, "X40", "approvals are disabled"}, true
		case a.isApproved[entry] != nil:
			return Ignored{n, a.isApproved[entry], "X18", "approved_calls has it, too, and for shell.exec that wins"}, true
		}
		return Ignored{}, false
	}
	return Ignored{n, nil, "X45", "no list is looked up for the tool"}, ToolOfCall(entry).Lists == NeverLooked
}

// ignoredApproval tells of an entry of approved_calls that approves nothing.
func (a *approvals) ignoredApproval(n *document.Node, entry string) (Ignored, bool) {
	if fault := callFault(entry); fault != "" {
		return Ignored{n, nil, fault, "it equals the name of no call"}, true
	}
	t := ToolOfCall(entry)
	if t == nil {
		t = ToolNamed("shell.exec")
	}
	switch {
	case t.Lists != LookedByProgram && t.Lists != NeverLooked && a.isDenied[entry] != nil:
		return Ignored{n, a.isDenied[entry], "X18", "denied_calls wins for the tool"}, true
	case t.AsksConsent(wordOr(a.consent)):
		return Ignored{n, a.consent.Node, "X48", "consent is asked for all the same"}, true
	case t.Lists == NeverLooked:
		return Ignored{n, nil, "X46", "no list is looked up for the tool"}, true
	}
	return Ignored{}, false
}

// ChildFault is the entry of the reference that tells why an entry of child_tool_allowlist gives a child nothing, or "", and the
// tool that it names in any spelling, or nil.
func ChildFault(entry string) (fault string, t *Tool) {
	spelled := false
	if t = ToolNamed(entry); t == nil {
		t, spelled = ToolSpelled(entry), true
	}
	switch {
	case t == nil:
		return "X50", nil
	case t.Child == GivenBySwitch:
		return "X51", t
	case t.Child == NeverGiven:
		return "X52", t
	case spelled:
		return "X49", t
	}
	return "", t
}

// ignoredChildTools yields X49 to X53.
func ignoredChildTools(tools schema.Value, yield func(Ignored) bool) bool {
	delegate := tools.At(schema.KeyDelegate)
	if on, written := delegate.At(schema.KeyEnabled).Bool(); written && !on {
		return true
	}
	for _, item := range delegate.At(schema.KeyChildToolAllowlist).Items() {
		entry, isText := item.Text()
		if !isText || blank(entry) {
			continue
		}
		fault, t := ChildFault(entry)
		i := Ignored{item.Node, nil, fault, "it offers a child nothing"}
		switch {
		case fault == "X51":
			i.By = delegate.NodeOf(schema.KeyAllowShellInChild)
		case fault == "" && t.Where != "":
			if by, off := isOffAt(tools, t.Where); off {
				i.Entry, i.By, i.Why = "X53", by, "what it needs is off"
			}
		}
		if i.Entry != "" && !yield(i) {
			return false
		}
	}
	return true
}

// isOffAt reports whether a key below [tools] is false or blank, by its default where it is not written.
func isOffAt(tools schema.Value, key string) (by *document.Node, off bool) {
	v := tools.Get(strings.Split(key, ".")[1:]...)
	if on, ok := v.Bool(); ok {
		return v.Node, !on
	}
	if text, ok := v.Text(); ok {
		return v.Node, blank(text)
	}
	return nil, !v.Present() && v.Default() != "true"
}

// ignoredLimits yields X19, X55 and X56.
func ignoredLimits(tools schema.Value, yield func(Ignored) bool) bool {
	for _, e := range tools.At(schema.KeyToolExecution).At(schema.KeyPerToolTimeout).Entries() {
		i := Ignored{e.Value.Node, nil, "X55", "there is no such tool"}
		switch t, limited := ToolLimited(e.Name); {
		case limited || blank(e.Name):
			continue
		case t != nil && t.OwnLimit:
			i.Entry, i.Why = "X19", "this tool has its own limit"
		case t != nil:
			i.Entry, i.Why = "X56", "the limit does not reach the tool"
		}
		if !yield(i) {
			return false
		}
	}
	return true
}
