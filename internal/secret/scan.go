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

// Match is a key found in a text.
type Match struct {
	Start, End int
	ID, Name   string // as in facts/keyshapes.json: "groq", "Groq key"
}

// scanner finds keys from left to right. It looks at every byte a bounded number of times:
// a shape that failed over a run of text is not tried again inside that run.
type scanner struct {
	src     string
	secret  bool                // a secret is expected here
	escapes bool                // there are backslashes or percent signs
	failed  [len(shapes)]uint32 // up to where each shape is known not to begin
	end     int                 // of the run of bytes without a gap at hand
	spaced  bool                // a blank follows it that a key may hold
}

// over sets a new scanner to work on a text. It is large, and so is not returned.
func (s *scanner) over(src string, secret bool) {
	s.src, s.secret, s.escapes = src, secret, has(src, '\\') || has(src, '%')
}

// next finds the first key at or after i.
func (s *scanner) next(i int) (Match, bool) {
	for {
		if i >= s.end {
			if i = s.skip(i); i == len(s.src) {
				return Match{}, false
			}
		}
		for i = s.candidate(i); i < s.end; i = s.candidate(i + 1) {
			if m, ok := s.at(i); ok {
				return m, true
			}
		}
	}
}

// candidate is the first place from i on where a key may begin, in the run at hand; the end of the run where there is none.
func (s *scanner) candidate(i int) int {
	var before set
	if i > 0 {
		before = setsOf[s.src[i-1]]
	}
	for ; i+shortestPlain <= s.end; i++ {
		at := setsOf[s.src[i]]
		word := before&setAlnum == 0 || at&^before&setDigit != 0 || s.afterEscape(i) // else i stands inside one
		if word && at != 0 || s.begins(i) {
			return i
		}
		before = at
	}
	last := s.end - shortest
	if s.spaced {
		last = s.end - shortestSpaced
	}
	if i > last {
		return s.end
	}
	text := s.src[i : last+3] // up to the third byte from the last place on
	for k := 2; k < len(text); k++ {
		if beginsPrefix(text[k-2], text[k-1], text[k]) {
			return i + k - 2
		}
	}
	return s.end
}

// boundary reports whether what begins at i does not stand inside a word.
func (s *scanner) boundary(i int) bool {
	return i == 0 || setsOf[s.src[i-1]]&setAlnum == 0 || s.afterEscape(i)
}

// skip passes over the runs of bytes without a gap from i on that no key can begin in; it returns where the first other run begins. A
// key that holds a blank has a long run on one side of it, so shorter ones are looked at only there.
func (s *scanner) skip(i int) int {
	src := s.src
	for start := i; ; start = s.end {
		from, to := longRun(src, start)
		if blank := from - 1; blank > start && src[blank] == ' ' && beforeBlank[src[blank-1]] {
			for from = blank; from > start && isWordByte(src[from-1]); from-- {
			}
			s.end, s.spaced = blank, true
			return from
		}
		s.end, s.spaced = to, to < len(src) && src[to] == ' ' && beforeBlank[src[to-1]]
		switch {
		case s.spaced || to-from >= shortest:
			return from
		case to == len(src):
			return to
		}
	}
}

// longRun finds the first run of at least shortestRun bytes without a gap from i on; it begins and ends at the end of src where there
// is none. A run between two gaps of eight bytes is too short, and so is one behind a gap of the last seven.
func longRun(src string, i int) (from, to int) {
	from, to = i, i
	for ; to+8 <= len(src); to += 8 {
		gaps := gapsIn(binary.LittleEndian.Uint64([]byte(src[to : to+8]))) // is not copied
		if gaps == 0 {
			continue
		}
		if end := to + bits.TrailingZeros64(gaps)/8; end-from >= shortestRun {
			return from, end
		}
		from = to + bits.Len64(gaps)/8
	}
	for to < len(src) && isWordByte(src[to]) {
		to++
	}
	if to-from >= shortestRun {
		return from, to
	}
	return len(src), len(src)
}

// gapsIn marks, by its highest bit, each of eight bytes whose seven lower bits are less than the least word byte: blanks, quotes, ends
// of lines. It looks at all eight at once, and leaves out some that are no word bytes either.
func gapsIn(eight uint64) uint64 {
	const each, highest = 0x0101010101010101, 0x8080808080808080
	return ^((eight | highest) - leastWord*each) & highest
}

func isWordByte(c byte) bool { return setsOf[c]&setWord != 0 }

// begins reports whether a prefix may begin at i; else none does.
func (s *scanner) begins(i int) bool {
	return i+2 < len(s.src) && beginsPrefix(s.src[i], s.src[i+1], s.src[i+2])
}

// beginsPrefix reports whether these may be the first three bytes of a prefix.
func beginsPrefix(first, second, third byte) bool {
	return secondBytes[first]>>(second&63)&1 != 0 && thirdBytes[first]>>(third&63)&1 != 0
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
	if rest < shortest && strings.IndexByte(spaced, c) < 0 {
		return Match{}, false
	}
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
	return s.escapes && (i > 1 && s.src[i-2] == '\\' || i > 2 && s.src[i-3] == '%' && setsOf[s.src[i-2]]&setsOf[s.src[i-1]]&setHex != 0)
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
