package secret

import (
	"strings"
	"unicode"
)

// KeyShape reports whether a whole value, blanks and an authentication scheme before it aside,
// has the shape of a known kind of key, and which. The value stands where no ordinary word of
// that shape would, so it also knows shapes that are too common for Find (UUIDs).
func KeyShape(s string) (name string, ok bool) {
	s = strings.TrimSpace(s)
	if len(s) < shortest {
		return "", false
	}
	var sc scanner
	sc.over(s, true)
	m, ok := sc.next(0)
	if !ok || m.Start != 0 || m.End != len(s) {
		return "", false
	}
	return m.Name, true
}

// IsKey reports whether a whole value is a key, or could be one: by its shape, or since it looks random.
func IsKey(s string) bool {
	_, shaped := KeyShape(s)
	return shaped || LooksRandom(s)
}

// Find lists the keys of known shape in a text, from left to right, without overlap.
func Find(src string) []Match {
	if len(src) < shortest {
		return nil
	}
	var out []Match
	var s scanner
	s.over(src, false)
	for i := 0; ; {
		m, ok := s.next(i)
		if !ok {
			return out
		}
		out = append(out, m)
		i = m.End
	}
}

// shortestRandom is as many bytes as a key of unknown shape has at least.
const shortestRandom = 20

// LooksRandom reports whether a value could be a key of unknown shape: at least 20 bytes
// without blanks, and a run of 16 letters and digits that mixes upper case, lower case and digits
// (behaviour.md 9, K3).
func LooksRandom(s string) bool {
	s = strings.TrimSpace(s)
	if len(s) < shortestRandom || strings.ContainsAny(s, " \t\r\n") {
		return false
	}
	sh := shape{mixed: true, run: 16}
	for word := range strings.FieldsFuncSeq(s, func(r rune) bool { return r > unicode.MaxASCII || setsOf[r]&setAlnum == 0 }) {
		if len(word) >= 16 && strong(word, &sh) {
			return true
		}
	}
	return false
}
