package rules

import (
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var meaningDiffers = lint.Rule{
	Name:    "meaning-differs",
	Group:   lint.GroupVersions,
	Summary: "what is written does not mean the same to the versions asked for",
	Doc: `Several versions of Loong are asked for (--target-loong A..B), all of them take the file, and they do not do the same
with it: a text that named a variable is sent as the key itself, another profile is active, an account of a channel
can send or serve in one version only, or an array gives other keys by its places.`,
	Level:  lint.Warning,
	Levels: "error where a text that named a variable is now the secret itself",
	Since:  "0.1.0",
	Bad: `[providers.main]
kind = "openai"
api_key = "$TEAM.KEY"
`,
	Good: `[providers.main]
kind = "openai"
api_key = "$TEAM_KEY"
`,
	Silences: []string{"broken-env-reference"},
	Settings: `target-loong = "0.1.0-alpha.2..0.1.2-alpha.2"
rules = { default-differs = "off" }
`,
	Run: func(p *lint.Pass) {
		told := map[*document.Node]bool{}
		for _, o := range p.Config.Others { // the oldest tells most
			meaning{p, o, told}.compare()
		}
	},
}

// meaning compares what two versions make of a file.
type meaning struct {
	*lint.Pass
	other *loong.Config
	told  map[*document.Node]bool // what an older version has told of
}

// report reports at a node once; nil stands for the file.
func (m meaning) report(n *document.Node, at document.Span, format string, args ...any) *lint.Finding {
	m.told[n] = true
	return m.Report(at, format, args...).WithNode(n)
}

func (m meaning) compare() {
	m.other.Root.Walk(func(v, _ schema.Value) { m.value(v) })
	if m.Config.Verdict != loong.Loads || m.other.Verdict != loong.Loads {
		return
	}
	if was, now := m.other.ActiveProvider, m.Config.ActiveProvider; was.Val != now.Val && !m.told[now.From.Node] {
		at := document.Span{}
		if now.From.Node != nil {
			at = now.From.Node.Place()
		}
		m.report(now.From.Node, at, "the active provider is %q in %s, and %q in %s", was.Val, m.other.Target.Title(), now.Val, m.Config.Target.Title()).
			WithHelp("write active_provider, and each profile once")
	}
	for _, ch := range m.Config.WrittenChannels() {
		if was := m.other.Channel(ch.Kind.ID); was != nil && ch.Node != nil && ch.Enabled.Val && !m.told[ch.Node] {
			m.channel(was, &ch)
		}
	}
}

// value compares a value, read as the other version does.
func (m meaning) value(v schema.Value) {
	n := v.Node
	switch t := v.Type(); {
	case m.told[n]:
	case v.Shape.Op == schema.OpSecret && n.Kind == document.String:
		name, was := schema.EnvReference(n.Text(), m.other.Target)
		if _, is := schema.EnvReference(n.Text(), m.Config.Target); was && !is {
			m.report(n, spanOf(n), "%s names the variable %s in %s; %s sends the text itself as the secret", keyOf(v), name, m.other.Target.Title(), m.Config.Target.Title()).
				WithSeverity(lint.Error).WithHelp("write %s_env = %q instead", keyOf(v), name)
		}
	case t != nil && t.Kind == schema.Struct && n.Kind.IsArray() && t.Positional:
		now, was := t.Keys(m.Config.Target), t.Keys(m.other.Target)
		for i := range n.Entries[:min(len(n.Entries), len(now), len(was))] {
			if now[i] != was[i] {
				m.report(n, spanOf(n), "entry %d counts as %s in %s, and as %s in %s", i+1, was[i], m.other.Target.Title(), now[i], m.Config.Target.Title()).
					WithHelp("write a table with keys")
				return
			}
		}
	}
}

// channel compares what the accounts of a channel can do.
func (m meaning) channel(was, now *loong.Channel) {
	for i := range min(len(was.Accounts), len(now.Accounts)) {
		a, b := &was.Accounts[i], &now.Accounts[i]
		before, after := a.Operations(), b.Operations()
		for k := range before {
			if old, is := before[k].State, after[k].State; a.ID == b.ID && old != is && old != loong.StateUnknown && is != loong.StateUnknown {
				m.report(now.Node, now.Node.Place(), "%s: %s is %s in %s, and %s in %s", tableName(now.Node), before[k].Name, old, m.other.Target.Title(),
					is, m.Config.Target.Title()).WithHelp("look at the channel after the upgrade, or write enabled = false")
				return
			}
		}
	}
}
