// Package weburl reads addresses as the url crate of Rust does.
package weburl

import (
	"cmp"
	"net/netip"
	"strconv"
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
)

// URL is an address as a WHATWG URL parser holds it, with the few habits of the parser that
// Loong uses (behaviour.md 7.1).
type URL struct {
	Scheme      string // lower case
	Username    string // percent-encoded; empty counts as none
	Password    string
	HasUser     bool   // a user name or password that is not empty
	HasHost     bool   // false for "mailto:x" and "irc:///x"
	Host        string // normalized: lower case, punycode, IPv4 in four parts, IPv6 in brackets
	IsIPv4      bool
	IsIPv6      bool
	Port        int    // -1: none is written, or the scheme's default
	Path        string // percent-encoded, dot segments resolved
	Query       string // percent-encoded, without "?"
	HasQuery    bool   // there is a "?", perhaps with nothing after it
	HasFragment bool   // there is a "#"
}

// Parse reads an address; it reports false where Loong's parser gives up.
func Parse(text string) (URL, bool) {
	u, fault := parseURL(text)
	return u, fault == ""
}

// Above is the URL of a text without the path at its end, where u is that of the text; nil where the rest is to be
// read by itself, as with a path that is not sent as it is written.
func (u *URL) Above(text, path string) *URL {
	if !u.Special() || !u.HasHost || u.HasQuery || u.HasFragment ||
		!strings.HasPrefix(path, "/") || !strings.HasSuffix(u.Path, path) || !strings.HasSuffix(text, u.Path) {
		return nil
	}
	above := *u
	above.Path = cmp.Or(strings.TrimSuffix(u.Path, path), "/")
	return &above
}

// Fault says why text is no address, in words that quote nothing of it; empty when it is one.
func Fault(text string) string {
	_, fault := parseURL(text)
	return fault
}

// Special reports whether the scheme is one of http, https, ws, wss, ftp and file, whose
// addresses are repaired and always have a path.
func (u *URL) Special() bool { return defaultPort(u.Scheme) >= 0 }

// EffectivePort is the port a connection would use, or -1 when the scheme has none.
func (u *URL) EffectivePort() int {
	if u.Port >= 0 {
		return u.Port
	}
	if port := defaultPort(u.Scheme); port > 0 {
		return port
	}
	return -1
}

// HostPort is the host with the port, where one differs from the scheme's default.
func (u *URL) HostPort() string {
	if u.Port < 0 {
		return u.Host
	}
	return u.Host + ":" + strconv.Itoa(u.Port)
}

// Target is the path and query as they are in a request line.
func (u *URL) Target() string {
	target := u.Path
	if target == "" {
		target = "/"
	}
	if u.HasQuery {
		target += "?" + u.Query
	}
	return target
}

// String is the address as it is requested: without user name, password and fragment.
func (u *URL) String() string {
	s := u.Scheme + ":"
	if u.HasHost {
		s += "//" + u.HostPort()
	}
	s += u.Path
	if u.HasQuery {
		s += "?" + u.Query
	}
	return s
}

// defaultPort is the port of a special scheme, 0 for file, -1 for all others.
func defaultPort(scheme string) int {
	switch scheme {
	case "http", "ws":
		return 80
	case "https", "wss":
		return 443
	case "ftp":
		return 21
	case "file":
		return 0
	}
	return -1
}

