package rules

import (
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

var duplicateAccount = lint.Rule{
	Name:    "duplicate-account",
	Group:   lint.GroupValidation,
	Summary: "two accounts of a channel that Loong takes for the same one",
	Doc: `Loong lower-cases the keys of accounts and turns every run of other characters into one dash, so "Work Bot" and
work-bot are the same account, and its validation refuses the file. For qqbot, weixin, onebot and
whatsapp_personal the ids that accounts get at run time must differ, too: without an account_id of its own an
account takes one from its credential or address, and accounts with none share "default".`,
	Level: lint.Error,
	Since: "0.1.0",
	Bad: `[telegram.accounts.work-bot]
bot_token = { env = "WORK_BOT_TOKEN" }

[telegram.accounts."Work Bot"]
bot_token = { env = "OTHER_BOT_TOKEN" }
`,
	Good: `[telegram.accounts.work-bot]
bot_token = { env = "WORK_BOT_TOKEN" }

[telegram.accounts.other-bot]
bot_token = { env = "OTHER_BOT_TOKEN" }
`,
	Run: func(p *lint.Pass) {
		eachDiagnostic(p, "config.channel_account.duplicate_id", reportDuplicateAccount)
	},
}

func reportDuplicateAccount(p *lint.Pass, d *loong.Diagnostic) {
	id := lastName(d.InlineFieldPath)
	f := reportDiagnostic(p, d, "Loong reads several account keys as %q", id)
	if d.Rule == "effective_account_ids" {
		f.Message = "several accounts run as " + quoted(id)
		f.WithHelp("give each of them its own account_id")
	} else {
		f.WithHelp("rename all but one of them")
	}
	for _, n := range d.Related {
		if n != d.Node {
			f.WithRelated(n.Place(), "this one, too")
		}
	}
}
