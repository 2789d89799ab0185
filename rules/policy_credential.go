package rules

import (
	"cmp"
	"strconv"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var policyCredential = lint.Rule{
	Name:    "policy-credential",
	Group:   lint.GroupPolicy,
	Summary: "a credential from a source that the policy of loonglint.toml does not allow",
	Doc: `[policy.credentials] says where credentials of profiles and of channels that are on may come from: variable, file,
program, literal (written in the file itself) or header (a header that counts as the credential).` + policyDoc,
	Level: lint.Warning,
	Since: "0.1.0",
	Settings: `[policy.credentials]
allow = ["file"]
because = "keys are mounted by the vault, see runbook 12"
`,
	Bad: `[providers.main]
kind = "anthropic"
api_key = { env = "ANTHROPIC_API_KEY" }
`,
	Good: `[providers.main]
kind = "anthropic"
api_key = { file = "/run/secrets/anthropic" }
`,
	Run: func(p *lint.Pass) {
		policyProfiles(p, func(pr *loong.Profile) {
			tell := func(source string, at *document.Node) {
				reportBreach(p, &p.Policy.Credentials, cmp.Or(at, pr.Node), "profile "+strconv.Quote(pr.ID)+" has its credential from a "+source, source)
			}
			c := &pr.Credential
			for _, f := range [...]loong.SecretForm{c.APIKey, c.OAuth} {
				if source := f.Source(); source != "" {
					tell(source, f.Node)
				}
			}
			if c.APIKey.Kind == loong.Absent && c.OAuth.Kind == loong.Absent && len(c.Sources) > 0 {
				tell("variable", c.Sources[0].From.Node)
			}
			if pr.HeaderCounts() {
				tell("header", pr.Table.At(schema.KeyHeaders).Node)
			}
		})
		if p.Policy != nil {
			policyChannelCredentials(p)
		}
	},
}

func policyChannelCredentials(p *lint.Pass) {
	channelsInUse(p, func(ch *loong.Channel) {
		seen := map[*document.Node]bool{}
		for i := range ch.Accounts {
			a := &ch.Accounts[i]
			for j := range a.Settings {
				s := &a.Settings[j]
				source, at := s.Form.Source(), cmp.Or(s.Inline, s.EnvNode, a.Node, ch.Node)
				if s.Reads() != "" {
					source = "variable"
				}
				if !a.Enabled || !s.Credential.Secret || source == "" || seen[at] {
					continue
				}
				seen[at] = true
				reportBreach(p, &p.Policy.Credentials, at, "channel "+ch.Kind.ID+" has its "+s.Credential.Field+" from a "+source, source)
			}
		}
	})
}
