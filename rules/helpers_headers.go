package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/secret"
	"github.com/loonglint/loonglint/schema"
)

// header is an entry of headers; its text must never be printed.
type header struct {
	name string // in lower case
	text string
	node *document.Node
}

// headersOf lists the headers of a provider table in file order. The list must not be changed.
func headersOf(p *lint.Pass, table schema.Value) []header {
	if !table.MayHave(schema.KeyHeaders) {
		return nil
	}
	return lint.Once(p, table.Node, func() []header { return listHeaders(table.At(schema.KeyHeaders)) })
}

func listHeaders(headers schema.Value) []header {
	list := make([]header, 0, headers.Len())
	for i := range headers.Len() {
		e := headers.EntryAt(i)
		if text, ok := e.Value.Text(); ok {
			list = append(list, header{ascii.Lower(e.Name), text, e.Value.Node})
		}
	}
	return list
}

// headerNamed is the header that is sent under a name: of several spellings the last in byte
// order (behaviour.md 7.1); nil when there is none.
func headerNamed(list []header, name string) *header {
	var found *header
	for i := range list {
		if h := &list[i]; h.name == name && (found == nil || h.node.Name() > found.node.Name()) {
			found = h
		}
	}
	return found
}

// filledHeader is headerNamed, but nil for one that is blank.
func filledHeader(list []header, name string) *header {
	h := headerNamed(list, name)
	if h == nil || strings.TrimSpace(h.text) == "" {
		return nil
	}
	return h
}

// droppedHeaders are those that Loong's HTTP library leaves out when it follows a redirect (behaviour.md 7.5).
var droppedHeaders = [...]string{"authorization", "cookie", "proxy-authorization"}

// carriesSecret reports whether a header holds a secret, by its name or by its value.
func carriesSecret(h *header) bool {
	text := strings.TrimSpace(h.text)
	if text == "" || holdsReference(text) {
		return false
	}
	return secret.Header(h.name, text)
}

// authHeader is the header in which a kind sends its credential.
func authHeader(pr *loong.Profile) string { return ascii.Lower(pr.Kind.AuthHeader) }

// holdsReference reports whether a text holds ${NAME}, $NAME or %NAME%, or begins with env:
// (behaviour.md 9, HD1). Percent-encoded bytes are none.
func holdsReference(s string) bool {
	if t := strings.TrimSpace(s); len(t) > 4 && strings.EqualFold(t[:4], "env:") {
		return true
	}
	for i := range len(s) {
		switch s[i] {
		case '$':
			rest := s[i+1:]
			if inner, ok := strings.CutPrefix(rest, "{"); ok {
				if name, _, closed := strings.Cut(inner, "}"); closed && schema.PortableName(strings.TrimSpace(name)) {
					return true
				}
			} else if nameAt(rest) > 0 {
				return true
			}
		case '%':
			n := nameAt(s[i+1:])
			end := i + 1 + n
			if n > 0 && end < len(s) && s[end] == '%' && !(isHexPair(s[i+1:]) && (n == 2 || isHexPair(s[end+1:]))) {
				return true
			}
		}
	}
	return false
}

// nameAt is the length of the variable name that a text begins with.
func nameAt(s string) int {
	n := 0
	for n < len(s) && (schema.PortableName(s[n:n+1]) || n > 0 && '0' <= s[n] && s[n] <= '9') {
		n++
	}
	return n
}

func isHexPair(s string) bool {
	const hex = "0123456789abcdefABCDEF"
	return len(s) >= 2 && strings.IndexByte(hex, s[0]) >= 0 && strings.IndexByte(hex, s[1]) >= 0
}

// isFieldOfProvider reports whether a header has the name of a key of provider tables, so that it
// is in headers by mistake (profile-key-in-headers).
func isFieldOfProvider(name string) bool { return schema.PathOf("provider").Type().Index(name) >= 0 }
