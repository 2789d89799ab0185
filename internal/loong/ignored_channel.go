package loong

import (
	"slices"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/schema"
)

// IgnoredInChannels yields what has no effect in the sections of channels, each setting once.
func (c *Config) IgnoredInChannels() IgnoredSeq {
	return func(yield func(Ignored) bool) {
		if !c.WritesChannel() {
			return
		}
		all := c.WrittenChannels()
		for i := range all {
			ch := &all[i]
			if ch.Node != nil && !(ch.ignoredVariables(yield) && ch.replacedCredentials(yield) && ch.ignoredAccounts(yield)) {
				return
			}
		}
	}
}

// WritesChannel reports whether a section of a channel is written.
func (c *Config) WritesChannel() bool {
	return slices.ContainsFunc(channelKinds[:], func(k ChannelKind) bool { return c.Root.Has(k.Key) })
}

// ignoredVariables yields the names of variables that are not read for some account (X6, X7, and K4
// in one table).
func (ch *Channel) ignoredVariables(yield func(Ignored) bool) bool {
	seen := map[*document.Node]bool{}
	once := func(n, by *document.Node, entry, why string) bool {
		if seen[n] {
			return true
		}
		seen[n] = true
		return yield(Ignored{n, by, entry, why})
	}
	read := ch.readVariables()
	for i := range ch.Accounts {
		a := &ch.Accounts[i]
		for k := range a.Settings {
			s, more := &a.Settings[k], true
			switch {
			case s.OwnEnvIgnored():
				more = once(s.EnvNode, s.Inline, "X6", "the channel's value is used for this account")
			case s.HidesEnv():
				more = once(s.HiddenEnv, a.Node, "X7", "accounts have a default name of their own")
			case ch.StopsVariable(a, s):
				more = once(ch.Table.At(s.Credential.EnvKey).Node, a.Table.NodeOf(s.Credential.Key), "X7", "an account that writes the value does not take it over")
			case s.EnvNode != nil && s.Env != "" && !s.EnvRead && s.Inline != nil && s.Inline.Parent == s.EnvNode.Parent && !read[s.EnvNode]:
				more = once(s.EnvNode, s.Inline, "K4", "the value beside it is used")
			}
			if !more {
				return false
			}
		}
	}
	return true
}

// readVariables are the keys that name a variable which is looked at for some account.
func (ch *Channel) readVariables() map[*document.Node]bool {
	read := map[*document.Node]bool{}
	for i := range ch.Accounts {
		for k := range ch.Accounts[i].Settings {
			if s := &ch.Accounts[i].Settings[k]; s.EnvNode != nil && s.EnvRead {
				read[s.EnvNode] = true
			}
		}
	}
	return read
}

// HidesEnv reports whether an account's default name hides the variable of the channel, and is looked
// at (X7).
func (s *Setting) HidesEnv() bool { return s.HiddenEnv != nil && s.EnvRead }

// StopsVariable reports whether an account's empty value keeps it from the channel's variable (X7).
func (ch *Channel) StopsVariable(a *Account, s *Setting) bool {
	c := s.Credential
	return c.StopsEnv && writtenText(ch.Table.At(c.EnvKey)) != "" && a.Table.Has(c.Key) &&
		s.Form.Kind == Absent && s.Env == ""
}

func writtenText(v schema.Value) string {
	text, _ := v.Text()
	return text
}

// replacedCredentials yields the credentials of a section that is on of which each account has its own (X96). Where an account has
// the same one, nothing is lost.
func (ch *Channel) replacedCredentials(yield func(Ignored) bool) bool {
	if !ch.Enabled.Val || len(ch.Accounts) == 0 || ch.Accounts[0].Node == nil {
		return true
	}
	for k := range ch.Kind.Credentials {
		c := &ch.Kind.Credentials[k]
		if !c.Secret {
			continue
		}
		value, variable := FormOf(ch.Table.At(c.Key)), ch.Table.At(c.EnvKey)
		var n *document.Node
		switch {
		case value.Kind != Absent && ch.eachReplaces(k, value, ""):
			n = ch.Table.NodeOf(c.Key)
		case value.Kind == Absent && envName(variable) != "" && ch.eachReplaces(k, value, envName(variable)):
			n = variable.Node
		}
		if n != nil && !yield(Ignored{n, nil, "X96", "each account has its own"}) {
			return false
		}
	}
	return true
}

// eachReplaces reports whether each account has a value of its own for a credential that the channel gives by value or by the name of a variable, and none the same.
func (ch *Channel) eachReplaces(k int, value SecretForm, variable string) bool {
	for i := range ch.Accounts {
		a := &ch.Accounts[i]
		if a.Unresolvable {
			return false
		}
		s := &a.Settings[k]
		switch {
		case s.Form.Kind != Absent && !s.Inherited:
			if s.Form.Kind == value.Kind && s.Form.Text == value.Text || s.Form.Kind == EnvReference && s.Form.Text == variable {
				return false
			}
		case variable == "" || s.Inline != nil || s.EnvNode == nil || s.EnvInherited || s.Env == "" || s.Env == variable:
			return false
		}
	}
	return true
}

// ignoredAccounts yields accounts with a blank key (X33), and ids of which nothing is left (X4).
func (ch *Channel) ignoredAccounts(yield func(Ignored) bool) bool {
	for _, n := range ch.Blank {
		if !yield(Ignored{n, nil, "X33", "an account with a blank key; its settings are not used"}) {
			return false
		}
	}
	if !ignoredAccountID(ch.Table, yield) {
		return false
	}
	for _, e := range ch.Table.At(schema.KeyAccounts).Entries() {
		if !ignoredAccountID(e.Value, yield) {
			return false
		}
	}
	return true
}

func ignoredAccountID(table schema.Value, yield func(Ignored) bool) bool {
	v := table.At(schema.KeyAccountID)
	return !v.Present() || !IsEmptyAccountID(v) || yield(Ignored{v.Node, nil, "X4", "it holds no ASCII letter or digit"})
}

// IsEmptyAccountID reports whether an account_id is not blank and yet gives no id.
func IsEmptyAccountID(v schema.Value) bool {
	text, ok := v.Text()
	return ok && !blank(text) && !hasAlnum(text)
}
