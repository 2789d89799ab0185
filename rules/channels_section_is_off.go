package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

var sectionIsOff = lint.Rule{
	Name:    "section-is-off",
	Group:   lint.GroupChannels,
	Summary: "a section or account that is filled in, and does nothing because it is not enabled",
	Doc: `Channels, [acp] and [skills] are off until enabled = true is written in them; their other keys do not switch them on. An
account of a channel works only while the channel itself is on, whatever its own enabled says. Which one is meant a person has to choose:
a channel that is switched on talks to the world.

Silent where a section says enabled = false, for channels without a credential, an address or a list of ids, and for an [acp]
that loong ask uses all the same, because of its working_directory or bootstrap_mcp_servers in [acp.dispatch].`,
	Level:   lint.Info,
	Levels:  "warning for an account with enabled = true in a channel that is off",
	Since:   "0.1.0",
	Running: true,
	Covers:  []string{"X91", "X93", "X94", "X95"},
	Bad: `[telegram]
allowed_chat_ids = [-1002003004005]

[telegram.accounts.ops]
enabled = true
bot_token_env = "TELEGRAM_BOT_TOKEN"
`,
	Good: `[telegram]
enabled = true
allowed_chat_ids = [-1002003004005]

[telegram.accounts.ops]
bot_token_env = "TELEGRAM_BOT_TOKEN"
`,
	Run: func(p *lint.Pass) {
		for i := range p.Config.IgnoredOff() {
			if i.Entry == "X94" {
				accountOfOffChannel(p, i)
				continue
			}
			f := p.Report(i.Node.Place(), "%s is off: enabled is not written", tableName(i.Node)).WithNode(i.Node).WithIgnored(i.Node).
				WithHelp("write enabled = true if it is meant to be on, or false to say that it is not")
			for _, line := range [...]string{"enabled = true", "enabled = false"} {
				if edit, ok := insertKey(p.Document, i.Node, line); ok {
					f.WithChoice("write "+line, edit)
				}
			}
		}
	},
}

// accountOfOffChannel reports X94.
func accountOfOffChannel(p *lint.Pass, i loong.Ignored) {
	account := i.Node.Parent
	channel := account.Parent.Parent
	f := p.Report(i.Node.Place(), "account %s is off, because %s is not on", quoted(account.Name()), tableName(channel)).WithNode(i.Node).WithIgnored(i.Node).WithSeverity(lint.Warning).
		WithNote("an account works only while its channel is on, too").WithHelp("write enabled = true in %s", tableName(channel))
	if i.By != nil {
		f.WithRelated(spanOf(i.By), "this decides")
	} else if edit, ok := insertKey(p.Document, channel, "enabled = true"); ok {
		f.WithChoice("write enabled = true in "+tableName(channel), edit)
	}
}
