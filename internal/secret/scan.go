// Package secret knows which text must never be printed: values of secret keys, user-info and
// query of addresses, and anything that has the shape of a known kind of key, wherever it stands.
package secret

import (
	"encoding/binary"
	"math/bits"
	"strings"
)

// set is a union of the character sets of key shapes.
type set uint16

// segment is a part of a shape: literal text, or a run of min to max bytes of a set (max 0: any).
type segment struct {
	lit      string
	set      set
	min, max int
}

// shape is a known shape of keys; facts/keyshapes.json explains the fields.
type shape struct {
	id, name     string
	from, to     uint16 // its parts in segments
	run          uint8
	fold         bool
	mixed        bool
	digit        bool
	secretPlace  bool
	least        uint8  // bytes that it has at least, all of words; 0: it holds a blank
	holds, until string // of a block
}

// plainRun is what shapes without a prefix begin with: min to max bytes of a set, and the byte after them, 0 where it may be any.
type plainRun struct {
	set      set
	min, max int
	next     byte
}

// Match is a key found in a text.
type Match struct {
	Start, End int
	ID, Name   string // as in facts/keyshapes.json: "groq", "Groq key"
}

// scanner finds keys from left to right. It looks at every byte a bounded number of times:
// a shape that failed over a run of text is not tried again inside that run.
type scanner struct {
	src    string
	secret bool                // a secret is expected here
	failed [len(shapes)]uint32 // up to where each shape is known not to begin
	least  int                 // bytes that a key of this text has in a row at least, before a blank or after it

	// of the run of bytes without a gap at hand:
	end   int // where it ends
	last  int // the last place where a prefix may begin
	plain int // the first place where a shape without a prefix may begin; its end: none
}

// over sets a new scanner to work on a text. It is large, and so is not returned.
func (s *scanner) over(src string, secret bool) {
	s.src, s.secret, s.least = src, secret, shortestBlock
	if len(src) > 256 && !strings.Contains(src, blockHolds) { // to search a short text takes longer than what it spares
		s.least = shortestRun
	}
}

// next finds the first key at or after i.
func (s *scanner) next(i int) (Match, bool) {
	for {
		if i < s.end {
			i = s.candidate(i)
		}
		if i >= s.end {
			if i = s.skip(i); i == len(s.src) {
				return Match{}, false
			}
		}
		if m, ok := s.at(i); ok {
			return m, true
		}
		i++
	}
}

// candidate is the first place from i on where a key may begin in the run at hand; the end of the run where there is none.
func (s *scanner) candidate(i int) int {
	if i > s.plain {
		s.plain = s.nextPlain(i)
	}
	if at := prefixIn(s.src, i, min(s.last, s.plain-1)); at >= 0 {
		return at
	}
	return s.plain
}

// prefixIn is the first place from i to last where a prefix may begin, or -1. Of each two bytes it looks at the second one and at the
// one after them.
func prefixIn(src string, i, last int) int {
	if i > last {
		return -1
	}
	text := src[i : last+3] // up to the third byte from the last place on
	for k := 2; k < len(text); k += 2 {
		switch {
		case pairBytes[text[k-1]]>>(text[k]&63)&1 == 0:
		case beginsPrefix(text[k-2], text[k-1], text[k]):
			return i + k - 2
		case k+1 < len(text) && beginsPrefix(text[k-1], text[k], text[k+1]):
			return i + k - 1
		}
	}
	return -1
}

// firstPlain is the first place from i on, in the run at hand, where a shape without a prefix may begin, by the run of bytes of a set
// that it begins with and the byte after that; the end of the run at hand where there is none.
func (s *scanner) firstPlain(i int) int {
	if s.secret {
		return s.nextPlain(i)
	}
	first, text := s.end, s.src[i:s.end]
	for k := range plainRuns {
		p := &plainRuns[k]
		for to := p.min; to <= len(text); to++ {
			if p.next != 0 {
				n := strings.IndexByte(text[to:], p.next)
				if n < 0 {
					break
				}
				to += n
			}
			other := lastOther(text[to-p.min:to], p.set)
			if other < 0 {
				for p.next == 0 && to < len(text) && setsOf[text[to]]&p.set != 0 {
					to++
				}
				first = min(first, i+max(0, to-p.max))
				break
			}
			to += other
		}
	}
	return s.nextPlain(first)
}

// lastOther is the index of the last byte that is not of a set, or -1.
func lastOther(text string, in set) int {
	for i := len(text) - 1; i >= 0; i-- {
		if setsOf[text[i]]&in == 0 {
			return i
		}
	}
	return -1
}

