package probe

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/weburl"
	"github.com/loonglint/loonglint/schema"
)

// header is a header as it is sent; names are in lower case.
type header struct{ name, value string }

// request is a request before or after it got an identity.
type request struct {
	method   string
	url      weburl.URL
	headers  []header
	own      int // headers that are Loong's own, not configured ones
	loopback bool
	timeout  time.Duration
	proxy    *proxy
	exactly  string // what makes it the same as another one
}

func (r *request) get(name string) (string, bool) {
	for _, h := range r.headers {
		if h.name == name {
			return h.value, true
		}
	}
	return "", false
}

func (r *request) has(name string) bool { _, ok := r.get(name); return ok }

func (r *request) add(name, value string) { r.headers = append(r.headers, header{name, value}) }

// configured puts the first three sorts of headers together (behaviour.md 7.1).
func configured(p *loong.Profile) ([]header, int, *refusal) {
	r := request{}
	for _, e := range headerEntries(p) {
		value, _ := e.Value.Text()
		name := ascii.Lower(e.Name)
		switch {
		case !isToken(name):
			return nil, 0, &refusal{HeaderName, "a configured header has a name that cannot be sent", "names are letters, digits and !#$%&'*+-.^_`|~"}
		case !isHeaderValue(value):
			return nil, 0, &refusal{HeaderValue, "a configured header has a value that cannot be sent", "take control characters out of it"}
		case isFraming(name):
			continue
		}
		if i := slices.IndexFunc(r.headers, func(h header) bool { return h.name == name }); i >= 0 {
			r.headers[i].value = value
			continue
		}
		r.add(name, value)
	}
	configured := len(r.headers)
	if p.Kind.UserAgent != "" && !r.has("user-agent") {
		r.add("user-agent", p.Kind.UserAgent)
	}
	for _, h := range p.Kind.Headers {
		if name := ascii.Lower(h.Name); !r.has(name) {
			r.add(name, h.Value)
		}
	}
	return r.headers, len(r.headers) - configured, nil
}

// headerEntries lists the configured headers by their names' bytes, which is how Loong takes them.
func headerEntries(p *loong.Profile) []schema.Entry {
	entries := slices.Clone(p.Table.Field("headers").Entries())
	slices.SortFunc(entries, func(a, b schema.Entry) int { return strings.Compare(a.Name, b.Name) })
	return entries
}

// isFraming reports whether a header says where a message ends, or what becomes of the connection or
// of a proxy (RFC 9110, 7.6.1 and 10.1.1). The probe says such things itself; a config cannot.
func isFraming(name string) bool {
	switch name {
	case "transfer-encoding", "content-length", "connection", "upgrade", "expect", "te", "trailer", "trailers", "keep-alive", "http2-settings", "alt-used", "max-forwards":
		return true
	}
	return strings.HasPrefix(name, "proxy-")
}

// isToken reports whether a name may be before a colon in a head (RFC 9110, token).
func isToken(s string) bool {
	for i := range len(s) {
		c := s[i]
		if (c|0x20 < 'a' || 'z' < c|0x20) && (c < '0' || '9' < c) && strings.IndexByte("!#$%&'*+-.^_`|~", c) < 0 {
			return false
		}
	}
	return s != ""
}

// isHeaderValue is behaviour.md 6, check 7.
func isHeaderValue(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' && c != '\t' || c == 0x7f {
			return false
		}
	}
	return true
}

// with gives the request an identity (behaviour.md 7.1, 4 and 5).
func (r *request) with(kind *loong.Kind, id identity, s *signer, now time.Time) (*request, Reason) {
	q := *r
	q.headers = slices.Clone(r.headers)
	name, value := "authorization", "Bearer "+id.secret
	if !kind.Bearer() {
		name, value = ascii.Lower(kind.AuthHeader), id.secret
	}
	signs := s != nil && id.secret == "" && !r.has("authorization") && !r.has("x-api-key")
	q.exactly = r.same(id, signs)
	switch {
	case signs:
		if !s.sign(&q, now) {
			return nil, BadSignature
		}
	case id.secret == "" || r.has(name):
	case !isHeaderValue(value):
		return nil, BadIdentity
	default:
		q.add(name, value)
	}
	q.finish()
	return &q, ""
}

// finish adds what the HTTP library adds.
func (r *request) finish() {
	if u := &r.url; u.HasUser && !r.has("authorization") {
		pair := weburl.PercentDecode(u.Username) + ":" + weburl.PercentDecode(u.Password)
		r.headers = slices.Insert(r.headers, 0, header{"authorization", "Basic " + base64.StdEncoding.EncodeToString([]byte(pair))})
	}
	through := ""
	if r.proxy != nil && r.url.Scheme == "http" {
		through = r.proxy.authorization
	}
	for _, h := range []header{{"accept", "*/*"}, {"proxy-authorization", through}, {"accept-encoding", "gzip,deflate"}, {"host", r.url.HostPort()}} {
		if !r.has(h.name) && h.value != "" {
			r.add(h.name, h.value)
		}
	}
}

// same tells requests apart that are not the same, before they are signed.
func (r *request) same(id identity, signs bool) string {
	var b strings.Builder
	part := func(s string) { b.WriteString(strconv.Quote(s)) }
	part(r.url.String())
	part(r.url.Username)
	part(r.url.Password)
	for _, h := range r.headers {
		part(h.name)
		part(h.value)
	}
	part(id.secret)
	b.WriteString(strconv.FormatBool(signs) + strconv.FormatBool(r.loopback) + r.timeout.String())
	if r.proxy != nil {
		part(r.proxy.name)
	}
	return b.String()
}

// head is the request as it goes over the wire.
func (r *request) head() []byte {
	target := r.url.Target()
	if r.proxy != nil && r.url.Scheme == "http" {
		target = "http://" + r.url.HostPort() + target
	}
	var b strings.Builder
	b.WriteString(r.method + " " + target + " HTTP/1.1\r\n")
	for _, h := range r.headers {
		b.WriteString(h.name + ": " + h.value + "\r\n")
	}
	b.WriteString("\r\n")
	return []byte(b.String())
}

// carried lists what the tries of a decision authenticate with. A configured header of the kind's
// scheme, even an empty one, keeps every secret back.
func (d *decision) carried() []Credential {
	kind := d.job.Profile.Kind
	name := "authorization"
	if !kind.Bearer() {
		name = ascii.Lower(kind.AuthHeader)
	}
	var list []Credential
	for i := range d.tries {
		c := &d.tries[i].from
		_, hasKey := d.base.get("x-api-key")
		_, hasAuthorization := d.base.get("authorization")
		switch {
		case d.base.has(name), c.From == FromSignature && (hasKey || hasAuthorization):
			if hasKey && !hasAuthorization {
				name = "x-api-key"
			}
			*c = Credential{From: FromHeader, Name: name, Why: "it is in the file", Known: true}
		case c.From == FromNowhere && d.base.url.HasUser:
			*c = Credential{From: FromAddress, Name: "base_url", Why: "it is in the file", Known: true}
		case c.From == FromNowhere && hasKey:
			*c = Credential{From: FromHeader, Name: "x-api-key", Why: "it is in the file", Known: true}
		case c.From == FromNowhere && hasAuthorization:
			*c = Credential{From: FromHeader, Name: "authorization", Why: "it is in the file", Known: true}
		}
		c.Header = name
		list = append(list, *c)
	}
	return list
}
