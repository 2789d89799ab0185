package loong

import (
	"net/netip"
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/weburl"
)

// Proxy is what the environment says of the way to an address (behaviour.md 7.6).
type Proxy struct {
	Name   string // the variable that names the proxy; empty: none, or not known
	Scheme string // http, https, socks4, socks4a, socks5 or socks5h
}

// SOCKS reports whether it is a proxy that Loong takes and cannot use.
func (p Proxy) SOCKS() bool { return strings.HasPrefix(p.Scheme, "socks") }

// HasProxy is false where ProxyFor returns none for every address.
func (e *Environment) HasProxy() bool {
	for _, name := range [...]string{"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"} {
		if _, state := e.Var(name); state == Set {
			return true
		}
	}
	return false
}

// ProxyFor returns the proxy that requests to an address go through. Where a variable that
// matters has no known value there is none.
func (e *Environment) ProxyFor(u *weburl.URL) Proxy {
	if _, state := e.Var("REQUEST_METHOD"); state != Unset {
		return Proxy{}
	}
	own := [2]string{"HTTP_PROXY", "http_proxy"}
	switch u.Scheme {
	case "http":
	case "https":
		own = [2]string{"HTTPS_PROXY", "https_proxy"}
	default:
		return Proxy{}
	}
	p, known := e.proxyIn(own)
	if known && p.Name == "" {
		p, known = e.proxyIn([2]string{"ALL_PROXY", "all_proxy"})
	}
	if !known || p.Name == "" {
		return Proxy{}
	}
	list, state := e.firstOf([2]string{"NO_PROXY", "no_proxy"})
	if !state.Known() || exempt(u, list) {
		return Proxy{}
	}
	return p
}

// proxyIn reads the first variable of a pair that exists; known is false when its value is not.
func (e *Environment) proxyIn(pair [2]string) (p Proxy, known bool) {
	for _, name := range pair {
		text, state := e.Var(name)
		if !state.Known() {
			return Proxy{}, false
		}
		if state == Set {
			if scheme := proxyScheme(text); scheme != "" {
				return Proxy{name, scheme}, true
			}
			break
		}
	}
	return Proxy{}, true
}

// firstOf is the value of the first variable of a pair that exists.
func (e *Environment) firstOf(pair [2]string) (string, State) {
	for _, name := range pair {
		if text, state := e.Var(name); state != Unset {
			return text, state
		}
	}
	return "", Unset
}

// proxyScheme is the scheme of a usable proxy value, http when none is written, else "".
func proxyScheme(value string) string {
	value = trim(value)
	if !strings.Contains(value, "://") {
		value = "http://" + value
	}
	u, ok := weburl.Parse(value)
	if !ok || !u.HasHost {
		return ""
	}
	switch u.Scheme {
	case "http", "https", "socks4", "socks4a", "socks5", "socks5h":
		return u.Scheme
	}
	return ""
}

// exempt reports whether NO_PROXY keeps an address from the proxy.
func exempt(u *weburl.URL, list string) bool {
	address, err := netip.ParseAddr(strings.Trim(u.Host, "[]"))
	for entry := range strings.SplitSeq(list, ",") {
		entry = ascii.Lower(trim(entry))
		switch {
		case entry == "":
		case err == nil:
			if covers(entry, address) {
				return true
			}
		case entry == "*" || coversName(entry, u.Host):
			return true
		}
	}
	return false
}

// covers reports whether an entry of NO_PROXY is an address or a range that holds another.
func covers(entry string, address netip.Addr) bool {
	if a, err := netip.ParseAddr(entry); err == nil {
		return a == address
	}
	r, err := netip.ParsePrefix(entry)
	return err == nil && r.Contains(address)
}

// coversName reports whether an entry of NO_PROXY is a name or one of its parent domains.
func coversName(entry, host string) bool {
	entry = strings.TrimPrefix(entry, ".")
	rest, ok := strings.CutSuffix(host, entry)
	return ok && entry != "" && (rest == "" || strings.HasSuffix(rest, "."))
}
