package rules

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var accountsNotAsSet = lint.Rule{
	Name:    "accounts-not-as-set",
	Group:   lint.GroupChannels,
	Summary: "accounts of a channel that run as one, or of which commands take another than is meant",
	Doc: `Where a channel has several accounts, commands without --account, multi-channel-serve and the background part of gateway run take
one of them: default_account, else the account named default, else the first by name, even if that one is off. Write
default_account.

Loong keeps the state of an account under a runtime id: its account_id, else one that follows from its credential. Two accounts with
the same credential, or with an account_id that both take over from the channel, are one runtime account: they share state, and
while one is served the other is refused. Write an account_id in each. Telegram gives the messages of a bot to one client only, so two
accounts with one bot lose messages to each other whatever their ids.

Silent for channels that are off, for credentials that are not known to be the same, and where Loong's own validation
reports the ids.`,
	Level:   lint.Warning,
	Levels:  "info where only the account that is taken is on, and for accounts of a channel that only sends",
	Since:   "0.1.0",
	Running: true,
	Covers:  []string{"X97", "X98", "X99", "X100"},
	Bad: `[telegram]
enabled = true
allowed_chat_ids = [-1002003004005]

[telegram.accounts.zeta]
bot_token_env = "TG_ZETA"

[telegram.accounts.alpha]
bot_token_env = "TG_ALPHA"
`,
	Good: `[telegram]
enabled = true
default_account = "zeta"
allowed_chat_ids = [-1002003004005]

[telegram.accounts.zeta]
bot_token_env = "TG_ZETA"

[telegram.accounts.alpha]
bot_token_env = "TG_ALPHA"
`,
	After: []string{"webhooks-not-as-set"},
	End: func(p *lint.Pass) {
		channelsInUse(p, func(ch *loong.Channel) {
			if len(ch.Accounts) < 2 || slices.ContainsFunc(ch.Accounts, func(a loong.Account) bool { return a.Unresolvable }) {
				return
			}
			noDefaultAccount(p, ch)
			if !isRefused(p, ch) {
				sharedAccountID(p, ch)
				sameAccounts(p, ch)
			}
		})
	},
}

// isRefused reports whether Loong's own validation reports ids of a channel's accounts.
func isRefused(p *lint.Pass, ch *loong.Channel) bool {
	return slices.ContainsFunc(p.Config.Diagnostics, func(d loong.Diagnostic) bool {
		return d.Code == "config.channel_account.duplicate_id" && strings.HasPrefix(d.FieldPath, ch.Kind.Section+".")
	})
}

// noDefaultAccount reports X97.
func noDefaultAccount(p *lint.Pass, ch *loong.Channel) {
	written, _ := ch.Table.At(schema.KeyDefaultAccount).Text()
	first := defaultAccount(ch)
	on := 0
	for i := range ch.Accounts {
		if ch.Accounts[i].Enabled {
			on++
		}
	}
	if strings.TrimSpace(written) != "" || first.ID == loong.NormalAccountID("") || on == 0 || !first.Enabled && p.ToldAt(ch.Node) {
		return
	}
	f := p.Report(ch.Node.Place(), "%s has no default_account, so commands take account %s", tableName(ch.Node), quoted(first.Key)).WithNode(ch.Node).
		WithRelated(spanOf(first.Node), "the first by name").WithHelp("write default_account with the name of the account that you mean")
	switch {
	case !first.Enabled:
		f.WithNote("it is off, so commands without --account are refused")
	case on == 1:
		f.WithNote("it is the only one that is on").WithSeverity(lint.Info)
	default:
		f.WithNote("it is the first by name: commands without --account, multi-channel-serve and the background part of gateway run take it alone")
	}
}

// sharedAccountID reports X100.
func sharedAccountID(p *lint.Pass, ch *loong.Channel) {
	n := ch.Table.NodeOf(schema.KeyAccountID)
	if loong.OwnAccountID(ch.Table) == "" {
		return
	}
	var names []string
	for _, a := range runningAccounts(ch) {
		if loong.OwnAccountID(a.Table) == "" {
			names = append(names, quoted(a.Key))
		}
	}
	if len(names) < 2 {
		return
	}
	f := p.Report(spanOf(n), "accounts %s take over this account_id and run as one account", joinAnd(names)).WithNode(n).
		WithNote("%s", sharedState(ch)).WithHelp("write an account_id of its own in each account")
	onlySends(ch, f)
}

