package loong

import (
	"testing"

	"github.com/loonglint/loonglint/internal/weburl"
)

func TestProxyFor(t *testing.T) {
	for _, c := range []struct {
		address string
		vars    map[string]string
		want    string
	}{
		{"http://127.0.0.1:11434/v1", map[string]string{"HTTP_PROXY": "http://p:3128"}, "HTTP_PROXY"},
		{"http://127.0.0.1:11434/v1", map[string]string{"HTTP_PROXY": "http://p:3128", "NO_PROXY": "*"}, "HTTP_PROXY"},
		{"http://127.0.0.1:11434/v1", map[string]string{"HTTP_PROXY": "http://p:3128", "NO_PROXY": "127.0.0.0/8"}, ""},
		{"http://127.0.0.1:11434/v1", map[string]string{"HTTP_PROXY": "http://p:3128", "NO_PROXY": "127.*"}, "HTTP_PROXY"},
		{"http://127.0.0.1:11434/v1", map[string]string{"HTTP_PROXY": "http://p:3128", "NO_PROXY": "a.example,127.0.0.1"}, ""},
		{"http://127.0.0.1:11434/v1", map[string]string{"HTTP_PROXY": "http://p:3128", "NO_PROXY": "127.0.0.2"}, "HTTP_PROXY"},
		{"http://[::1]:11434/v1", map[string]string{"HTTP_PROXY": "http://p:3128", "NO_PROXY": "::1"}, ""},
		{"http://localhost:11434/v1", map[string]string{"HTTP_PROXY": "http://p:3128", "NO_PROXY": "*"}, ""},
		{"http://localhost:11434/v1", map[string]string{"HTTP_PROXY": "http://p:3128", "NO_PROXY": "localhost:11434"}, "HTTP_PROXY"},
		{"http://a.corp.example/v1", map[string]string{"http_proxy": "p:3128", "no_proxy": "x, .CORP.example"}, ""},
		{"http://acorp.example/v1", map[string]string{"http_proxy": "p:3128", "no_proxy": "corp.example"}, "http_proxy"},
		{"http://a.example./v1", map[string]string{"http_proxy": "p:3128", "no_proxy": "b.example"}, "http_proxy"},
		{"https://a.example/v1", map[string]string{"HTTP_PROXY": "p:3128"}, ""},
		{"https://a.example/v1", map[string]string{"HTTPS_PROXY": "", "https_proxy": "p:1", "ALL_PROXY": "socks5://p:2"}, "ALL_PROXY"},
		{"https://a.example/v1", map[string]string{"HTTPS_PROXY": "p:1", "REQUEST_METHOD": ""}, ""},
		{"https://a.example/v1", map[string]string{"HTTPS_PROXY": "p:1", "NO_PROXY": "", "no_proxy": "a.example"}, "HTTPS_PROXY"},
	} {
		u, ok := weburl.Parse(c.address)
		if !ok {
			t.Fatalf("%s is no address", c.address)
		}
		if got := Given(c.vars).ProxyFor(&u).Name; got != c.want {
			t.Errorf("ProxyFor(%s) with %v is %q, want %q", c.address, c.vars, got, c.want)
		}
	}
}

// Of a variable that is declared and not known, nobody knows where it leads; what follows it is not looked at.
func TestUnknownProxies(t *testing.T) {
	u, _ := weburl.Parse("https://a.example/v1")
	for _, c := range []struct {
		declared string
		vars     map[string]string
		want     string
	}{
		{"HTTPS_PROXY", map[string]string{"https_proxy": "p:1", "ALL_PROXY": "p:2"}, ""},
		{"NO_PROXY", map[string]string{"HTTPS_PROXY": "p:1"}, ""},
		{"no_proxy", map[string]string{"HTTPS_PROXY": "p:1", "NO_PROXY": "b.example"}, "HTTPS_PROXY"},
		{"ALL_PROXY", map[string]string{"HTTPS_PROXY": "p:1"}, "HTTPS_PROXY"},
		{"OTHER", map[string]string{"HTTPS_PROXY": "p:1"}, "HTTPS_PROXY"},
	} {
		if got := Declare(c.vars, []string{c.declared}).ProxyFor(&u).Name; got != c.want {
			t.Errorf("%s declared, with %v: %q, want %q", c.declared, c.vars, got, c.want)
		}
	}
}

func TestLocalHosts(t *testing.T) {
	for _, c := range []struct {
		address           string
		loopback, private bool
	}{
		{"http://127.1/", true, false},
		{"http://localhost:80/", true, false},
		{"http://[::1]/", true, false},
		{"http://[::ffff:127.0.0.1]/", true, false},
		{"http://192.168.1.4/", false, true},
		{"http://[fd00::1]/", false, true},
		{"http://169.254.1.1/", false, true},
		{"http://8.8.8.8/", false, false},
		{"http://notlocalhost/", false, false},
	} {
		u, _ := weburl.Parse(c.address)
		if u.Loopback() != c.loopback || u.Private() != c.private {
			t.Errorf("%s: loopback %t, private %t", c.address, u.Loopback(), u.Private())
		}
	}
}