// nextPlain is the first place from i on, in the run at hand, where a shape without a prefix may begin by what is before it.
func (s *scanner) nextPlain(i int) int {
	for ; i+shortestPlain <= s.end; i++ {
		if s.boundary(i) || setsOf[s.src[i]]&^setsOf[s.src[i-1]]&setDigit != 0 {
			return i
		}
	}
	return s.end
}

// boundary reports whether what begins at i does not stand inside a word.
func (s *scanner) boundary(i int) bool {
	return i == 0 || setsOf[s.src[i-1]]&setAlnum == 0 || s.afterEscape(i)
}

// skip is the first place from i on where a key may begin, i being at the end of a run; the end of the text where there is none. A key
// that holds a blank has a long run on one side of it, so shorter ones are looked at only there.
func (s *scanner) skip(i int) int {
	src, least := s.src, s.least
	for from := i; from+least <= len(src); {
		at := from + least - 8 // what is before a gap among the last eight bytes of a run needs no look
		gaps := gapsIn(src[at : at+8])
		if gaps == 0 {
			at = from
			gaps = gapsIn(src[at : at+8])
		}
		if gaps != 0 {
			from = at + bits.Len64(gaps)/8
			continue
		}
		if blank := from - 1; blank > i && endsAtBlank(src, blank) {
			s.end, s.last, s.plain = blank, blank-shortestSpaced, blank
			if at := s.candidate(max(i, blank-least)); at < blank {
				return at
			}
		}
		end := runEnd(src, from+least)
		last := end - shortest
		if end < len(src) && endsAtBlank(src, end) {
			last = end - shortestSpaced
		}
		if from <= last {
			s.end, s.last, s.plain = end, last, end
			if end-from >= shortestPlain {
				s.plain = s.firstPlain(from)
			}
			if at := s.candidate(from); at < end {
				return at
			}
		}
		i, from = end, end
	}
	s.end = len(src)
	return s.end
}

// endsAtBlank reports whether a shape may have a blank at i, by what is before it.
func endsAtBlank(src string, i int) bool { return src[i] == ' ' && beforeBlank[src[i-1]] }

// runEnd is where the run of bytes without a gap ends that goes on at i.
func runEnd(src string, i int) int {
	for ; i+8 <= len(src); i += 8 {
		if gaps := gapsIn(src[i : i+8]); gaps != 0 {
			return i + bits.TrailingZeros64(gaps)/8
		}
	}
	for i < len(src) && setsOf[src[i]]&setWord != 0 {
		i++
	}
	return i
}

// gapsIn marks, by its highest bit, each of eight bytes whose seven lower bits are less than the least word byte: blanks, quotes, ends
// of lines. It looks at all eight at once, and leaves out some that are no word bytes either.
func gapsIn(s string) uint64 {
	const each, highest = 0x0101010101010101, 0x8080808080808080
	eight := binary.LittleEndian.Uint64([]byte(s)) // is not copied
	return ^((eight | highest) - leastWord*each) & highest
}

// begins reports whether a prefix may begin at i; else none does.
func (s *scanner) begins(i int) bool {
	return i+2 < len(s.src) && beginsPrefix(s.src[i], s.src[i+1], s.src[i+2])
}

// beginsPrefix reports whether these may be the first three bytes of a prefix.
func beginsPrefix(first, second, third byte) bool {
	return secondBytes[first]>>(second&63)&1 != 0 && thirdBytes[first+second]>>(third&63)&1 != 0
}

// glued reports whether what begins inside a word is a key all the same: its prefix is no part of
// ordinary words, or what follows is no word.
func (s *scanner) glued(prefix string, i, end int) bool {
	return len(prefix) > 3 || strong(s.src[i+len(prefix):end], &shape{mixed: true, run: 12})
}

// at tries the shapes that may begin with the byte at i. Inside a word only a shape that begins with
// digits, after letters, or with a prefix may begin: botNNN:key is how Telegram's addresses have it.
func (s *scanner) at(i int) (Match, bool) {
	c, rest, boundary := s.src[i], s.end-i, s.boundary(i)
	list := buckets[runsOf[c]]
	if s.begins(i) {
		list = buckets[bucketOf[c]]
	}
	for _, n := range list {
		sh := &shapes[n]
		if rest < int(sh.least) || sh.secretPlace && !s.secret || i < int(s.failed[n]) {
			continue
		}
		first := &segments[sh.from]
		if !boundary && first.lit == "" && first.set != setDigit || !s.likely(i, int(n), first) {
			continue
		}
		if end, ok := s.match(i, int(n)); ok && (boundary || first.lit == "" || s.glued(first.lit, i, end)) {
			return Match{i, end, sh.id, sh.name}, true
		}
	}
	return Match{}, false
}

