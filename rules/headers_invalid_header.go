package rules

import (
	"strings"
	"unicode"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var invalidHeader = lint.Rule{
	Name:    "invalid-header",
	Group:   lint.GroupHeaders,
	Summary: "a header that cannot be sent, or that another spelling of its name replaces",
	Doc: `The file loads with any header, and then every request fails when a name is blank or has signs that no header name may
have (blanks, colons, letters outside of ASCII), or when a value has a control character other than the tab. Values outside of ASCII
are fine, except where a request to bedrock is signed.

Names are the same whatever their case: of two spellings Loong sends the one that comes later in byte order,
where all capitals stand before all small letters.`,
	Level:  lint.Error,
	Levels: "warning for two spellings of one name",
	Since:  "0.1.0",
	Covers: []string{"HD2", "HD3"},
	Bad: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
headers = { "x title" = "our bot" }
`,
	Good: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
headers = { x-title = "our bot" }
`,
	Writes: []schema.Key{schema.KeyHeaders},
	Table: func(p *lint.Pass, table schema.Value, pr *loong.Profile) {
		list := headersOf(p, table)
		signed := pr != nil && isSigned(p, pr, list)
		for i := range list {
			checkHeader(p, &list[i], signed)
		}
		for _, i := range p.IgnoredInTable(table) {
			if i.Entry == "HD3" {
				p.Report(i.Node.Key(), "header %s is not sent: %s is the same name", i.Node.Name(), i.By.Name()).WithNode(i.Node).WithIgnored(i.Node).
					WithSeverity(lint.Warning).WithNote("of two spellings the one later in byte order counts, where capitals come first").
					WithRelated(i.By.Key(), "this one is sent").WithHelp("delete one of them")
			}
		}
	},
}

// checkHeader reports a header that no request can hold.
func checkHeader(p *lint.Pass, h *header, signed bool) {
	n := h.node
	switch {
	case strings.TrimSpace(n.Name()) == "":
		p.Report(n.Key(), "a header has no name").WithNode(n).WithNote("every request fails").WithHelp("give it a name, or delete it")
	case !isHeaderName(n.Name()):
		p.Report(n.Key(), "%s is not a valid header name", quoted(n.Name())).WithNode(n).WithNote("every request fails").
			WithHelp("write a name of ASCII letters, digits and dashes")
	case hasControl(h.text):
		p.Report(spanOf(n), "header %s holds a control character", n.Name()).WithNode(n).WithNote("every request fails").
			WithHelp("write the value as one line without it")
	case signed && strings.ContainsFunc(h.text, func(r rune) bool { return r > unicode.MaxASCII }):
		p.Report(spanOf(n), "header %s holds text outside of ASCII, which cannot be signed", n.Name()).WithNode(n).
			WithNote("requests are signed with all headers, so every request fails").WithHelp("write it in ASCII, or use a bearer token")
	}
}

// isSigned reports whether the requests of a profile are signed and nothing else authenticates
// them (behaviour.md 4.8).
func isSigned(p *lint.Pass, pr *loong.Profile, list []header) bool {
	for _, name := range loong.CredentialHeaders {
		if headerNamed(list, name) != nil {
			return false
		}
	}
	return pr.CanSign(p.Environment) == loong.Yes && pr.HasKey(p.Environment) == loong.No && pr.HasToken(p.Environment) == loong.No
}

// isHeaderName reports whether a text consists of the characters of HTTP tokens (behaviour.md 6).
func isHeaderName(s string) bool {
	for i := range len(s) {
		c := s[i]
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		if !letter && (c < '0' || c > '9') && strings.IndexByte("!#$%&'*+-.^_`|~", c) < 0 {
			return false
		}
	}
	return s != ""
}
