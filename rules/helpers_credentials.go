package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

// secretAt is the secret that a key holds, wherever Loong reads one: in secret fields, and in the plain
// strings of tools that follow the same forms (validation.json). Its rules ask for lint.Secrets.
func secretAt(p *lint.Pass, v schema.Value) (schema.SecretValue, bool) {
	switch {
	case v.Shape.Op == schema.OpSecret:
		return p.Secret(v), true
	case !v.Path.IsSecret() || v.Node.Kind != document.String:
		return schema.SecretValue{}, false
	}
	s := schema.SecretValue{Form: schema.SecretLiteral, Text: v.Node.Text(), Node: v.Node}
	if strings.TrimSpace(s.Text) == "" {
		s.Form = schema.SecretBlank
	} else if name, ok := schema.EnvReference(s.Text, p.Config.Target); ok {
		s.Form, s.Text = schema.SecretEnv, name
	}
	return s, true
}

// What several rules could report, where no key is its name, for lint.Finding.Claims and lint.Pass.Told.
const (
	aCredential = "credential" // of a profile
	aRegion     = "region"     // of a profile
	aUser       = "user-info"  // in an address
	aRoute      = "route"      // in the address of a base
)

// inProvider reports whether a path lies in a provider table.
func inProvider(path schema.PathID) bool {
	for path > schema.RootPath && path.Parent() != schema.RootPath {
		path = path.Parent()
	}
	return path != schema.NoPath && (path.String() == "provider" || path.String() == "providers")
}

// profileLabel is how messages call a profile.
func profileLabel(pr *loong.Profile) string {
	if pr.Legacy {
		return "[provider]"
	}
	if pr.Written != "" {
		return "profile " + quoted(pr.Written)
	}
	return "profile " + quoted(pr.ID)
}

// reportAt reports at a value; for nil at the profile's kind, or at its table.
func reportAt(p *lint.Pass, pr *loong.Profile, n *document.Node, format string, args ...any) *lint.Finding {
	if n == nil {
		n = kindNode(pr) // nil where nothing at all is written: the finding is at the top
	}
	at := spanOf(n)
	if n == pr.Node {
		at = n.Place()
	}
	return p.Report(at, format, args...).WithNode(n)
}

// variableNode is what names a variable of a profile in the file; nil for one of the kind's own.
func variableNode(pr *loong.Profile, name string) *document.Node {
	for _, s := range pr.Credential.Sources {
		if s.Name == name {
			return s.From.Node
		}
	}
	return nil
}

// isSet reports whether a variable is there and, where its value is known, not blank.
func isSet(env *loong.Environment, name string) bool {
	text, state := env.Var(name)
	return state == loong.Declared || state == loong.Set && strings.TrimSpace(text) != ""
}

// isUnset reports whether a variable is known to be unset or blank.
func isUnset(env *loong.Environment, name string) bool {
	text, state := env.Var(name)
	return state == loong.Unset || state == loong.Set && strings.TrimSpace(text) == ""
}

// knownSecret is a secret whose text is known: written in the file, printed by a program that
// only prints, or the value of a variable. The text must never be printed.
type knownSecret struct {
	text  string
	oauth bool
	what  string         // how messages call it: api_key, or the variable
	node  *document.Node // what gives it in the file, or nil
	kind  loong.SecretKind
}

// knownSecrets lists the secrets of a profile that are used and whose text is known. The list must not be changed.
func knownSecrets(p *lint.Pass, pr *loong.Profile) []knownSecret {
	return lint.Once(p, pr.Node, func() (list []knownSecret) {
		for g := range pr.Secrets() {
			list = appendKnown(list, p.Environment, *g.Form, g.Names, pr, g.Key.String())
		}
		return list
	})
}

