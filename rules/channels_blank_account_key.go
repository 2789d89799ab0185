package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
)

var blankAccountKey = lint.Rule{
	Name:    "blank-account-key",
	Group:   lint.GroupChannels,
	Summary: "an account whose key is blank, so that Loong cannot use it",
	Doc: `An account needs a key to be found by. One whose key is empty or blank is listed as "default" beside the others and
cannot be resolved: it shows as misconfigured even where the channel is off, and its settings are not used. A lone
account with a blank key stands for the channel's own settings, and what its table holds is not used either.`,
	Level:  lint.Warning,
	Levels: "info for the only account of a channel",
	Since:  "0.1.0",
	Covers: []string{"X33"},
	Bad: `[discord.accounts.""]
bot_token = { env = "OPS_BOT_TOKEN" }

[discord.accounts.support]
bot_token = { env = "SUPPORT_BOT_TOKEN" }
`,
	Good: `[discord.accounts.ops]
bot_token = { env = "OPS_BOT_TOKEN" }

[discord.accounts.support]
bot_token = { env = "SUPPORT_BOT_TOKEN" }
`,
	Run: func(p *lint.Pass) {
		all := p.Config.WrittenChannels()
		for i := range all {
			for _, n := range all[i].Blank {
				if len(n.Parent.Entries) > len(all[i].Blank) {
					p.Report(n.Place(), "the account %s has a blank key and cannot be used", quoted(n.Name())).WithNode(n).WithIgnored(n).
						WithNote(`it is listed as "default" and shows as misconfigured; its settings are not used`).
						WithHelp("give it a name")
					continue
				}
				p.Report(n.Place(), "the settings of the account %s are not used", quoted(n.Name())).WithNode(n).WithIgnored(n).WithSeverity(lint.Info).
					WithNote("a single account with a blank key means the channel's own settings").
					WithHelp("give it a name, or write the settings in the channel's section")
			}
		}
	},
}
