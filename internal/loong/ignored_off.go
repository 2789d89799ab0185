package loong

import (
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/schema"
)

// offSection is a section that is off unless its key enabled is true (facts/traps.json).
type offSection struct {
	entry string
	key   schema.Key
}

const whyOff = "enabled is not written, so it is off"

// IgnoredOff yields X91 and X93 to X95: sections and accounts that do nothing because they are not on.
func (c *Config) IgnoredOff() IgnoredSeq {
	return func(yield func(Ignored) bool) {
		if !c.Target.IsReadWhole() {
			return
		}
		for _, s := range offSections {
			table := c.Root.At(s.key)
			if !table.Present() || table.Has(schema.KeyEnabled) || !writesKnownKey(table) || s.key == schema.KeyACP && c.AskKey() != nil {
				continue
			}
			if !yield(Ignored{table.Node, nil, s.entry, whyOff}) {
				return
			}
		}
		if !c.WritesChannel() {
			return
		}
		all := c.WrittenChannels()
		for i := range all {
			if ch := &all[i]; ch.Kind.HasAccounts && ch.Node != nil && !ch.Enabled.Val && !ch.off(yield) {
				return
			}
		}
	}
}

// writesKnownKey reports whether a table has a key that Loong knows there.
func writesKnownKey(table schema.Value) bool {
	for _, n := range table.Node.Entries {
		if table.Path.Child(n.Name()) != schema.NoPath {
			return true
		}
	}
	return false
}

// off yields X94, or X93, of a channel that is off.
func (ch *Channel) off(yield func(Ignored) bool) bool {
	enabled := ch.Table.At(schema.KeyEnabled)
	meant, told := isMeant(ch.Table), false
	for _, e := range ch.Table.At(schema.KeyAccounts).Entries() {
		on := e.Value.At(schema.KeyEnabled)
		meant = meant || isMeant(e.Value)
		if is, _ := on.Bool(); is {
			told = true
			if !yield(Ignored{on.Node, enabled.Node, "X94", "the channel is off, so the account is, too"}) {
				return false
			}
		}
	}
	return told || !meant || enabled.Present() || yield(Ignored{ch.Node, nil, "X93", whyOff})
}

// isMeant reports whether a channel or account has a credential, an address or a list of ids, and so is meant to do something.
func isMeant(table schema.Value) bool {
	if !table.Present() || !table.Node.Kind.IsTable() {
		return false
	}
	for _, n := range table.Node.Entries {
		if path := table.Path.Child(n.Name()); path != schema.NoPath && (path.Class() != 0 || strings.HasSuffix(n.Name(), "_ids")) {
			return true
		}
	}
	return false
}

// AskKey is the key of [acp.dispatch] that hands each loong ask to the backend of acp, whether acp is on or not, or nil
// (traps-2.md X135).
func (c *Config) AskKey() *document.Node {
	dispatch := c.Root.At(schema.KeyACP).At(schema.KeyDispatch)
	if text, _ := dispatch.At(schema.KeyWorkingDirectory).Text(); !blank(text) {
		return dispatch.NodeOf(schema.KeyWorkingDirectory)
	}
	if list := dispatch.At(schema.KeyBootstrapMCPServers); list.HasItems() {
		return list.Node
	}
	return nil
}
