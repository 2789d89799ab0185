// Package suggest finds the legal words that are nearest to what somebody wrote.
package suggest

import (
	"iter"
	"math/bits"
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
)

// Most is the number of suggestions given at most.
const Most = 3

// longest is the length in bytes above which a word is taken for no misspelling.
const longest = 64

// Nearest lists the legal words nearest to word, at most Most, in the order of legal. Words
// that differ only by ASCII case and separators win; else the Damerau-Levenshtein distance
// decides, and nothing is near beyond a third of the word. It is empty when nothing is near.
func Nearest(word string, legal iter.Seq[string]) []string {
	var s search
	if !s.begin(word) {
		return nil
	}
	var folded []byte
	for l := range legal {
		if set, fits := foldedLetters(l, s.size+s.best); fits && apart(s.letters, set) <= s.best {
			folded = fold(folded[:0], l)
			s.consider(&Word{l, folded, set})
		}
	}
	return s.result()
}

// NearestReady is Nearest for those of the legal words that are ready whose index among holds of.
func NearestReady(word string, legal []Word, among func(int) bool) []string {
	var s search
	if !s.begin(word) {
		return nil
	}
	for i := range legal {
		l := &legal[i]
		if d := s.size - len(l.folded); d <= s.best && -d <= s.best && apart(s.letters, l.letters) <= s.best && among(i) {
			s.consider(l)
		}
	}
	return s.result()
}

// search looks for the words that are nearest to one.
type search struct {
	word    string
	size    int // of word when it is folded
	letters uint64
	where   pattern
	best    int // the distance of what was found; before, one more than what is near
	found   []string
}

// begin is false where nothing can be near to the word.
func (s *search) begin(word string) bool {
	var room [longest + 1]byte
	folded := fold(room[:0], word)
	if len(folded) == 0 || len(folded) > longest {
		return false
	}
	s.word, s.size, s.letters, s.best = word, len(folded), lettersOf(folded), limit(len(folded))+1
	s.where.set(folded)
	return true
}

// consider takes a legal word if it is as near as any before.
func (s *search) consider(l *Word) {
	if len(l.folded) > longest || l.text == s.word {
		return
	}
	d := s.where.distance(s.size, l.folded, s.best)
	switch {
	case d > limit(max(s.size, len(l.folded))) || d > s.best || d == s.best && s.best > limit(s.size):
		return
	case d < s.best:
		s.best, s.found = d, s.found[:0]
	}
	s.found = appendNew(s.found, l.text)
}

func (s *search) result() []string { return s.found[:min(len(s.found), Most)] }

// Word is a legal word that is made ready to be compared with many.
type Word struct {
	text    string
	folded  []byte
	letters uint64
}

// Ready makes legal words ready.
func Ready(legal []string) []Word {
	all := make([]Word, len(legal))
	for i, l := range legal {
		f := fold(nil, l)
		all[i] = Word{l, f, lettersOf(f)}
	}
	return all
}

// Near reports whether any of the legal words is near to word, as Nearest judges it.
func Near(word string, legal ...Word) bool {
	var a [longest]byte
	w := fold(a[:0], word)
	if len(w) == 0 || len(w) > longest {
		return false
	}
	letters := lettersOf(w)
	var where pattern
	where.set(w)
	for i := range legal {
		l := &legal[i]
		most := limit(max(len(w), len(l.folded)))
		if len(l.folded) <= longest && l.text != word && apart(letters, l.letters) <= most && where.distance(len(w), l.folded, most) <= most {
			return true
		}
	}
	return false
}

// Same lists the legal words that differ from word only by ASCII case and separators
// (dash, underscore, dot, blank).
func Same(word string, legal iter.Seq[string]) []string {
	var found []string
	for l := range legal {
		if Folded(l, word) {
			found = appendNew(found, l)
		}
	}
	return found
}

// PartsReady lists those of the legal words whose index among holds of that hold word's parts in order, or whose two or more
// parts all are in word: timeout and request_timeout_ms. It is empty when more than Most do. The legal words are ASCII, and not
// longer than a misspelling may be.
func PartsReady(word string, legal []Word, among func(int) bool) []string {
	var a, b [parts]string
	w := split(a[:0], word)
	var letters uint64
	for _, part := range w {
		letters |= lettersOf([]byte(part))
	}
	var found []string
	for i := range legal {
		l := &legal[i]
		if l.text == word || !mayHold(letters, l.letters) && !mayHold(l.letters, letters) || !among(i) {
			continue
		}
		if p := split(b[:0], l.text); within(w, p) || len(p) > 1 && within(p, w) {
			found = appendNew(found, l.text)
		}
	}
	if len(found) > Most {
		return nil
	}
	return found
}

// Folded reports whether two words differ only by ASCII case and separators.
func Folded(a, b string) bool {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] { // as in most names that are the same
		i++
	}
	j := i
	for {
		for i < len(a) && separator(a[i]) {
			i++
		}
		for j < len(b) && separator(b[j]) {
			j++
		}
		if i == len(a) || j == len(b) {
			return i == len(a) && j == len(b)
		}
		if ascii.LowerByte(a[i]) != ascii.LowerByte(b[j]) {
			return false
		}
		i++
		j++
	}
}

// Question asks for the words: did you mean "a", "b" or "c"? It is empty without words.
func Question(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return join("did you mean ", words, " or ", "?")
}

