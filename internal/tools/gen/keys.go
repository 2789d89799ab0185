package main

import (
	"bytes"
	"fmt"
	"go/token"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
)

// initialisms are the parts of keys that Go writes in capitals.
var initialisms = map[string]string{
	"acp": "ACP", "api": "API", "cli": "CLI", "exa": "Exa", "http": "HTTP", "id": "ID", "ids": "IDs", "imap": "IMAP",
	"irc": "IRC", "mcp": "MCP", "oauth": "OAuth", "smtp": "SMTP", "sqlite": "SQLite", "ttl": "TTL", "url": "URL", "urls": "URLs",
}

// keyName is the Go name of a key: KeyBaseURL for base_url.
func keyName(key string) string {
	var b strings.Builder
	b.WriteString("Key")
	for part := range strings.SplitSeq(key, "_") {
		if word := initialisms[part]; word != "" {
			b.WriteString(word)
		} else {
			b.WriteString(strings.ToUpper(part[:1]) + part[1:])
		}
	}
	return b.String()
}

// schemaKeys makes schema/keys_gen.go: a number for the name of each field.
func schemaKeys(f *facts) ([]byte, error) {
	s, err := loadSurface(f)
	if err != nil {
		return nil, err
	}
	var keys []string
	for _, t := range s.Types {
		for _, f := range t.allFields() {
			keys = append(keys, f.Name)
		}
	}
	slices.Sort(keys)
	keys = slices.Compact(keys)
	var b bytes.Buffer
	b.WriteString("// The keys that tables have, by name; the upper half of each is its document.NameHash.\nconst (\n")
	for i, k := range keys {
		name := keyName(k)
		if !token.IsIdentifier(name) {
			return nil, fmt.Errorf("the key %q has no Go name", k)
		}
		fmt.Fprintf(&b, "%s Key = %#08x // %s\n", name, document.NameHash(k)<<16|uint32(i+1), k) //nolint:gosec // a few hundred
	}
	b.WriteString(")\n\nvar keyNames = [...]string{\n\"\",\n")
	for _, k := range keys {
		fmt.Fprintf(&b, "%q,\n", k)
	}
	b.WriteString("}\n")
	return goSource("schema", b.Bytes())
}
