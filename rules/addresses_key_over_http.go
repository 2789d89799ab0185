package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var keyOverHTTP = lint.Rule{
	Name:    "key-over-http",
	Group:   lint.GroupAddresses,
	Summary: "a credential that is sent over http to another machine",
	Doc: `With http:// the key, the prompts and the answers cross the network in clear text. Loong does not ask. Write
https://, or reach the service through a tunnel that ends on this machine.

The same holds for the addresses of channels that are on: http:// and ws://, and smtp:// without ?tls=required, since a mail server
without TLS then gets user name and password as they are. smtps:// and a bare host use TLS.

Silent for addresses of this machine and for 0.0.0.0, and for profiles that have no credential, or only a word such as not-needed for a service
that wants none.`,
	Level:   lint.Error,
	Levels:  "warning for private addresses and for names without a dot or below .local, .lan, .internal and .home.arpa, and where only messages are sent; info for smtp with ?tls=opportunistic",
	Since:   "0.1.0",
	Covers:  []string{"U10", "X115", "X116", "X117", "X118"},
	Address: true,
	Bad: `[providers.main]
kind = "openai"
base_url = "http://llm.example.com"
api_key = { env = "OPENAI_API_KEY" }
`,
	Good: `[providers.main]
kind = "openai"
base_url = "https://llm.example.com"
api_key = { env = "OPENAI_API_KEY" }
`,
	Writes:  []schema.Key{schema.KeyBaseURL, schema.KeyEndpoint, schema.KeyModelsEndpoint},
	Profile: runKeyOverHTTP,
	Run:     channelsInClearText,
}

func runKeyOverHTTP(p *lint.Pass, pr *loong.Profile) {
	for _, key := range addressKeys {
		text, n := profileText(pr, key)
		if n == nil || strings.HasPrefix(text, "https://") || !isUsed(pr, key) {
			continue
		}
		u := pr.ReadURL(text)
		if u == nil || !u.HasHost || u.Scheme != "http" || u.Loopback() || u.Unspecified() || !sendsCredential(pr) && !u.HasUser {
			continue
		}
		f := p.Report(n.Value(), "%s is http, so the key of profile %q is sent in clear text", key, pr.ID).WithNode(n).
			WithNote("everybody on the way can read the key, the prompts and the answers").WithHelp("write https://")
		if u.Private() || isInsideName(u.Host) {
			f.WithSeverity(lint.Warning)
		}
		if rest, ok := cutHTTP(n.Text()); ok && u.Port < 0 {
			f.WithFix(lint.Unsafe, "write https://", document.Edit{Span: n.Value(), Text: replaceText(p.Document, n, "https://"+rest).Text})
		}
	}
}

func cutHTTP(text string) (rest string, ok bool) {
	const scheme = "http://"
	if len(text) < len(scheme) || !strings.EqualFold(text[:len(scheme)], scheme) {
		return "", false
	}
	return text[len(scheme):], true
}

// isUsed reports whether any request uses an address key of a profile.
func isUsed(pr *loong.Profile, key schema.Key) bool {
	switch key {
	case schema.KeyEndpoint:
		return pr.EndpointOverrides && !pr.RoutesByModel()
	case schema.KeyModelsEndpoint:
		return pr.ModelsEndpointOverrides
	}
	_, n := ownBase(pr)
	return n != nil && (chatUsesBase(pr) || modelsUseBase(pr))
}

// sendsCredential reports whether a request that is sent at all carries a credential: one is
// there, or may be and is required or written in the file. A word for a service that wants no key is none.
func sendsCredential(pr *loong.Profile) bool {
	c := &pr.Credential
	if key := c.APIKey; key.Kind == loong.Literal && isDummyKey(key.Text) && c.OAuth.Kind == loong.Absent && takesAnyKey(pr) {
		return pr.HeaderCounts()
	}
	if c.Resolved == loong.Yes || pr.HeaderCounts() {
		return true
	}
	written := c.APIKey.Kind != loong.Absent || c.OAuth.Kind != loong.Absent && pr.Kind.Bearer()
	return c.Resolved == loong.Maybe && (c.Required || written)
}

// isInsideName reports whether a host is one that only a local network knows.
func isInsideName(host string) bool {
	host = strings.TrimSuffix(host, ".")
	if !strings.Contains(host, ".") && !strings.HasPrefix(host, "[") {
		return true
	}
	for _, end := range [...]string{".local", ".lan", ".internal", ".home.arpa"} {
		if strings.HasSuffix(host, end) {
			return true
		}
	}
	return false
}
