package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/schema"
)

// condition is a row of facts/conditions.json; conditions_gen.go has them, with a table from
// schema.PathID to the row of that path.
type condition struct {
	id           string // of the behavior reference
	kind         caseKind
	min, max     int64    // inclusive; a max of -1 is none
	other        string   // the key whose value moves a limit
	section      string   // where other stands, when not beside the key
	otherDefault int64    // what other is when it is not written
	instead      string   // what Loong uses instead of the value
	words        []string // accepted words; of entries: one that is replaced, and by what

	trim, lower, blanks, repeats, account bool // what happens to entries and text
}

// caseKind is the "case" of a condition.
type caseKind uint8

const (
	_ caseKind = iota
	caseClamp
	caseText
	caseModel
	caseRoute
	caseEntries
	caseFalse
	caseZero
	caseRecentTurns
	caseCompaction
	caseNames
	caseShellMode
	caseNarrowTrue
	caseNarrowNumber
	caseSearchProvider
	casePrompt
	caseWord
	caseAccounts
	caseAccountID
	casePage
	caseReplaces

	caseAgent
	caseAgents
	caseChannelIDs
	caseAccountIDs
	caseBlankEntries
	caseOneOf
	caseAboveZero
	caseNotNegative
	caseSameNames
	caseBlankName
	caseNeedsToken
)

// conditionAt returns the row of a path in one of the generated tables, or nil.
func conditionAt(index *[schema.PathCount]uint8, list []condition, path schema.PathID) *condition {
	if i := index[path]; i != 0 {
		return &list[i]
	}
	return nil
}

// removedEntry is a key that an older Loong read (history.json).
type removedEntry struct {
	path        string
	table       bool
	replacement string
	fixed       string // JSON: the value that now runs instead; empty: none
	in          string // the version that dropped it
	note        string
}

// sectionDefault is a key whose value depends on whether its section is written (traps.md X2).
type sectionDefault struct {
	top          schema.Key // of the section, or around it
	section, key string
	absent       string // the value without the section
	kind         defaultKind
	unless, word string // an optional credential that matters when this key has this word
}

type defaultKind uint8

const (
	defaultVariable defaultKind = iota // the name of a credential's variable
	defaultOptional                    // the same, of a credential that the channel works without
	defaultUnread                      // the same, of a credential that this version has no use for
	defaultRight                       // an access right
)

// allowList is a list that decides who may talk to the agent, or be written to (traps.md X9 to X12).
type allowList struct {
	section, field string
	senders        string // the list beside it that narrows who may speak there; empty: none
	who            string // what an entry names
	sending        string // it is enforced only when sending these; empty: it lets people in
	wildcard       bool   // an entry * stands for all
}

// allowListOf returns the list of a channel's section, or nil.
func allowListOf(section string) *allowList {
	for i := range allowLists {
		if allowLists[i].section == section {
			return &allowLists[i]
		}
	}
	return nil
}

// uncheckedAddress is an address that the readiness check does not look at (traps.md X32).
type uncheckedAddress struct {
	section, field string
	loopback       string // what comes of an address of this machine; empty: it works
}

// unitCase is a range of numbers that are almost surely meant in another unit.
type unitCase struct {
	seconds  bool // written in seconds where milliseconds count; else the other way round
	from, to int64
	fails    string // what comes of it when it breaks the feature; empty: it only behaves oddly
}

// registryText is what is said of a name that a registry does not have (facts/registries.json).
type registryText struct {
	entry string
	what  string // how a message calls one: "a context engine"
	fails string // what comes of another name
	help  string // what to do where no name is near
	level lint.Level
}

// idForm is how the entries of a list of ids look (facts/traps.json): "positive" and "supergroup" of Telegram, "room" and "user"
// of Matrix, and "prefix", where the beginning tells what an id is of.
type idForm struct {
	form, wants, what string
	others            []string // beginnings of ids of another sort
	doubt             bool     // other beginnings are told, too, as an info
}

// clearAddress is an address of a channel that may be one of clear text (facts/traps.json).
type clearAddress struct {
	section, field string
	scheme         string // that of clear text
	token          string // the credential that goes there, where only some accounts have one
	inside         bool   // the credential is a part of the address
	onlyMessages   bool   // no credential goes there
}

// needText is what is said of a key that something else leaves without effect (facts/traps.json, needs): unwritten is the level
// where the key that decides is not written.
type needText struct {
	entry            string
	level, unwritten lint.Level
	note, help       string
}

// mountedChannel is a channel whose webhooks gateway run serves (facts/traps.json).
type mountedChannel struct {
	section           string
	mode              string // of the default account; empty: any
	path, defaultPath string // the key of the path
	address           string // in place of path: the key of an address, whose path it is
	slash             bool   // the path has to begin with a slash
	bind, defaultBind string // the key of what serving by itself listens on; empty: none
}

// mountedOf returns the row of a section, or nil.
func mountedOf(section string) *mountedChannel {
	for i := range mountedChannels {
		if mountedChannels[i].section == section {
			return &mountedChannels[i]
		}
	}
	return nil
}

// tlsOnlySecret is a secret of a channel that Loong refuses to send without TLS: with it nothing is sent to a host alone, or to
// an address with the scheme.
type tlsOnlySecret struct{ section, secret, address, scheme, instead string }

// oneClientCredential is a credential of which a service takes one client at a time.
type oneClientCredential struct {
	section string
	field   schema.Key
	why     string
}

// selfID is the id by which a bot knows its own messages and those that mention it.
type selfID struct {
	section, field            string
	form                      idForm
	serving, ignores, mention string // the list without which it serves nothing, and the switches that look at the id
}

// channelPath is a path that Loong appends to an address of a channel, or one that belongs to the address at a host.
type channelPath struct {
	section, field string
	appended       string
	token          bool // a token follows in the last part
	host, wants    string
}

// tokenPrefix is what Loong itself writes in front of the token of a channel.
type tokenPrefix struct {
	section, field, prefix string
	digits                 bool // only where a digit follows
}

// joinedPrefix is a key with a text that stands in front of a token as it is.
type joinedPrefix struct{ section, field, token string }

// searchService is a service of web search: without a field it needs no key.
type searchService struct {
	id        string
	accepted  []string
	field     schema.Key
	variables []string // looked at where the field is blank or not written
}
