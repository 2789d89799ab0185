package sheet

import (
	"strings"

	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

// MinimalConfig is the smallest file that selects a kind, as the guide pages give it. With
// comments it also says what the operator must fill in.
func MinimalConfig(k *loong.Kind, target schema.Target, comments bool) string {
	m := minimal{comments: comments}
	m.comment(k.DisplayName + ", for " + target.Title() + ".")
	m.set("active_provider", quote(k.ID))
	m.line("")
	m.line("[providers." + k.ID + "]")
	m.set("kind", quote(k.ID))
	m.address(k)
	m.credential(k)
	m.model(k)
	return m.b.String()
}

type minimal struct {
	b        strings.Builder
	comments bool
}

func (m *minimal) line(s string) { m.b.WriteString(s + "\n") }

func (m *minimal) set(key, value string) { m.line(key + " = " + value) }

func (m *minimal) comment(s string) {
	if m.comments {
		m.line("# " + s)
	}
}

func (m *minimal) address(k *loong.Kind) {
	switch {
	case k.RequiresOwnBase:
		m.comment("Replace " + And(k.Placeholders) + " by your own.")
		if k.Advice != nil {
			m.comment(k.Advice.BaseNote + ".")
			m.comment(k.Advice.OtherNote)
		}
		m.set("base_url", quote(k.OwnBase()))
	case len(k.RegionEnvNames) > 0:
		m.comment("The region in " + k.BaseURL)
		m.comment("comes from " + Or(k.RegionEnvNames) + ". Set one of them, or write the address here:")
		m.comment("base_url = " + quote(k.BaseURL))
	case k.Region != nil:
		for _, v := range k.Region.Variants {
			if !v.Default {
				m.comment("For the " + v.Label + " region:")
				m.comment("base_url = " + quote(v.BaseURL))
			}
		}
	}
}

func (m *minimal) credential(k *loong.Kind) {
	switch {
	case k.APIKeyEnv != "":
		if k.SigV4 != nil {
			m.comment("Without a key, requests are signed with " + And(k.SigV4.Required) + ".")
		}
		m.comment("The key is read from this variable and from no other.")
		m.set("api_key", "{ env = "+quote(k.APIKeyEnv)+" }")
	case k.OAuthEnv != "":
		m.comment("The login's OAuth token; an api_key does not replace it.")
		m.set("oauth_access_token", "{ env = "+quote(k.OAuthEnv)+" }")
	default:
		m.comment("No credential is needed.")
	}
}

func (m *minimal) model(k *loong.Kind) {
	if k.DefaultModel != "" {
		m.set("model", quote(k.DefaultModel))
		return
	}
	if k.Advice != nil {
		m.comment(k.Advice.ModelNote + ".")
		m.set("model", quote(k.Advice.Model))
		return
	}
	advice := `"auto" takes a model from the service's list; where that is unreliable, write a model's name`
	if k.OnboardingModel != "" {
		advice += " (" + k.OnboardingModel + ")"
	}
	m.comment(advice)
	m.comment("or add preferred_models.")
	m.set("model", `"auto"`)
}

// quote writes a text of the catalog as a TOML string; none of them needs an escape.
func quote(s string) string { return `"` + s + `"` }

// And joins words for a sentence.
func And(words []string) string { return join(words, " and ") }

// Or joins words for a sentence.
func Or(words []string) string { return join(words, " or ") }

func join(words []string, last string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	n := len(words) - 1
	return strings.Join(words[:n], ", ") + last + words[n]
}
