// Package ascii has what Loong does with bytes where package unicode would do more.
package ascii

import (
	"encoding/binary"
	"math/bits"
)

// Lower lower-cases ASCII letters and no others (behaviour.md 0).
func Lower(s string) string {
	for i := range len(s) {
		if 'A' <= s[i] && s[i] <= 'Z' {
			b := []byte(s)
			for ; i < len(b); i++ {
				b[i] = LowerByte(b[i])
			}
			return string(b)
		}
	}
	return s
}

// LowerByte is Lower for one byte.
func LowerByte(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// IsAlnum reports whether c is a letter or digit.
func IsAlnum(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' }

// IsHex reports whether c is a hexadecimal digit.
func IsHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'
}

// Plain is how many bytes a text begins with that are ASCII, not below the blank, and neither of two others of ASCII. It looks at
// eight at once, as textEnd in package document does: the highest bit of a byte tells that there is something else.
func Plain(s string, but, or byte) int {
	const each, highest = 0x0101010101010101, 0x8080808080808080
	buts, ors := each*uint64(but), each*uint64(or)
	text := []byte(s) // is not copied
	i := 0
	for ; i < len(text) && len(text) >= 8; i += 8 {
		i = min(i, len(text)-8) // at the end some are looked at twice
		x := binary.LittleEndian.Uint64(text[i:])
		if found := (x | (x - each*' ') | ((x ^ buts) - each) | ((x ^ ors) - each)) & highest; found != 0 {
			return i + bits.TrailingZeros64(found)/8
		}
	}
	for i < len(s) && ' ' <= s[i] && s[i] < 0x80 && s[i] != but && s[i] != or {
		i++
	}
	return i
}

// AccountID keeps of a text its letters and digits, in lower case, with single - or _ between them: what Loong makes of the name of
// an account (validation.json, account_id_normalization). It is here for those who hide secrets and know nothing of accounts.
func AccountID(text string) string {
	id := make([]byte, 0, len(text))
	gap := true // nothing yet, or a separator, stands at the end
	for _, r := range text {
		switch {
		case r < 0x80 && IsAlnum(byte(r)):
			id = append(id, LowerByte(byte(r)))
			gap = false
		case !gap:
			separator := byte('-')
			if r == '_' {
				separator = '_'
			}
			id = append(id, separator)
			gap = true
		}
	}
	if len(id) > 0 && gap {
		id = id[:len(id)-1]
	}
	return string(id)
}
