package weburl

import (
	"strconv"
	"strings"
)

// plainURL reads an address that stays as it is written, as nearly all do: http or https, a name in
// lower case or an IPv4 address, a path without anything to encode or resolve.
func plainURL(text string) (u URL, ok bool) {
	rest, ok := strings.CutPrefix(text, "http")
	if !ok {
		return u, false
	}
	u.Scheme = "http"
	if strings.HasPrefix(rest, "s") {
		u.Scheme, rest = "https", rest[1:]
	}
	if rest, ok = strings.CutPrefix(rest, "://"); !ok {
		return u, false
	}
	host, rest := rest, ""
	if i := strings.IndexByte(host, '/'); i >= 0 {
		host, rest = host[:i], host[i:]
	}
	u.Port = -1
	if i := strings.IndexByte(host, ':'); i >= 0 {
		u.Port, ok = plainPort(host[i+1:], u.Scheme)
		host = host[:i]
	}
	u.IsIPv4 = isPlainIPv4(host)
	if !ok || !u.IsIPv4 && !isPlainName(host) || !isPlainPath(rest) {
		return u, false
	}
	u.Host, u.HasHost, u.Path = host, true, rest
	if u.Path == "" {
		u.Path = "/"
	}
	return u, true
}

// plainPort reads a port that is not the scheme's default.
func plainPort(s, scheme string) (port int, ok bool) {
	if len(s) == 0 || len(s) > 5 || s[0] < '1' || '9' < s[0] {
		return -1, false
	}
	port, err := strconv.Atoi(s)
	return port, err == nil && port <= 65535 && port != defaultPort(scheme)
}

// isPlainName reports whether a host is a name of lower-case letters, digits, dashes and dots,
// without punycode, whose last label begins with a letter, so that it is no number.
func isPlainName(host string) bool {
	label := 0
	for i := range len(host) {
		switch c := host[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '-':
		case c == '.' && i > label:
			label = i + 1
		default:
			return false
		}
	}
	return label < len(host) && host[label] >= 'a' && !strings.Contains(host, "xn--")
}

// isPlainIPv4 reports whether a host is four numbers up to 255 without leading zeros.
func isPlainIPv4(host string) bool {
	for part := range 4 {
		n, digits := 0, 0
		for digits < len(host) && digits < 3 && '0' <= host[digits] && host[digits] <= '9' {
			n = 10*n + int(host[digits]-'0')
			digits++
		}
		if digits == 0 || n > 255 || digits > 1 && host[0] == '0' {
			return false
		}
		host = host[digits:]
		if part < 3 {
			if host == "" || host[0] != '.' {
				return false
			}
			host = host[1:]
		}
	}
	return host == ""
}

// isPlainPath reports whether a path has nothing to encode and no segment that begins with a dot.
func isPlainPath(path string) bool {
	for i := range len(path) {
		switch c := path[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '_', c == '@', c == ':':
		case c == '.' && path[i-1] != '/':
		case c == '/':
		default:
			return false
		}
	}
	return true
}
