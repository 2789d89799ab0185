package rules

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/suggest"
	"github.com/loonglint/loonglint/schema"
)

var unknownKey = lint.Rule{
	Name:    "unknown-key",
	Group:   lint.GroupStructure,
	Summary: "a key that Loong does not know in this table",
	Doc: `Loong ignores unknown keys at every level without a message, so a misspelled key leaves its
default in effect. Rename the key, move it to the table that knows it, or delete it. Only MCP servers
refuse unknown keys. One finding stands for an unknown table; what is below it is not looked at.

Not seen: a key of a map, such as a header name or an account, where every name is right.`,
	Level:  lint.Warning,
	Levels: "error where a top-level key is nearly provider, providers, active_provider or last_provider, where a profile is written as [provider.<id>], and where Loong refuses the key; info for keys that end in _explicit",
	Anyway: true,
	Since:  "0.1.0",
	Covers: []string{"P1", "P2", "P5"},
	Bad: `[providers.main]
kind = "openai"
apikey = { env = "OPENAI_API_KEY" }
`,
	Good: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
`,
	Keys: lint.Unknown,
	Key: func(p *lint.Pass, v, parent schema.Value) {
		if u := unknownAt(p, v, parent); u.class == unknownPlain {
			reportUnknown(p, u)
		}
	},
	Run: func(p *lint.Pass) {
		for i := range p.Config.Problems {
			if b := &p.Config.Problems[i]; b.Kind == schema.ForbiddenKey && !isSecretType(b.Type) {
				reportForbidden(p, b)
			}
		}
	},
}

// deleteOrRename is the help where no key is like the written one.
const deleteOrRename = "delete it, or write the key of Loong that you mean"

func reportUnknown(p *lint.Pass, u unknown) {
	n, t := u.node, u.parent.Type()
	isInternal := strings.HasSuffix(n.Name(), "_explicit")
	wanted := isInternal || !p.Full() || u.parent.Path == schema.RootPath && mayMeanProvider(t, n.Name())
	if !wanted && p.Counted() {
		return
	}
	message := noSuchKey(n)
	if u.parent.Path == schema.RootPath && n.Kind.IsTable() {
		message = "Loong has no section [" + keyName(n.Name()) + "]"
	}
	f := p.Say(n.Key(), message).WithNode(n).WithIgnored(n).WithNote("Loong ignores unknown keys without a message")
	if isInternal {
		f.WithSeverity(lint.Info).WithHelp("delete it: Loong works this out by itself")
		return
	}
	if !wanted {
		return
	}
	near, typo := nearKeys(t, n.Name(), p.Config.Target)
	if len(near) > 0 && (typo || fitsShape(n, t.Field(near[0]).Shape)) {
		f.Claims(n.Parent, near...).Help = suggest.Question(near)
		if u.parent.Path == schema.RootPath && isProviderKey(near[0]) {
			f.WithSeverity(lint.Error)
		}
		if typo && len(near) == 1 && isNamedOnce(n) && n.Parent.At(near[0]) == nil && fitsShape(n, t.Field(near[0]).Shape) {
			offerRename(p, f, n, near[0])
		}
		return
	}
	if p.Full() {
		return
	}
	if u.parent.Path == schema.PathOf("provider") {
		if lint.LooksLikeProfile(n) {
			f.WithSeverity(lint.Error)
		}
		if n.Kind.IsTable() && isOnlyNested(p, n.Parent) {
			f.Claims(n.Parent, "kind")
		}
	}
	f.WithHelp("%s", cmp.Or(placeHelp(u), deleteOrRename))
}

// noSuchKey says that the table of a key has none of this name.
func noSuchKey(n *document.Node) string {
	var room [120]byte // for most
	b := append(append(room[:0], '"'), n.Name()...)
	return string(appendTableName(append(b, `" is not a key of `...), n.Parent))
}

