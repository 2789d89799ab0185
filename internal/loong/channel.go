package loong

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/schema"
)

// Channel is a channel of Loong as a file and its environment leave it (channels.json).
type Channel struct {
	Kind     *ChannelKind
	Node     *document.Node // its section, or nil
	Table    schema.Value   // the fields of the section
	Enabled  Value[bool]    // the channel's own switch, whatever the accounts say
	Accounts []Account      // as Loong lists them, by id; none for the command line

	// Blank are the account tables with a blank key. Their settings are used by nothing (X33).
	Blank []*document.Node
}

// Account is an account of a channel, or the channel's own settings where it has no accounts.
type Account struct {
	ID           string         // the listed id
	IDUnknown    bool           // the id depends on a value that is not known; ID is "default"
	Key          string         // the account's key as written; empty for the channel's own settings
	Node         *document.Node // its table; nil for the channel's own settings
	Table        schema.Value   // its own fields; absent for the channel's own settings
	Enabled      bool           // as Loong shows it: channel and account switch together
	Unresolvable bool           // a blank key beside another: Loong cannot use it (X33)

	// Settings are the account's credentials, one for each of Kind.Credentials, in that order.
	// Nil where the file has no section, and for an unresolvable account.
	Settings    []Setting
	Send, Serve Operation
}

// Operation is what an account can do now.
type Operation struct {
	State OperationState
	// Reasons say why it is misconfigured or unsupported, in Loong's order. A disabled operation
	// has none: Loong does not look.
	Reasons []Reason
}

// OperationState is the word Loong shows (channels.json, operation_health).
type OperationState string

// The states. StateUnknown is loonglint's own: it depends on a value that is not known, and no check fails.
const (
	StateReady         OperationState = "ready"
	StateMisconfigured OperationState = "misconfigured"
	StateDisabled      OperationState = "disabled"
	StateUnsupported   OperationState = "unsupported"
	StateUnknown       OperationState = "unknown"
)

// Channels lists every channel of the program in its order, with states and reasons. It is
// computed once and serves for every verdict; what does not decode counts as not written.
// The result is shared and must not be changed.
func (c *Config) Channels() []Channel {
	c.channelsOnce.Do(func() { c.channels = readChannels(c, false) })
	return c.channels
}

// WrittenChannels lists the channels whose section is written, as Channels has them; most files have
// few of them, so it costs much less.
func (c *Config) WrittenChannels() []Channel {
	c.writtenOnce.Do(func() { c.written = readChannels(c, true) })
	return c.written
}

// Channel returns a channel by the program's id ("google-chat"), or nil.
func (c *Config) Channel(id string) *Channel {
	all := c.Channels()
	for i := range all {
		if all[i].Kind.ID == id {
			return &all[i]
		}
	}
	return nil
}

// Effective is a key of an account, or the channel's where the account does not set it; every
// key but accounts and default_account is inherited so (channels.json).
func (ch *Channel) Effective(a *Account, field string) (v schema.Value, inherited bool) {
	f := ch.Table.Type().Field(field)
	if f == nil {
		return schema.Value{}, false
	}
	return ch.effective(a, f.Key)
}

func (ch *Channel) effective(a *Account, key schema.Key) (v schema.Value, inherited bool) {
	if v = a.Table.At(key); v.Present() {
		return v, false
	}
	return ch.Table.At(key), a.Table.Present()
}

// Operations returns the operations of an account by name, in Loong's order.
func (a *Account) Operations() [2]NamedOperation {
	return [2]NamedOperation{{"send", &a.Send}, {"serve", &a.Serve}}
}

// NamedOperation is an operation with its name, "send" or "serve".
type NamedOperation struct {
	Name string
	*Operation
}

// Setting returns the credential of that field, or nil.
func (a *Account) Setting(field string) *Setting {
	for i := range a.Settings {
		if a.Settings[i].Credential.Field == field {
			return &a.Settings[i]
		}
	}
	return nil
}

// setting is Setting by key.
func (a *Account) setting(key schema.Key) *Setting {
	for i := range a.Settings {
		if a.Settings[i].Credential.Key == key {
			return &a.Settings[i]
		}
	}
	return nil
}

