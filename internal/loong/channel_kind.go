package loong

import "github.com/loonglint/loonglint/schema"

// ChannelKind is a channel that Loong has, by channels.json. Absent strings are empty.
type ChannelKind struct {
	ID           string         // "google-chat"
	Section      string         // its top-level table, "google_chat"
	Key          schema.Key     // that of Section
	Label        string         // "Google Chat"
	Aliases      []string       // other names on Loong's command line; not in TOML
	Enabled      bool           // the channel's switch when the file does not set it
	HasAccounts  bool           // it may hold accounts; the command line has none
	ListsDefault bool           // without accounts it is listed as "default", whatever it runs as
	Unresolvable Shown          // whether an account that cannot be resolved shows as enabled
	Missing      schema.Targets // that do not have the channel
	listedByID   schema.Targets // in which ListsDefault does not hold
	asConfigured schema.Targets // in which Unresolvable is ShownAsConfigured
	Identity     IdentityRule   // of the id without accounts, unless ListsDefault
	Credentials  []ChannelCredential
	Send, Serve  ChannelOperation
}

// Shown tells how the enabled state of an unresolvable account is shown
// (channels.json, enabled_shown_when_unresolvable).
type Shown uint8

// The ways.
const (
	ShownDisabled Shown = iota
	ShownEnabled
	ShownAsConfigured
)

// IdentityRule is the rule of channels.json runtime_account_id between account_id and `default`.
type IdentityRule struct {
	Form   IdentityForm
	Prefix string
	Field  schema.Key
}

// IdentityForm is how the runtime id of an account follows from a field.
type IdentityForm uint8

// The forms.
const (
	IdentityNone     IdentityForm = iota // account_id, else `default`
	IdentityText                         // the field, when it has an ASCII letter or digit
	IdentityPrefixed                     // prefix and the field
	IdentityDomain                       // the word of the key domain, `_` and the field
	IdentityDigits                       // prefix and the digits before the first colon
	IdentityShip                         // prefix and the field without leading `~`
	IdentityPublic                       // prefix and 16 hex digits of the private key's public key
)

// ChannelCredential is a field that a variable may give as well.
type ChannelCredential struct {
	Field      string
	Key        schema.Key // that of Field
	Secret     bool       // a secret reference; else text, or a list of it
	List       bool       // a list; a variable's value is split
	EnvField   string     // the key that names the variable
	EnvKey     schema.Key
	AbsentEnv  string // its default while the section is absent
	PresentEnv string // its default in a present section
	AccountEnv string // its default in an account, hiding what the channel names (X7)
	StopsEnv   bool   // an account that sets Field does not inherit EnvField
}

// ChannelOperation is what a channel can do, and what that takes.
type ChannelOperation struct {
	Exists   bool   // this version has it; if not, it always shows unsupported
	Command  string // the program's words for it
	Requires []ChannelCheck
}

// ChannelCheck is an entry of channels.json ready_when.
type ChannelCheck struct {
	Field   string
	Key     schema.Key // that of Field
	Kind    CheckKind
	Default string // the value of a blank field
	Unset   string // the value of a field that is not written
	// When limits the check to accounts whose field of this name is WhenValue; where WhenValue is
	// empty, to those where it can be resolved. WhenUnset is the value when nothing is written.
	When                 schema.Key
	WhenValue, WhenUnset string
	// Prefix names the field whose text stands before the value, PrefixUnset its default.
	Prefix      schema.Key
	PrefixUnset string
	Wildcard    bool           // an entry `*` opens the list to everything
	AnyHost     bool           // private hosts pass whatever outbound_http says
	missing     schema.Targets // that do not have the check
	notAnyHost  schema.Targets // in which AnyHost does not hold
}

// CheckKind is a check of channels.json ready_checks.
type CheckKind uint8

// The checks.
const (
	CheckPresent CheckKind = iota
	CheckNonBlank
	CheckNonEmptyList
	CheckNonBlankList
	CheckHTTPURL
	CheckHTTPBaseURL
	CheckWebsocketURL
	CheckSMTPEndpoint
	CheckMailbox
	CheckIRCEndpoint
	CheckNostrKey
	CheckTlonShip
	CheckTlonURL
	CheckHeaderName
	CheckHeaderValue
	CheckPlugin
)

// ChannelKinds lists the channels in the program's order. It must not be changed.
func ChannelKinds() []ChannelKind { return channelKinds[:] }

// credential returns the index of the credential of that key, or -1.
func (k *ChannelKind) credential(key schema.Key) int {
	for i := range k.Credentials {
		if k.Credentials[i].Key == key {
			return i
		}
	}
	return -1
}

// LocalDefault reports whether the value of a blank field is an address that only
// outbound_http.allow_private_hosts lets pass.
func (c *ChannelCheck) LocalDefault() bool {
	return isHTTPURL(c.Default, true) && !isHTTPURL(c.Default, false)
}
