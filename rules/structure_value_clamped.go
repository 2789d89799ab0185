package rules

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

var valueClamped = lint.Rule{
	Name:    "value-clamped",
	Group:   lint.GroupStructure,
	Summary: "a value that Loong changes without a message: limited, trimmed, lower-cased",
	Doc: `Loong forces many values into a form or range of its own without a message: a request_timeout_ms of 0 is not "no
limit" but 1000, a domain is compared in lower case, 0 often means that the key is not set. The finding names what
is used. Write that, or a value inside the limits.

Numbers that Loong's own validation refuses are reported by number-out-of-range.`,
	Level:   lint.Info,
	Levels:  "warning for limits and time-outs, except those of retries, caches and cool-downs of providers",
	Since:   "0.1.0",
	Running: true,
	Covers:  []string{"N1", "N2", "N3", "N4", "X4", "X75"},
	Bad: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
request_timeout_ms = 0
`,
	Good: `[providers.main]
kind = "openai"
api_key = { env = "OPENAI_API_KEY" }
request_timeout_ms = 60000
`,
	Skip:  isUndecodable,
	Paths: &normalizationAt,
	Key: func(p *lint.Pass, v, parent schema.Value) {
		normalize(p, &normalizationCases[normalizationAt[v.Path]], v, parent)
	},
}

// normalize reports what Loong makes of a value, if that is another.
func normalize(p *lint.Pass, c *condition, v, parent schema.Value) {
	switch c.kind {
	case caseClamp:
		clamp(p, c, v, parent)
	case caseZero:
		if i, ok := v.Int(); ok && i == 0 {
			replaced(p, v, "0", c.instead).WithSeverity(lint.Warning).WithHelp("write a number above 0, or delete the line")
		}
	case caseText, caseModel, caseRoute, caseSearchProvider, caseWord, caseShellMode:
		normalizeText(p, c, v, parent)
	case caseEntries:
		normalizeEntries(p, c, v)
	case caseNames, caseAccounts, caseAccountID:
		normalizeName(p, c, v)
	default:
		normalizeSetting(p, c, v, parent)
	}
}

func replaced(p *lint.Pass, v schema.Value, written, used string) *lint.Finding {
	return p.Report(spanOf(v.Node), "%s = %s counts as %s", keyOf(v), written, used).WithNode(v.Node)
}

// clamp reports a number outside the limits, one of which another key may move (N3, N4).
func clamp(p *lint.Pass, c *condition, v, parent schema.Value) {
	i, ok := v.Int()
	if !ok {
		return
	}
	lo, hi := c.min, c.max
	if hi < 0 {
		hi = math.MaxInt64
	}
	if c.other != "" {
		lo = effective(parent, c)
	}
	used := min(max(i, lo), hi)
	if used == i {
		return
	}
	verb := "limited"
	if used > i {
		verb = "raised"
	}
	f := p.Report(v.Node.Value(), "%s = %s is %s to %d", keyOf(v), v.Node.Text(), verb, used).WithNode(v.Node)
	switch {
	case c.other != "" && i < lo:
		f.WithNote("Loong uses at least %s, which is %d", c.other, lo)
	case hi == math.MaxInt64:
		f.WithNote("Loong uses at least %d", lo)
	default:
		f.WithNote("Loong uses %d to %d and says nothing about other values", lo, hi)
	}
	if c.id == "N1" || c.id == "X4" {
		f.WithSeverity(lint.Warning)
	}
	if i > 0 && i*1000 >= lo && i*1000 <= hi && i <= lo/2 && strings.HasSuffix(keyOf(v), "_ms") {
		// What Loong uses is not what is meant: to write that down as the safe fix does would hide the mistake.
		f.WithNote("the unit is milliseconds: %d seconds are %d, and Loong uses %d to %d", i, i*1000, lo, hi)
		offerNumber(f, v.Node, i*1000, "if you mean seconds")
		f.WithChoice(fmt.Sprintf("write %d, which Loong uses now", used), document.Edit{Span: v.Node.Value(), Text: strconv.FormatInt(used, 10)})
		return
	}
	f.WithHelp("write %d, or a value inside the limits", used).
		WithFix(safeIn(p.Document, v.Node), "write "+strconv.FormatInt(used, 10), document.Edit{Span: v.Node.Value(), Text: strconv.FormatInt(used, 10)})
}

// effective is the value in use of the key that moves a limit, itself limited.
func effective(parent schema.Value, c *condition) int64 {
	v := parent.Field(c.other)
	i, ok := v.Int()
	if !ok {
		return c.otherDefault
	}
	if o := conditionAt(&normalizationAt, normalizationCases[:], v.Path); o != nil && o.kind == caseClamp {
		return min(max(i, o.min), o.max)
	}
	return i
}

// normalizeName reports the key of an account or server, or an account_id, that is rewritten.
func normalizeName(p *lint.Pass, c *condition, v schema.Value) {
	n := v.Node
	switch c.kind {
	case caseNames:
		name := ascii.Lower(n.Name())
		if v.Path != schema.PathOf("tools.tool_execution.per_tool_timeout.<id>") {
			name = strings.TrimSpace(name)
		}
		if name != n.Name() && name != "" {
			p.Report(n.Key(), "%q is read as %q", n.Name(), name).WithNode(n).WithHelp("write %q", name)
		}
	case caseAccounts:
		if id := loong.NormalAccountID(n.Name()); id != n.Name() && strings.TrimSpace(n.Name()) != "" && !sharesID(p, n, id) {
			p.Report(n.Place(), "Loong reads account %q as %q", n.Name(), id).WithNode(n).
				WithNote("keys of accounts are lower-cased, and other characters become dashes").WithHelp("write %q", id)
		}
	case caseAccountID:
		if n.Kind != document.String || strings.TrimSpace(n.Text()) == "" {
			return
		}
		if loong.IsEmptyAccountID(v) {
			p.Report(n.Value(), "account_id = %s is ignored", valueText(p.Document, n, v.Path)).WithNode(n).WithIgnored(n).WithSeverity(lint.Warning).
				WithNote("it holds no ASCII letter or digit").WithHelp("write an id with letters or digits, or delete the line")
			return
		}
		if id := loong.NormalAccountID(n.Text()); id != n.Text() {
			rewritten(p, n, n.Text(), id)
		}
	}
}

// sharesID reports whether another account has the id: Loong takes them for one.
func sharesID(p *lint.Pass, n *document.Node, id string) bool {
	ids, _ := p.State.(*accountIDs)
	if ids == nil || ids.in != n.Parent {
		ids = &accountIDs{n.Parent, map[string]int{}}
		for _, o := range n.Parent.Entries {
			ids.count[loong.NormalAccountID(o.Name())]++
		}
		p.State = ids
	}
	return ids.count[id] > 1
}

// accountIDs are how many accounts in a table have an id.
type accountIDs struct {
	in    *document.Node
	count map[string]int
}

// normalizeSetting reports settings that work otherwise than they read.
func normalizeSetting(p *lint.Pass, c *condition, v, parent schema.Value) {
	root := p.Config.Root
	b, isBool := v.Bool()
	i, isInt := v.Int()
	switch {
	case c.kind == caseFalse && isBool && !b:
		replaced(p, v, "false", "true").WithNote("%s", c.instead).WithHelp("write true, or delete the line")
	case c.kind == caseCompaction && loong.NeverCompacts(parent):
		p.Report(v.Node.Value(), "compact_enabled = true has no effect yet").WithNode(v.Node).WithIgnored(v.Node).
			WithNote("compaction begins only where a threshold is set").
			WithHelp("write compact_min_messages or compact_trigger_estimated_tokens, too")
	case c.kind == caseRecentTurns && isInt:
		recentTurns(p, v, i, root.Get("memory", "sliding_window"))
	case c.kind == casePrompt:
		promptPack(p, v)
	case c.kind == casePage && isInt && i > c.max && v.Node.Text() != v.Default():
		p.Report(v.Node.Value(), "%s = %d counts as %d in lists of events", keyOf(v), i, c.max).WithNode(v.Node).
			WithNote("a page of events has at most %d unless more are asked for", c.max).WithHelp("write %d or less", c.max)
	case c.kind == caseReplaces:
		replacesTable(p, v)
	case c.kind == caseNarrowTrue && b:
		if wide, ok := parentSetting(root, c).Bool(); ok && wide || !ok && !root.Get("tools", "web").Present() {
			return
		}
		replaced(p, v, "true", "false").WithSeverity(lint.Warning).WithNote("a child can only narrow %s, where private hosts are closed", c.section).
			WithHelp("write false, or set %s.%s = true", c.section, c.other)
	case c.kind == caseNarrowNumber && isInt:
		limit, ok := parentSetting(root, c).Int()
		if !ok {
			limit = c.otherDefault
		}
		if i > limit {
			p.Report(v.Node.Value(), "%s = %d is limited to %d", keyOf(v), i, limit).WithNode(v.Node).WithSeverity(lint.Warning).
				WithNote("a child can only narrow %s.%s", c.section, c.other).
				WithHelp("write %d or less, or raise %s.%s", limit, c.section, c.other)
		}
	}
}

// replacesTable: a table of an account stands for the channel's as a whole.
func replacesTable(p *lint.Pass, v schema.Value) {
	account := v.Node.Parent
	if account == nil || account.Parent == nil || account.Parent.Parent == nil {
		return
	}
	channel := account.Parent.Parent.At(v.Node.Name())
	if channel == nil {
		return
	}
	var lost []string
	for _, n := range channel.Entries {
		if v.Path.Child(n.Name()) != schema.NoPath && v.Node.At(n.Name()) == nil {
			lost = append(lost, n.Name())
		}
	}
	if len(lost) > 0 {
		p.Report(v.Node.Place(), "%s replaces %s, so %s of that table does not apply", tableName(v.Node), tableName(channel), joinAnd(lost)).
			WithNode(v.Node).WithRelated(channel.Place(), "the channel's").WithNote("the two are not merged key by key").
			WithHelp("write %s here, too, if it is meant", joinAnd(lost))
	}
}

func parentSetting(root schema.Value, c *condition) schema.Value {
	return root.Get(strings.Split(c.section, ".")...).Field(c.other)
}

// recentTurns: raised to 1, then at most the window less one; a result of 0 ends compaction.
func recentTurns(p *lint.Pass, v schema.Value, turns int64, window schema.Value) {
	size, ok := window.Int()
	if !ok {
		size, _ = strconv.ParseInt(window.Default(), 10, 64)
	}
	used := min(max(turns, 1), size-1)
	if used == turns || size < 1 {
		return
	}
	f := p.Report(v.Node.Value(), "%s = %d is limited to %d", keyOf(v), turns, used).WithNode(v.Node).WithSeverity(lint.Warning).
		WithNote("Loong uses 1 to memory.sliding_window minus one, which is %d", size-1).WithHelp("write %d, or raise memory.sliding_window", used)
	if used == 0 {
		f.WithNote("memory.sliding_window leaves no room, so nothing is compacted").WithHelp("raise memory.sliding_window")
	}
}

// promptPack: any pack id, and there is one by default, wins over a written system prompt.
func promptPack(p *lint.Pass, v schema.Value) {
	if text, ok := v.Text(); ok && text != strings.TrimSpace(text) && strings.TrimSpace(text) != "" {
		rewritten(p, v.Node, text, strings.TrimSpace(text))
	}
	for i := range p.Config.IgnoredPrompt() {
		id, _ := v.Text()
		p.Report(i.Node.Place(), "system_prompt is not used while prompt_pack_id is %q", strings.TrimSpace(id)).WithNode(i.Node).WithIgnored(i.Node).
			WithNote("Loong then makes the prompt from personality and addendum").
			WithHelp(`write prompt_pack_id = "", or delete system_prompt`)
	}
}
