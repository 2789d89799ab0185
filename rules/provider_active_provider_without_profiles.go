package rules

import (
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var activeProviderWithoutProfiles = lint.Rule{
	Name:    "active-provider-without-profiles",
	Group:   lint.GroupProvider,
	Summary: "active_provider in a file without profiles, where it chooses nothing",
	Doc: `active_provider chooses among the [providers.<id>] tables. In a file without any it only becomes the name of the
one profile that Loong makes of [provider], or of its defaults: active_provider = "anthropic" alone runs OpenAI under
the name anthropic. Write the profile, with its kind.`,
	Level:  lint.Error,
	Levels: "warning where a [provider] table says which kind is used; info where the name is that of the kind in use, or is no name at all",
	Since:  "0.1.0",
	Covers: []string{"A2", "A3"},
	Bad: `active_provider = "anthropic"
`,
	Good: `active_provider = "anthropic"

[providers.anthropic]
kind = "anthropic"
model = "claude-sonnet-4-5"
api_key = { env = "ANTHROPIC_API_KEY" }
`,
	Run: runActiveWithoutProfiles,
}

func runActiveWithoutProfiles(p *lint.Pass) {
	root := p.Config.Root
	n := root.At(schema.KeyActiveProvider).Node
	if n == nil || n.Kind != document.String || !noProfiles(root) || len(p.Config.Profiles) != 1 {
		return
	}
	used := &p.Config.Profiles[0]
	named := loong.FoldKind(n.Text())
	id := loong.NormalID(n.Text())
	f := p.Report(n.Value(), "active_provider = %s chooses nothing: the file has no profiles", valueText(p.Document, n, 0)).WithNode(n)
	switch {
	case id == "":
		f.WithIgnored(n).WithSeverity(lint.Info).WithNote("it is not a profile id, so Loong drops it and uses %s", used.Kind.DisplayName)
	case named == used.Kind:
		f.WithSeverity(lint.Info).WithNote("it only names the one profile, which is %s anyway", used.Kind.DisplayName)
	default:
		f.WithNote("Loong runs %s under the name %q", used.Kind.DisplayName, id)
		if named == nil && used.Node != nil {
			f.WithSeverity(lint.Warning)
		}
	}
	switch {
	case named != nil && named != used.Kind:
		f.WithHelp("write [providers.%s] with kind = %q", id, named.ID)
	case used.Node != nil:
		f.WithHelp("write [providers.%s] instead of [provider], or delete active_provider", orText(id, used.Kind.ID))
	default:
		f.WithHelp("write [providers.%s] with the kind that you want", orText(id, used.Kind.ID))
	}
	if used.Node != nil {
		f.WithRelated(used.Node.Place(), "the one profile")
	}
}

// noProfiles reports whether a file has no profile table; an empty [providers] is none.
func noProfiles(root schema.Value) bool {
	v := root.At(schema.KeyProviders)
	return !v.Present() || v.Node.Kind.IsTable() && len(v.Node.Entries) == 0
}

func orText(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