func appendKnown(list []knownSecret, env *loong.Environment, f loong.SecretForm, names []string, pr *loong.Profile, key string) []knownSecret {
	s := knownSecret{what: key, node: f.Node, kind: f.Kind, oauth: key != "api_key"}
	add := func(text string) {
		if s.text = strings.TrimSpace(text); s.text != "" {
			list = append(list, s)
		}
	}
	variable := func(name string, from *document.Node) {
		if text, state := env.Var(name); state == loong.Set {
			s.what, s.node, s.kind = name, from, loong.EnvReference
			add(text)
		}
	}
	switch f.Kind {
	case loong.Literal:
		add(f.Text)
	case loong.EnvReference:
		variable(f.Text, f.Node)
	case loong.ExecReference:
		text, _ := loong.ProgramText(f.Args())
		add(text)
	case loong.FileReference:
		text, _ := env.FileText(f.Text)
		add(text)
	case loong.Absent:
		for _, name := range names {
			variable(name, variableNode(pr, name))
		}
	}
	return list
}

// isOnly reports whether a secret is the only one that its profile has, as far as it is known.
func isOnly(p *lint.Pass, pr *loong.Profile, s *knownSecret) bool {
	other := pr.HasKey(p.Environment)
	if !s.oauth {
		other = pr.HasToken(p.Environment)
	}
	if other != loong.No || !s.oauth && len(loong.SplitSecret(s.text)) > 1 || pr.HeaderCounts() || pr.Kind.SigV4 != nil {
		return false
	}
	if !s.oauth && pr.Credential.APIKey.Kind == loong.Absent {
		for _, name := range pr.Credential.APINames {
			if name != s.what && !isUnset(p.Environment, name) {
				return false
			}
		}
	}
	return true
}

// credentialOf is how api_key or oauth_access_token is given, and the key that may name a variable for it.
func credentialOf(pr *loong.Profile, key schema.Key) (loong.SecretForm, schema.Key) {
	if key == schema.KeyOAuthAccessToken {
		return pr.Credential.OAuth, schema.KeyOAuthAccessTokenEnv
	}
	return pr.Credential.APIKey, schema.KeyAPIKeyEnv
}

// writtenKey is the first of api_key and api_key_env (or the two of the OAuth token) that is
// given, or nil.
func writtenKey(pr *loong.Profile, key schema.Key) *document.Node {
	form, pointer := credentialOf(pr, key)
	if form.Kind != loong.Absent {
		return form.Node
	}
	_, n := profileText(pr, pointer)
	return n
}

// fieldOf is the key of a profile that a value belongs to: api_key for the env in its table.
func fieldOf(n *document.Node) *document.Node {
	if n.Name() == "env" && n.Parent != nil && n.Parent.Name() != "" && !isFieldOfProvider(n.Name()) {
		return n.Parent
	}
	return n
}

// kindAround is the kind of the provider table that a value is in, or nil.
func kindAround(p *lint.Pass, n *document.Node) *loong.Kind {
	if n.Parent == nil || n.Parent.Parent == nil {
		return nil
	}
	if pr := p.Config.ProfileOf(n.Parent); pr != nil {
		return pr.Kind
	}
	return nil
}

// pointerName is how messages call the value that names a variable: api_key_env, api_key.env.
func pointerName(n *document.Node) string {
	if n == nil {
		return "the variable's name"
	}
	if n.Name() == "env" && n.Parent != nil && n.Parent.Name() != "" {
		return n.Parent.Name() + ".env"
	}
	return n.Name()
}

// nameFix offers the name that Loong itself suggests.
func nameFix(p *lint.Pass, f *lint.Finding, d *loong.Diagnostic, safety lint.Safety) {
	name := d.SuggestedEnvName
	if name == "" {
		return
	}
	f.WithHelp("write the name alone: %q", name)
	if n := d.Node; n != nil && n.Kind == document.String && n.Text() != name && schema.PortableName(name) {
		f.WithFix(safety, "write the name alone", replaceText(p.Document, n, name))
	}
}
