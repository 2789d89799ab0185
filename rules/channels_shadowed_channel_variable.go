package rules

import (
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

var shadowedChannelVariable = lint.Rule{
	Name:    "shadowed-channel-variable",
	Group:   lint.GroupChannels,
	Summary: "the variable that an account or channel names for a credential is never read",
	Doc: `An account takes over what it does not set itself from its channel, before Loong looks anything up. So the channel's
inline value comes before the variable of an account, which then runs with the channel's credential. In [signal] and
[whatsapp] it is the other way round: an account has default names of its own, and these hide the variable that the
channel names. In [nostr] an account with a relay_urls of its own, even an empty one, no longer reads relay_urls_env.

Write the name in the account, and keep inline values out of a channel whose accounts have variables of their own.
Not reported where the account has an inline value itself, since no variable is read then.`,
	Level:  lint.Error,
	Levels: "warning where the channel's variable is hidden, and for accounts that are off",
	Since:  "0.1.0",
	Covers: []string{"X6", "X7"},
	Bad: `[discord]
enabled = true
bot_token = { file = "/run/secrets/discord" }

[discord.accounts.support]
bot_token_env = "SUPPORT_BOT_TOKEN"
`,
	Good: `[discord]
enabled = true

[discord.accounts.support]
bot_token_env = "SUPPORT_BOT_TOKEN"
`,
	Run: runShadowedChannelVariable,
}

func runShadowedChannelVariable(p *lint.Pass) {
	all := p.Config.WrittenChannels()
	for i := range all {
		if ch := &all[i]; ch.Node != nil {
			shadowedIn(p, ch)
		}
	}
}

func shadowedIn(p *lint.Pass, ch *loong.Channel) {
	hidden := map[*document.Node]*lint.Finding{} // by the key of the channel, which is reported once
	for i := range ch.Accounts {
		a := &ch.Accounts[i]
		for k := range a.Settings {
			s := &a.Settings[k]
			switch {
			case s.OwnEnvIgnored():
				reportShadowed(p, a, s)
			case s.HidesEnv():
				f := hidden[s.HiddenEnv]
				if f == nil {
					f = reportHidden(p, ch, a, s)
					hidden[s.HiddenEnv] = f
				}
				f.Claims(tableOf(ch, a), s.Credential.Field)
			case ch.StopsVariable(a, s):
				v := a.Table.Field(s.Credential.Field)
				hidden := ch.Table.At(s.Credential.EnvKey).Node
				p.Report(spanOf(v.Node), "an empty %s in account %q stops %s of %s", s.Credential.Field, a.Key, s.Credential.EnvField, tableName(ch.Node)).
					WithNode(v.Node).Claims(tableOf(ch, a), s.Credential.Field).WithIgnored(hidden).WithSeverity(lint.Warning).WithNote("an account that writes %s does not take over the channel's variable", s.Credential.Field).
					WithRelated(hidden.Place(), "not read for this account").
					WithHelp("delete the line, or write %s in the account", s.Credential.EnvField)
			}
		}
	}
}

// reportShadowed reports an account's variable that the channel's inline value shadows (X6).
func reportShadowed(p *lint.Pass, a *loong.Account, s *loong.Setting) {
	f := p.Report(s.EnvNode.Place(), "%s of account %q is never read", s.Credential.EnvField, a.Key).WithNode(s.EnvNode).WithIgnored(s.EnvNode).
		WithNote("the channel's %s comes before the account's variable, so the account runs with that", s.Credential.Field).
		WithRelated(s.Inline.Place(), "this is used").
		WithHelp("move %s into the account it belongs to, or give each account a variable", s.Credential.Field)
	if !a.Enabled {
		f.WithSeverity(lint.Warning)
	}
}

// reportHidden reports a key of the channel that an account does not read (X7).
func reportHidden(p *lint.Pass, ch *loong.Channel, a *loong.Account, s *loong.Setting) *lint.Finding {
	return p.Report(s.HiddenEnv.Place(), "%s is not read for account %q", s.Credential.EnvField, a.Key).WithNode(s.HiddenEnv).WithIgnored(s.HiddenEnv).WithSeverity(lint.Warning).
		WithNote("accounts of %s have a default of their own, %s, which hides what the channel names", tableName(ch.Node), s.Env).
		WithRelated(a.Node.Place(), "reads %s", s.Env).
		WithHelp("write %s in the account", s.Credential.EnvField)
}
