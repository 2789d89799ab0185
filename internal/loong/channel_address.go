package loong

import (
	"net/netip"
	"strings"

	"github.com/loonglint/loonglint/internal/weburl"
)

// isHTTPURL is the check http_url of channels.json, on a trimmed address.
func isHTTPURL(text string, private bool) bool {
	u, ok := weburl.Parse(text)
	return ok && isHTTP(&u) && !u.HasUser && (private || !isPrivateHost(&u))
}

// isHTTPBaseURL is the check http_base_url of channels.json.
func isHTTPBaseURL(text string, private bool) bool {
	u, ok := weburl.Parse(text)
	return ok && isHTTP(&u) && !u.HasUser && !u.HasQuery && !u.HasFragment && (private || !isPrivateHost(&u))
}

// isWebsocketURL is the check websocket_url of channels.json.
func isWebsocketURL(text string) bool {
	u, ok := weburl.Parse(text)
	return ok && (u.Scheme == "ws" || u.Scheme == "wss")
}

// isTlonURL is the check tlon_url of channels.json.
func isTlonURL(text string) bool {
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, ok := weburl.Parse(text)
	return ok && isHTTP(&u) && !u.HasUser && !u.HasQuery && !u.HasFragment && u.Path == "/"
}

func isHTTP(u *weburl.URL) bool { return u.Scheme == "http" || u.Scheme == "https" }

// isPrivateHost reports whether Loong refuses a host unless outbound_http.allow_private_hosts.
// It looks no name up, and never takes an IPv6 address for private.
func isPrivateHost(u *weburl.URL) bool {
	host := strings.TrimRight(u.Host, ".")
	if host == "localhost" {
		return true
	}
	a, err := netip.ParseAddr(host)
	if err != nil || !a.Is4() {
		return false
	}
	b := a.As4()
	n := uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
	for _, r := range specialIPv4 {
		if (n^r.base)>>(32-r.bits) == 0 {
			return true
		}
	}
	return false
}

// ipv4Range is the addresses that share their first bits with base.
type ipv4Range struct {
	base uint32
	bits uint8
}
