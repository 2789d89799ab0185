package probe

import (
	"encoding/base64"
	"strings"

	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/weburl"
)

// proxy is a proxy of the environment.
type proxy struct {
	name          string // the variable
	url           weburl.URL
	socks         bool   // Loong takes it and cannot use it
	authorization string // what its user info becomes
}

// proxyFor is the proxy of an address (behaviour.md 7.6), or nil.
func proxyFor(env *loong.Environment, u *weburl.URL) *proxy {
	found := env.ProxyFor(u)
	if found.Name == "" {
		return nil
	}
	value, _ := env.Var(found.Name)
	if value = strings.TrimSpace(value); !strings.Contains(value, "://") {
		value = "http://" + value
	}
	at, _ := weburl.Parse(value)
	p := &proxy{name: found.Name, url: at, socks: found.SOCKS()}
	if at.HasUser {
		pair := weburl.PercentDecode(at.Username) + ":" + weburl.PercentDecode(at.Password)
		p.authorization = "Basic " + base64.StdEncoding.EncodeToString([]byte(pair))
	}
	return p
}

// connect is the head that asks the proxy for a tunnel.
func (p *proxy) connect(target string) []byte {
	head := "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n"
	if p.authorization != "" {
		head += "Proxy-Authorization: " + p.authorization + "\r\n"
	}
	return []byte(head + "\r\n")
}