// likely reports whether the first part of shape n may be at i; it turns down most words. Where a byte is not of its set, no
// shape begins up to there.
func (s *scanner) likely(i, n int, first *segment) bool {
	if first.lit != "" {
		return i+1 < len(s.src) && s.src[i+1]|0x20 == first.lit[1]|0x20
	}
	if first.min > len(s.src)-i {
		return false
	}
	run := s.src[i : i+first.min]
	for k := len(run) - 1; k > 0; k-- {
		if setsOf[run[k]]&first.set == 0 {
			s.fail(n, i+k+1)
			return false
		}
	}
	return true
}

// afterEscape reports whether the bytes before i are an escape, such as \n, or %3D in addresses.
func (s *scanner) afterEscape(i int) bool {
	return i > 1 && s.src[i-2] == '\\' || i > 2 && s.src[i-3] == '%' && setsOf[s.src[i-2]]&setsOf[s.src[i-1]]&setHex != 0
}

// fail remembers up to where a shape does not begin.
func (s *scanner) fail(n, end int) {
	s.failed[n] = uint32(end) //nolint:gosec // what does not fit is only tried again
}

// match tries one shape at i and returns where it ends. Where it fails, so does what begins later with the same first run.
func (s *scanner) match(i, n int) (int, bool) {
	sh := &shapes[n]
	at, body, run := i, i, i // run is where the first one ends for what begins after i
	for k, g := range segments[sh.from:sh.to] {
		if g.lit != "" {
			if !startsWith(s.src[at:], g.lit, sh.fold) {
				s.fail(n, run)
				return 0, false
			}
			at += len(g.lit)
			if k == 0 {
				body = at
			}
			continue
		}
		end, last := at, len(s.src)
		if k == 0 {
			end += g.min // likely has looked at them
		}
		if g.max > 0 {
			last = min(last, at+g.max+1)
		}
		for end < last && setsOf[s.src[end]]&g.set != 0 {
			end++
		}
		if run == i {
			run = end - max(0, body-i-1) // a prefix that reaches beyond the run begins another one
		}
		if end-at < g.min {
			s.fail(n, run)
			return 0, false
		}
		if g.max > 0 && end-at > g.max {
			if at == i { // so do all later starts in the run but the last ones
				for end < len(s.src) && setsOf[s.src[end]]&g.set != 0 {
					end++
				}
				s.fail(n, end-g.max)
			}
			return 0, false
		}
		at = end
	}
	if sh.holds != "" {
		return s.block(at, sh)
	}
	if !strong(s.src[body:at], sh) {
		s.fail(n, run)
		return 0, false
	}
	return at, true
}

// startsWith reports whether a text begins with another, which is in lower case where case does not matter.
func startsWith(text, lit string, fold bool) bool {
	if len(text) < len(lit) {
		return false
	}
	for i := range len(lit) {
		c := text[i]
		if fold && 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != lit[i] {
			return false
		}
	}
	return true
}

// block finds the end of a block whose opening line goes on at i: its closing line, or the
// end of the text when it is cut off.
func (s *scanner) block(i int, sh *shape) (int, bool) {
	head := s.src[i:min(len(s.src), i+64)]
	if head, _, _ = strings.Cut(head, "\n"); !strings.Contains(head, sh.holds) {
		return 0, false
	}
	at := i
	for ; at < len(s.src); at++ {
		if s.src[at] == sh.until[0] && startsWith(s.src[at:], sh.until, false) {
			return lineEnd(s.src, at), true
		}
	}
	return at, true
}

func lineEnd(src string, i int) int {
	for i < len(src) && src[i] != '\n' && src[i] != '"' && src[i] != '\'' {
		i++
	}
	return i
}

// strong reports whether a key's body is no ordinary word, by what its shape asks for.
func strong(body string, sh *shape) bool {
	var upper, lower, digits, run, longest int
	var runDigit, digitRun bool
	for i := range len(body) {
		c := body[i]
		switch {
		case setsOf[c]&setAlnum == 0:
			run, runDigit = 0, false
			continue
		case '0' <= c && c <= '9':
			digits++
			runDigit = true
		case c >= 'a':
			lower++
		default:
			upper++
		}
		run++
		longest = max(longest, run)
		digitRun = digitRun || runDigit && run >= int(sh.run)
	}
	if sh.mixed && (upper < 2 || lower < 2 || digits < 2) || sh.digit && digits == 0 {
		return false
	}
	return sh.run == 0 || digitRun || longest >= max(16, 2*int(sh.run))
}
