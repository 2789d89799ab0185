package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/schema"
)

var profileKeyInHeaders = lint.Rule{
	Name:    "profile-key-in-headers",
	Group:   lint.GroupStructure,
	Summary: "a key of the profile that became an HTTP header, because it is below [….headers]",
	Doc: `In TOML a header holds for every line below it, up to the next one. A key of the profile that is written below
[providers.<id>.headers] is sent to the service as an HTTP header, and the profile goes without it. Write it above
that line.

Not seen: keys of one word, such as model, which are also good names of headers, except kind.`,
	Level:    lint.Error,
	Since:    "0.1.0",
	Silences: []string{"header-is-not-a-credential", "header-survives-redirect"},
	Bad: `[providers.main]
kind = "groq"
[providers.main.headers]
x-team = "platform"
api_key_env = "TEAM_GROQ_KEY"
`,
	Good: `[providers.main]
kind = "groq"
api_key_env = "TEAM_GROQ_KEY"
[providers.main.headers]
x-team = "platform"
`,
	Keys: lint.Headers,
	Key: func(p *lint.Pass, v, _ schema.Value) {
		n := v.Node
		if n.Kind != document.String || !isProfileKey(n) {
			return
		}
		f := p.Report(n.Key(), "%s is sent as an HTTP header, not read as a key of %s", quoteKey(n), tableName(n.Parent.Parent)).WithNode(n).
			Claims(n.Parent.Parent, n.Name()).
			WithRelated(n.Parent.Header(), "everything below is a header").
			WithHelp("write it above %s", tableName(n.Parent))
		if !n.Parent.Parent.Header().IsZero() {
			moveUp(p, f, n)
		}
	},
}

// isProfileKey reports whether an entry of a [….headers] table is named as a key of its profile,
// which lacks it.
func isProfileKey(n *document.Node) bool {
	if n.InArray() || n.Parent == nil || n.Parent.Name() != "headers" || n.Parent.Header().IsZero() || n.Parent.Parent.At(n.Name()) != nil {
		return false
	}
	return (n.Name() == "kind" || strings.Contains(n.Name(), "_")) && schema.PathOf("provider").Type().Field(n.Name()) != nil
}

// moveUp offers to move a line from a table below to right under the header of the profile.
func moveUp(p *lint.Pass, f *lint.Finding, n *document.Node) {
	cut, ok := removeLine(p.Document, n)
	insert, fits := insertKey(p.Document, n.Parent.Parent, string(p.Document.Source[n.Expr().Start:n.Expr().End]))
	path := schema.PathOfNode(n.Parent.Parent).Child(n.Name())
	if ok && fits && n.Expr().Start == n.Key().Start && schema.Decodes(n, path, p.Config.Target) {
		f.WithFix(lint.Unsafe, "move it to the profile", insert, cut)
	}
}
