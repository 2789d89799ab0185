package rules

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/suggest"
	"github.com/loonglint/loonglint/schema"
)

var channelNotReady = lint.Rule{
	Name:    "channel-not-ready",
	Group:   lint.GroupChannels,
	Summary: "a channel is on, but something that it needs to send or serve is missing or wrong",
	Doc: `Loong loads a file whose channels are enabled and cannot work, and says so only in its status: the operation shows
"misconfigured", or "unsupported" where a bridge plugin would have to carry it. The finding lists what the channel or
account still needs. Where that is the value of a variable, it is reported only in a world that knows the variables
(--env=live, or a declared list). Addresses of this machine or a private network are refused unless
outbound_http.allow_private_hosts is true. For Signal, whose own default is such an address, that is a finding of its
own at the address.

Where loong gateway run serves the webhooks of a channel (line, whatsapp, webhook, and feishu in mode webhook), it does not start at
all while an account lacks what serving needs; the note says so.

Lists that let nobody in are reported by nobody-let-in, a variable that is lost because the section is written by
section-changes-defaults. Plugins are not searched: only that runtime_plugins is off is seen. The programs of
{ exec = … } are not run and count as giving a value.`,
	Level:  lint.Warning,
	Since:  "0.1.0",
	Covers: []string{"X8", "X26", "X134"},
	Bad: `[matrix]
enabled = true
access_token = { env = "MATRIX_ACCESS_TOKEN" }
user_id = "@bot:example.com"
allowed_room_ids = ["!ops:example.com"]
`,
	Good: `[matrix]
enabled = true
base_url = "https://matrix.example.com"
access_token = { env = "MATRIX_ACCESS_TOKEN" }
user_id = "@bot:example.com"
allowed_room_ids = ["!ops:example.com"]
`,
	After: []string{"everybody-let-in", "key-in-env-name", "nobody-let-in", "section-changes-defaults", "shadowed-channel-variable", "unknown-key", "unreadable-secret-file"},
	End: func(p *lint.Pass) {
		channelsInUse(p, func(ch *loong.Channel) {
			var told []*document.Node
			eachAccountProblem(ch, func(a *loong.Account) (channelLacks, bool) { return channelLacking(p, ch, a) }, sameChannelLacks,
				func(s problem[channelLacks]) {
					s.value.reasons, told = reportPrivate(p, s.value.reasons, told)
					if len(s.value.reasons) > 0 {
						reportChannelLacks(p, ch, s)
					}
				})
		})
	},
}

// channelLacks is what keeps an account from its operations.
type channelLacks struct {
	operations []string // that it keeps: "send", "serve"
	reasons    []*loong.Reason
}

// sameChannelLacks compares by texts: the accounts of a channel have reasons of their own.
func sameChannelLacks(a, b channelLacks) bool {
	return slices.Equal(a.operations, b.operations) && slices.EqualFunc(a.reasons, b.reasons, func(x, y *loong.Reason) bool {
		return x.Text == y.Text && x.Node == y.Node
	})
}

// channelLacking collects the reasons of both operations, the first of each key, but those that other rules report.
func channelLacking(p *lint.Pass, ch *loong.Channel, a *loong.Account) (l channelLacks, bad bool) {
	for _, op := range a.Operations() {
		counts := false
		for i := range op.Reasons {
			r := &op.Reasons[i]
			if isKnown(p, r) && !isTold(p, ch, r) {
				counts = true
				if !slices.ContainsFunc(l.reasons, func(o *loong.Reason) bool { return o.Field == r.Field }) {
					l.reasons = append(l.reasons, r)
				}
			}
		}
		if counts {
			l.operations = append(l.operations, op.Name)
		}
	}
	return l, len(l.reasons) > 0
}

// isKnown reports whether a reason holds for certain: which plugins there are is not looked at, and what a program prints
// is not known.
func isKnown(p *lint.Pass, r *loong.Reason) bool {
	if r.Check.Kind == loong.CheckPlugin {
		return !p.Config.Root.At(schema.KeyRuntimePlugins).At(schema.KeyEnabled).MayBeTrue()
	}
	return r.Setting == nil || r.Setting.Form.Kind != loong.ExecReference || r.Setting.Known
}

// isTold reports whether a more specific rule, or Loong's own validation, reports a reason.
func isTold(p *lint.Pass, ch *loong.Channel, r *loong.Reason) bool {
	if r.Field != "" && p.Told(r.Table, r.Field) {
		return true
	}
	if s := r.Setting; s != nil {
		c := s.Credential
		switch {
		case p.ToldAt(s.Inline), p.Config.Reports(s.EnvNode), p.Config.Reports(s.Form.Node):
			return true
		case s.Form.Kind != loong.Absent:
		case p.ToldAt(s.EnvNode), p.Told(r.Table, c.EnvField), s.LostEnv != "" && p.Told(ch.Node, c.Field, c.EnvField):
			return true
		}
	}
	return slices.ContainsFunc(p.Config.Diagnostics, func(d loong.Diagnostic) bool {
		return d.Severity == "error" && strings.HasPrefix(d.FieldPath, ch.Kind.Section+".") &&
			strings.HasSuffix(d.FieldPath, "."+r.Field)
	})
}

