package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/schema"
)

var wrongType = lint.Rule{
	Name:    "wrong-type",
	Group:   lint.GroupStructure,
	Summary: "a value of another type than Loong decodes",
	Doc: `Loong decodes the whole file or nothing: one text where a number is wanted and no command starts. Numbers
and booleans have no quotes, times are whole numbers in the unit that the key's name ends in, and
a list needs brackets even for one entry.

Not seen: types below keys that Loong does not know, for it never looks at them.`,
	Level:  lint.Error,
	Anyway: true,
	Since:  "0.1.0",
	Bad: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
request_timeout_ms = "30000"
`,
	Good: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
request_timeout_ms = 30000
`,
	Run: func(p *lint.Pass) {
		eachProblem(p, schema.WrongType, func(b *schema.Problem) { reportWrongType(p, b) })
	},
}

func reportWrongType(p *lint.Pass, b *schema.Problem) {
	n := b.Node
	if b.IsLoose() {
		reportLooseKey(p, b)
		return
	}
	f := p.Report(spanOf(n), "%s is %s, not %s", subject(p.Document, b), kindName(n.Kind), describeWanted(b)).WithNode(n).WithNote(refuses)
	if fixed := readingOf(p.Document, b.Value); fixed != "" && !isProfileKey(n) {
		if path := b.Value.Path; path.IsSecret() || path.IsHeaders() || path.IsVariables() {
			fixed, shown := document.Edit{Span: n.Value(), Text: fixed}, "write it as a string, in quotes"
			f.WithHelp("%s", shown).WithFix(lint.Safe, shown, fixed)
			return
		}
		f.WithHelp("write %s", fixed).
			WithFix(lint.Safe, "write "+fixed, document.Edit{Span: n.Value(), Text: fixed})
		return
	}
	if b.Value.IsPlain() && n.Kind.IsTable() {
		f.WithNote("%s takes no table for a secret, and refuses the file", p.Config.Target.Title()).WithHelp(`write "${NAME}"`)
		return
	}
	f.WithHelp("%s", typeHelp(b))
}

// reportLooseKey reports a key that is in [providers] instead of in a profile, or likewise
// of accounts and servers; the first such key stands for all of them.
func reportLooseKey(p *lint.Pass, b *schema.Problem) {
	n := b.Node
	for _, e := range n.Parent.Entries[:n.Index()] {
		if !e.Kind.IsTable() && e.Kind != document.ArrayOfTables {
			return
		}
	}
	one := entryNoun(b.Value.Path.Parent())
	table := n.Parent.KeyPath()
	f := p.Report(n.Key(), "%s is a table of %ss, but %s is not one", tableName(n.Parent), one, quoteKey(n)).WithNode(n).WithNote(refuses).
		WithHelp("write [%s.%s] with the keys of the %s below it", table, keyName(n.Name()), one)
	if b.Value.Type().Field(n.Name()) != nil {
		f.WithHelp("write [%s.main] above it, or any other name", table).WithRelated(n.Parent.Header(), "this header")
	}
}

// entryNoun is what the entries of a table of named tables are: "profile", "account", "server".
func entryNoun(path schema.PathID) string {
	if path == schema.PathOf("providers") {
		return "profile"
	}
	name := path.Name()
	return strings.TrimSuffix(name[strings.LastIndexByte(name, '_')+1:], "s")
}

// subject names a value in a headline: its key with what is written, if that is short and no secret.
func subject(d *document.Document, b *schema.Problem) string {
	n, path := b.Node, b.Value.Path
	hidden := n.Kind.IsTable() || n.Kind.IsArray() || !n.Header().IsZero() || path.IsSecret() || path.IsHeaders() || path.IsVariables() || !isShort(d, n)
	switch {
	case n.InArray() && hidden:
		return "an entry of " + n.Parent.Name()
	case n.InArray():
		return valueText(d, n, path) + " in " + n.Parent.Name()
	case hidden:
		return n.Name()
	}
	return n.Name() + " = " + valueText(d, n, path)
}

// typeHelp says what to write.
func typeHelp(b *schema.Problem) string {
	n := b.Node
	switch {
	case b.Value.Path.IsHeaders() && isProfileKey(n):
		return "it is below " + tableName(n.Parent) + ", so it is a header: write it above that line"
	case n.Kind == document.ArrayOfTables && b.Value.Shape.Op == schema.OpMap:
		return "write [" + n.KeyPath() + ".<id>] with a name, in single brackets"
	case n.Kind == document.ArrayOfTables:
		return "write [" + n.KeyPath() + "], in single brackets"
	case n.Name() == "provider" && n.Kind == document.String:
		return "a profile is chosen by active_provider, its kind is the key kind of [providers.<id>]"
	case n.Kind == document.String && b.Value.Shape.Op.IsWhole() && strings.Trim(n.Text(), "0123456789") == n.Text():
		return "write a whole number"
	case n.Kind == document.String && b.Value.Shape.Op.IsWhole():
		if unit := unitOf(n.Name()); unit != "" {
			return "write a whole number of " + unit + ", without quotes"
		}
		return "write the number without quotes"
	case n.Kind == document.Float && b.Value.Shape.Op.IsWhole():
		return "write a whole number"
	case n.Kind == document.String && b.Value.Shape.Op == schema.OpList:
		return "write each entry as a string of its own: [\"a\", \"b\"]"
	case b.Value.Shape.Op == schema.OpMap, b.Value.Shape.Op == schema.OpType && b.Value.Type().Kind != schema.Enum:
		if !n.InArray() {
			return "write [" + n.KeyPath() + "] with its keys, or delete it"
		}
	}
	return "write " + describeWanted(b)
}

// unitOf is the unit that a key's name ends in.
func unitOf(key string) string {
	switch {
	case strings.HasSuffix(key, "_ms"):
		return "milliseconds"
	case strings.HasSuffix(key, "_s"), strings.HasSuffix(key, "_seconds"):
		return "seconds"
	case strings.HasSuffix(key, "_bytes"):
		return "bytes"
	}
	return ""
}
