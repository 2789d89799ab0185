package probe

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"
)

// awsKeys are the keys that sign.
type awsKeys struct{ id, secret, session string }

// signer signs requests with AWS Signature Version 4 (behaviour.md 4.8).
type signer struct {
	keys            awsKeys
	region, service string
}

// emptyHash is the SHA-256 of no body.
const emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

// sign adds the date, the signature and the session token. It signs host and every header that is
// there, and fails where a value is not ASCII.
func (s *signer) sign(r *request, now time.Time) bool {
	signed := map[string]string{"host": r.url.HostPort()}
	for _, h := range r.headers {
		if strings.ContainsFunc(h.value, func(c rune) bool { return c >= 0x80 }) {
			return false
		}
		signed[h.name] = h.value
	}
	delete(signed, "user-agent") // it and the next may change on the way
	delete(signed, "x-amzn-trace-id")
	date := now.UTC().Format("20060102T150405Z")
	signed["x-amz-date"] = date
	if s.keys.session != "" {
		signed["x-amz-security-token"] = s.keys.session
	}
	added := []header{{"x-amz-date", date}, {"authorization", s.authorization(r, signed, date)}, {"x-amz-security-token", s.keys.session}}
	for _, h := range added {
		switch {
		case h.value == "":
		case !isHeaderValue(h.value):
			return false
		default:
			r.add(h.name, h.value)
		}
	}
	return true
}

// authorization is the value of the header that carries the signature of a request with these headers.
// The steps are those of https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html.
func (s *signer) authorization(r *request, headers map[string]string, date string) string {
	const algorithm = "AWS4-HMAC-SHA256"
	names := slices.Sorted(maps.Keys(headers))
	lines := []string{r.method, signedText(r.url.Path, "/"), signedQuery(r.url.Query)} // the path is encoded a second time
	for _, name := range names {
		lines = append(lines, name+":"+signedValue(headers[name]))
	}
	lines = append(lines, "", strings.Join(names, ";"), emptyHash)
	request := sha256.Sum256([]byte(strings.Join(lines, "\n")))

	key, scope := []byte("AWS4"+s.keys.secret), []string{date[:len("20060102")], s.region, s.service, "aws4_request"}
	for _, part := range scope {
		key = authenticate(key, part)
	}
	text := []string{algorithm, date, strings.Join(scope, "/"), hex.EncodeToString(request[:])}
	return fmt.Sprintf("%s Credential=%s/%s, SignedHeaders=%s, Signature=%x", algorithm, s.keys.id, strings.Join(scope, "/"), strings.Join(names, ";"),
		authenticate(key, strings.Join(text, "\n")))
}

// authenticate is the HMAC-SHA-256 of a text.
func authenticate(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}

// signedQuery is a query as it is signed: sorted by names, then by values. What cannot be decoded is left out.
func signedQuery(query string) string {
	var parameters [][]string
	values, _ := url.ParseQuery(query)
	for name, list := range values {
		for _, value := range list {
			parameters = append(parameters, []string{signedText(name, ""), signedText(value, "")})
		}
	}
	slices.SortFunc(parameters, slices.Compare[[]string])
	var list []string
	for _, p := range parameters {
		list = append(list, strings.Join(p, "="))
	}
	return strings.Join(list, "&")
}

// signedText is a part of an address as it is signed: percent-encoded except for letters, digits, -._~ and the bytes of keep.
func signedText(text, keep string) string {
	var b strings.Builder
	for i := range len(text) {
		c := text[i]
		if '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' || strings.IndexByte("-._~"+keep, c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// signedValue is a value of a header as it is signed: without blanks around it, and with one where there are several in a row.
func signedValue(value string) string {
	return strings.Join(strings.FieldsFunc(strings.TrimSpace(value), func(c rune) bool { return c == ' ' }), " ")
}
