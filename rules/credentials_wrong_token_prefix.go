package rules

import (
	"cmp"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

var wrongTokenPrefix = lint.Rule{
	Name:    "wrong-token-prefix",
	Group:   lint.GroupCredentials,
	Summary: "a token of a channel that is sent with a prefix twice, or that a prefix runs into",
	Doc: `Loong writes in front of a token what the service wants there: oauth: for Twitch, Bot for Discord, Bearer for Slack, Mattermost, Matrix, LINE and
WhatsApp, bot in the path for Telegram. A token that begins with it is sent with two of them, and the service refuses it. Write the token
alone, also in the variable.

The webhook channel joins auth_token_prefix and auth_token as they are: "Bearer" needs a blank at its end. The same value is demanded of
incoming requests.

Only tokens whose text is known are looked at: those in the file, and values of variables in the live world or an env file. Channels
and accounts that are off are not judged.`,
	Level:   lint.Warning,
	Since:   "0.1.0",
	Running: true,
	Covers:  []string{"X119", "X122"},
	Bad: `[webhook]
enabled = true
endpoint_url = { env = "HOOK_URL" }
signing_secret = { env = "HOOK_SECRET" }
auth_token = { env = "HOOK_TOKEN" }
auth_token_prefix = "Bearer"
`,
	Good: `[webhook]
enabled = true
endpoint_url = { env = "HOOK_URL" }
signing_secret = { env = "HOOK_SECRET" }
auth_token = { env = "HOOK_TOKEN" }
auth_token_prefix = "Bearer "
`,
	Run: func(p *lint.Pass) {
		channelsInUse(p, func(ch *loong.Channel) {
			var told []*document.Node
			once := func(n *document.Node) bool {
				if slices.Contains(told, n) {
					return false
				}
				told = append(told, n)
				return true
			}
			for i := range ch.Accounts {
				if a := &ch.Accounts[i]; a.Enabled && !a.Unresolvable {
					prefixTwice(p, ch, a, once)
					prefixRunsInto(p, ch, a, once)
				}
			}
		})
	},
}

// prefixTwice reports X122.
func prefixTwice(p *lint.Pass, ch *loong.Channel, a *loong.Account, once func(*document.Node) bool) {
	k := slices.IndexFunc(tokenPrefixes[:], func(t tokenPrefix) bool { return t.section == ch.Kind.Section })
	if k < 0 {
		return
	}
	row := &tokenPrefixes[k]
	s := a.Setting(row.field)
	if s == nil {
		return
	}
	text, known := s.Text()
	if !known || len(text) <= len(row.prefix) || !strings.EqualFold(text[:len(row.prefix)], row.prefix) {
		return
	}
	bare := text[len(row.prefix):]
	if row.digits && (bare[0] < '0' || bare[0] > '9') {
		return
	}
	n := cmp.Or(s.Form.Node, s.EnvNode, tableOf(ch, a))
	if !once(n) {
		return
	}
	where := "the " + row.field + " of " + tableName(tableOf(ch, a))
	p.Report(spanOf(n), "%s begins with %s, which Loong writes itself", where, quoted(row.prefix)).WithNode(n).
		WithNote("it is sent twice, and the service refuses it").WithHelp("write the token alone")
}

// prefixRunsInto reports X119.
func prefixRunsInto(p *lint.Pass, ch *loong.Channel, a *loong.Account, once func(*document.Node) bool) {
	k := slices.IndexFunc(joinedPrefixes[:], func(j joinedPrefix) bool { return j.section == ch.Kind.Section })
	if k < 0 {
		return
	}
	row := &joinedPrefixes[k]
	v, _ := ch.Effective(a, row.field)
	prefix, _ := v.Text()
	s := a.Setting(row.token)
	if prefix == "" || p.Document.IsBrokenAt(v.Node) || !isASCIIAlnum(rune(prefix[len(prefix)-1])) || s == nil || s.Given == loong.No || s.Given == loong.Maybe && s.Inline == nil && s.EnvNode == nil || !once(v.Node) {
		return
	}
	p.Report(v.Node.Value(), "%s %s runs into the token: Loong puts no blank between them", row.field, quoted(prefix)).WithNode(v.Node).
		WithNote("the header is sent so, and the same value is demanded of incoming requests").
		WithHelp("write %q", prefix+" ").WithFix(lint.Unsafe, "put a blank at its end", replaceText(p.Document, v.Node, prefix+" "))
}
