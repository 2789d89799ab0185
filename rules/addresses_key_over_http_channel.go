package rules

import (
	"cmp"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/weburl"
)

// channelsInClearText reports addresses of channels that are on (X115 to X118).
func channelsInClearText(p *lint.Pass) {
	var told []*document.Node
	channelsInUse(p, func(ch *loong.Channel) {
		for i := range clearText {
			if clearText[i].section != ch.Kind.Section {
				continue
			}
			for j := range ch.Accounts {
				if a := &ch.Accounts[j]; a.Enabled {
					n, text := addressOf(ch, a, clearText[i].field)
					if n != nil && !slices.Contains(told, n) {
						told = append(told, n)
						reportClearText(p, &clearText[i], a, n, text)
					}
				}
			}
		}
	})
}

// addressOf is the value of an address of an account, and what gives it in the file; nil where it is not known, or not written.
func addressOf(ch *loong.Channel, a *loong.Account, field string) (n *document.Node, text string) {
	if s := a.Setting(field); s != nil {
		text, known := s.Text()
		if !known {
			return nil, ""
		}
		return cmp.Or(s.Form.Node, s.EnvNode), text
	}
	v, _ := ch.Effective(a, field)
	text, _ = v.Text()
	return v.Node, text
}

func reportClearText(p *lint.Pass, c *clearAddress, a *loong.Account, n *document.Node, text string) {
	u, ok := weburl.Parse(strings.TrimSpace(text))
	if !ok || u.Scheme != c.scheme || u.Loopback() || c.scheme == "smtp" && strings.Contains(text, "tls=required") {
		return
	}
	what, level := "the credential is", lint.Error
	switch {
	case c.inside:
		what = "the credential in the address is"
	case c.scheme == "smtp":
		what = "user name and password are"
	}
	if c.onlyMessages || c.token != "" && a.Setting(c.token) != nil && a.Setting(c.token).Given != loong.Yes {
		what, level = "messages are", lint.Warning
	}
	if u.Private() || isInsideName(u.Host) {
		level = lint.Warning
	}
	where := c.field
	if n.Name() != c.field && n.Kind == document.String {
		where = "the address that " + pointerName(n) + " names"
	}
	f := p.Report(spanOf(n), "%s is %s, so %s sent in clear text", where, c.scheme, what).WithNode(n).WithSeverity(level).
		WithNote("everybody on the way can read it").WithHelp("write %ss://", c.scheme)
	if c.scheme != "smtp" {
		return
	}
	f.WithNote("smtp:// asks for no TLS").WithHelp("write the host alone, smtps://, or ?tls=required at the end")
	if strings.Contains(text, "tls=opportunistic") {
		f.WithSeverity(lint.Info).WithNote("a server without TLS gets them all the same")
	}
}
