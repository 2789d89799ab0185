package schema

import (
	"fmt"
	"slices"
	"strings"
)

// Target is a version of Loong that a file is read as; the zero Target is the newest release. The tables hold the
// union of what all versions have, and say of each part which of them lack it (facts/history.json).
type Target uint8

// Targets is a set of versions, a bit each.
type Targets uint8

type targetInfo struct {
	name, commit string
	released     bool
	order        uint8
}

// Has reports whether a version is in the set.
func (s Targets) Has(t Target) bool { return s>>t&1 != 0 }

// With is the set with one more version.
func (s Targets) With(t Target) Targets { return s | 1<<t }

// List lists the versions of the set, oldest first.
func (s Targets) List() []Target {
	var list []Target
	for _, t := range inOrder {
		if s.Has(t) {
			list = append(list, t)
		}
	}
	return list
}

// First is the oldest version of a set that is not empty.
func (s Targets) First() Target { return s.List()[0] }

// Last is the newest version of a set that is not empty.
func (s Targets) Last() Target { l := s.List(); return l[len(l)-1] }

// String names the versions of a set so that ParseTargets reads it: "dev", "0.1.2-alpha.1..dev", "0.1.0-alpha.2,dev".
func (s Targets) String() string {
	list := s.List()
	if len(list) > 1 && int(targets[list[len(list)-1]].order-targets[list[0]].order) == len(list)-1 {
		return list[0].String() + ".." + list[len(list)-1].String()
	}
	names := make([]string, len(list))
	for i, t := range list {
		names[i] = t.String()
	}
	return strings.Join(names, ",")
}

// Title names the versions of a set in a sentence: "Loong 0.1.2-alpha.1 to dev, commit e6880c9".
func (s Targets) Title() string {
	list := s.List()
	switch {
	case len(list) == 0:
		return Target(0).Title()
	case len(list) == 1:
		return list[0].Title()
	}
	word := " and "
	if strings.Contains(s.String(), "..") {
		word = " to "
	}
	names := make([]string, len(list)-1)
	for i, t := range list[:len(list)-1] {
		names[i] = t.String()
	}
	if word == " to " {
		names = names[:1]
	}
	return "Loong " + strings.Join(names, ", ") + word + strings.TrimPrefix(list[len(list)-1].Title(), "Loong ")
}

// AllOf lists all versions, oldest first. It is shared: do not change it.
func AllOf() []Target { return inOrder[:] }

// ParseTarget returns the version of a name, as String gives it.
func ParseTarget(name string) (Target, bool) {
	i := slices.IndexFunc(targets[:], func(t targetInfo) bool { return t.name == name })
	if i < 0 {
		return 0, false
	}
	return Target(i), true //nolint:gosec // a handful
}

// ParseTargets returns the versions that a text names: "A", a range "A..B" with all between, or a list "A,B" of both.
func ParseTargets(text string) (Targets, error) {
	var set Targets
	for part := range strings.SplitSeq(text, ",") {
		first, last, isRange := strings.Cut(strings.TrimSpace(part), "..")
		if !isRange {
			last = first
		}
		from, known := ParseTarget(strings.TrimSpace(first))
		to, alsoKnown := ParseTarget(strings.TrimSpace(last))
		if !known || !alsoKnown || to.Before(from) {
			return 0, fmt.Errorf("%q is not a version of Loong: use one of %s, or a range such as %s..%s",
				part, strings.Join(TargetNames(), ", "), inOrder[0], inOrder[len(inOrder)-1])
		}
		for _, t := range inOrder {
			if !t.Before(from) && !to.Before(t) {
				set = set.With(t)
			}
		}
	}
	return set, nil
}

// TargetNames lists the names of all versions, oldest first.
func TargetNames() []string {
	names := make([]string, len(inOrder))
	for i, t := range inOrder {
		names[i] = t.String()
	}
	return names
}

// String is the name of a version: "0.1.2-alpha.2", or "dev" for the commit that no release has.
func (t Target) String() string { return targets[t].name }

// Commit is the commit of Loong's source that the version was built from.
func (t Target) Commit() string { return targets[t].commit }

// shortCommit is how many digits of a commit people are shown.
const shortCommit = 7

// Title names a version in a sentence: "Loong 0.1.2-alpha.2", "Loong dev, commit e6880c9".
func (t Target) Title() string {
	i := &targets[t]
	if i.released {
		return "Loong " + i.name
	}
	return "Loong " + i.name + ", commit " + i.commit[:shortCommit]
}

// Before reports whether t is older than other.
func (t Target) Before(other Target) bool { return targets[t].order < targets[other].order }

// olderDefault is what a key had for a default in some versions; see Field.
type olderDefault struct {
	path                       PathID
	in                         Targets
	present, absent, effective string
	same                       bool
}

// MovedDefault is a key whose default is not the same in all versions.
type MovedDefault struct {
	Path PathID
	Same bool // nothing that a file could pin differs: Loong treats both alike, or it is its own text
}

// MovedDefaults lists them in the order of paths, each once, except those that show in no key's own default.
func MovedDefaults() []MovedDefault {
	var list []MovedDefault
	for i := range olderDefaults {
		d := &olderDefaults[i]
		if n := len(list); d.effective == "" && (n == 0 || list[n-1].Path != d.path) {
			list = append(list, MovedDefault{d.path, d.same})
		}
	}
	return list
}

// Since is the first version that has the key at a path, of those that are not older than any that lacks it before.
func (p PathID) Since() Target { return (AllTargets &^ p.Lacking()).First() }

// older returns the defaults of a key in a version, which is one of its field's moved.
func older(path PathID, target Target) *olderDefault {
	for i := range olderDefaults {
		if d := &olderDefaults[i]; d.path == path && d.in.Has(target) {
			return d
		}
	}
	return &olderDefault{}
}
