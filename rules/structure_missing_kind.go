package rules

import (
	"net/url"
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var missingKind = lint.Rule{
	Name:    "missing-kind",
	Group:   lint.GroupStructure,
	Summary: "a provider table without kind, which makes it openai",
	Doc: `Without kind Loong takes the kind openai, whatever the id, the address or the variables suggest: paths, headers
and the variables that are tried are then those of openai. Write the kind, also for openai.`,
	Level:  lint.Info,
	Levels: "error where the id, an address or a variable suggests another kind; silent where the id is openai",
	Since:  "0.1.0",
	Covers: []string{"P3"},
	Bad: `[providers.anthropic]
api_key = { env = "ANTHROPIC_API_KEY" }
`,
	Good: `[providers.anthropic]
kind = "anthropic"
api_key = { env = "ANTHROPIC_API_KEY" }
`,
	After: []string{"nested-profile", "profile-key-in-headers", "unknown-key"},
	End:   runMissingKind,
}

func runMissingKind(p *lint.Pass) {
	root := p.Config.Root
	if t := root.At(schema.KeyProvider); t.Present() && t.Node.Kind.IsTable() {
		checkKind(p, t, "")
	}
	for _, e := range root.At(schema.KeyProviders).Entries() {
		if e.Value.Node.Kind.IsTable() {
			checkKind(p, e.Value, e.Name)
		}
	}
}

func checkKind(p *lint.Pass, t schema.Value, id string) {
	if t.At(schema.KeyKind).Present() || p.Told(t.Node, "kind") || id == "" && len(t.Node.Entries) == 0 {
		return
	}
	kind, why := suggestedKind(t, id)
	if kind != nil && kind.Missing.Has(p.Config.Target) {
		kind = nil
	}
	own := loong.NormalID(id) == "openai"
	if kind == nil && own || kind != nil && kind.ID == "openai" {
		if own {
			return
		}
		kind = nil
	}
	f := p.Report(t.Node.Place(), "%s has no kind, so it is openai", tableName(t.Node)).WithNode(t.Node)
	if kind == nil {
		f.WithHelp(`write kind = "openai"`)
		return
	}
	f.WithSeverity(lint.Error).WithNote("%s", why).WithHelp("write kind = %q", kind.ID)
	if edit, ok := insertKey(p.Document, t.Node, "kind = "+quoted(kind.ID)); ok {
		f.WithFix(lint.Unsafe, "write kind = "+quoted(kind.ID), edit)
	}
}

// suggestedKind is the kind that a table without one seems to mean, with the reason.
func suggestedKind(t schema.Value, id string) (*loong.Kind, string) {
	for _, key := range [...]string{"base_url", "endpoint", "models_endpoint"} {
		if text, ok := t.Field(key).Text(); ok && strings.TrimSpace(text) != "" {
			if kind := kindOfHost(text); kind != nil {
				return kind, key + " is an address of " + kind.ID
			}
		}
	}
	for _, key := range [...]string{"api_key", "oauth_access_token"} {
		if s := t.Field(key).Secret(); s.Form == schema.SecretEnv {
			if kind := kindOfVariable(s.Text); kind != nil {
				return kind, s.Text + " is a variable of " + kind.ID
			}
		}
		if text, ok := t.Field(key + "_env").Text(); ok {
			if kind := kindOfVariable(strings.TrimSpace(text)); kind != nil {
				return kind, strings.TrimSpace(text) + " is a variable of " + kind.ID
			}
		}
	}
	if kind := kindOfID(id); kind != nil {
		return kind, "the id suggests " + kind.ID
	}
	return nil, ""
}

// kindOfID is the kind that an id names, as a whole or in one of its parts.
func kindOfID(id string) *loong.Kind {
	if kind := loong.FoldKind(id); kind != nil {
		return kind
	}
	if kind := loong.FoldKind(strings.ReplaceAll(id, "-", "_")); kind != nil {
		return kind
	}
	for part := range strings.FieldsFuncSeq(id, func(r rune) bool { return r == '-' || r == '_' || r == '.' || r == ' ' }) {
		if kind := loong.FoldKind(part); kind != nil && kind.ID != "custom" {
			return kind
		}
	}
	return nil
}

// kindOfVariable is the first kind that reads a variable.
func kindOfVariable(name string) *loong.Kind {
	kinds := loong.Kinds()
	for i := range kinds {
		if k := &kinds[i]; k.APIKeyEnv == name || k.OAuthEnv == name {
			return k
		}
	}
	for i := range kinds {
		for _, n := range kinds[i].EnvNames {
			if n == name {
				return &kinds[i]
			}
		}
	}
	return nil
}

// kindOfHost is the kind whose default or regional address has the host of an address. Loopback
// and placeholders belong to no kind.
func kindOfHost(address string) *loong.Kind {
	host := hostOf(address)
	if host == "" {
		return nil
	}
	kinds := loong.Kinds()
	for i := range kinds {
		k := &kinds[i]
		if hostOf(k.BaseURL) == host {
			return k
		}
		if k.Region == nil {
			continue
		}
		for _, v := range k.Region.Variants {
			if hostOf(v.BaseURL) == host {
				return k
			}
		}
	}
	return nil
}

func hostOf(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || strings.ContainsAny(u.Host, "<>") {
		return ""
	}
	switch host := strings.ToLower(u.Hostname()); host {
	case "localhost", "127.0.0.1", "::1":
		return ""
	default:
		return host
	}
}
