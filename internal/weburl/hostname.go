package weburl

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/loonglint/loonglint/internal/ascii"
	"golang.org/x/net/idna"
)

// The longest labels that the idna crate reads: punycode without its prefix in bytes, and others in runes.
const (
	maxPunycode = 2000
	maxLabel    = 1000
)

// ASCIIHost lower-cases a name and turns labels outside ASCII into punycode (UTS 46, as the idna crate of
// Loong's build has it).
func ASCIIHost(name string) (string, bool) {
	isPlain := isASCII(name)
	if !isPlain && !utf8.ValidString(name) {
		return "", false
	}
	name = ascii.Lower(name)
	if isPlain && !strings.Contains(name, "xn--") {
		return name, name != ""
	}
	// Built for each name, which is rare, so that no start of the program pays for it.
	profile := idna.New(idna.MapForLookup(), idna.StrictDomainName(false), idna.CheckHyphens(false),
		idna.CheckJoiners(true), idna.BidiRule(), idna.Transitional(false), idna.VerifyDNSLength(false))
	var newer newerRunes
	labels := strings.Split(name, ".")
	for i, label := range labels {
		code, punycode := strings.CutPrefix(label, "xn--")
		ok := true
		if !punycode {
			labels[i], ok = newer.replace(name, label)
		} else if ok = code != "" && code[len(code)-1] != '-' && len(code) <= maxPunycode; ok {
			labels[i], ok = newer.decode(name, label, profile)
		}
		if !ok {
			return "", false
		}
	}
	mapped, err := profile.ToUnicode(strings.Join(labels, "."))
	if err != nil {
		return "", false
	}
	mapped = newer.restore(mapped)
	for label := range strings.SplitSeq(mapped, ".") {
		if len(label) > maxLabel && !isASCII(label) && utf8.RuneCountInString(label) > maxLabel {
			return "", false
		}
	}
	ascii, err := idna.Punycode.ToASCII(mapped)
	return ascii, err == nil && ascii != ""
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// runeRun tells what the idna crate makes of the runes first to last, which package idna knows otherwise. With
// end each is valid, and like each rune from to up to end; without, it is read as the rune as far behind to, or
// dropped where to is 0.
type runeRun struct{ first, last, to, end rune }

// findRun returns the run of newerHosts that holds r, nil without one.
func findRun(r rune) *runeRun {
	i, ok := slices.BinarySearchFunc(newerHosts[:], r, func(run runeRun, r rune) int {
		switch {
		case run.last < r:
			return -1
		case run.first > r:
			return 1
		}
		return 0
	})
	if !ok {
		return nil
	}
	return &newerHosts[i]
}

// newerRunes puts runes that package idna knows in the place of those like them that it does not.
type newerRunes struct {
	standIn map[rune]rune
	meant   map[rune]rune // the other way round; 0 for all other runes of the name
}

// replace returns label, a part of name, with runes that package idna reads as the idna crate reads its own.
func (n *newerRunes) replace(name, label string) (string, bool) {
	if isASCII(label) {
		return label, true
	}
	var b strings.Builder
	for _, r := range label {
		run := findRun(r)
		if run != nil && run.end == 0 {
			if run.to == 0 {
				continue
			}
			r += run.to - run.first
			run = findRun(r)
		}
		if run != nil {
			known, ok := n.like(name, r, run)
			if !ok {
				return "", false
			}
			r = known
		}
		b.WriteRune(r)
	}
	return b.String(), true
}

// like returns the rune that stands for r, of a run with an end.
func (n *newerRunes) like(name string, r rune, run *runeRun) (rune, bool) {
	if known, ok := n.standIn[r]; ok {
		return known, true
	}
	if n.standIn == nil {
		n.standIn, n.meant = map[rune]rune{}, map[rune]rune{}
		for _, c := range name {
			n.meant[c] = 0
		}
	}
	first := run.to
	if run.end-run.to > 1<<10 { // enough to look at each once
		first += rune(len(n.standIn)) //nolint:gosec // as many as there are runes
	}
	for known := first; known <= run.end; known++ {
		if _, taken := n.meant[known]; !taken {
			n.standIn[r], n.meant[known] = known, r
			return known, true
		}
	}
	return 0, false
}

// decode reads a label in punycode that holds such runes; any other is left alone.
func (n *newerRunes) decode(name, label string, profile *idna.Profile) (string, bool) {
	text, err := idna.Punycode.ToUnicode(label)
	if err != nil || !strings.ContainsFunc(text, func(r rune) bool { return findRun(r) != nil }) {
		return label, err == nil
	}
	known, ok := n.replace(name+text, text)
	if !ok {
		return "", false
	}
	again, err := profile.ToUnicode(known)
	return known, err == nil && again == known && n.restore(known) == text
}

// restore puts back what replace took out.
func (n *newerRunes) restore(s string) string {
	if n.standIn == nil {
		return s
	}
	return strings.Map(func(r rune) rune {
		if meant := n.meant[r]; meant != 0 {
			return meant
		}
		return r
	}, s)
}
