package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/secret"
)

var keyOfOtherVendor = lint.Rule{
	Name:    "key-of-other-vendor",
	Group:   lint.GroupCredentials,
	Summary: "a key that, by its shape, belongs to another service than the one it is sent to",
	Doc: `Some services issue keys with a prefix of their own: sk-ant- is Anthropic's, gsk_ Groq's, xai- xAI's. Sent to another vendor
such a key is refused there, and that vendor has seen it. Write the kind that the key belongs to, or the right key.

Only keys whose text is known are looked at, only shapes that name their vendor, and only where the profile talks to the very
service of its kind; gateways, which take keys of others, are left out.`,
	Level:  lint.Error,
	Levels: "warning where the profile has other credentials",
	Since:  "0.1.0",
	Bad: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
`,
	Good: `[providers.main]
kind = "anthropic"
api_key = { env = "OPENAI_API_KEY" }
`,
	Env: []string{"OPENAI_API_KEY=sk-ant-api03-Vd8Qm2Lx7Rt4Kp9W"},
	Profile: func(p *lint.Pass, pr *loong.Profile) {
		if !pr.Kind.RequiresAuth || strings.Contains(pr.Kind.Group, "Gateway") {
			return
		}
		secrets := knownSecrets(p, pr)
		if len(secrets) == 0 || !serviceOf(pr).own() {
			return
		}
		for _, s := range secrets {
			vendor := vendorOf(s.text)
			if vendor == nil || vendor == pr.Kind || isFamily(vendor, pr.Kind) {
				continue
			}
			f := reportAt(p, pr, s.node, "%s is a key of %s, and is sent to %s", s.what, vendor.DisplayName, pr.Kind.DisplayName).
				WithNote("it is refused there, and the other vendor has seen it").
				WithHelp("write kind = %q, or the key of %s", vendor.ID, pr.Kind.DisplayName)
			if !isOnly(p, pr, &s) {
				f.WithSeverity(lint.Warning)
			}
		}
	},
}

// vendorOf is the kind that the shape of a key names, or nil. Ids of shapes are those of kinds,
// or begin with one (facts/keyshapes.json).
func vendorOf(text string) *loong.Kind {
	found := secret.Find(text)
	if len(found) != 1 || found[0].Start != 0 || found[0].End != len(text) {
		return nil
	}
	id := found[0].ID
	if kind := loong.KindByName(id); kind != nil {
		return kind
	}
	id, _, _ = strings.Cut(id, "-")
	return loong.KindByName(id)
}

// isFamily reports whether two kinds are doors to one service: one has the other's host among
// its addresses.
func isFamily(a, b *loong.Kind) bool {
	return originOf(nil, b.BaseURL).isOf(a) || originOf(nil, a.BaseURL).isOf(b)
}
