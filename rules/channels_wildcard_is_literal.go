package rules

import (
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/schema"
)

var wildcardIsLiteral = lint.Rule{
	Name:    "wildcard-is-literal",
	Group:   lint.GroupChannels,
	Summary: `"*" in a list of ids that knows no wildcard`,
	Doc: `Of the lists that let people in, only those of Feishu read "*" as everybody. In Matrix, WeCom and QQ Bot it is an
id like any other, so the entry lets nobody in, and in a list of senders it shuts everybody out. Write the ids; to admit
every sender leave allowed_sender_ids out.

The lists of Weixin, OneBot and WhatsApp Personal know "*", see everybody-let-in. Other patterns are not judged.`,
	Level:   lint.Warning,
	Since:   "0.1.0",
	Running: true,
	Covers:  []string{"X11"},
	Bad: `[matrix]
enabled = true
base_url = "https://matrix.example.com"
user_id = "@bot:example.com"
access_token = { env = "MATRIX_ACCESS_TOKEN" }
allowed_room_ids = ["*"]
`,
	Good: `[matrix]
enabled = true
base_url = "https://matrix.example.com"
user_id = "@bot:example.com"
access_token = { env = "MATRIX_ACCESS_TOKEN" }
allowed_room_ids = ["!ops:example.com"]
`,
	Skip:  isUndecodable,
	Paths: &literalListAt,
	Key: func(p *lint.Pass, v, _ schema.Value) {
		_, star := idsIn(v)
		if star == nil {
			return
		}
		l := &allowLists[literalListAt[v.Path]-1]
		if v.Path.Name() == l.field {
			reportStar(p, star, l.field, "this entry lets nobody in").
				WithHelp("list the %s ids; there is no entry for everybody", l.who)
			return
		}
		reportStar(p, star, l.senders, "senders with other ids are shut out").
			WithHelp("leave %s out to admit every sender", l.senders)
	},
}

func reportStar(p *lint.Pass, star *document.Node, field, effect string) *lint.Finding {
	return p.Report(spanOf(star), `"*" in %s is an id like any other, not everybody`, field).WithNode(star).WithNote("%s", effect)
}
