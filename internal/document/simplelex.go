package document

import (
	"encoding/binary"
	"math/bits"
	"strings"
	"unicode/utf8"
)

// bareByte tells the bytes of bare keys.
var bareByte = [256]bool{
	'-': true, '_': true,
	'0': true, '1': true, '2': true, '3': true, '4': true, '5': true, '6': true, '7': true, '8': true, '9': true,
	'a': true, 'b': true, 'c': true, 'd': true, 'e': true, 'f': true, 'g': true, 'h': true, 'i': true, 'j': true, 'k': true,
	'l': true, 'm': true, 'n': true, 'o': true, 'p': true, 'q': true, 'r': true, 's': true, 't': true, 'u': true, 'v': true,
	'w': true, 'x': true, 'y': true, 'z': true,
	'A': true, 'B': true, 'C': true, 'D': true, 'E': true, 'F': true, 'G': true, 'H': true, 'I': true, 'J': true, 'K': true,
	'L': true, 'M': true, 'N': true, 'O': true, 'P': true, 'Q': true, 'R': true, 'S': true, 'T': true, 'U': true, 'V': true,
	'W': true, 'X': true, 'Y': true, 'Z': true,
}

// afterBlanks skips blanks and tabs from i.
func afterBlanks(d []byte, i int) int {
	for i < len(d) && (d[i] == ' ' || d[i] == '\t') {
		i++
	}
	return i
}

// afterLines skips blanks, tabs and line breaks from i.
func afterLines(d []byte, i int) int {
	for ; i < len(d); i++ {
		switch c := d[i]; {
		case c == ' ' || c == '\t' || c == '\n':
		case c == '\r' && i+1 < len(d) && d[i+1] == '\n':
		default:
			return i
		}
	}
	return i
}

// endsLine reports whether the file or line ends at i.
func endsLine(d []byte, i int) bool {
	return i == len(d) || d[i] == '\n' || d[i] == '\r' && i+1 < len(d) && d[i+1] == '\n'
}

// afterStatement returns where the comment after a statement that ends at i begins and ends, both
// the same without one; the end is -1 when the line does not end there.
func afterStatement(d []byte, i int) (start, end int) {
	i = afterBlanks(d, i)
	if i < len(d) && d[i] == '#' {
		return i, commentEnd(d, i)
	}
	if !endsLine(d, i) {
		return i, -1
	}
	return i, i
}

// commentEnd returns where the comment at i ends, -1 when it is wrong.
func commentEnd(d []byte, i int) int {
	end, wide := textEnd(d, i, '\n', '\n')
	if !endsLine(d, end) || wide && !utf8.Valid(d[i:end]) {
		return -1
	}
	return end
}

// stringEnd returns where the string in single or double quotes at i ends, -1 when it is not plain. Three
// quotes are an empty string, after which nothing plain goes on.
func stringEnd(d []byte, i int) int {
	quote, escape := d[i], byte('\\')
	if quote == '\'' {
		escape = quote
	}
	end, wide := textEnd(d, i+1, quote, escape)
	if end == len(d) || d[end] != quote || end-i >= maxText || wide && !utf8.Valid(d[i:end]) {
		return -1
	}
	return end + 1
}

// Masks of eight bytes.
const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// textEnd returns where the first control character but tab stands from i on, or the first of two
// further bytes. Unless it is wide, what lies before is ASCII.
func textEnd(d []byte, i int, stop, escape byte) (end int, wide bool) {
	high := uint64(0)
	for ; i+8 <= len(d); i += 8 {
		x := binary.LittleEndian.Uint64(d[i:])
		a, b, c := x^ones*uint64(stop), x^ones*uint64(escape), x^ones*0x7F
		// the lowest high bit set is that of the first byte below a blank in x, or zero in a, b or c
		high |= x
		found := ((x-ones*' ')&^x | (a-ones)&^a | (b-ones)&^b | (c-ones)&^c) & highs
		if found == 0 {
			continue
		}
		i += bits.TrailingZeros64(found) / 8
		if d[i] != '\t' {
			return i, high&highs != 0
		}
		i -= 7
	}
	for i < len(d) && (d[i] >= ' ' && d[i] != stop && d[i] != escape && d[i] != 0x7F || d[i] == '\t') {
		high |= uint64(d[i])
		i++
	}
	return i, high&highs != 0
}

// boolEnd returns where the true or false at i ends, -1 when it is neither.
func boolEnd(text string, i int) (Kind, int) {
	switch {
	case strings.HasPrefix(text[i:], "true"):
		return Bool, i + 4
	case strings.HasPrefix(text[i:], "false"):
		return Bool, i + 5
	}
	return Invalid, -1
}

// numberEnd returns where the decimal number at i ends, -1 when it is none, has a leading zero or more
// than 18 digits.
func numberEnd(d []byte, i int) (Kind, int) {
	if i < len(d) && (d[i] == '+' || d[i] == '-') {
		i++
	}
	end := digitsEnd(d, i)
	if n := end - i; n == 0 || n > 18 || n > 1 && d[i] == '0' {
		return Invalid, -1
	}
	if end == len(d) || d[end] != '.' {
		return Integer, end
	}
	i = end + 1
	if end = digitsEnd(d, i); end == i || end-i > 18 {
		return Invalid, -1
	}
	return Float, end
}

func digitsEnd(d []byte, i int) int {
	for i < len(d) && '0' <= d[i] && d[i] <= '9' {
		i++
	}
	return i
}