// onlySends lowers a finding about the runtime account of a channel that serves nothing.
func onlySends(ch *loong.Channel, f *lint.Finding) {
	if !ch.Kind.Serve.Exists {
		f.WithSeverity(lint.Info).WithNote("this channel only sends, so nothing is refused")
	}
}

// runningAccounts lists the accounts that run: those that are on, and those whose webhook gateway run serves all the same.
func runningAccounts(ch *loong.Channel) []*loong.Account {
	row, first := mountedOf(ch.Kind.Section), defaultAccount(ch)
	all := row != nil && first.Enabled && row.isIn(ch, first)
	var running []*loong.Account
	for i := range ch.Accounts {
		if a := &ch.Accounts[i]; a.Enabled || all {
			running = append(running, a)
		}
	}
	return running
}

// sharedState says what comes of two accounts that run as one.
func sharedState(ch *loong.Channel) string {
	text := "they share their state, and while one is served the other is refused"
	if row := mountedOf(ch.Kind.Section); row != nil && row.isIn(ch, defaultAccount(ch)) {
		text += "; gateway run does not start"
	}
	return text
}

// sameAccounts reports X98 and X99: an account with the credential of one before it, the first such.
func sameAccounts(p *lint.Pass, ch *loong.Channel) {
	channel, client := loong.OwnAccountID(ch.Table), clientOf(ch.Kind.Section)
	running := runningAccounts(ch)
	identities := map[string]*loong.Account{}
	clients := make(map[string]clientAccount, len(running)) // of each credential the first account
	others := map[string]clientAccount{}                    // and the first one with another id
	for _, a := range running {
		id := loong.OwnAccountID(a.Table)
		if id == "" && channel == "" {
			if identity := ch.Identity(a); identity != "" {
				if first := identities[identity]; first != nil {
					sameIdentity(p, ch, first, a)
					continue
				}
				identities[identity] = a
			}
		}
		if client == nil {
			continue
		}
		credential := ch.Compared(a, client.field)
		if credential == "" {
			continue
		}
		first, known := clients[credential]
		other, two := others[credential]
		switch {
		case !known:
			clients[credential] = clientAccount{a, id}
		case first.id != id:
			sameClient(p, client, first.account, a)
			if !two {
				others[credential] = clientAccount{a, id}
			}
		case two:
			sameClient(p, client, other.account, a)
		}
	}
}

type clientAccount struct {
	account *loong.Account
	id      string // its own account_id, or ""
}

// clientOf is what the service of a channel gives to one client only, or nil.
func clientOf(section string) *oneClientCredential {
	k := slices.IndexFunc(oneClient[:], func(c oneClientCredential) bool { return c.section == section })
	if k < 0 {
		return nil
	}
	return &oneClient[k]
}

// sameIdentity reports X98, at the account that is later in the file.
func sameIdentity(p *lint.Pass, ch *loong.Channel, a, b *loong.Account) {
	a, b = inOrder(a, b)
	field := ch.Kind.Identity.Field
	f := p.Report(b.Node.Place(), "account %s runs as the same account as %s: both have the same %s", quoted(b.Key), quoted(a.Key), field).WithNode(b.Node).
		WithRelated(a.Node.Place(), "the other one").WithNote("%s", sharedState(ch)).WithHelp("write the %s that belongs to it, or delete one account", field)
	onlySends(ch, f)
}

// sameClient reports X99, at the account that is later in the file.
func sameClient(p *lint.Pass, client *oneClientCredential, a, b *loong.Account) {
	a, b = inOrder(a, b)
	p.Report(b.Node.Place(), "accounts %s and %s have the same %s", quoted(a.Key), quoted(b.Key), client.field).WithNode(b.Node).
		WithRelated(a.Node.Place(), "the other one").WithNote("%s, so each loses messages to the other", client.why).
		WithHelp("write the %s that belongs to it, or delete one account", client.field)
}

func inOrder(a, b *loong.Account) (first, second *loong.Account) {
	if a.Node.Place().Start > b.Node.Place().Start {
		return b, a
	}
	return a, b
}
