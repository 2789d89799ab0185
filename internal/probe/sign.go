package probe

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
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
	h := &http.Request{Method: r.method, Host: r.url.HostPort(), Header: http.Header{},
		URL: &url.URL{Scheme: r.url.Scheme, Host: r.url.HostPort(), Opaque: "//" + r.url.HostPort() + r.url.Path, RawQuery: r.url.Query}}
	for _, x := range r.headers {
		for i := range len(x.value) {
			if x.value[i] >= 0x80 {
				return false
			}
		}
		if x.name == "host" {
			h.Host = x.value
			continue
		}
		h.Header.Set(x.name, x.value)
	}
	credentials := aws.Credentials{AccessKeyID: s.keys.id, SecretAccessKey: s.keys.secret, SessionToken: s.keys.session}
	if err := v4.NewSigner().SignHTTP(context.Background(), credentials, h, emptyHash, s.service, s.region, now); err != nil {
		return false
	}
	for _, name := range []string{"x-amz-date", "authorization", "x-amz-security-token"} {
		if value := h.Header.Get(name); value != "" && isHeaderValue(value) {
			r.add(name, value)
		} else if value != "" {
			return false
		}
	}
	return true
}
