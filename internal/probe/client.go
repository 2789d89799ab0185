package probe

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/netip"
	"os"
	"strconv"
	"strings"
	"time"
)

// answer is what came back, as far as it is needed.
type answer struct {
	status     int
	retryAfter string
	body       []byte // unpacked
	fault      Reason // why the body could not be read: BadBody, TooLarge, or none
}

// failure is why no answer came. Its texts are our own: errors of the system may quote anything.
type failure struct {
	reason Reason
	cause  Cause
	text   string
	help   string
	reset  bool // closed or reset before a whole head came
}

func sendFailure(cause Cause, text string) *failure {
	return &failure{reason: SendFailed, cause: cause, text: text}
}

// client sends requests. It holds nothing between them: no connection, no cookie.
type client struct {
	permissions *Permissions
	limits      Limits
}

// dialTime bounds one attempt to connect; a host may have several addresses.
const dialTime = 5 * time.Second

// send sends a request once. There are no redirects.
func (c *client) send(ctx context.Context, r *request) (*answer, *failure) {
	ctx, cancel := context.WithTimeout(ctx, min(r.timeout, c.limits.Time))
	defer cancel()
	conn, f := c.connect(ctx, r)
	if f != nil {
		return nil, f
	}
	defer conn.Close()
	defer follow(ctx, conn)()
	_, wrote := conn.Write(r.head())
	in := bufio.NewReader(conn)
	h, err := readHead(in, c.limits.Head)
	if err != nil {
		if wrote != nil && errors.Is(err, errMalformed) {
			err = wrote
		}
		return nil, headFailure(ctx, err)
	}
	a := &answer{status: h.status, retryAfter: h.get("retry-after")}
	if redirects(h) {
		return a, nil // Loong goes on without the body
	}
	a.body, a.fault = readBody(in, h, c.limits.Body)
	if a.fault == "" {
		a.body, a.fault = unpack(a.body, h.get("content-encoding"), c.limits.Body)
	}
	return a, nil
}

// redirects reports whether Loong might follow an answer elsewhere (behaviour.md 7.5).
func redirects(h *head) bool {
	switch h.status {
	case 301, 302, 303, 307, 308:
		return h.get("location") != ""
	}
	return false
}

// follow makes a connection end with its context; the function it returns stops that.
func follow(ctx context.Context, conn net.Conn) func() {
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	return func() { stop() }
}

func headFailure(ctx context.Context, err error) *failure {
	switch {
	case timedOut(ctx, err):
		return sendFailure(ByTimeout, "no answer in time")
	case errors.Is(err, errMalformed):
		return sendFailure(ByNothing, "what answers does not speak HTTP/1.1")
	}
	f := sendFailure(ByNothing, "the connection was closed before an answer came")
	f.reset = true
	return f
}

func timedOut(ctx context.Context, err error) bool {
	return ctx.Err() != nil || errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, context.DeadlineExceeded)
}

// connect opens the way to the service: TCP, through a proxy if there is one, and TLS.
func (c *client) connect(ctx context.Context, r *request) (net.Conn, *failure) {
	u := &r.url
	if r.proxy != nil {
		return c.throughProxy(ctx, r)
	}
	conn, f := c.dial(ctx, u.Host, u.EffectivePort(), func(a netip.Addr) bool { return c.permissions.mayDial(a, r.loopback) })
	if f != nil || u.Scheme != "https" {
		return conn, f
	}
	return c.secure(ctx, conn, u.Host)
}

// throughProxy opens the way through a proxy, which is the environment's and not checked.
func (c *client) throughProxy(ctx context.Context, r *request) (net.Conn, *failure) {
	p := r.proxy
	if p.socks {
		return nil, sendFailure(ByConnect, p.name+" names a SOCKS proxy, which Loong cannot use")
	}
	conn, f := c.dial(ctx, p.url.Host, p.url.EffectivePort(), func(netip.Addr) bool { return true })
	if f != nil {
		f.text = "the proxy of " + p.name + ": " + f.text
		return nil, f
	}
	if p.url.Scheme == "https" {
		if conn, f = c.secure(ctx, conn, p.url.Host); f != nil {
			f.text = "the proxy of " + p.name + ": " + f.text
			return nil, f
		}
	}
	if r.url.Scheme != "https" {
		return conn, nil
	}
	if f = c.tunnel(ctx, conn, r); f != nil {
		conn.Close()
		return nil, f
	}
	return c.secure(ctx, conn, r.url.Host)
}

