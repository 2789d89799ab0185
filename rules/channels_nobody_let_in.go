package rules

import (
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

var nobodyLetIn = lint.Rule{
	Name:    "nobody-let-in",
	Group:   lint.GroupChannels,
	Summary: "a channel is on and its list of those who may talk to the agent is empty",
	Doc: `In Telegram, Feishu, Matrix, WeCom and QQ Bot an empty list of conversations does not mean everybody but nobody:
serving refuses to start, and where it does start, as QQ Bot's does, it drops every message. Blank entries do not count.
Loong's own access list calls the first four "open" all the same. Write the ids; only Feishu knows "*" for everybody.

A channel that is meant for sending only gets this finding, too: switch the finding off with a comment there.`,
	Level:   lint.Warning,
	Since:   "0.1.0",
	Running: true,
	Covers:  []string{"X9"},
	Bad: `[telegram]
enabled = true
bot_token = { env = "TELEGRAM_BOT_TOKEN" }
allowed_chat_ids = []
`,
	Good: `[telegram]
enabled = true
bot_token = { env = "TELEGRAM_BOT_TOKEN" }
allowed_chat_ids = [-1001234567890]
`,
	Run: func(p *lint.Pass) {
		channelsInUse(p, func(ch *loong.Channel) {
			l := allowListOf(ch.Kind.Section)
			if l == nil || l.sending != "" {
				return
			}
			eachAccountProblem(ch, func(a *loong.Account) (*document.Node, bool) {
				v, _ := ch.Effective(a, l.field)
				filled, _ := idsIn(v)
				return v.Node, !filled
			}, sameNode, func(s problem[*document.Node]) { reportNobody(p, ch, l, s) })
		})
	},
}

// sameNode reports whether two accounts have a list in common; an empty list of each is the same.
func sameNode(a, b *document.Node) bool { return a == b || a != nil && b != nil }

func reportNobody(p *lint.Pass, ch *loong.Channel, l *allowList, s problem[*document.Node]) {
	state := "is not set"
	if s.value != nil {
		state = "is empty"
	}
	f := p.Report(s.at.Place(), "%s lets nobody in: %s %s", whoOf(ch, s.at, s.accounts), l.field, state).WithNode(s.at)
	s.claims(f, ch, l.field)
	f.WithNote("Loong loads the file and shows serving as misconfigured; an empty list does not mean everybody")
	if s.value != nil {
		f.WithRelated(spanOf(s.value), "this list has no id")
	}
	if l.wildcard {
		f.WithHelp(`list the %s ids that may talk to the agent; "*" lets everybody in`, l.who)
		return
	}
	f.WithHelp("list the %s ids that may talk to the agent", l.who)
}
