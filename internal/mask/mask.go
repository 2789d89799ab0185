package mask

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/loonglint/loonglint/internal/document"
)

// KeyShape reports whether a whole value, blanks and an authentication scheme before it aside,
// has the shape of a known kind of key, and which. The value stands where no ordinary word of
// that shape would, so it also knows shapes that are too common for Find (UUIDs).
func KeyShape(s string) (name string, ok bool) {
	s = strings.TrimSpace(s)
	sc := newScanner(s, true)
	m, ok := sc.next(0)
	if !ok || m.Start != 0 || m.End != len(s) {
		return "", false
	}
	return m.Name, true
}

// Find lists the keys of known shape in a text, from left to right, without overlap.
func Find(src string) []Match {
	var out []Match
	s := newScanner(src, false)
	for i := 0; ; {
		m, ok := s.next(i)
		if !ok {
			return out
		}
		out = append(out, m)
		i = m.End
	}
}

// FindIn is Find for the source of a document; it searches once.
func FindIn(d *document.Document) []Match {
	found, _ := d.Memo(func() any { return Find(d.Text()) }).([]Match)
	return found
}

// LooksRandom reports whether a value could be a key of unknown shape: at least 20 bytes
// without blanks, and a run of 16 letters and digits that mixes upper case, lower case and digits
// (behaviour.md 9, K3).
func LooksRandom(s string) bool {
	s = strings.TrimSpace(s)
	if len(s) < 20 || strings.ContainsAny(s, " \t\r\n") {
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

// Text masks everything in a text that is secret by itself: keys of known shape, and
// user-info and query of addresses.
func Text(s string) string {
	spans := textSpans(s)
	if len(spans) == 0 {
		return s
	}
	var b strings.Builder
	at := 0
	for _, sp := range spans {
		b.WriteString(s[at:sp.Start])
		b.WriteString(Mask)
		at = sp.End
	}
	b.WriteString(s[at:])
	return b.String()
}

// Harmless makes characters visible that would steer a terminal or reorder text: control
// characters but tabs, bidirectional and invisible formatting, and bytes that are not UTF-8.
func Harmless(s string) string {
	for i, r := range s {
		if harmful(r) && (r != utf8.RuneError || isBad(s[i:])) {
			return makeHarmless(s)
		}
	}
	return s
}

func isBad(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	return r == utf8.RuneError && n == 1
}

func harmful(r rune) bool {
	switch {
	case r < ' ':
		return r != '\t'
	case r < 0x7f:
		return false
	case r <= 0x9f, r == utf8.RuneError, r == 0x2028, r == 0x2029:
		return true
	}
	return unicode.Is(unicode.Cf, r) && r != 0x200d && r != 0x200c
}

func makeHarmless(s string) string {
	const hex = "0123456789abcdef"
	var b strings.Builder
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case !harmful(r) || r == utf8.RuneError && n > 1:
			b.WriteString(s[:n])
		case n == 1:
			b.WriteString(`\x`)
			b.WriteByte(hex[s[0]>>4])
			b.WriteByte(hex[s[0]&15])
		default:
			b.WriteString(`\u{`)
			started := false
			for shift := 20; shift >= 0; shift -= 4 {
				if d := r >> shift & 15; started || d != 0 || shift < 16 {
					started = true
					b.WriteByte(hex[d])
				}
			}
			b.WriteByte('}')
		}
		s = s[n:]
	}
	return b.String()
}
