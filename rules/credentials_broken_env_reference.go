package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var brokenEnvReference = lint.Rule{
	Name:    "broken-env-reference",
	Group:   lint.GroupCredentials,
	Summary: "a reference to a variable that Loong does not take for one",
	Doc: `In a secret field Loong reads $NAME, ${NAME}, env:NAME and %NAME% as a variable only when the name consists of
letters, digits and underscores and does not begin with a digit. Anything else, such as env:MY-KEY, ${TEAM.KEY} or ${OPEN, is
sent as the key. Write { env = "NAME" }: there dashes and dots are allowed, too.

In headers nothing is a reference: ${NAME} is sent as written. A key belongs in api_key; other headers have to be
written out.`,
	Level:    lint.Error,
	Levels:   "warning outside of the provider tables",
	Since:    "0.1.0",
	Covers:   []string{"K2", "HD1"},
	Silences: []string{"key-in-file", "unreplaced-placeholder", "header-replaces-credential"},
	Bad: `[providers.main]
kind = "openai"
api_key = "${TEAM.KEY}"
`,
	Good: `[providers.main]
kind = "openai"
api_key = { env = "TEAM.KEY" }
`,
	Keys: lint.Secrets,
	Key: func(p *lint.Pass, v, _ schema.Value) {
		if s, ok := secretAt(p, v); ok && s.Form == schema.SecretLiteral && isBrokenReference(s.Text, v.Target()) {
			reportBrokenReference(p, v, s.Text)
		}
	},
	Writes: []schema.Key{schema.KeyHeaders},
	Table: func(p *lint.Pass, table schema.Value, pr *loong.Profile) {
		for _, h := range headersOf(p, table) {
			if !holdsReference(h.text) || p.Counted() {
				continue
			}
			f := p.Report(spanOf(h.node), "header %s is sent as it is written: Loong fills in no variables in headers", h.node.Name()).WithNode(h.node)
			if name := headerReference(h.text); pr != nil && h.name == authHeader(pr) && name != "" {
				f.WithHelp("delete the header and write api_key = { env = %q }", name)
			} else {
				f.WithHelp("write the value itself, or delete the header")
			}
		}
	},
}

// isBrokenReference is the condition of K2.
func isBrokenReference(text string, target schema.Target) bool {
	s := strings.TrimSpace(text)
	switch {
	case strings.HasPrefix(s, "$"), len(s) >= 4 && strings.EqualFold(s[:4], "env:"), len(s) >= 2 && s[0] == '%' && s[len(s)-1] == '%':
		_, ok := schema.EnvReference(s, target)
		return !ok
	}
	return false
}

func reportBrokenReference(p *lint.Pass, v schema.Value, text string) {
	f := p.Report(spanOf(v.Node), "%s looks like a reference to a variable but is not one: Loong sends the text itself as the secret", keyOf(v)).WithNode(v.Node).
		WithNote("Loong reads $NAME, ${NAME}, env:NAME and %%NAME%%; NAME has letters, digits and underscores only, and no digit first")
	if !inProvider(v.Path) {
		f.WithSeverity(lint.Warning)
	}
	name := referencedName(text)
	switch {
	case name == "" || strings.ToUpper(name) != name: // perhaps a password that begins so
		f.WithHelp(`write { env = "NAME" }`)
	case v.Shape.Op != schema.OpSecret:
		f.WithHelp("rename the variable, with letters, digits and underscores only, and write \"${NAME}\"")
	default:
		f.WithHelp("write { env = %q }", name).WithFix(lint.Unsafe, "read the variable", envTable(v.Node, name))
	}
}

// referencedName is the name that a broken reference means, where { env = … } accepts it
// (behaviour.md 1.6, 5), or "".
func referencedName(text string) string {
	s := strings.TrimSpace(text)
	if len(s) >= 4 && strings.EqualFold(s[:4], "env:") {
		s = s[4:]
	}
	s = strings.Trim(s, "${}% \t")
	for i := range len(s) {
		c := s[i]
		if !schema.PortableName(s[i:i+1]) && (c < '0' || c > '9') && (i == 0 || c != '-' && c != '.') {
			return ""
		}
	}
	return s
}

// headerReference is the name in a header that consists of one reference, even after Bearer.
func headerReference(text string) string {
	s := strings.TrimSpace(text)
	if len(s) > 7 && strings.EqualFold(s[:7], "bearer ") {
		s = s[7:]
	}
	name, ok := schema.EnvReference(s, 0)
	if !ok || strings.ToUpper(name) != name {
		return "" // perhaps a password that begins so
	}
	return name
}

// envTable writes { env = "NAME" } over a value.
func envTable(n *document.Node, name string) document.Edit {
	return document.Edit{Span: n.Value(), Text: `{ env = ` + string(document.AppendString(nil, name)) + ` }`}
}
