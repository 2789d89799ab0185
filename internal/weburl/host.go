package weburl

import (
	"net/netip"
	"strconv"
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
)

// parseHost normalizes a host that is not empty; hosts of other than special schemes keep their
// text, so "127.1" is an address for http and a name for irc.
func (u *URL) parseHost(host string) (fault string) {
	u.HasHost = true
	if host[0] == '[' {
		u.IsIPv6 = true
		u.Host, fault = parseIPv6(host)
		return fault
	}
	if !u.Special() {
		if strings.ContainsAny(host, "\x00\t\n\r #/:<>?@[\\]^|") {
			return "its host has a character that no host may have"
		}
		u.Host = percentEncode(host, 0)
		return ""
	}
	name, ok := ASCIIHost(PercentDecode(host))
	if !ok {
		return "its host is not a name"
	}
	for i := range len(name) {
		if !isPlain(name[i], inHost) {
			return "its host has a character that no host may have"
		}
	}
	if endsInNumber(name) {
		u.IsIPv4 = true
		u.Host, fault = parseIPv4(name)
		return fault
	}
	if u.Scheme == "file" && name == "localhost" {
		u.HasHost, name = false, ""
	}
	u.Host = name
	return ""
}

// PercentDecode decodes %XX; a percent sign without two hex digits stays.
func PercentDecode(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && ascii.IsHex(s[i+1]) && ascii.IsHex(s[i+2]) {
			v, _ := strconv.ParseUint(s[i+1:i+3], 16, 8)
			b = append(b, byte(v))
			i += 2
			continue
		}
		b = append(b, s[i])
	}
	return string(b)
}

// endsInNumber reports whether a name must be an IPv4 address because its last part is a number.
func endsInNumber(name string) bool {
	name = strings.TrimSuffix(name, ".")
	last := name[strings.LastIndexByte(name, '.')+1:]
	if last == "" || last[0] < '0' || '9' < last[0] {
		return false
	}
	if strings.Trim(last, "0123456789") == "" {
		return true
	}
	_, ok := ipv4Number(last)
	return ok
}

// ipv4Number reads a part of an IPv4 address: decimal, 0x hexadecimal or 0 octal. Numbers that
// do not fit 32 bits come back as 1<<32.
func ipv4Number(s string) (n uint64, ok bool) {
	base := 10
	switch {
	case s == "":
		return 0, false
	case strings.HasPrefix(s, "0x"):
		s, base = s[2:], 16
	case len(s) > 1 && s[0] == '0':
		s, base = s[1:], 8
	}
	for _, c := range []byte(s) {
		digit := int(c - '0')
		if c >= 'a' {
			digit = int(c-'a') + 10
		}
		if c < '0' || '9' < c && c < 'a' || digit >= base {
			return 0, false
		}
		n = min(n*uint64(base)+uint64(digit), 1<<32)
	}
	return n, true
}

func parseIPv4(name string) (address, fault string) {
	const wrong = "its host ends in a number and is not an IPv4 address"
	parts := strings.Split(strings.TrimSuffix(name, "."), ".")
	if len(parts) > 4 {
		return "", wrong
	}
	var sum uint64
	for i, part := range parts {
		n, ok := ipv4Number(part)
		last := i == len(parts)-1
		if !ok || !last && n > 255 || last && n >= 1<<(8*(5-len(parts))) {
			return "", wrong
		}
		if last {
			sum += n
		} else {
			sum += n << (8 * (3 - i))
		}
	}
	a := netip.AddrFrom4([4]byte{byte(sum >> 24), byte(sum >> 16), byte(sum >> 8), byte(sum)})
	return a.String(), ""
}

// parseIPv6 reads an address in brackets, and writes it with hexadecimal groups only.
func parseIPv6(host string) (address, fault string) {
	inner, closed := strings.CutSuffix(host[1:], "]")
	a, err := netip.ParseAddr(inner)
	if !closed || err != nil || !a.Is6() || a.Zone() != "" {
		return "", "its host is not an IPv6 address"
	}
	if !a.Is4In6() {
		return "[" + a.String() + "]", ""
	}
	b := a.As16()
	group := func(i int) string { return strconv.FormatUint(uint64(b[i])<<8|uint64(b[i+1]), 16) }
	return "[::ffff:" + group(12) + ":" + group(14) + "]", ""
}
