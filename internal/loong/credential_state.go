package loong

import (
	"path/filepath"
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
)

// ProgramText is what a secret's program prints, where that follows from its arguments alone;
// no program is run.
func ProgramText(args []string) (text string, ok bool) { return programText(args) }

// Gives tells whether a secret field gives something. Of a program that would have to be run it
// is Maybe.
func (f SecretForm) Gives(env *Environment) Tri {
	switch f.Kind {
	case Literal:
		return Yes
	case EnvReference:
		text, state := env.Var(f.Text)
		return present(state, !blank(text))
	case FileReference:
		return truth(env.File(f.Text), true)
	case ExecReference:
		if _, ok := programText(f.Args()); ok {
			return Yes
		}
		switch filepath.Base(trim(f.Text)) {
		case "true", "false":
			return No
		}
		return Maybe
	}
	return No
}

// HasKey tells whether there is an API key to send (behaviour.md 4.3).
func (p *Profile) HasKey(env *Environment) Tri {
	if p.Credential.APIKey.Kind != Absent {
		return p.Credential.APIKey.Gives(env)
	}
	return anyVariable(p.Credential.APINames, env)
}

// HasToken tells whether there is an OAuth token to send: never for kinds that take none.
func (p *Profile) HasToken(env *Environment) Tri {
	switch {
	case !p.Kind.Bearer():
		return No
	case p.Credential.OAuth.Kind != Absent:
		return p.Credential.OAuth.Gives(env)
	}
	return anyVariable(p.Credential.OAuthNames, env)
}

// anyVariable tells whether one of some variables holds a secret.
func anyVariable(names []string, env *Environment) Tri {
	found := No
	for _, n := range names {
		text, state := env.Var(n)
		found = anyOf(found, present(state, len(splitSecret(nil, text)) > 0))
	}
	return found
}

// present is truth, but what is declared by name alone counts as there (contract.md, "three worlds").
func present(s State, filled bool) Tri {
	if s == Declared {
		return Yes
	}
	return truth(s, filled)
}

// CanSign tells whether requests can be signed: credentials and a region are there (4.6/3).
func (p *Profile) CanSign(env *Environment) Tri {
	if p.Kind.SigV4 == nil {
		return No
	}
	return p.awsReady(env)
}

// HasAWSKeys tells whether the variables that signing needs are there, or may be found elsewhere.
func (p *Profile) HasAWSKeys(env *Environment) Tri {
	if p.Kind.SigV4 == nil {
		return No
	}
	keys := Yes
	for _, n := range p.Kind.SigV4.Required {
		text, state := env.Var(n)
		keys = allOf(keys, truth(state, !blank(text)))
	}
	if keys == No && awsElsewhere(env) {
		return Maybe
	}
	return keys
}

// HasRegion tells whether a region is found for signing (4.8); a blank variable counts, since
// the AWS chain takes it up.
func (p *Profile) HasRegion(env *Environment) Tri {
	switch p.SigningRegion(env).State {
	case Set, Declared:
		return Yes
	case Unset:
		if !awsElsewhere(env) {
			return No
		}
	}
	return Maybe
}

// Payload is the form in which a chat request of this profile goes out, as facts/catalog.json
// names it; "" where the model decides and is not known.
func (p *Profile) Payload() string {
	if !p.RoutesByModel() {
		if p.WireAPI == wireResponses {
			return p.Kind.ResponsesWire.Payload
		}
		return p.Kind.ChatWire.Payload
	}
	if r, _ := p.modelRoute(); r != nil {
		return r.Payload
	}
	return ""
}

// OwnPayload reports whether chat requests have a form of their own, with no place for what only OpenAI's
// has (N7, N8).
func (p *Profile) OwnPayload() bool {
	switch p.Payload() {
	case "anthropic_messages", "bedrock_converse", "google_generate_content":
		return true
	}
	return false
}

// RoutesByModel reports whether chat goes to the base address and a path chosen by the model, whatever
// endpoint, chat_completions_path and wire_api say (3.6).
func (p *Profile) RoutesByModel() bool { return len(p.Kind.ModelRoutes) > 0 }

// ChatAddress is where chat requests of a profile with RoutesByModel go; "" where they go nowhere: the
// model is not known before the service lists its models, or it names the other OpenCode kind.
func (p *Profile) ChatAddress() string {
	r, model := p.modelRoute()
	if r == nil {
		return ""
	}
	if _, kind := p.ModelPrefix(); kind != "" && kind != p.Kind.ID {
		return ""
	}
	return strings.TrimRight(p.Base.Val, "/") + strings.ReplaceAll(r.Path, "{model}", model)
}

// modelRoute is the route that an explicit model chooses, and the model without the prefix of its kind.
func (p *Profile) modelRoute() (*ModelRoute, string) {
	if p.Auto || !p.RoutesByModel() {
		return nil, ""
	}
	prefix, _ := p.ModelPrefix()
	model := trim(p.Model.Val)[len(prefix):]
	for i := range p.Kind.ModelRoutes {
		if r := &p.Kind.ModelRoutes[i]; strings.HasPrefix(ascii.Lower(model), r.Prefix) {
			return r, model
		}
	}
	return nil, ""
}

// openCodePrefixes are the prefixes of model names that the OpenCode kinds know (3.6).
var openCodePrefixes = [...]struct{ kind, prefix string }{
	{kindOpenCodeZen, "opencode/"},
	{kindOpenCodeGo, "opencode-go/"},
}

// ModelPrefix is the prefix of an explicit model that names an OpenCode kind, and that kind; ""
// for other kinds and models.
func (p *Profile) ModelPrefix() (prefix, kind string) {
	if p.Auto || p.Kind.ID != kindOpenCodeZen && p.Kind.ID != kindOpenCodeGo {
		return "", ""
	}
	model := ascii.Lower(trim(p.Model.Val))
	for _, o := range openCodePrefixes {
		if strings.HasPrefix(model, o.prefix) {
			return o.prefix, o.kind
		}
	}
	return "", ""
}

// SplitSecret cuts a secret into the keys it holds (behaviour.md 4.2, split).
func SplitSecret(text string) []string { return splitSecret(nil, text) }

// Source is the word for where a secret field has its value from: "literal", "variable", "file"
// or "program"; empty where it gives none.
func (f SecretForm) Source() string {
	switch f.Kind {
	case Literal:
		return "literal"
	case EnvReference:
		return "variable"
	case FileReference:
		return "file"
	case ExecReference:
		return "program"
	}
	return ""
}
