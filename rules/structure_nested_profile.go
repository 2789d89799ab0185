package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/suggest"
	"github.com/loonglint/loonglint/schema"
)

var nestedProfile = lint.Rule{
	Name:    "nested-profile",
	Group:   lint.GroupStructure,
	Summary: "a table inside a provider profile that the profile does not know",
	Doc: `Profiles do not nest: [providers.a.b] makes a profile "a" with an unknown key "b", which is ignored. The
profile "a" is then usually an openai profile with nothing but defaults. Name the profile with one id, as
[providers.a-b], or move the keys up into [providers.a]. Inside a profile only headers, api_key and
oauth_access_token may be tables.`,
	Level:    lint.Error,
	Since:    "0.1.0",
	Covers:   []string{"P4"},
	Silences: []string{"missing-kind"},
	Bad: `[providers.team]
kind = "groq"
api_key = { env = "GROQ_API_KEY" }
[providers.team.dev]
model = "llama-3.3-70b-versatile"
`,
	Good: `active_provider = "team"
[providers.team]
kind = "groq"
api_key = { env = "GROQ_API_KEY" }
[providers.team-dev]
kind = "groq"
api_key = { env = "GROQ_API_KEY" }
model = "llama-3.3-70b-versatile"
`,
	Keys: lint.Unknown,
	Key: func(p *lint.Pass, v, parent schema.Value) {
		if u := unknownAt(p, v, parent); u.class == unknownNested {
			reportNested(p, u)
		}
	},
}

func reportNested(p *lint.Pass, u unknown) {
	n, profile := u.node, u.parent.Node
	f := p.Report(n.Place(), "%s is ignored: profiles do not nest", tableName(n)).WithNode(n).WithIgnored(n).
		WithNote("Loong reads profile %q with an unknown key %q", profile.Name(), n.Name())
	if isOnlyNested(p, profile) {
		f.Claims(profile, "kind")
	}
	near, _ := nearKeys(u.parent.Type(), n.Name(), p.Config.Target)
	switch {
	case len(near) > 0 && fitsShape(n, u.parent.Type().Field(near[0]).Shape):
		f.WithHelp("%s", suggest.Question(near))
	case n.Name() == "provider" || p.Config.Root.Type().FieldIn(n.Name(), p.Config.Target) != nil:
		f.WithHelp("write the keys of a profile directly below %s, and other sections as [%s]", tableName(profile), keyName(n.Name()))
	default:
		f.WithHelp("write [providers.%s] for a profile of its own, or move the keys up into %s",
			keyName(profile.Name()+"-"+n.Name()), tableName(profile))
	}
}
