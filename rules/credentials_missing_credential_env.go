package rules

import (
	"slices"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/suggest"
)

var missingCredentialEnv = lint.Rule{
	Name:    "missing-credential-env",
	Group:   lint.GroupCredentials,
	Summary: "no variable of a profile gives the credential that it needs",
	Doc: `A profile that could read a credential from a variable needs one: while all its variables are unset or blank, and
nothing else gives a credential, Loong refuses every request before it is sent. Set one of the variables that are named, in
the order in which Loong prefers them. A variable that holds nothing but blanks counts as unset.

In CI name the variables that the file may use (--env-names, --env-file); with --env=static nothing is reported. Roles
that a machine in AWS gives are not seen, so bedrock gets a warning only.`,
	Level:  lint.Error,
	Levels: "warning for bedrock; info for a blank variable beside a header that is a credential",
	Since:  "0.1.0",
	Covers: []string{"K24"},
	Needs:  lint.Environment,
	Bad: `[providers.main]
kind = "anthropic"
api_key = { env = "ANTHROPIC_API_KEY" }
`,
	Good: `[providers.main]
kind = "anthropic"
api_key = "${TEAM_KEY}"
`,
	Env:   []string{"TEAM_KEY=one"},
	After: []string{"copilot-needs-oauth", "header-is-not-a-credential", "key-in-env-name", "missing-region", "profile-key-in-headers", "unreadable-secret-file", "unreplaced-placeholder"},
	End: func(p *lint.Pass) {
		for i := range p.Config.Profiles {
			missingCredential(p, &p.Config.Profiles[i])
		}
	},
}

func missingCredential(p *lint.Pass, pr *loong.Profile) {
	c := &pr.Credential
	if pr.Node == nil || !c.Required || len(pr.Kind.EnvNames) == 0 || c.Resolved != loong.No {
		return
	}
	blank := blankVariable(pr)
	switch {
	case isExplained(p, pr):
	case c.Ready == loong.No:
		reportNoCredential(p, pr, blank)
	case blank != "" && pr.HeaderCounts() && c.Resolved == loong.No:
		reportAt(p, pr, variableNode(pr, blank), "%s is set but blank, which counts as unset", blank).WithSeverity(lint.Info).
			WithNote("a header gives the credential").WithHelp("give the variable a value, or unset it")
	}
}

// isExplained reports whether something else says why the credential is missing.
func isExplained(p *lint.Pass, pr *loong.Profile) bool {
	for _, s := range pr.Credential.Sources {
		if p.Config.Reports(s.From.Node) || p.ToldAt(s.From.Node) {
			return true
		}
	}
	return p.Told(pr.Node, aCredential, "api_key", "api_key_env", "oauth_access_token", "oauth_access_token_env") ||
		pr.HasAWSKeys(p.Environment) == loong.Yes && p.Told(pr.Node, aRegion)
}

func blankVariable(pr *loong.Profile) string {
	for _, s := range pr.Credential.Sources {
		if s.Blank {
			return s.Name
		}
	}
	return ""
}

func reportNoCredential(p *lint.Pass, pr *loong.Profile, blank string) {
	names := pr.Credential.EnvNames()
	var message string
	switch {
	case blank != "" && len(names) == 1:
		message = blank + " is set but blank, and " + profileLabel(pr) + " has no other credential"
	case len(names) == 1 && isSet(p.Environment, names[0]):
		message = names[0] + " holds no key, and " + profileLabel(pr) + " has no other credential"
	case len(names) == 1:
		message = names[0] + " is not set, and " + profileLabel(pr) + " has no other credential"
	default:
		message = "none of " + joinAnd(names) + " gives a credential, and " + profileLabel(pr) + " needs one"
	}
	var node = pr.Node
	at := pr.Node.Place()
	for _, s := range pr.Credential.Sources {
		if s.From.Node != nil {
			node, at = s.From.Node, spanOf(s.From.Node)
			break
		}
	}
	f := p.Say(at, message).WithNode(node)
	if blank != "" && len(names) > 1 {
		f.WithNote("%s is set but blank, which counts as unset", blank)
	} else {
		f.WithNote("Loong refuses every request of this profile before it is sent")
	}
	switch near := nearSet(p.Environment, names); {
	case near != "":
		f.WithHelp("%s is set: rename it, or write api_key = { env = %q }", near, near)
	case len(names) == 1:
		f.WithHelp("set %s", names[0])
	default:
		f.WithHelp("set one of them; Loong prefers them in this order")
	}
	if pr.Kind.SigV4 != nil {
		f.WithSeverity(lint.Warning).WithHelp("set %s, or %s", joinAnd(names), joinAnd(append(slices.Clone(pr.Kind.SigV4.Required), "a region")))
	}
}

// nearSet is a variable that is set and whose name is near one of those wanted, or "".
func nearSet(env *loong.Environment, names []string) string {
	if env.Names == nil {
		return ""
	}
	set := slices.DeleteFunc(slices.Clone(env.Names()), func(n string) bool { return !isSet(env, n) })
	slices.Sort(set)
	for _, name := range names {
		if near := suggest.Nearest(name, slices.Values(set)); len(near) > 0 {
			return near[0]
		}
	}
	return ""
}
