package rules

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var webhooksNotAsSet = lint.Rule{
	Name:    "webhooks-not-as-set",
	Group:   lint.GroupChannels,
	Summary: "gateway run does not start, or serves other webhooks than the file says",
	Doc: `gateway run serves the webhooks of Feishu (in webhook mode), LINE, WhatsApp and the webhook channel, if the channel and its
default account are on, and then those of all its accounts: an account with enabled = false answers, too. Move such an account out
of the file. Where the default account is off, none of the channel's webhooks is served. Accounts of LINE and webhook without an
account_id are one runtime account, two accounts with the same path collide, of one channel or of two, on or off, and a
webhook_path of WhatsApp without a leading slash ends the program; gateway run then does not start at all.

Other commands are not affected: serving one channel by itself goes by the account's own switch. It listens on webhook_bind, which
is host:port; two channels served side by side need two.`,
	Level:   lint.Warning,
	Levels:  "info for channels or accounts that listen on the same address when they are served side by side",
	Since:   "0.1.0",
	Running: true,
	Covers:  []string{"X108", "X109", "X111", "X112", "X133", "X136", "X137"},
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
		var served, binds []webhook
		channelsInUse(p, func(ch *loong.Channel) {
			row := mountedOf(ch.Kind.Section)
			if row == nil || len(ch.Accounts) == 0 {
				return
			}
			binds = append(binds, listeners(p, ch, row)...)
			pathWithoutSlash(p, ch, row)
			sameRuntimeAccount(p, ch)
			first := defaultAccount(ch)
			switch {
			case !row.isIn(ch, first): // another mode
			case !first.Enabled:
				defaultIsOff(p, ch, first)
			default:
				servedAnyway(p, ch, first)
				served = append(served, webhooksOf(ch, row)...)
			}
		})
		eachShared(served, func(w, o *webhook) {
			p.Report(w.at.Place(), "gateway run does not start: %s and %s have the same path %s", w.who, o.who, quoted(w.value)).WithNode(w.at).
				WithRelated(o.at.Place(), "the other one").WithHelp("give each a %s of its own", w.key)
		})
		eachShared(binds, func(w, o *webhook) {
			p.Report(spanOf(w.at), "%s and %s listen on the same address %s", w.who, o.who, quoted(w.value)).WithNode(w.at).WithSeverity(lint.Info).
				WithRelated(spanOf(o.at), "the other one").WithNote("served side by side the second one cannot start; gateway run listens on its own port instead").
				WithHelp("give each a %s of its own, unless gateway run serves them", w.key)
		})
	},
}

// webhook is a path or address of an account that no other may have.
type webhook struct {
	at         *document.Node // what is reported
	who        string         // how a message calls the account
	value, key string
}

// isIn reports whether an account is in the mode in which its webhook counts.
func (m *mountedChannel) isIn(ch *loong.Channel, a *loong.Account) bool {
	if m.mode == "" {
		return true
	}
	v, _ := ch.Effective(a, "mode")
	return wordOf(v) == m.mode
}

// eachShared calls f for each that has the value of one before it in the file, and for that one.
func eachShared(list []webhook, f func(w, o *webhook)) {
	slices.SortStableFunc(list, func(a, b webhook) int { return cmp.Compare(a.at.Place().Start, b.at.Place().Start) })
	for i := range list {
		if j := slices.IndexFunc(list[:i], func(o webhook) bool { return o.value == list[i].value }); j >= 0 {
			f(&list[i], &list[j])
		}
	}
}

// webhookIn is a text of an account, or its default, and what in the file it is of.
func webhookIn(ch *loong.Channel, a *loong.Account, key, byDefault string) (w webhook, v schema.Value) {
	v, _ = ch.Effective(a, key)
	text, _ := v.Text()
	w = webhook{tableOf(ch, a), tableName(ch.Node), strings.TrimSpace(text), key}
	if a.Node != nil {
		w.who = "account " + quoted(a.Key) + " of " + w.who
	}
	if w.value == "" {
		w.value = byDefault
	}
	return w, v
}

