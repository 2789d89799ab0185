package rules

import (
	"strconv"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/schema"
)

var unitLooksWrong = lint.Rule{
	Name:    "unit-looks-wrong",
	Group:   lint.GroupStructure,
	Summary: "a time that is almost surely meant in another unit: seconds where milliseconds count, or the other way round",
	Doc: `Loong has keys in milliseconds (…_ms) and in seconds (…_s, …_seconds) side by side, and takes each number as it is. A
turn_timeout_ms of 120 ends every turn after an eighth of a second, a timeout_seconds of 60000 never ends anything. The
finding appears where a number is a hundredth of the default and less, or a round thousand of five hundred times and more.

Numbers that Loong limits or refuses are reported by value-clamped and number-out-of-range. A number in between is not judged.`,
	Level:  lint.Info,
	Levels: "warning where the feature cannot work with so short a time",
	Since:  "0.1.0",
	Bad: `[acp]
enabled = true
backend = "acpx"
turn_timeout_ms = 120
`,
	Good: `[acp]
enabled = true
backend = "acpx"
turn_timeout_ms = 120000
`,
	Skip:  isUndecodable,
	Paths: &unitAt,
	Key:   func(p *lint.Pass, v, _ schema.Value) { judgeUnit(p, &unitCases[unitAt[v.Path]], v) },
}

func judgeUnit(p *lint.Pass, c *unitCase, v schema.Value) {
	number, ok := v.Float()
	if i, whole := v.Int(); whole {
		number, ok = float64(i), true
	}
	if !ok || number != float64(int64(number)) {
		return
	}
	n := int64(number)
	if n < c.from || c.seconds && n > c.to || !c.seconds && n%1000 != 0 {
		return
	}
	key := keyOf(v)
	if c.seconds {
		f := p.Report(v.Node.Value(), "%s = %s looks like seconds; the key counts milliseconds", key, v.Node.Text()).WithNode(v.Node)
		if c.fails != "" {
			f.WithSeverity(lint.Warning).WithNote("%s", c.fails)
		}
		offerNumber(f, v.Node, n*1000, "if you mean seconds")
		return
	}
	f := p.Report(v.Node.Value(), "%s = %s looks like milliseconds; the key counts seconds", key, v.Node.Text()).WithNode(v.Node)
	offerNumber(f, v.Node, n/1000, "if you mean milliseconds")
}

func offerNumber(f *lint.Finding, n *document.Node, number int64, when string) {
	text := strconv.FormatInt(number, 10)
	f.WithHelp("write %s, %s", text, when).WithFix(lint.Unsafe, "write "+text, document.Edit{Span: n.Value(), Text: text})
}
