package loong

import (
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/suggest"
	"github.com/loonglint/loonglint/schema"
)

// registry is a closed set of names that loading does not check (facts/registries.json).
type registry struct {
	entry     string
	values    []string
	variable  string // it comes before the file
	knownOnly bool   // but only with a name of the registry
	passed    string // what Loong does with another name, where it passes it over; empty: something fails
}

// UnknownName is an entry of a key of NamesAt that nothing has registered. Without a Why it is not passed over: something fails.
type UnknownName struct {
	Ignored
	Name    string       // as it is compared
	Known   []string     // the names that there are
	Channel *ChannelKind // what it names where only other channels count, by its section or an alias; or nil
}

// UnknownNames yields X76, X86, X87, X90 and X124 to X126 at a key of NamesAt.
func (c *Config) UnknownNames(v schema.Value) iter.Seq[UnknownName] {
	return func(yield func(UnknownName) bool) {
		unknown := c.unregistered
		switch NamesAt[v.Path] {
		case serverNames:
			unknown = c.unknownServer
		case routedNames:
			unknown = c.unrouted
		}
		judge := func(entry schema.Value) (more bool) {
			text, _ := entry.Text()
			if blank(text) {
				return true
			}
			u := UnknownName{Ignored: Ignored{Node: entry.Node}, Name: ascii.Lower(trim(text))}
			return !unknown(v, &u) || yield(u)
		}
		if v.Shape.Op != schema.OpList {
			judge(v)
			return
		}
		for _, entry := range v.Items() {
			if !judge(entry) {
				return
			}
		}
	}
}

// unregistered fills in X76, X86 and X124 to X126. It is silent where a variable comes before the file.
func (c *Config) unregistered(v schema.Value, u *UnknownName) bool {
	r := &registries[NamesAt[v.Path]]
	if slices.Contains(r.values, u.Name) || r.variable != "" && !r.knownOnly && c.mayBeSet(r.variable) {
		return false
	}
	u.Entry, u.Why, u.Known = r.entry, r.passed, r.values
	return true
}

// mayBeSet reports whether a variable is there and not blank, as far as that is known.
func (c *Config) mayBeSet(variable string) bool {
	text, state := c.Environment.Var(variable)
	return state == Declared || state == Set && !blank(text)
}

// ACPX is the backend of acp that runs agents.
const ACPX = "acpx"

// unknownServer fills in X87.
func (c *Config) unknownServer(list schema.Value, u *UnknownName) bool {
	if !c.SelectsServers(list) {
		return false
	}
	for _, s := range c.Root.At(schema.KeyACP).At(schema.KeyBackends).At(schema.KeyAcpx).At(schema.KeyMCPServers).Entries() {
		if ascii.Lower(trim(s.Name)) == u.Name {
			return false
		}
		u.Known = append(u.Known, s.Name)
	}
	u.Entry, u.Why = "X87", "there is no such server, so a session that should start it is refused"
	return true
}

// SelectsServers reports whether sessions read a list of MCP servers: that of [acp.dispatch] counts for loong ask also while ACP
// is off, those of channels only while it is on.
func (c *Config) SelectsServers(list schema.Value) bool {
	acp := c.Root.At(schema.KeyACP)
	on, _ := acp.At(schema.KeyEnabled).Bool()
	backend, _ := c.AgentBackend(acp.At(schema.KeyBackend))
	return backend == ACPX && (on || list.Path.Under(schema.PathOf("acp")))
}

// RefusesServers reports whether a list at a key of NamesAt selects servers for sessions that may start none (X88).
func (c *Config) RefusesServers(v schema.Value) bool {
	if NamesAt[v.Path] != serverNames || !c.SelectsServers(v) || c.Root.At(schema.KeyACP).At(schema.KeyAllowMCPServerInjection).MayBeTrue() {
		return false
	}
	texts, _ := v.Texts()
	return len(nonBlank(texts)) > 0
}

// unrouted fills in X90: another name than that of a channel may be a client's of the turn API, unless it is nearly one.
func (c *Config) unrouted(_ schema.Value, u *UnknownName) bool {
	if slices.Contains(routedChannels[:], u.Name) {
		return false
	}
	u.Entry, u.Why, u.Known = "X90", "no message reaches an agent by this name", routedChannels[:]
	for i := range channelKinds {
		k := &channelKinds[i]
		if slices.Contains(k.Aliases, u.Name) || k.HasAccounts && (k.Section == u.Name || k.ID == u.Name) {
			u.Channel = k
			return true
		}
	}
	return len(suggest.Nearest(u.Name, slices.Values(u.Known))) > 0
}

// IsRouted reports whether messages of the channel reach an agent.
func (k *ChannelKind) IsRouted() bool { return slices.Contains(routedChannels[:], k.Section) }

// override is a variable that comes before a key of the file (facts/registries.json).
type override struct {
	variable string
	known    int        // where it is not 0: only with a name of that registry
	unless   schema.Key // of the same table: where it is filled in, the key does not count anyway
}

// Overridden returns the variable that comes before a key of OverridesAt and says something else (X92), or "". What the value of
// a variable is must be known.
func (c *Config) Overridden(v, table schema.Value) (variable string) {
	o := &overrides[OverridesAt[v.Path]]
	value, state := c.Environment.Var(o.variable)
	value = ascii.Lower(trim(value))
	if state != Set || value == "" || o.known != 0 && !slices.Contains(registries[o.known].values, value) {
		return ""
	}
	if by, _ := table.At(o.unless).Text(); o.unless != 0 && !blank(by) {
		return ""
	}
	if v.Shape.Op == schema.OpList {
		first, written := nameSet(strings.Split(value, ",")), []string(nil)
		if list, ok := v.Texts(); ok {
			written = nameSet(list)
		}
		if len(first) == 0 || len(written) == 0 || slices.Equal(first, written) {
			return ""
		}
		return o.variable
	}
	if text := ascii.Lower(trim(writtenScalar(v))); text == "" || text == value {
		return ""
	}
	return o.variable
}

// nameSet are the names of a list in order, each once, in lower case.
func nameSet(list []string) []string {
	var names []string
	for _, s := range list {
		if !blank(s) {
			names = append(names, ascii.Lower(trim(s)))
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// writtenScalar is a text, word or number as variables write it, or "".
func writtenScalar(v schema.Value) string {
	if text, ok := v.Text(); ok {
		return text
	}
	if word, ok := v.Word(); ok {
		return word
	}
	if i, ok := v.Int(); ok {
		return strconv.FormatInt(i, 10)
	}
	return ""
}

// ignoredName yields what has no effect at a key of NamesAt or OverridesAt: names that are passed over, and keys that a variable
// comes before.
func (c *Config) ignoredName(v, table schema.Value, list []Ignored) []Ignored {
	if NamesAt[v.Path] != 0 {
		for u := range c.UnknownNames(v) {
			if u.Why != "" {
				list = append(list, u.Ignored)
			}
		}
	}
	if OverridesAt[v.Path] != 0 {
		if variable := c.Overridden(v, table); variable != "" {
			list = append(list, Ignored{v.Node, nil, "X92", variable + " comes before the file"})
		}
	}
	return list
}