// webhooksOf are the paths at which gateway run serves the accounts of a channel, on or off, but those that have the name of the account
// in them.
func webhooksOf(ch *loong.Channel, row *mountedChannel) (list []webhook) {
	for i := range ch.Accounts {
		a := &ch.Accounts[i]
		w, _ := webhookIn(ch, a, cmp.Or(row.path, row.address), row.defaultPath)
		if row.address != "" {
			w.value = pathOf(w.value)
		} else if row.path != "" && w.value[0] != '/' {
			w.value = "/" + w.value
		}
		if w.value != "" && (row.address == "" || w.value != "/") && !isTemplate(w.value) && !a.Unresolvable {
			list = append(list, w)
		}
	}
	return list
}

// listeners are the addresses on which accounts listen when they are served by themselves. It reports those on which nothing can
// listen (X108).
func listeners(p *lint.Pass, ch *loong.Channel, row *mountedChannel) (list []webhook) {
	var told []*document.Node
	for i := range ch.Accounts {
		a := &ch.Accounts[i]
		if row.bind == "" || !a.Enabled || a.Unresolvable || !row.isIn(ch, a) {
			continue
		}
		w, v := webhookIn(ch, a, row.bind, row.defaultBind)
		fault := bindFault(w.value)
		switch {
		case isTemplate(w.value):
		case fault == "":
			if v.Node != nil && v.Node.Parent == w.at {
				w.at = v.Node
			}
			list = append(list, w)
		case !slices.Contains(told, v.Node):
			told = append(told, v.Node)
			p.Report(v.Node.Value(), "%s %s is not an address to listen on: %s", row.bind, quoted(w.value), fault).WithNode(v.Node).
				WithNote("serving the channel by itself fails; gateway run does not use it").WithHelp("write host:port, such as %q", row.defaultBind)
		}
	}
	return list
}

// bindFault says why a text is no host:port, or "".
func bindFault(text string) string {
	i := strings.LastIndexByte(text, ':')
	switch {
	case strings.Contains(text, "://"):
		return "it has a scheme"
	case strings.ContainsAny(text, "/?#"):
		return "it has a path"
	case i < 0 || strings.HasSuffix(text, "]"):
		return "it has no port"
	case i == 0:
		return "it has no host"
	}
	if _, err := strconv.ParseUint(text[i+1:], 10, 16); err != nil {
		return "its port is not a number up to 65535"
	}
	return ""
}

// servedAnyway reports X133.
func servedAnyway(p *lint.Pass, ch *loong.Channel, first *loong.Account) {
	for i := range ch.Accounts {
		if a := &ch.Accounts[i]; !a.Enabled && a != first && a.Node != nil && a.Node.At("enabled") != nil {
			n := a.Node.At("enabled")
			p.Report(spanOf(n), "account %s is off, but gateway run serves its webhook all the same", quoted(a.Key)).WithNode(n).
				WithNote("it serves the webhooks of all accounts once the default account is on").WithHelp("move the account out of this file")
		}
	}
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
		f.WithRelated(spanOf(cmp.Or(first.Node.At("enabled"), first.Node)), "is off")
	}
}

// pathWithoutSlash reports X112: of some channels a path is used as it is written.
func pathWithoutSlash(p *lint.Pass, ch *loong.Channel, row *mountedChannel) {
	if !row.slash {
		return
	}
	var told []*document.Node
	for i := range ch.Accounts {
		v, _ := ch.Effective(&ch.Accounts[i], row.path)
		text, _ := v.Text()
		path := strings.TrimSpace(text)
		if path == "" || path[0] == '/' || isTemplate(text) || slices.Contains(told, v.Node) {
			continue
		}
		told = append(told, v.Node)
		p.Report(v.Node.Value(), "%s %s has no leading slash, so gateway run does not start", row.path, quoted(text)).WithNode(v.Node).
			WithHelp("write %q", "/"+path).WithFix(lint.Unsafe, "write /"+path, replaceText(p.Document, v.Node, "/"+path))
	}
}

// sameRuntimeAccount reports X136.
func sameRuntimeAccount(p *lint.Pass, ch *loong.Channel) {
	if id, _ := ch.Table.At(schema.KeyAccountID).Text(); ch.Kind.Identity.Form != loong.IdentityNone || strings.TrimSpace(id) != "" {
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