// tunnel asks a proxy to pass the connection on.
func (c *client) tunnel(ctx context.Context, conn net.Conn, r *request) *failure {
	defer follow(ctx, conn)()
	target := net.JoinHostPort(strings.Trim(r.url.Host, "[]"), strconv.Itoa(r.url.EffectivePort()))
	_, _ = conn.Write(r.proxy.connect(target))
	h, err := readHead(bufio.NewReaderSize(conn, 1), c.limits.Head) // a byte at a time: what follows belongs to TLS
	switch {
	case err != nil && timedOut(ctx, err):
		return sendFailure(ByTimeout, "the proxy of "+r.proxy.name+" did not answer in time")
	case err != nil || h.status < 200 || h.status > 299:
		return sendFailure(ByConnect, "the proxy of "+r.proxy.name+" opened no tunnel")
	}
	return nil
}

// secure speaks TLS with the host.
func (c *client) secure(ctx context.Context, conn net.Conn, host string) (net.Conn, *failure) {
	defer follow(ctx, conn)()
	s := tls.Client(conn, &tls.Config{
		ServerName: strings.TrimSuffix(strings.Trim(host, "[]"), "."), RootCAs: c.permissions.Roots,
		MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"},
	})
	err := s.HandshakeContext(ctx)
	if err == nil {
		return s, nil
	}
	conn.Close()
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.As(err, &certificate):
		return nil, sendFailure(ByConnect, "the certificate is not trusted, or not of this host")
	case timedOut(ctx, err):
		return nil, sendFailure(ByTimeout, "no TLS handshake in time")
	}
	return nil, sendFailure(ByConnect, "the TLS handshake failed")
}

// dial looks a host up and connects to the first of its addresses that passes the check and
// answers. What was checked is what is dialed.
func (c *client) dial(ctx context.Context, host string, port int, may func(netip.Addr) bool) (net.Conn, *failure) {
	all, f := c.lookup(ctx, strings.Trim(host, "[]"))
	if f != nil {
		return nil, f
	}
	f = nil
	for _, a := range all {
		if !may(a) {
			if f == nil {
				f = &failure{reason: AddressNotAllowed, text: notPublic, help: dialHelp(a.Unmap().String())}
			}
			continue
		}
		conn, err := c.open(ctx, netip.AddrPortFrom(a, uint16(port)))
		if err == nil {
			return conn, nil
		}
		if timedOut(ctx, err) && ctx.Err() != nil {
			return nil, sendFailure(ByTimeout, "no connection in time")
		}
		f = sendFailure(ByConnect, "the connection was refused, or the host cannot be reached")
	}
	return nil, f
}

func (c *client) lookup(ctx context.Context, host string) ([]netip.Addr, *failure) {
	if a, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{a}, nil
	}
	var r Resolver = net.DefaultResolver
	if c.permissions.Resolver != nil {
		r = c.permissions.Resolver
	}
	all, err := r.LookupNetIP(ctx, "ip", host)
	switch {
	case err != nil && ctx.Err() != nil:
		return nil, sendFailure(ByTimeout, "no answer to the name lookup in time")
	case err != nil || len(all) == 0:
		return nil, sendFailure(ByDNS, "the name of the host is not known")
	}
	return all[:min(len(all), 8)], nil
}

func (c *client) open(ctx context.Context, to netip.AddrPort) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, dialTime)
	defer cancel()
	if c.permissions.Dial != nil {
		return c.permissions.Dial(ctx, to)
	}
	var d net.Dialer
	return d.DialContext(ctx, "tcp", to.String())
}