// placeHelp says where a key belongs that its table knows nothing like.
func placeHelp(u unknown) string {
	n := u.node
	if u.parent.Path == schema.PathOf("provider") && n.Kind.IsTable() || u.parent.Path == schema.RootPath && lint.LooksLikeProfile(n) {
		return "a profile is written as [providers." + keyName(n.Name()) + "]"
	}
	if u.parent.Path == schema.RootPath {
		if below := sectionsBelow(n, u.parent.Target()); len(below) > 0 {
			return "sections belong at the top level: write [" + below[0] + "]"
		}
	}
	if n.Name() == "default_for_kind" {
		return "only a profile, [providers.<id>], has default_for_kind"
	}
	if near := schema.PathOf("provider").Type().Field(n.Name()); near != nil && u.parent.Path == schema.RootPath && !n.Kind.IsTable() {
		return "it is a key of a provider profile: write it below [providers.<id>]"
	}
	if above := u.parent.Path.Parent(); above.Shape().Op == schema.OpMap && u.parent.Type().Field(u.parent.Node.Name()) != nil {
		return u.parent.Node.Name() + " is a key of [" + above.String() + ".<id>]: write a name above it"
	}
	if to := pathsOfName(n.Name(), u.parent); len(to) > 0 {
		return keyName(n.Name()) + " is a key of " + joinPaths(to)
	}
	return ""
}

// mayMeanProvider is false where nearKeys surely does not list a key of which isProviderKey holds; it
// is much cheaper to ask.
func mayMeanProvider(root *schema.Type, name string) bool {
	w := &providerWords
	w.once.Do(func() { w.find(root) })
	folded := ascii.Lower(name)
	return slices.ContainsFunc(w.parts, func(part string) bool { return strings.Contains(folded, part) }) ||
		suggest.Near(name, w.near...) ||
		slices.ContainsFunc(w.others, func(other string) bool { return suggest.Folded(other, name) })
}

// providerWords are the words that tell a key which may mean the provider.
var providerWords words

type words struct {
	once   sync.Once
	parts  []string       // of those keys
	near   []suggest.Word // the keys of the file of which isProviderKey holds, and parts
	others []string       // what other programs call them
}

func (w *words) find(root *schema.Type) {
	var keys []string
	for field := range fieldNames(root, 0) {
		if isProviderKey(field) {
			keys = append(keys, field)
			w.parts = append(w.parts, strings.Split(field, "_")...)
		}
	}
	w.near = suggest.Ready(append(keys, w.parts...))
	for _, pair := range otherNames {
		if isProviderKey(pair[1]) && root.Field(pair[1]) != nil {
			w.others = append(w.others, pair[0])
		}
	}
}

// isProviderKey reports whether a top-level key chooses or holds the provider (behaviour.md 1.2).
func isProviderKey(name string) bool {
	return strings.Contains(name, "provider")
}

// fitsShape reports whether a written value may be the value of a key of this shape at all.
func fitsShape(n *document.Node, s schema.Shape) bool {
	switch s.Op {
	case schema.OpMap:
		return n.Kind.IsTable()
	case schema.OpList:
		return n.Kind == document.Array
	case schema.OpSecret:
		return n.Kind.IsTable() || n.Kind == document.String
	case schema.OpString, schema.OpPath:
		return n.Kind == document.String
	case schema.OpBool:
		return n.Kind == document.Bool
	case schema.OpF64:
		return n.Kind == document.Float || n.Kind == document.Integer
	case schema.OpType:
		if s.Type().Kind == schema.Enum {
			return n.Kind == document.String
		}
		return n.Kind.IsTable()
	}
	return n.Kind == document.Integer
}

func reportForbidden(p *lint.Pass, b *schema.Problem) {
	n := b.Node
	f := p.Say(n.Key(), noSuchKey(n)).WithNode(n).WithSeverity(lint.Error).
		WithNote("Loong refuses the whole file for it: this table allows no unknown keys")
	if b.Why != "" {
		f.Message = quoteKey(n) + " does not fit here: " + b.Why
		f.WithHelp("keep the keys of one kind of server: either command with args, env and cwd, or url with its headers")
		return
	}
	f.WithHelp(deleteOrRename)
	if near, typo := nearKeys(b.Type, n.Name(), p.Config.Target); len(near) > 0 {
		f.Claims(n.Parent, near...).WithHelp("%s", suggest.Question(near))
		if typo && isNamedOnce(n) && n.Parent.At(near[0]) == nil {
			offerRename(p, f, n, near[0])
		}
	}
}

func isSecretType(t *schema.Type) bool { return t != nil && t.Kind == schema.Secret }
