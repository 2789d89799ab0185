package rules

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/weburl"
)

var channelAddressPath = lint.Rule{
	Name:    "channel-address-path",
	Group:   lint.GroupAddresses,
	Summary: "an address of a channel with a path that Loong appends itself, or without one that belongs to it",
	Doc: `Loong appends the path of each call to the address of a channel. An address that holds this path already (/api/v4 of Mattermost, /ocs of
Nextcloud, /_matrix, /bot of Telegram, /chat.postMessage of Slack) has it twice, and every request fails. So does one of Slack, LINE or
Discord at the service's own host without the path that the default has: it is taken as it is written.

Other hosts may expect other paths: there a missing one is not reported. Channels and accounts that are off are not judged.`,
	Level:   lint.Warning,
	Since:   "0.1.0",
	Running: true,
	Address: true,
	Covers:  []string{"X113", "X114"},
	Bad: `[slack]
enabled = true
bot_token = { env = "SLACK_TOKEN" }
api_base_url = "https://slack.com"
`,
	Good: `[slack]
enabled = true
bot_token = { env = "SLACK_TOKEN" }
api_base_url = "https://slack.com/api"
`,
	Run: func(p *lint.Pass) {
		channelsInUse(p, func(ch *loong.Channel) {
			var told []*document.Node
			for i := range channelPaths {
				row := &channelPaths[i]
				if row.section != ch.Kind.Section {
					continue
				}
				for j := range ch.Accounts {
					a := &ch.Accounts[j]
					n, text := addressOf(ch, a, row.field)
					if n == nil || !a.Enabled || slices.Contains(told, n) || isTemplate(text) {
						continue
					}
					if reportChannelPath(p, row, n, strings.TrimSpace(text)) {
						told = append(told, n)
					}
				}
			}
		})
	},
}

// reportChannelPath reports whether an address has a path twice, or lacks one, and reports it.
func reportChannelPath(p *lint.Pass, row *channelPath, n *document.Node, text string) bool {
	u, ok := weburl.Parse(text)
	if !ok || !u.HasHost {
		return false
	}
	where := row.field
	if n.Name() != row.field && n.Kind == document.String {
		where = "the address that " + pointerName(n) + " names"
	}
	if row.wants != "" {
		if !strings.EqualFold(u.Host, row.host) || appendedAt(u.Path, row.wants, false) >= 0 {
			return false
		}
		f := p.Report(spanOf(n), "%s lacks %s, so every request fails", where, row.wants).WithNode(n).
			WithNote("Loong takes the address as it is written, and appends only the path of the call").
			WithHelp("add %s after %s", row.wants, row.host)
		if whole := strings.TrimRight(text, "/") + row.wants; isPlainText(n, text) && !hasSegments(u.Path) {
			f.WithHelp("write %q", whole).WithFix(lint.Unsafe, "write "+whole, replaceText(p.Document, n, whole))
		}
		return true
	}
	if appendedAt(u.Path, row.appended, row.token) < 0 {
		return false
	}
	f := p.Report(spanOf(n), "%s holds %s, which Loong appends itself, so every request fails", where, row.appended).WithNode(n).
		WithNote("requests then have the path twice").WithHelp("write the address without %s", row.appended)
	if i := appendedAt(text, row.appended, row.token); i > 0 && isPlainText(n, text) {
		f.WithHelp("write %q", text[:i]).WithFix(lint.Unsafe, "write "+text[:i], replaceText(p.Document, n, text[:i]))
	}
	return true
}

// isPlainText reports whether a node is a text as it is used, with nothing in it that may be secret.
func isPlainText(n *document.Node, text string) bool {
	return n.Kind == document.String && n.Text() == text && !strings.ContainsAny(text, "?#@")
}

// appendedAt returns where an address or path has whole segments, or -1; with token the last one may go on with the digits of a token.
func appendedAt(path, appended string, token bool) int {
	for from := 0; ; {
		i := strings.Index(path[from:], appended)
		if i < 0 {
			return -1
		}
		i += from
		rest := path[i+len(appended):]
		if rest == "" || strings.ContainsAny(rest[:1], "/?#") || token && rest[0] >= '0' && rest[0] <= '9' {
			return i
		}
		from = i + 1
	}
}
