package probe

import (
	"strings"
	"time"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/weburl"
)

// exchangeRequest asks for a short-lived token in return for an OAuth token (behaviour.md 4.7). It
// is nil when the token cannot be sent.
func exchangeRequest(kind *loong.Kind, token string) *request {
	x := kind.TokenExchange
	u, _ := weburl.Parse(x.URL)
	r := &request{method: x.Method, url: u, timeout: time.Duration(x.TotalSeconds) * time.Second}
	r.add("authorization", x.AuthorizationPrefix+token)
	r.add("accept", x.Accept)
	if kind.UserAgent != "" {
		r.add("user-agent", kind.UserAgent)
	}
	for _, h := range kind.Headers {
		if name := ascii.Lower(h.Name); !r.has(name) {
			r.add(name, h.Value)
		}
	}
	r.exactly = r.same(identity{}, false)
	r.finish()
	return r
}

// exchanged reads the answer to an exchange.
func exchanged(kind *loong.Kind, a *answer) (token string, r Reason) {
	switch {
	case a.status == 401 || a.status == 403:
		return "", TokenRejected
	case a.status < 200 || a.status > 299:
		return "", TokenStatus
	case a.fault != "":
		return "", TokenDecode
	}
	token, _ = parse(a.body).get(kind.TokenExchange.Fields[0]).text()
	if strings.TrimSpace(token) == "" || !isHeaderValue(token) {
		return "", TokenDecode
	}
	return token, ""
}
