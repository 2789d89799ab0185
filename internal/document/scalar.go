package document

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

// parseInt reads an integer in one of TOML's four notations; it must fit an int64 (dialect.md).
func parseInt(text string) (int64, error) {
	if n, ok := parseDigits(text); ok {
		return n, nil
	}
	if strings.IndexByte(text, '_') >= 0 {
		text = strings.ReplaceAll(text, "_", "")
	}
	base := 10
	if len(text) > 2 && text[0] == '0' {
		switch text[1] {
		case 'x':
			base = 16
		case 'o':
			base = 8
		case 'b':
			base = 2
		}
		if base != 10 {
			text = text[2:]
		}
	}
	return strconv.ParseInt(text, base, 64)
}

// parseDigits reads a number of some decimal digits, as most are written.
func parseDigits(text string) (n int64, ok bool) {
	for i := range len(text) {
		digit := text[i] - '0'
		if digit > 9 {
			return 0, false
		}
		n = 10*n + int64(digit)
	}
	return n, 0 < len(text) && len(text) <= 18
}

// intFits reports whether an integer as written fits an int64.
func intFits(text string) bool {
	if len(text) <= 16 {
		return true // even 16 hexadecimal characters hold no more than 56 bits after the 0x
	}
	_, err := parseInt(text)
	return err == nil
}

// parseFloat reads a float; one too large for a double is an error, one too small is 0 (dialect.md).
func parseFloat(text string) (float64, error) {
	if strings.IndexByte(text, '_') >= 0 {
		text = strings.ReplaceAll(text, "_", "")
	}
	if strings.HasSuffix(text, "nan") {
		return math.NaN(), nil // strconv knows it without a sign only
	}
	return strconv.ParseFloat(text, 64)
}

// floatFits reports whether a float as written fits a double.
func floatFits(text string) bool {
	if len(text) < 300 && !strings.ContainsAny(text, "eE") {
		return true
	}
	_, err := parseFloat(text)
	return !errors.Is(err, strconv.ErrRange)
}

// datetimeKind tells which of the four date and time types text is. ok is false when it is none
// of them or names a date or time that does not exist. Second 60 and year 0000 exist (dialect.md).
func datetimeKind(text string) (kind Kind, ok bool) {
	s := text
	if len(s) > 2 && s[2] == ':' {
		return LocalTime, cutTime(&s) && s == ""
	}
	if !cutDate(&s) {
		return LocalDate, false
	}
	if s == "" {
		return LocalDate, true
	}
	if s[0] != 'T' && s[0] != 't' && s[0] != ' ' {
		return LocalDate, false
	}
	s = s[1:]
	if !cutTime(&s) {
		return LocalDateTime, false
	}
	if s == "" {
		return LocalDateTime, true
	}
	return OffsetDateTime, s == "Z" || s == "z" || isOffset(s)
}

// cutDate removes a valid yyyy-mm-dd from the front of s.
func cutDate(s *string) bool {
	year, ok := cutDigits(s, 4, 0, 9999)
	if !ok || !cutByte(s, '-') {
		return false
	}
	month, ok := cutDigits(s, 2, 1, 12)
	if !ok || !cutByte(s, '-') {
		return false
	}
	_, ok = cutDigits(s, 2, 1, daysIn(year, month))
	return ok
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// cutTime removes a valid hh:mm[:ss[.fraction]] from the front of s.
func cutTime(s *string) bool {
	if _, ok := cutDigits(s, 2, 0, 23); !ok || !cutByte(s, ':') {
		return false
	}
	if _, ok := cutDigits(s, 2, 0, 59); !ok {
		return false
	}
	if !cutByte(s, ':') {
		return true
	}
	if _, ok := cutDigits(s, 2, 0, 60); !ok {
		return false
	}
	if !cutByte(s, '.') {
		return true
	}
	rest := strings.TrimLeft(*s, "0123456789")
	some := len(rest) < len(*s)
	*s = rest
	return some
}

// isOffset reports whether s is +hh:mm or -hh:mm.
func isOffset(s string) bool {
	if !cutByte(&s, '+') && !cutByte(&s, '-') {
		return false
	}
	if _, ok := cutDigits(&s, 2, 0, 23); !ok || !cutByte(&s, ':') {
		return false
	}
	_, ok := cutDigits(&s, 2, 0, 59)
	return ok && s == ""
}

// cutDigits removes n digits from the front of s when they make a number from low to high.
func cutDigits(s *string, n, low, high int) (int, bool) {
	if len(*s) < n {
		return 0, false
	}
	v := 0
	for i := range n {
		c := (*s)[i]
		if c < '0' || c > '9' {
			return 0, false
		}
		v = v*10 + int(c-'0')
	}
	*s = (*s)[n:]
	return v, low <= v && v <= high
}

func cutByte(s *string, c byte) bool {
	if *s == "" || (*s)[0] != c {
		return false
	}
	*s = (*s)[1:]
	return true
}