func readChannels(c *Config, writtenOnly bool) []Channel {
	private := c.Root.At(schema.KeyOutboundHTTP).At(schema.KeyAllowPrivateHosts).MayBeTrue()
	var kinds [len(channelKinds)]*ChannelKind
	n := 0
	for i := range channelKinds {
		if channelKinds[i].Missing.Has(c.Target) {
			continue
		}
		if !writtenOnly || c.Root.Has(channelKinds[i].Key) {
			kinds[n] = &channelKinds[i]
			n++
		}
	}
	list := make([]Channel, n)
	own := make([]Account, n) // the accounts of channels without account tables
	r := accountReader{env: c.Environment, private: private, target: c.Target}
	for i := range list {
		ch := &list[i]
		ch.Kind = kinds[i]
		ch.Table = c.Root.At(ch.Kind.Key)
		ch.Node = ch.Table.Node
		ch.Enabled = enabledSwitch(ch.Table, ch.Kind.Enabled)
		if ch.Kind.HasAccounts && !c.Target.HasNoReadiness() {
			r.ch, r.account = ch, &own[i]
			r.listAccounts(own[i : i : i+1])
		}
	}
	return list
}

func enabledSwitch(table schema.Value, byDefault bool) Value[bool] {
	v := table.At(schema.KeyEnabled)
	if is, ok := v.Bool(); ok {
		return Value[bool]{Val: is, From: Origin{Source: FromFile, Node: v.Node}}
	}
	return Value[bool]{Val: byDefault, From: Origin{Source: FromDefault}}
}

// accountReader reads one account of a channel.
type accountReader struct {
	env     *Environment
	target  schema.Target
	private bool // private hosts are allowed
	ch      *Channel
	account *Account
}

// listAccounts fills in the channel's accounts; room has space for one (channels.json, account_ids).
func (r *accountReader) listAccounts(room []Account) {
	list := accountsOf(r.ch.Table)
	var unresolvable schema.Value
	for i := range list {
		if blank(list[i].key) {
			r.ch.Blank = append(r.ch.Blank, list[i].table.Node)
			if !unresolvable.Present() {
				unresolvable = list[i].table
			}
		}
	}
	accounts := slices.Grow(room, len(list))
	for _, a := range onePerID(withKey(list)) {
		accounts = append(accounts, Account{ID: a.id, Key: a.key, Node: a.table.Node, Table: a.table})
	}
	switch {
	case len(accounts) == 0:
		accounts = append(accounts, Account{ID: defaultAccountID})
		if !unresolvable.Present() && (!r.ch.Kind.ListsDefault || r.ch.Kind.listedByID.Has(r.target)) {
			accounts[0].ID, accounts[0].IDUnknown = r.runtimeID()
		}
	case unresolvable.Present() && !hasAccount(accounts, defaultAccountID):
		accounts = append(accounts, Account{ID: defaultAccountID, Key: unresolvable.Node.Name(),
			Node: unresolvable.Node, Table: unresolvable, Unresolvable: true})
		slices.SortFunc(accounts, func(a, b Account) int { return strings.Compare(a.ID, b.ID) })
	}
	r.ch.Accounts = accounts
	for i := range accounts {
		r.fill(&accounts[i])
	}
}

func hasAccount(accounts []Account, id string) bool {
	return slices.ContainsFunc(accounts, func(a Account) bool { return a.ID == id })
}

// fill adds the switch, the credentials and the operations of an account.
func (r *accountReader) fill(a *Account) {
	r.account = a
	a.Enabled = r.ch.Enabled.Val && enabledSwitch(a.Table, true).Val
	if a.Unresolvable {
		shown := r.ch.Kind.Unresolvable
		if r.ch.Kind.asConfigured.Has(r.target) {
			shown = ShownAsConfigured
		}
		switch shown {
		case ShownDisabled:
			a.Enabled = false
		case ShownEnabled:
			a.Enabled = true
		}
	} else if r.ch.Node != nil {
		a.Settings = make([]Setting, len(r.ch.Kind.Credentials))
		for i := range a.Settings {
			a.Settings[i] = r.setting(&r.ch.Kind.Credentials[i])
		}
	}
	a.Send = r.operation(&r.ch.Kind.Send)
	a.Serve = r.operation(&r.ch.Kind.Serve)
}

// textOf is the text of a field that is no credential, and false when it is not written.
func (r *accountReader) textOf(key schema.Key) (string, bool) {
	v, _ := r.ch.effective(r.account, key)
	return v.Text()
}