func parseURL(text string) (u URL, fault string) {
	u.Port = -1
	scheme, rest, ok := cutScheme(cleanURL(text))
	if !ok {
		return u, "it has no scheme"
	}
	u.Scheme = scheme
	rest, _, u.HasFragment = strings.Cut(rest, "#")
	rest, u.Query, u.HasQuery = strings.Cut(rest, "?")
	special := u.Special()
	if special {
		u.Query = percentEncode(u.Query, inQuery|inSpecialQuery)
		rest = strings.ReplaceAll(rest, `\`, "/")
	} else {
		u.Query = percentEncode(u.Query, inQuery)
	}
	hasAuthority := special && scheme != "file"
	switch {
	case hasAuthority:
		rest = strings.TrimLeft(rest, "/")
	case strings.HasPrefix(rest, "//"):
		rest, hasAuthority = rest[2:], true
	case !special && !strings.HasPrefix(rest, "/"):
		u.Path = percentEncode(rest, 0)
		return u, ""
	}
	if hasAuthority {
		authority, path := rest, ""
		if i := strings.IndexByte(authority, '/'); i >= 0 {
			authority, path = authority[:i], authority[i:]
		}
		more := path != "" || u.HasQuery || u.HasFragment
		if scheme == "file" && isDriveLetter(authority) {
			authority, path = "", "/"+authority+path
		}
		if rest, fault = u.parseAuthority(authority, more); fault != "" {
			return u, fault
		}
		rest += path
	}
	u.Path = resolvePath(rest, special)
	return u, ""
}

// cleanURL drops what the parser ignores: blanks and control characters around the address, tabs
// and line breaks everywhere.
func cleanURL(text string) string {
	if ascii.Plain(text, ' ', ' ') == len(text) {
		return text // as nearly all
	}
	text = strings.TrimFunc(text, func(r rune) bool { return r <= ' ' })
	if !strings.ContainsAny(text, "\t\n\r") {
		return text
	}
	return strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(text)
}

// cutScheme cuts a scheme and its colon off, and lower-cases it.
func cutScheme(text string) (scheme, rest string, ok bool) {
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z':
		case i > 0 && ('0' <= c && c <= '9' || c == '+' || c == '-' || c == '.'):
		case i > 0 && c == ':':
			return ascii.Lower(text[:i]), text[i+1:], true
		default:
			return "", "", false
		}
	}
	return "", "", false
}

// isDriveLetter reports whether a host is really a drive: "c:" or "c|".
func isDriveLetter(s string) bool {
	return len(s) == 2 && (s[1] == ':' || s[1] == '|') && 'a' <= s[0]|0x20 && s[0]|0x20 <= 'z'
}

// parseAuthority reads user info, host and port; more tells whether anything follows. It returns
// what already belongs to the path.
func (u *URL) parseAuthority(authority string, more bool) (tail, fault string) {
	at := strings.LastIndexByte(authority, '@')
	if u.Scheme == "file" {
		at = -1
	}
	host := authority[at+1:]
	if at >= 0 {
		u.Username, u.Password, _ = strings.Cut(authority[:at], ":")
		u.Username = percentEncode(u.Username, inUser)
		u.Password = percentEncode(u.Password, inUser)
		u.HasUser = u.Username != "" || u.Password != ""
		if host == "" && (u.HasUser || at == 0 && more) {
			return "", "it has no host"
		}
	}
	host, port, hasPort := cutPort(host, u.Scheme == "file")
	if host == "" {
		if u.Special() && u.Scheme != "file" || hasPort {
			return "", "it has no host"
		}
		return "", ""
	}
	if fault = u.parseHost(host); fault != "" {
		return "", fault
	}
	if !u.Special() {
		if i := strings.IndexByte(port, '\\'); i >= 0 {
			port, tail = port[:i], "/"+port[i:]
		}
	}
	u.Port, fault = parsePort(port)
	if u.Port == defaultPort(u.Scheme) {
		u.Port = -1
	}
	return tail, fault
}

// cutPort splits host and port at the first colon outside of brackets.
func cutPort(s string, file bool) (host, port string, ok bool) {
	inside := false
	for i := 0; i < len(s) && !file; i++ {
		switch s[i] {
		case '[':
			inside = true
		case ']':
			inside = false
		case ':':
			if !inside {
				return s[:i], s[i+1:], true
			}
		}
	}
	return s, "", false
}

// parsePort reads a port, -1 for an empty one.
func parsePort(s string) (port int, fault string) {
	if s == "" {
		return -1, ""
	}
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || '9' < s[i] {
			return -1, "its port is not a number"
		}
		if port = port*10 + int(s[i]-'0'); port > 65535 {
			return -1, "its port is above 65535"
		}
	}
	return port, ""
}

// resolvePath encodes a path and removes its dot segments. It has a host before it, or begins
// with a slash, or is that of a file.
func resolvePath(path string, special bool) string {
	if path == "" && !special {
		return ""
	}
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	if strings.IndexByte(path, '.') < 0 && strings.IndexByte(path, '%') < 0 {
		return percentEncode(path, inPath) // nothing to remove
	}
	var kept []string
	segments := strings.Split(path[1:], "/")
	for i, s := range segments {
		last := i == len(segments)-1
		switch strings.ReplaceAll(ascii.Lower(s), "%2e", ".") {
		case "..":
			if len(kept) > 0 {
				kept = kept[:len(kept)-1]
			}
			if last {
				kept = append(kept, "")
			}
		case ".":
			if last {
				kept = append(kept, "")
			}
		default:
			kept = append(kept, percentEncode(s, inPath))
		}
	}
	return "/" + strings.Join(kept, "/")
}

// parts are parts of an address that treat a byte in a way of their own.
type parts uint8

const (
	inQuery        parts = 1 << iota // it is percent-encoded
	inSpecialQuery                   // the same, in addresses of special schemes
	inPath                           // the same
	inUser                           // the same
	inHost                           // no host may have it
)

// reserved tells where a printable byte of ASCII is more than itself.
var reserved = [0x80]parts{
	' ':  inQuery | inPath | inUser | inHost,
	'"':  inQuery | inPath | inUser,
	'#':  inQuery | inPath | inUser | inHost,
	'%':  inHost,
	'\'': inSpecialQuery,
	'/':  inUser | inHost,
	':':  inUser | inHost,
	';':  inUser,
	'<':  inQuery | inPath | inUser | inHost,
	'=':  inUser,
	'>':  inQuery | inPath | inUser | inHost,
	'?':  inPath | inUser | inHost,
	'@':  inUser | inHost,
	'[':  inUser | inHost,
	'\\': inUser | inHost,
	']':  inUser | inHost,
	'^':  inUser | inHost,
	'`':  inPath | inUser,
	'{':  inPath | inUser,
	'|':  inUser | inHost,
	'}':  inPath | inUser,
}

// isPlain reports whether c is printable ASCII and stands for itself in all of some parts.
func isPlain(c byte, in parts) bool { return ' ' <= c && c < 0x7f && reserved[c]&in == 0 }

// percentEncode encodes all bytes that are not plain in a part.
func percentEncode(s string, in parts) string {
	i := 0
	for i < len(s) && isPlain(s[i], in) {
		i++
	}
	if i == len(s) {
		return s
	}
	b := []byte(s[:i])
	for ; i < len(s); i++ {
		if c := s[i]; isPlain(c, in) {
			b = append(b, c)
		} else {
			b = append(b, '%', "0123456789ABCDEF"[c>>4], "0123456789ABCDEF"[c&15])
		}
	}
	return string(b)
}

// Loopback reports whether an address stays on this machine: a loopback IP or localhost.
func (u *URL) Loopback() bool {
	if ip, ok := u.ip(); ok {
		return ip.IsLoopback()
	}
	name := strings.TrimSuffix(u.Host, ".")
	return name == "localhost" || strings.HasSuffix(name, ".localhost")
}

// Unspecified reports whether an address is 0.0.0.0 or [::], which stands for all addresses of a machine.
func (u *URL) Unspecified() bool {
	ip, ok := u.ip()
	return ok && ip.IsUnspecified()
}

// Private reports whether an address is the literal of a private, link-local or unique-local IP.
func (u *URL) Private() bool {
	ip, ok := u.ip()
	return ok && (ip.IsPrivate() || ip.IsLinkLocalUnicast())
}

// ip is the host where it is an IP address, IPv4 in the place of one that is mapped to IPv6.
func (u *URL) ip() (netip.Addr, bool) {
	if last := len(u.Host) - 1; last < 0 || u.Host[last] != ']' && !ascii.IsHex(u.Host[last]) {
		return netip.Addr{}, false // the name of a host, as nearly all are
	}
	ip, err := netip.ParseAddr(strings.Trim(u.Host, "[]"))
	return ip.Unmap(), err == nil
}