// Or joins words in quotes: "a", "b" or "c".
func Or(words []string) string { return join("", words, " or ", "") }

// And joins words in quotes: "a", "b" and "c".
func And(words []string) string { return join("", words, " and ", "") }

// join writes words in quotes between two texts, the last one after a word of its own.
func join(before string, words []string, last, after string) string {
	size := len(before) + len(after)
	for _, w := range words {
		size += len(w) + len(last) + 2
	}
	var b strings.Builder
	b.Grow(size)
	b.WriteString(before)
	for i, w := range words {
		switch {
		case i > 0 && i == len(words)-1:
			b.WriteString(last)
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteByte('"')
		b.WriteString(w)
		b.WriteByte('"')
	}
	b.WriteString(after)
	return b.String()
}

// limit is the number of edits that are still near for n bytes.
func limit(n int) int {
	switch {
	case n < 3:
		return 0
	case n < 6:
		return 1
	case n < 10:
		return 2
	}
	return 3
}

// lettersOf is the set of letters and other bytes that are in a folded word.
func lettersOf(w []byte) uint64 {
	var set uint64
	for _, c := range w {
		set |= 1 << (c & 63)
	}
	return set
}

// foldedLetters is lettersOf for a word before it is folded, and whether that has at most so many bytes.
func foldedLetters(s string, most int) (set uint64, fits bool) {
	n := 0
	for i := range len(s) {
		if c := s[i]; !separator(c) {
			if n++; n > most {
				return 0, false
			}
			set |= 1 << (ascii.LowerByte(c) & 63)
		}
	}
	return set, true
}

// mayHold is false where a word surely does not hold all parts of another one, an s at their ends aside.
func mayHold(parts, word uint64) bool { return parts&^word&^lettersOf([]byte("s")) == 0 }

// apart is a number of edits that it takes at least from one word to another: each can bring one
// letter and remove one.
func apart(a, b uint64) int { return max(bits.OnesCount64(a&^b), bits.OnesCount64(b&^a)) }

// pattern tells where each byte is in a word of at most 64: bit i stands for its byte i.
type pattern [256]uint64

func (p *pattern) set(word []byte) {
	for i, c := range word {
		p[c] |= 1 << i
	}
}

// distance is the optimal string alignment distance between the pattern's word of n bytes and another one, or any number
// above most where it exceeds most. The columns of the usual table are vectors of bits (Hyyrö, A Bit-Vector Algorithm for
// Computing Levenshtein and Damerau Edit Distances): a number is one more or one less than that above it, or the same.
func (p *pattern) distance(n int, word []byte, most int) int {
	if d := n - len(word); d > most || -d > most {
		return most + 1
	}
	var more, less, same, before uint64 = ^uint64(0), 0, 0, 0
	last, d := uint64(1)<<(n-1), n
	for _, c := range word {
		at := p[c]
		swapped := ^same & at << 1 & before
		same = (at&more + more) ^ more | at | less | swapped
		moreThanLeft, lessThanLeft := less|^(same|more), same&more
		if moreThanLeft&last != 0 {
			d++
		} else if lessThanLeft&last != 0 {
			d--
		}
		moreThanLeft, lessThanLeft = moreThanLeft<<1|1, lessThanLeft<<1
		more, less, before = lessThanLeft|^(same|moreThanLeft), moreThanLeft&same, at
	}
	return d
}

// fold appends s in ASCII lower case without separators; it stops beyond longest.
func fold(to []byte, s string) []byte {
	for i := 0; i < len(s) && len(to) <= longest; i++ {
		if !separator(s[i]) {
			to = append(to, ascii.LowerByte(s[i]))
		}
	}
	return to
}

func separator(c byte) bool { return c == '-' || c == '_' || c == '.' || c == ' ' }

// parts is how many parts words have, hardly ever more.
const parts = 12

// split appends the parts of a word in lower case.
func split(to []string, s string) []string {
	s = strings.ToLower(s)
	for i := 0; i < len(s); i++ {
		start := i
		for i < len(s) && !separator(s[i]) {
			i++
		}
		if i > start {
			to = append(to, s[start:i])
		}
	}
	return to
}

// within reports whether the parts of a are in b in order; single letters never count.
func within(a, b []string) bool {
	if len(a) == 0 || len(a) == 1 && len(a[0]) < 4 {
		return false
	}
	i := 0
	for _, p := range b {
		if i < len(a) && (plural(p, a[i])) {
			i++
		}
	}
	return i == len(a)
}

// plural reports whether two parts are the same except for an s at the end.
func plural(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	return b == a || len(b) == len(a)+1 && b[len(a)] == 's' && b[:len(a)] == a
}

func appendNew(list []string, s string) []string {
	for _, l := range list {
		if l == s {
			return list
		}
	}
	return append(list, s)
}

// Apart is the number of letters that are missing, too much, another one or swapped with the next between two words as they
// are written; any number above most where there are more.
func Apart(a, b string, most int) int {
	if len(a) > longest || len(b) > longest || max(len(a)-len(b), len(b)-len(a)) > most {
		return most + 1
	}
	if a == "" {
		return len(b)
	}
	var where pattern
	where.set([]byte(a))
	return where.distance(len(a), []byte(b), most)
}
