package probe

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/json"
	"io"
	"strconv"
	"unicode/utf8"
)

// unpack undoes the one content coding that Loong undoes (behaviour.md 7.7).
func unpack(body []byte, coding string, limit int) ([]byte, Reason) {
	if len(body) == 0 {
		return body, ""
	}
	var in io.Reader
	var err error
	switch coding {
	case "gzip":
		var z *gzip.Reader
		if z, err = gzip.NewReader(bytes.NewReader(body)); err == nil {
			z.Multistream(false) // the first member only
			in = z
		}
	case "deflate":
		in, err = zlib.NewReader(bytes.NewReader(body))
	default:
		return body, ""
	}
	if err != nil {
		return nil, BadBody
	}
	return readUpTo(in, limit, -1)
}

// maxLevels is how many arrays and objects may be inside each other.
const maxLevels = 127

// parse reads a body as JSON: "" when it is empty, or no JSON to Loong (behaviour.md 7.7).
func parse(body []byte) value {
	text := lossy(body)
	if !acceptable(text) || !json.Valid(text) {
		return ""
	}
	return value(bytes.TrimSpace(text))
}

// acceptable finds what encoding/json takes and Loong does not: too many levels, lone surrogates,
// and numbers beyond a double. Of what is no JSON anyway it may say anything.
func acceptable(text []byte) bool {
	levels := 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			end, ok := skipString(text, i+1)
			if !ok {
				return false
			}
			i = end
		case c == '[', c == '{':
			if levels++; levels > maxLevels {
				return false
			}
		case c == ']', c == '}':
			levels--
		case c == '-', '0' <= c && c <= '9':
			end := i + 1
			for end < len(text) && bytes.IndexByte([]byte("+-.eE0123456789"), text[end]) >= 0 {
				end++
			}
			if _, err := strconv.ParseFloat(string(text[i:end]), 64); err != nil {
				return false
			}
			i = end - 1
		}
	}
	return true
}

// skipString finds the quote that ends a string, and reports whether its surrogates come in pairs.
func skipString(text []byte, i int) (end int, ok bool) {
	high := false // the escape before is the first half of a pair
	for ; i < len(text); i++ {
		if text[i] != '\\' {
			if high {
				return 0, false
			}
			if text[i] == '"' {
				return i, true
			}
			continue
		}
		if i++; i >= len(text) {
			return 0, false
		}
		unit := uint64(0)
		if text[i] == 'u' {
			if i+4 >= len(text) {
				return 0, false
			}
			unit, _ = strconv.ParseUint(string(text[i+1:i+5]), 16, 16)
			i += 4
		}
		if low := 0xdc00 <= unit && unit <= 0xdfff; low != high {
			return 0, false
		}
		high = 0xd800 <= unit && unit <= 0xdbff
	}
	return 0, false
}

// lossy replaces each maximal piece of bad UTF-8 by U+FFFD (Unicode 15, 3.9, "U+FFFD Substitution
// of Maximal Subparts"), of which "E2 82" is one and "C0 AF" two.
func lossy(b []byte) []byte {
	if utf8.Valid(b) {
		return b
	}
	out := make([]byte, 0, len(b)+16)
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r != utf8.RuneError || n > 1 {
			out = append(out, b[:n]...)
		} else {
			n = badPiece(b)
			out = utf8.AppendRune(out, utf8.RuneError)
		}
		b = b[n:]
	}
	return out
}

// badPiece is the length of the longest beginning of b that begins a character, or 1.
func badPiece(b []byte) int {
	low, high, want := byte(0x80), byte(0xbf), 0
	switch c := b[0]; {
	case 0xc2 <= c && c <= 0xdf:
		want = 1
	case 0xe0 <= c && c <= 0xef:
		want = 2
		switch c {
		case 0xe0:
			low = 0xa0
		case 0xed:
			high = 0x9f
		}
	case 0xf0 <= c && c <= 0xf4:
		want = 3
		switch c {
		case 0xf0:
			low = 0x90
		case 0xf4:
			high = 0x8f
		}
	}
	n := 1
	for ; n <= want && n < len(b) && low <= b[n] && b[n] <= high; n++ {
		low, high = 0x80, 0xbf
	}
	return n
}
