package rules

import (
	"cmp"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

var policyChannel = lint.Rule{
	Name:    "policy-channel",
	Group:   lint.GroupPolicy,
	Summary: "a channel is on that the policy of loonglint.toml does not allow",
	Doc: `[policy.channels] says which channels may be on, by the ids that Loong lists them under ("google-chat"). A channel
that is written and off is not a breach.` + policyDoc,
	Level: lint.Warning,
	Since: "0.1.0",
	Settings: `[policy.channels]
deny = ["telegram", "signal"]
because = "customer data stays on the company's messengers"
`,
	Bad: `[telegram]
enabled = true
allowed_chat_ids = [12345]
allowed_sender_ids = [678]
bot_token_env = "TELEGRAM_BOT_TOKEN"
`,
	Good: `[telegram]
enabled = false
allowed_chat_ids = [12345]
bot_token_env = "TELEGRAM_BOT_TOKEN"
`,
	Run: func(p *lint.Pass) {
		if p.Policy == nil {
			return
		}
		channelsInUse(p, func(ch *loong.Channel) {
			reportBreach(p, &p.Policy.Channels, cmp.Or(ch.Enabled.From.Node, ch.Node), "channel "+ch.Kind.ID+" is on", ch.Kind.ID)
		})
	},
}
