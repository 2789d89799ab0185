package loong

import (
	"cmp"
	"iter"
	"slices"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/schema"
)

// Ignored is a written setting that has no effect, or none on what it seems to set. Whoever reports such
// settings takes them from here: the functions that yield them are the only home of the conditions.
type Ignored struct {
	Node  *document.Node // what has no effect
	By    *document.Node // what is written and takes its place; nil: nothing is
	Entry string         // of docs/loong: "U1"
	Why   string
}

// IgnoredSeq is some of what has no effect.
type IgnoredSeq = iter.Seq[Ignored]

// Ignored lists what is written in the file and has no effect, by position. It never is nil.
func (c *Config) Ignored() []Ignored {
	list := slices.AppendSeq([]Ignored{}, c.IgnoredSelection())
	for table := range c.providerTables {
		list = slices.AppendSeq(list, IgnoredInTable(table))
	}
	for i := range c.Profiles {
		list = slices.AppendSeq(list, c.IgnoredOf(&c.Profiles[i]))
	}
	list = slices.AppendSeq(list, c.IgnoredInChannels())
	list = slices.AppendSeq(list, c.IgnoredInSections())
	list = slices.AppendSeq(list, c.IgnoredNeeds())
	list = slices.AppendSeq(list, c.IgnoredOff())
	c.Root.Walk(func(v, table schema.Value) {
		if i, ok := IgnoredKey(v); ok {
			list = append(list, i)
		}
		if c.Target.IsReadWhole() {
			list = c.ignoredName(v, table, list)
		}
	})
	slices.SortStableFunc(list, func(a, b Ignored) int { return cmp.Compare(a.Node.Place().Start, b.Node.Place().Start) })
	return list
}

// providerTables yields every provider table, of profiles or not.
func (c *Config) providerTables(yield func(schema.Value) bool) {
	if c.Legacy.Present() && !yield(c.Legacy) {
		return
	}
	for i := range c.Saved {
		if !yield(c.Saved[i].Table) {
			return
		}
	}
}

// IgnoredKey tells of a key, visited by schema.Value.Walk, that it has no effect wherever it is written.
func IgnoredKey(v schema.Value) (Ignored, bool) {
	switch {
	case v.Path == schema.NoPath:
		return Ignored{v.Node, nil, "P1", "unknown key"}, v.Node.Name() != "" || v.Node.Key().Len() > 0
	case !v.Target().IsReadWhole():
	case UnusedACPAt[v.Path] != 0:
		return Ignored{v.Node, nil, "X22", "this channel does not use agent settings"}, true
	case InertAt[v.Path] != 0:
		return Ignored{v.Node, nil, "X3", "read, but not used by this version"}, true
	}
	return Ignored{}, false
}

// IgnoredSelection yields what has no effect on which profiles there are and which is active.
func (c *Config) IgnoredSelection() IgnoredSeq {
	return func(yield func(Ignored) bool) {
		if c.legacyUnused() && !yield(Ignored{c.Legacy.Node, c.Root.At(schema.KeyActiveProvider).Node, "A4", "active_provider chooses a profile"}) {
			return
		}
		for _, l := range c.Lost {
			entry := "A8"
			if NormalID(l.Node.Name()) == "" || NormalID(l.By.Name()) == "" {
				entry = "A9"
			}
			if !yield(Ignored{l.Node, l.By, entry, "another profile with the same id replaces it"}) {
				return
			}
		}
		if n := c.ActiveProvider.From.Ignored; n != nil {
			i := Ignored{n, nil, "A6", "names no profile"}
			if len(c.Saved) == 0 {
				i.Entry, i.Why = "A3", "not a profile id"
			} else if a := c.Active(); a != nil {
				i.By = a.Node
			}
			if !yield(i) {
				return
			}
		}
		if n := c.LastProvider.From.Ignored; n != nil {
			yield(Ignored{n, nil, "A11", "names no profile"})
		}
	}
}

// legacyUnused reports whether [provider] is written and not read, since a profile is named (A4).
func (c *Config) legacyUnused() bool {
	return c.Legacy.Present() && len(c.Saved) > 0 && c.Basis == Explicit
}
