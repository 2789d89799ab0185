package rules

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

var webhooksNotAsSet = lint.Rule{
	Name:    "webhooks-not-as-set",
	Group:   lint.GroupChannels,
	Summary: "gateway run does not start, or serves other webhooks than the file says",
	Doc: `gateway run serves the webhooks of Feishu (in webhook mode), LINE, WhatsApp and the webhook channel, if the channel and its
default account are on, and then those of all its accounts: an account with enabled = false answers, too. Move such an account out
of the file. Where the default account is off, none of the channel's webhooks is served. Accounts of LINE and webhook without an
account_id are one runtime account, and a webhook_path of WhatsApp without a leading slash ends the program; gateway run then does
not start at all.

Other commands are not affected: serving one channel by itself goes by the account's own switch.`,
	Level:   lint.Warning,
	Since:   "0.1.0",
	Running: true,
	Covers:  []string{"X112", "X133", "X136", "X137"},
	Bad: `[whatsapp]
enabled = true
access_token = { env = "WA_TOKEN" }
phone_number_id = "109876543210"
verify_token = { env = "WA_VERIFY" }
app_secret = { env = "WA_SECRET" }
webhook_path = "whatsapp/hook"
`,
	Good: `[whatsapp]
enabled = true
access_token = { env = "WA_TOKEN" }
phone_number_id = "109876543210"
verify_token = { env = "WA_VERIFY" }
app_secret = { env = "WA_SECRET" }
webhook_path = "/whatsapp/hook"
`,
	Run: func(p *lint.Pass) {
		channelsInUse(p, func(ch *loong.Channel) {
			if !slices.Contains(mountedChannels[:], ch.Kind.Section) || len(ch.Accounts) == 0 {
				return
			}
			pathWithoutSlash(p, ch)
			sameRuntimeAccount(p, ch)
			first := defaultAccount(ch)
			if v, _ := ch.Effective(first, "mode"); v.Decl() != nil && wordOf(v) != "webhook" {
				return // Feishu over a websocket
			}
			if !first.Enabled {
				defaultIsOff(p, ch, first)
				return
			}
			for i := range ch.Accounts {
				if a := &ch.Accounts[i]; !a.Enabled && a != first && a.Node != nil && a.Node.At("enabled") != nil {
					n := a.Node.At("enabled")
					p.Report(spanOf(n), "account %s is off, but gateway run serves its webhook all the same", quoted(a.Key)).WithNode(n).
						WithNote("it serves the webhooks of all accounts once the default account is on").WithHelp("move the account out of this file")
				}
			}
		})
	},
}

// defaultAccount is the account that commands without --account take.
func defaultAccount(ch *loong.Channel) *loong.Account {
	written, _ := ch.Table.Field("default_account").Text()
	for _, id := range [...]string{written, "default"} {
		for i := range ch.Accounts {
			if strings.TrimSpace(id) != "" && ch.Accounts[i].ID == loong.NormalAccountID(id) {
				return &ch.Accounts[i]
			}
		}
	}
	return &ch.Accounts[0]
}

// defaultIsOff reports X137.
func defaultIsOff(p *lint.Pass, ch *loong.Channel, first *loong.Account) {
	if !slices.ContainsFunc(ch.Accounts, func(a loong.Account) bool { return a.Enabled }) {
		return
	}
	f := p.Report(ch.Node.Place(), "gateway run serves no webhook of [%s]: its default account %s is off", ch.Kind.Section, quoted(first.Key)).WithNode(ch.Node).
		WithHelp("write default_account with the name of an account that is on")
	if first.Node != nil {
		f.WithRelated(spanOf(firstNode(first.Node.At("enabled"), first.Node)), "is off")
	}
}

// pathWithoutSlash reports X112: only the paths of WhatsApp are used as they are written.
func pathWithoutSlash(p *lint.Pass, ch *loong.Channel) {
	if ch.Kind.Section != "whatsapp" {
		return
	}
	var told []*document.Node
	for i := range ch.Accounts {
		v, _ := ch.Effective(&ch.Accounts[i], "webhook_path")
		text, _ := v.Text()
		path := strings.TrimSpace(text)
		if path == "" || path[0] == '/' || isTemplate(text) || slices.Contains(told, v.Node) {
			continue
		}
		told = append(told, v.Node)
		p.Report(v.Node.Value(), "webhook_path %s has no leading slash, so gateway run does not start", quoted(text)).WithNode(v.Node).
			WithHelp("write %q", "/"+path).WithFix(lint.Unsafe, "write /"+path, replaceText(p.Document, v.Node, "/"+path))
	}
}

// sameRuntimeAccount reports X136.
func sameRuntimeAccount(p *lint.Pass, ch *loong.Channel) {
	if ch.Kind.Identity.Form != loong.IdentityNone {
		return
	}
	var first *loong.Account
	for i := range ch.Accounts {
		a := &ch.Accounts[i]
		if id, _ := a.Table.Field("account_id").Text(); a.Node == nil || strings.TrimSpace(id) != "" {
			continue
		}
		if first == nil {
			first = a
			continue
		}
		p.Report(a.Node.Place(), "account %s runs as the same account as %s, so gateway run does not start", quoted(a.Key), quoted(first.Key)).WithNode(a.Node).
			WithRelated(first.Node.Place(), "the other one").WithNote("without an account_id both are the runtime account default").
			WithHelp("write an account_id in each")
	}
}
