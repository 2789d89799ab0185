package rules

import "github.com/loonglint/loonglint/schema"

// condition is a row of facts/conditions.json; conditions_gen.go has them, with a table from
// schema.PathID to the row of that path.
type condition struct {
	id           string // of the behaviour reference
	kind         caseKind
	min, max     int64    // inclusive; a max of -1 is none
	other        string   // the key whose value moves a limit
	section      string   // where other stands, when not beside the key
	otherDefault int64    // what other is when it is not written
	instead      string   // what Loong uses in place of the value
	words        []string // accepted words; of entries: one that is replaced, and by what

	trim, lower, blanks, repeats, account, tilde bool // what happens to entries and text
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
	caseAccountId
	casePage
	caseReplaces

	caseAgent
	caseAgents
	caseChannelIds
	caseAccountIds
	caseBlankEntries
	caseOneOf
	caseAboveZero
	caseNotNegative
	caseSameNames
	caseBlankName
)

// at returns the row of a path in one of the generated tables, or nil.
func at(index *[schema.PathCount]uint8, list []condition, path schema.PathID) *condition {
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

// sectionDefault is a key whose value hangs on whether its section is written (traps.md X2).
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
