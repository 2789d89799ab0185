package rules

import (
	"cmp"
	"net/netip"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/weburl"
	"github.com/loonglint/loonglint/schema"
)

var readinessNotChecked = lint.Rule{
	Name:    "readiness-not-checked",
	Group:   lint.GroupChannels,
	Summary: "an address of a channel that is wrong, and that Loong's readiness check does not look at",
	Doc: `Loong checks the addresses of most channels before it calls them ready. It does not look at telegram.base_url,
feishu.base_url, matrix.base_url and webhook.public_base_url: a malformed one shows as ready and fails at the first
request (matrix: when serving starts). An address of this machine is not refused there either, and
outbound_http.allow_private_hosts has no effect: right for a Bot API server of your own, useless as a public address.

Nor does it look at TLS where a password depends on it: an IRC server that is a bare host or irc:// shows as ready, and Loong then refuses to
send anything rather than send the password in clear text.

That nothing answers at a well-formed address is not seen.`,
	Level:   lint.Warning,
	Levels:  "info for addresses of this machine that work",
	Since:   "0.1.0",
	Running: true,
	Covers:  []string{"X32", "X123"},
	Bad: `[telegram]
enabled = true
bot_token = { env = "TELEGRAM_BOT_TOKEN" }
allowed_chat_ids = [-1001234567890]
base_url = "api.telegram.org"
`,
	Good: `[telegram]
enabled = true
bot_token = { env = "TELEGRAM_BOT_TOKEN" }
allowed_chat_ids = [-1001234567890]
base_url = "https://api.telegram.org"
`,
	Skip:  isUndecodable,
	Paths: &uncheckedAddressAt,
	Run: func(p *lint.Pass) {
		channelsInUse(p, func(ch *loong.Channel) { secretWithoutTLS(p, ch) })
	},
	Key: func(p *lint.Pass, v, _ schema.Value) {
		uncheckedIn(p, &uncheckedAddresses[uncheckedAddressAt[v.Path]-1], v)
	},
}

// uncheckedIn judges one such address; a blank one stands for the default.
func uncheckedIn(p *lint.Pass, a *uncheckedAddress, v schema.Value) {
	text, _ := v.Text()
	if text = strings.TrimSpace(text); text == "" {
		return
	}
	const why = "the readiness check does not look at it, so the channel shows as ready"
	u, ok := weburl.Parse(text)
	switch {
	case !strings.Contains(text, "://"):
		p.Report(v.Node.Value(), "%s is not a valid address: it lacks https://", a.field).WithNode(v.Node).WithNote(why).WithHelp("write it as https://host/path")
	case !ok:
		p.Report(v.Node.Value(), "%s is not a valid address: %s", a.field, weburl.Fault(text)).WithNode(v.Node).WithNote(why).WithHelp("write it as https://host/path")
	case u.Scheme != "http" && u.Scheme != "https":
		p.Report(v.Node.Value(), "%s is neither http nor https", a.field).WithNode(v.Node).WithNote(why).WithHelp("write it as https://host/path")
	case isLoopback(&u) && a.loopback != "":
		p.Report(v.Node.Value(), "%s is an address of this machine", a.field).WithNode(v.Node).
			WithNote("%s; %s", why, a.loopback).WithHelp("write an address that is reachable from outside")
	case isLoopback(&u):
		p.Report(v.Node.Value(), "%s is an address of this machine", a.field).WithNode(v.Node).WithSeverity(lint.Info).
			WithNote("the readiness check does not look at it, and outbound_http.allow_private_hosts has no effect here").
			WithHelp("keep it if the service runs here")
	}
}

// isLoopback reports whether an address leads to this machine.
func isLoopback(u *weburl.URL) bool {
	host := strings.TrimRight(strings.Trim(u.Host, "[]"), ".")
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback() || host == "localhost"
}

// secretWithoutTLS reports X123.
func secretWithoutTLS(p *lint.Pass, ch *loong.Channel) {
	i := slices.IndexFunc(tlsOnly[:], func(t tlsOnlySecret) bool { return t.section == ch.Kind.Section })
	if i < 0 {
		return
	}
	t := &tlsOnly[i]
	var told []*document.Node
	for j := range ch.Accounts {
		a := &ch.Accounts[j]
		secret := a.Setting(t.secret)
		address, text := addressOf(ch, a, t.address)
		if !a.Enabled || secret == nil || secret.Given == loong.No || secret.Given == loong.Maybe && secret.Inline == nil && secret.EnvNode == nil || !withoutTLS(text, t.scheme) {
			continue
		}
		n := cmp.Or(secret.Inline, address, tableOf(ch, a))
		if slices.Contains(told, n) {
			continue
		}
		told = append(told, n)
		p.Report(n.Place(), "nothing is sent: Loong refuses to send the %s of %s without TLS", t.secret, tableName(tableOf(ch, a))).WithNode(n).
			WithNote("%s is a bare host or %s://; the status shows the channel as ready all the same", t.address, t.scheme).
			WithRelated(spanOf(address), "no TLS").WithHelp("write %s = \"%s://…\"", t.address, t.instead)
	}
}

// withoutTLS reports whether an address is a host alone, or has the scheme.
func withoutTLS(text, scheme string) bool {
	text = strings.TrimSpace(text)
	before, _, hasScheme := strings.Cut(text, "://")
	return text != "" && (!hasScheme || strings.EqualFold(before, scheme))
}
