package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/secret"
	"github.com/loonglint/loonglint/schema"
)

var nameUsedAsKey = lint.Rule{
	Name:    "name-used-as-key",
	Group:   lint.GroupCredentials,
	Summary: "the name of a variable where the key itself is expected",
	Doc: `A plain text in a secret field is the secret. api_key = "OPENAI_API_KEY" sends these fourteen characters to the
service; the variable is never looked at. Write { env = "OPENAI_API_KEY" }, or "${OPENAI_API_KEY}".

Reported are texts of upper-case letters, digits and underscores with at least one underscore, and every variable that
a kind of Loong reads. Not seen: names in lower case, and words such as NOT_NEEDED, which stand for no key.`,
	Level:    lint.Error,
	Levels:   "warning outside of the provider tables, and for services on your own machine",
	Since:    "0.1.0",
	Covers:   []string{"K1"},
	Silences: []string{"key-in-file"},
	Bad: `[providers.main]
kind = "openai"
api_key = "OPENAI_API_KEY"
`,
	Good: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
`,
	Keys: lint.Secrets,
	Key: func(p *lint.Pass, v, _ schema.Value) {
		s, ok := secretAt(p, v)
		if ok && s.Form == schema.SecretLiteral && looksLikeVariable(s.Text) && !unfilledSecret(s.Text) && !isDummyKey(s.Text) {
			reportNameAsKey(p, v, strings.TrimSpace(s.Text))
		}
	},
}

func reportNameAsKey(p *lint.Pass, v schema.Value, name string) {
	f := p.Report(spanOf(v.Node), "%s holds the name of a variable, which is sent as the secret itself", keyOf(v)).WithNode(v.Node).
		WithNote("a plain text in this field is the secret; the variable is never looked at")
	if kind := kindAround(p, v.Node); !inProvider(v.Path) || kind != nil && !kind.RequiresAuth {
		f.WithSeverity(lint.Warning)
	}
	shown, which := name, "" // a name that Loong does not know may be a password that looks like one
	if !secret.KnownVariable(name) {
		shown, which = "NAME", " with that name"
	}
	if v.Shape.Op != schema.OpSecret {
		f.WithHelp(`write "${%s}"%s`, shown, which).WithFix(lint.Unsafe, "read the variable", replaceText(p.Document, v.Node, "${"+name+"}"))
		return
	}
	f.WithHelp(`write { env = %q }%s`, shown, which).WithFix(lint.Unsafe, "read the variable", envTable(v.Node, name))
}

// looksLikeVariable is the condition of K1.
func looksLikeVariable(text string) bool {
	s := strings.TrimSpace(text)
	if !schema.PortableName(s) || strings.ToUpper(s) != s || strings.Trim(s, "_0123456789") == "" {
		return false
	}
	return strings.Contains(s, "_") || secret.KnownVariable(s)
}
