package probe

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
)

// internet is a network of its own: every name has an address, and behind every address stands the
// same handler, with TLS on all ports but those of this machine.
type internet struct {
	secure, plain *httptest.Server
	roots         *x509.CertPool

	mu      sync.Mutex
	dialed  []netip.AddrPort
	lookups []string
}

// somewhere is the public address that every name of the internet has.
var somewhere = netip.AddrFrom4([4]byte{93, 184, 216, 34})

func newInternet(t testing.TB, h http.Handler) *internet {
	t.Helper()
	n := &internet{secure: httptest.NewUnstartedServer(h), plain: httptest.NewServer(h), roots: x509.NewCertPool()}
	n.secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	n.secure.TLS = &tls.Config{GetCertificate: n.authority(t)}
	n.secure.StartTLS()
	t.Cleanup(func() {
		n.secure.CloseClientConnections()
		n.secure.Close()
		n.plain.CloseClientConnections()
		n.plain.Close()
	})
	return n
}

// authority makes certificates for the names that are asked for.
func (n *internet) authority(t testing.TB) func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	ca := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	raw, err := x509.CreateCertificate(rand.Reader, ca, ca, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	root, _ := x509.ParseCertificate(raw)
	n.roots.AddCert(root)
	return func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
		leaf := &x509.Certificate{SerialNumber: big.NewInt(2), DNSNames: []string{hello.ServerName}, NotAfter: time.Now().Add(time.Hour)}
		if hello.ServerName == "" {
			leaf.DNSNames, leaf.IPAddresses = nil, []net.IP{net.IPv4(93, 184, 216, 34)}
		}
		raw, err := x509.CreateCertificate(rand.Reader, leaf, root, &key.PublicKey, key)
		return &tls.Certificate{Certificate: [][]byte{raw}, PrivateKey: key}, err
	}
}

func (n *internet) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.lookups = append(n.lookups, host)
	if host == "localhost" {
		return []netip.Addr{loopback4}, nil
	}
	return []netip.Addr{somewhere}, nil
}

func (n *internet) dial(ctx context.Context, to netip.AddrPort) (net.Conn, error) {
	n.mu.Lock()
	n.dialed = append(n.dialed, to)
	n.mu.Unlock()
	server := n.secure
	if to.Addr().IsLoopback() || to.Port() == 80 {
		server = n.plain
	}
	var d net.Dialer
	return d.DialContext(ctx, "tcp", server.Listener.Addr().String())
}

func (n *internet) permissions() *Permissions {
	return &Permissions{Roots: n.roots, Resolver: n, Dial: n.dial}
}

// jobsOf reads a config in an environment.
func jobsOf(t testing.TB, toml string, env map[string]string) []*Job {
	t.Helper()
	c := loong.Read(document.Parse("loong.toml", []byte(toml)), loong.Given(env))
	if c.Verdict != loong.Loads {
		t.Fatalf("the config is %s:\n%s", c.Verdict, toml)
	}
	return Jobs("loong.toml", c)
}

// runAll runs without pauses between tries.
func runAll(t testing.TB, p *Permissions, toml string, env map[string]string) []*Result {
	t.Helper()
	r := newRunner(p)
	r.wait = func(ctx context.Context, _ time.Duration) bool { return ctx.Err() == nil }
	return r.run(context.Background(), jobsOf(t, toml, env), nil)
}

// run1 is runAll for one profile.
func run1(t testing.TB, p *Permissions, toml string, env map[string]string) *Result {
	t.Helper()
	all := runAll(t, p, toml, env)
	if len(all) != 1 {
		t.Fatalf("%d results", len(all))
	}
	return all[0]
}

// seen keeps requests.
type seen struct {
	mu  sync.Mutex
	all []*http.Request
}

func (s *seen) add(r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all = append(s.all, r.Clone(context.Background()))
}

func (s *seen) list() []*http.Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.all)
}
