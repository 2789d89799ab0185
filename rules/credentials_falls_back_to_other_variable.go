package rules

import (
	"slices"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var fallsBackToOtherVariable = lint.Rule{
	Name:    "falls-back-to-other-variable",
	Group:   lint.GroupCredentials,
	Summary: "the key comes from another variable than the one that the file or the kind names first",
	Doc: `api_key_env names the variable that is tried first, not the only one. While it is unset or blank, Loong takes the
variables of the kind, without a message: another account pays. Kinds have such a second choice by themselves, too: with ARK_API_KEY
alone the two byteplus kinds send a Volcengine key to BytePlus. Set the variable, or write api_key = { env = "NAME" },
which never falls back.`,
	Level:  lint.Warning,
	Since:  "0.1.0",
	Covers: []string{"K5", "K7"},
	Needs:  lint.Environment,
	Bad: `[providers.main]
kind = "openai"
api_key_env = "TEAM_KEY"
`,
	Good: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
`,
	Env:     []string{"OPENAI_API_KEY=one"},
	Profile: fallsBack,
}

func fallsBack(p *lint.Pass, pr *loong.Profile) {
	c := &pr.Credential
	if c.APIKey.Kind != loong.Absent {
		return
	}
	first, n := profileText(pr, schema.KeyAPIKeyEnv)
	for _, name := range c.APINames {
		if name == first || !isSet(p.Environment, name) {
			if !isUnset(p.Environment, name) {
				return // it is set, or nothing is known of it
			}
			continue
		}
		switch other := mainVariableOf(pr.Kind, name); {
		case n != nil && !p.Config.Reports(n):
			f := p.Report(spanOf(n), "%s is %s, so the key of %s is used", first, unsetWord(p.Environment, first), name).WithNode(n).
				WithHelp("set %s, or write api_key = { env = %q }, which uses no other variable", first, first)
			if other != nil {
				f.WithNote("%s belongs to kind %s", name, other.ID)
			}
		case n == nil && other != nil && pr.HasToken(p.Environment) == loong.No:
			reportAt(p, pr, nil, "the key comes from %s, which belongs to kind %s", name, other.ID).
				WithNote("Loong takes it because %s is %s", pr.Kind.APIKeyEnv, unsetWord(p.Environment, pr.Kind.APIKeyEnv)).WithHelp("set %s", pr.Kind.APIKeyEnv)
		}
		return
	}
}

// mainVariableOf is another kind whose own first variable a name is, while it is only a second
// choice of this one; nil when there is none.
func mainVariableOf(k *loong.Kind, name string) *loong.Kind {
	if !slices.Contains(k.APIKeyEnvAliases, name) {
		return nil
	}
	kinds := loong.Kinds()
	for i := range kinds {
		if o := &kinds[i]; o.APIKeyEnv == name && hostOf(o.BaseURL) != hostOf(k.BaseURL) {
			return o
		}
	}
	return nil
}

// unsetWord says why a variable gives nothing.
func unsetWord(env *loong.Environment, name string) string {
	if _, state := env.Var(name); state == loong.Set {
		return "blank"
	}
	return "not set"
}
