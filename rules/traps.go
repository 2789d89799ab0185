package rules

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