// reportPrivate reports addresses that only outbound_http keeps out, each where it is written, for
// keys whose own default is one (X26), and returns the other reasons.
func reportPrivate(p *lint.Pass, reasons []*loong.Reason, told []*document.Node) (rest []*loong.Reason, _ []*document.Node) {
	for _, r := range reasons {
		switch {
		case !r.PrivateHost || !r.Check.LocalDefault() || r.Node == nil || r.Setting != nil && r.Node != r.Setting.Inline:
			rest = append(rest, r)
		case !slices.Contains(told, r.Node):
			told = append(told, r.Node)
			p.Report(spanOf(r.Node), "%s, which Loong refuses here", r.Text).WithNode(r.Node).
				WithNote("without outbound_http.allow_private_hosts the channel shows as misconfigured").WithHelp("%s", r.Help)
		}
	}
	return rest, told
}

func reportChannelLacks(p *lint.Pass, ch *loong.Channel, s problem[channelLacks]) {
	rest := s.value.reasons
	texts, helps := reasonTexts(rest)
	shown := "Loong loads the file all the same and shows the channel as " + stateShown(rest)
	f := p.Report(s.at.Place(), "%s is on, but %s: ", whoOf(ch, s.at, s.accounts), cannotDo(s.value.operations)).WithNode(s.at)
	if len(rest) == 1 {
		f.Message += texts[0]
		f.WithNote("%s", shown)
	} else {
		f.Message += suggest.And(reasonFields(rest)) + " are missing or wrong"
		f.WithNote("%s; %s", strings.Join(texts, "; "), shown)
	}
	if keepsGateway(ch, rest) {
		condition := ""
		if len(ch.Accounts) > 1 {
			condition = " if the default account is on"
		}
		f.WithNote("%s; loong gateway run then does not start at all%s, not even for other channels", f.Note, condition)
	}
	if len(helps) > 0 {
		f.WithHelp("%s", strings.Join(helps, "; "))
	}
	for _, r := range rest {
		switch {
		case r.Node == nil:
		case r.Setting != nil && r.Node == r.Setting.EnvNode:
			f.WithRelated(spanOf(r.Node), "names the variable")
		default:
			f.WithRelated(spanOf(r.Node), "written here")
		}
	}
}

// gatewayNeed is what gateway run asks of every account of a channel whose webhooks it serves, on or off (facts/traps.json).
type gatewayNeed struct {
	section, mode string
	fields        []string
}

// keepsGateway reports whether one of the reasons keeps gateway run from starting (traps-2.md X134).
func keepsGateway(ch *loong.Channel, reasons []*loong.Reason) bool {
	i := slices.IndexFunc(gatewayNeeds[:], func(g gatewayNeed) bool { return g.section == ch.Kind.Section })
	if i < 0 || !slices.ContainsFunc(reasons, func(r *loong.Reason) bool { return slices.Contains(gatewayNeeds[i].fields, r.Field) }) {
		return false
	}
	return slices.ContainsFunc(ch.Accounts, func(a loong.Account) bool {
		mode, _ := ch.Effective(&a, "mode")
		word, _ := mode.Word()
		return a.Enabled && (gatewayNeeds[i].mode == "" || word == gatewayNeeds[i].mode)
	})
}

func reasonFields(reasons []*loong.Reason) []string {
	names := make([]string, len(reasons))
	for i, r := range reasons {
		names[i] = r.Field
	}
	return names
}

// cannotDo says which operations an account does not have.
func cannotDo(operations []string) string {
	if len(operations) == 1 {
		return "cannot " + operations[0]
	}
	return "can neither " + strings.Join(operations, " nor ")
}

// reasonTexts lists what is wrong and what to do, each once.
func reasonTexts(reasons []*loong.Reason) (texts, helps []string) {
	for _, r := range reasons {
		text, help := r.Text, r.Help
		if r.Check.Kind == loong.CheckPlugin {
			text, help = "it needs a bridge plugin, and runtime_plugins is off", "set enabled = true and roots in [runtime_plugins]"
		}
		texts = append(texts, text)
		if help != "" && !slices.Contains(helps, help) {
			helps = append(helps, help)
		}
	}
	return texts, helps
}

func stateShown(reasons []*loong.Reason) string {
	if len(reasons) == 1 && reasons[0].Check.Kind == loong.CheckPlugin {
		return "unsupported"
	}
	return "misconfigured"
}

// whoOf names the table a finding is about.
func whoOf(ch *loong.Channel, at *document.Node, accounts []*loong.Account) string {
	if at == ch.Node && len(ch.Accounts) > 1 && len(accounts) > 1 {
		return "every account of " + tableName(at)
	}
	return tableName(at)
}
