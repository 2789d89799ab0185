package probe

import (
	"context"
	"crypto/x509"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/weburl"
)

// Permissions says what a probe may do. The zero value asks only what the catalog names, over https,
// at public addresses; it is the whole of what a caller can open.
type Permissions struct {
	Hosts    []Host         // hosts that may get credentials, beside those of the catalog
	Networks []netip.Prefix // networks that may be dialed although they are not public
	Env      []string       // variables that may be sent, beside those of the catalog
	Files    bool           // secret files may be read
	InCI     bool           // the run is one of CI
	AllowCI  bool           // and may probe all the same
	Proxy    bool           // proxies of the environment are used (behaviour.md 7.6)

	Roots    *x509.CertPool // nil: those of the system
	Resolver Resolver       // nil: that of the system
	Dial     Dialer         // nil: TCP; it gets only addresses that passed the check
	Limits   Limits
}

// Host is a host that may get credentials.
type Host struct {
	Name  string // as in weburl.URL
	Port  int    // -1: any
	Plain bool   // also over http
}

// Resolver looks up the addresses of a name; network is "ip".
type Resolver interface {
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

// Dialer opens a connection to an address.
type Dialer func(ctx context.Context, to netip.AddrPort) (net.Conn, error)

// Limits bound a run; zero fields take the defaults.
type Limits struct {
	PerHost  int           // requests to a host at a time
	AtOnce   int           // requests at a time
	Requests int           // requests in a run
	Head     int           // bytes of an answer's head
	Body     int           // bytes of an answer's body, before and after unpacking
	Time     time.Duration // one request, when the profile does not ask for less
	Run      time.Duration // all of them
}

// Loong's HTTP library gives up on heads above the default (behaviour.md 7.4: 300 kB pass).
var defaults = Limits{PerHost: 4, AtOnce: 32, Requests: 1000, Head: 408 << 10, Body: 8 << 20, Time: 30 * time.Second,
	Run: 10 * time.Minute}

func (l Limits) filled() Limits {
	fill := func(v *int, by int) {
		if *v <= 0 {
			*v = by
		}
	}
	fill(&l.PerHost, defaults.PerHost)
	fill(&l.AtOnce, defaults.AtOnce)
	fill(&l.Requests, defaults.Requests)
	fill(&l.Head, defaults.Head)
	fill(&l.Body, defaults.Body)
	if l.Time <= 0 {
		l.Time = defaults.Time
	}
	if l.Run <= 0 {
		l.Run = defaults.Run
	}
	return l
}

// AllowHost adds what a user names: a host, with a port or without, after http:// where plain
// http is meant too; or an address or a network (10.0.0.0/8) that may be dialed.
func (p *Permissions) AllowHost(text string) error {
	text = strings.TrimSpace(text)
	if n, err := netip.ParsePrefix(text); err == nil {
		p.Networks = append(p.Networks, n.Masked())
		return nil
	}
	address, plain := text, strings.HasPrefix(strings.ToLower(text), "http://")
	switch {
	case plain:
	case strings.HasPrefix(strings.ToLower(text), "https://"):
	case strings.Count(text, ":") > 1 && !strings.HasPrefix(text, "["):
		address = "https://[" + text + "]"
	default:
		address = "https://" + text
	}
	u, ok := weburl.Parse(address)
	if !ok || u.HasUser || u.HasQuery || u.HasFragment || u.Path != "/" || strings.Contains(u.Host, "*") {
		return fmt.Errorf("not a host, HOST:PORT, http://HOST:PORT or network")
	}
	h := Host{Name: u.Host, Port: u.Port, Plain: plain}
	if h.Port < 0 && writesPort(text) {
		h.Port = u.EffectivePort()
	}
	if h.Port < 0 && plain {
		h.Port = 80
	}
	p.Hosts = append(p.Hosts, h)
	if a, ok := literal(&u); ok {
		p.Networks = append(p.Networks, netip.PrefixFrom(a, a.BitLen()))
	}
	return nil
}

// writesPort reports whether a port is written, even the scheme's own.
func writesPort(text string) bool {
	i := strings.LastIndexByte(text, ':')
	_, err := strconv.ParseUint(strings.TrimSuffix(text[i+1:], "/"), 10, 16)
	return i >= 0 && err == nil && (strings.Count(text, ":") == 1 || strings.HasSuffix(text[:i], "]") || strings.Contains(text, "://"))
}

// literal is the address that a host is written as.
func literal(u *weburl.URL) (netip.Addr, bool) {
	if !u.IsIPv4 && !u.IsIPv6 {
		return netip.Addr{}, false
	}
	a, err := netip.ParseAddr(strings.Trim(u.Host, "[]"))
	return a, err == nil
}

// known is the address that a host surely has: the one that is written, or that of this machine.
func known(u *weburl.URL) (netip.Addr, bool) {
	if a, ok := literal(u); ok {
		return a, true
	}
	if u.Loopback() {
		return netip.AddrFrom4([4]byte{127, 0, 0, 1}), true
	}
	return netip.Addr{}, false
}

// approval says why a host may get the credentials of a kind.
type approval uint8

const (
	unapproved approval = iota
	byCatalog
	byFlag
	byLoopback // anonymous requests of local kinds only
)

func (a approval) String() string {
	switch a {
	case byCatalog:
		return "the catalog names it for this kind"
	case byFlag:
		return "--allow-host names it"
	case byLoopback:
		return "a local kind on this machine"
	}
	return ""
}

// approve reports whether the host of u may get credentials of a kind, and whether plain http
// to it is allowed.
func (p *Permissions) approve(k *loong.Kind, u *weburl.URL) (approval, bool) {
	port := u.EffectivePort()
	for _, h := range p.Hosts {
		if h.Name == u.Host && (h.Port < 0 || h.Port == port) && (h.Plain || u.Scheme == "https") {
			return byFlag, h.Plain
		}
	}
	local := isLocal(k) && u.Loopback()
	if named(k, u) {
		return byCatalog, local
	}
	return unapproved, local
}

// isLocal reports whether a kind's own address is on this machine.
func isLocal(k *loong.Kind) bool {
	u, ok := weburl.Parse(k.BaseURL)
	return ok && u.Loopback()
}

// named reports whether the catalog names the host and port of u for a kind: its default
// addresses and those of its regions.
func named(k *loong.Kind, u *weburl.URL) bool {
	if matches(k, k.BaseURL, u) || k.ModelsPathAbsolute && matches(k, k.ModelsPath, u) {
		return true
	}
	if k.Region != nil {
		for _, v := range k.Region.Variants {
			if matches(k, v.BaseURL, u) {
				return true
			}
		}
	}
	return false
}

// regionLabel stands for <region> while a template of the catalog is parsed.
const regionLabel = "loonglint-region"

// matches reports whether u has scheme, host and port of an address of the catalog, in which
// <region> stands for a region of AWS.
func matches(k *loong.Kind, template string, u *weburl.URL) bool {
	region, ok := matchTemplate(k, template, u)
	return ok && (region == "" || loong.IsAWSRegion(region))
}

// regionOf is what is in an address in the place of the region of a kind's models address.
func regionOf(k *loong.Kind, u *weburl.URL) (region string, ok bool) {
	for _, template := range []string{k.BaseURL, k.ModelsPath} {
		if region, ok = matchTemplate(k, template, u); ok && region != "" {
			return region, true
		}
	}
	return "", false
}

// matchTemplate compares an address with one of the catalog, and finds what stands for <region>.
func matchTemplate(k *loong.Kind, template string, u *weburl.URL) (region string, ok bool) {
	if len(k.RegionEnvNames) > 0 {
		for _, hole := range k.Placeholders {
			template = strings.ReplaceAll(template, hole, regionLabel)
		}
	}
	t, ok := weburl.Parse(template)
	if !ok || t.EffectivePort() != u.EffectivePort() {
		return "", false
	}
	if t.Loopback() {
		return "", u.Loopback()
	}
	if t.Scheme != u.Scheme {
		return "", false
	}
	before, after, regional := strings.Cut(t.Host, regionLabel)
	if !regional {
		return "", t.Host == u.Host
	}
	rest, ok := strings.CutPrefix(u.Host, before)
	if !ok {
		return "", false
	}
	region, ok = strings.CutSuffix(rest, after)
	return region, ok && region != ""
}

// mayDial is the check of an address at the moment of dialling. loopback tells that the request
// is meant for this machine, which is then where it must go.
func (p *Permissions) mayDial(a netip.Addr, loopback bool) bool {
	switch {
	case forbidden(a):
		return false
	case loopback && embedded(a).IsLoopback(), !loopback && public(a):
		return true
	}
	for _, n := range p.Networks {
		if n.Contains(a.Unmap()) || n.Contains(embedded(a)) {
			return true
		}
	}
	return false
}

// maySend reports whether a variable may be sent for a kind.
func (p *Permissions) maySend(k *loong.Kind, name string) (why string, ok bool) {
	for _, n := range p.Env {
		if n == name {
			return "--allow-env names it", true
		}
	}
	if namesVariable(k, name) {
		return "the catalog names it for this kind", true
	}
	return "", false
}

func namesVariable(k *loong.Kind, name string) bool {
	lists := [][]string{{k.APIKeyEnv, k.OAuthEnv}, k.APIKeyEnvAliases, k.OAuthEnvAliases}
	if k.SigV4 != nil {
		lists = append(lists, k.SigV4.Required, k.SigV4.Optional)
	}
	for _, list := range lists {
		for _, n := range list {
			if n == name && n != "" {
				return true
			}
		}
	}
	return false
}
