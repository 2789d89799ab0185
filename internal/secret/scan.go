// Package secret knows which text must never be printed: values of secret keys, user-info and
// query of addresses, and anything that has the shape of a known kind of key, wherever it stands.
package secret

import "strings"

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
	secret  bool // a secret is expected here
	escapes bool // there are backslashes
	failed  [len(shapes)]int
	end     int  // of the run of word bytes at hand
	spaced  bool // a blank follows it that a key may hold
}

func newScanner(src string, secret bool) scanner {
	return scanner{src: src, secret: secret, escapes: strings.IndexByte(src, '\\') >= 0}
}

// next finds the first key at or after i.
func (s *scanner) next(i int) (Match, bool) {
	for {
		if i >= s.end {
			if i = s.skip(i); i == len(s.src) {
				return Match{}, false
			}
		}
		last := s.end - shortest // where a key may begin
		if s.spaced {
			last = s.end - 1
		}
		for ; i <= last; i++ {
			begins := s.begins(i)
			if !begins && s.end-i < shortestPlain {
				continue
			}
			boundary := s.boundary(i)
			if boundary || begins || s.firstDigit(i) { // else it stands inside a word
				if m, ok := s.at(i, boundary); ok {
					return m, true
				}
			}
		}
		i = s.end
	}
}

// boundary reports whether what begins at i does not stand inside a word.
func (s *scanner) boundary(i int) bool {
	return i == 0 || setsOf[s.src[i-1]]&setAlnum == 0 || s.escapes && s.escaped(i) || s.percent(i)
}

// firstDigit reports whether there is a digit at i, and none before it.
func (s *scanner) firstDigit(i int) bool {
	return setsOf[s.src[i]]&setDigit != 0 && (i == 0 || setsOf[s.src[i-1]]&setDigit == 0)
}

// skip passes over the runs of word bytes from i on that no key can begin in; it returns where the first other run begins. A
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

// longRun finds the first run of at least shortestRun word bytes from i on; it begins and ends at the end of src where there is
// none. It looks at one byte of as many, and from there back to the first that is not of a word.
func longRun(src string, i int) (from, to int) {
	words := i // the bytes from i up to here are of words
	for last := i + shortestRun - 1; last < len(src); last = i + shortestRun - 1 {
		at := last
		for at >= words && isWordByte(src[at]) {
			at--
		}
		if at < words {
			for to = last + 1; to < len(src) && isWordByte(src[to]); to++ {
			}
			return i, to
		}
		i, words = at+1, last+1
	}
	return len(src), len(src)
}

func isWordByte(c byte) bool { return setsOf[c]&setWord != 0 }

// begins reports whether the first three bytes of a prefix may stand at i; else none does.
func (s *scanner) begins(i int) bool {
	c := s.src[i]
	return i+2 < len(s.src) && secondBytes[c]>>(s.src[i+1]&63)&1 != 0 && thirdBytes[c]>>(s.src[i+2]&63)&1 != 0
}

// glued reports whether what begins inside a word is a key all the same: its prefix is no part of
// ordinary words, or what follows is no word.
func (s *scanner) glued(prefix string, i, end int) bool {
	return len(prefix) > 3 || strong(s.src[i+len(prefix):end], &shape{mixed: true, run: 12})
}

// percent reports whether the bytes before i are an escape of addresses: %3D.
func (s *scanner) percent(i int) bool {
	return i > 2 && s.src[i-3] == '%' && setsOf[s.src[i-2]]&setsOf[s.src[i-1]]&setHex != 0
}

// at tries the shapes that may begin with the byte at i. Inside a word only a shape that begins with
// digits, after letters, or with a prefix may begin: botNNN:key is how Telegram's addresses have it.
func (s *scanner) at(i int, boundary bool) (Match, bool) {
	c, rest := s.src[i], s.end-i
	if rest < shortest && strings.IndexByte(spaced, c) < 0 {
		return Match{}, false
	}
	list := buckets[runsOf[c]]
	if s.begins(i) {
		list = buckets[bucketOf[c]]
	}
	for _, n := range list {
		sh := &shapes[n]
		if rest < int(sh.least) || sh.secretPlace && !s.secret || i < s.failed[n] {
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
	at := i + first.min - 1
	if at >= len(s.src) {
		return false
	}
	for at > i && setsOf[s.src[at]]&first.set != 0 {
		at--
	}
	if at > i {
		s.failed[n] = at + 1
	}
	return at == i
}

// escaped reports whether the byte before i is the letter of an escape such as \n.
func (s *scanner) escaped(i int) bool { return i > 1 && s.src[i-2] == '\\' }

// match tries one shape at i and returns where it ends. Where it fails, so does what begins later with the same first run.
func (s *scanner) match(i, n int) (int, bool) {
	sh := &shapes[n]
	at, body, run := i, i, i // run is where the first one ends for what begins after i
	for k, g := range segments[sh.from:sh.to] {
		if g.lit != "" {
			if !s.literal(at, g.lit, sh.fold) {
				s.failed[n] = run
				return 0, false
			}
			at += len(g.lit)
			if k == 0 {
				body = at
			}
			continue
		}
		end := at
		for end < len(s.src) && setsOf[s.src[end]]&g.set != 0 && (g.max == 0 || end-at <= g.max) {
			end++
		}
		if run == i {
			run = end - max(0, body-i-1) // a prefix that reaches beyond the run begins another one
		}
		if end-at < g.min {
			s.failed[n] = run
			return 0, false
		}
		if g.max > 0 && end-at > g.max {
			if at == i { // so do all later starts in the run but the last ones
				for end < len(s.src) && setsOf[s.src[end]]&g.set != 0 {
					end++
				}
				s.failed[n] = end - g.max
			}
			return 0, false
		}
		at = end
	}
	if sh.holds != "" {
		return s.block(at, sh)
	}
	if !strong(s.src[body:at], sh) {
		s.failed[n] = run
		return 0, false
	}
	return at, true
}

func (s *scanner) literal(at int, lit string, fold bool) bool {
	if len(s.src)-at < len(lit) {
		return false
	}
	for i := range len(lit) {
		c := s.src[at+i]
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
		if s.src[at] == sh.until[0] && s.literal(at, sh.until, false) {
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
