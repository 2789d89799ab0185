package rules

import (
	"iter"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/suggest"
)

var unknownDefaultAccount = lint.Rule{
	Name:    "unknown-default-account",
	Group:   lint.GroupValidation,
	Summary: "default_account names no account of its channel",
	Doc: `When a channel has accounts, default_account must be one of them (both are compared in the normal form: lower
case, other characters as dashes), else Loong's own validation refuses the file.`,
	Level: lint.Error,
	Since: "0.1.0",
	Bad: `[telegram]
default_account = "private"

[telegram.accounts.work]
bot_token = { env = "WORK_BOT_TOKEN" }
`,
	Good: `[telegram]
default_account = "work"

[telegram.accounts.work]
bot_token = { env = "WORK_BOT_TOKEN" }
`,
	Run: func(p *lint.Pass) {
		eachDiagnostic(p, "config.channel_account.unknown_default", reportUnknownDefault)
	},
}

func reportUnknownDefault(p *lint.Pass, d *loong.Diagnostic) {
	f := reportDiagnostic(p, d, "default_account names no account")
	if d.Node == nil || d.Node.Kind != document.String {
		return
	}
	f.Message = "default_account = " + quoted(d.Node.Text()) + " names no account"
	accounts := d.Node.Parent.At("accounts")
	near := suggest.Nearest(d.Node.Text(), names(accounts))
	switch {
	case len(near) > 0:
		f.WithHelp("%s", suggest.Question(near))
		if len(near) == 1 {
			f.WithFix(lint.Unsafe, "write "+near[0], replaceText(p.Document, d.Node, near[0]))
		}
	case accounts != nil && len(accounts.Entries) <= suggest.Most:
		var all []string
		for name := range names(accounts) {
			all = append(all, name)
		}
		f.WithHelp("write %s", suggest.Or(all))
	default:
		f.WithHelp("write the key of one of its accounts, or delete the line")
	}
}

// names lists the keys of a table.
func names(n *document.Node) iter.Seq[string] {
	return func(yield func(string) bool) {
		if n == nil {
			return
		}
		for _, e := range n.Entries {
			if !yield(e.Name()) {
				return
			}
		}
	}
}
