package rules

import (
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var everybodyLetIn = lint.Rule{
	Name:    "everybody-let-in",
	Group:   lint.GroupChannels,
	Summary: "a channel is on and lets everybody in, or writes to everybody",
	Doc: `Two kinds of lists bound a channel. In Telegram, Feishu, Matrix and WeCom the list of conversations lets people in,
and allowed_sender_ids narrows who may speak in them; while that one is empty, each member of each conversation may.
That is how most files have it, and an info.

In Weixin, OneBot and WhatsApp Personal an empty list, or "*", bounds nothing, and the list counts only when the agent
sends (in Weixin to contacts, in OneBot to groups): who may write to the agent is up to the bridge. With an empty
list Weixin and OneBot are not ready to serve either. Write the ids.`,
	Level:   lint.Warning,
	Levels:  "info where only allowed_sender_ids is empty",
	Since:   "0.1.0",
	Running: true,
	Covers:  []string{"X10", "X12"},
	Bad: `[whatsapp_personal]
enabled = true
bridge_url = "http://127.0.0.1:3000"
auth_dir = "/var/lib/loong/whatsapp"

[runtime_plugins]
enabled = true
roots = ["/opt/loong/plugins"]
supported_bridges = ["http_json"]
`,
	Good: `[whatsapp_personal]
enabled = true
bridge_url = "http://127.0.0.1:3000"
auth_dir = "/var/lib/loong/whatsapp"
allowed_chat_ids = ["4915112345678@s.whatsapp.net"]

[runtime_plugins]
enabled = true
roots = ["/opt/loong/plugins"]
supported_bridges = ["http_json"]
`,
	Run: func(p *lint.Pass) {
		channelsInUse(p, func(ch *loong.Channel) {
			switch l := allowListOf(ch.Kind.Section); {
			case l == nil:
			case l.sending != "":
				unbounded(p, ch, l)
			case l.senders != "":
				anySender(p, ch, l)
			}
		})
	},
}

// openList is a list that bounds nothing: it is not written, empty, or has an entry *.
type openList struct {
	list, star *document.Node
}

func sameOpenList(a, b openList) bool {
	return sameNode(a.list, b.list) && (a.star == nil) == (b.star == nil)
}

// unbounded reports lists that are enforced only when sending (X12).
func unbounded(p *lint.Pass, ch *loong.Channel, l *allowList) {
	eachAccountProblem(ch, func(a *loong.Account) (openList, bool) {
		v, _ := ch.Effective(a, l.field)
		filled, star := idsIn(v)
		return openList{v.Node, star}, !filled || star != nil
	}, sameOpenList, func(s problem[openList]) {
		state := "is not set"
		switch {
		case s.value.star != nil:
			state = `holds "*"`
		case s.value.list != nil:
			state = "is empty"
		}
		f := p.Report(s.at.Place(), "%s may write to every %s: %s %s", whoOf(ch, s.at, s.accounts), l.who, l.field, state).WithNode(s.at)
		s.claims(f, ch, l.field)
		f.WithNote("the list counts only when sending %s; who may write to the agent is up to the bridge", l.sending)
		if s.value.star == nil && servesListed(ch, l) {
			f.WithNote("the list counts only when sending %s; who may write to the agent is up to the bridge, "+
				"and without an entry serving is not ready", l.sending)
		}
		if s.value.star != nil {
			f.WithRelated(spanOf(s.value.star), "everybody")
		} else if s.value.list != nil {
			f.WithRelated(spanOf(s.value.list), "this list has no id")
		}
		f.WithHelp("list the %s ids that the agent may write to", l.who)
	})
}

// servesListed reports whether a channel needs an entry in its list to serve.
func servesListed(ch *loong.Channel, l *allowList) bool {
	for i := range ch.Kind.Serve.Requires {
		if ch.Kind.Serve.Requires[i].Field == l.field {
			return true
		}
	}
	return false
}

// anySender reports conversations in which everybody may speak (X10).
func anySender(p *lint.Pass, ch *loong.Channel, l *allowList) {
	eachAccountProblem(ch, func(a *loong.Account) (openList, bool) {
		conversations, _ := ch.Effective(a, l.field)
		senders, _ := ch.Effective(a, l.senders)
		in, star := idsIn(conversations)
		some, _ := idsIn(senders)
		return openList{senders.Node, star}, in && !some && !notAList(senders)
	}, sameOpenList, func(s problem[openList]) {
		where := "in the listed " + l.who + "s"
		if s.value.star != nil && l.wildcard {
			where = "in every " + l.who
		}
		p.Report(s.at.Place(), "%s answers everybody %s", whoOf(ch, s.at, s.accounts), where).WithNode(s.at).WithSeverity(lint.Info).
			WithNote("%s is empty, which admits every sender", l.senders).
			WithHelp("list the allowed senders in %s, unless all members may speak", l.senders)
	})
}

// notAList reports whether a list is written as something else.
func notAList(list schema.Value) bool { return list.Present() && list.Node.Kind != document.Array }
