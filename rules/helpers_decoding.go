package rules

import (
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/suggest"
	"github.com/loonglint/loonglint/schema"
)

// refuses is the note of every finding that makes decoding fail (behaviour.md 1.3).
const refuses = "Loong stops with a parse error and reads nothing of the file"

// describeWanted is what a key takes, without a bound that nobody meets.
func describeWanted(b *schema.Problem) string {
	return schema.WithoutFarBound(b.Want)
}

// eachProblem calls report for every decoding problem of one kind.
func eachProblem(p *lint.Pass, kind schema.ProblemKind, report func(*schema.Problem)) {
	for i := range p.Config.Problems {
		if b := &p.Config.Problems[i]; b.Kind == kind {
			report(b)
		}
	}
}

// isUndecodable reports that nothing of a file is in effect.
func isUndecodable(p *lint.Pass) bool { return p.Config.Verdict == loong.Undecodable }

// refusal tells what is wrong with a value: the bits below.
type refusal uint8

const (
	refusedItself refusal = 1 << iota // Loong cannot decode it
	refusedInside                     // or something in it
)

// refusalsByNode are the values that Loong cannot decode, and the tables and lists around them; they are the
// State of a pass.
func refusalsByNode(p *lint.Pass) map[*document.Node]refusal {
	if len(p.Config.Problems) == 0 {
		return nil
	}
	all, ok := p.State.(map[*document.Node]refusal)
	if ok {
		return all
	}
	all = map[*document.Node]refusal{}
	p.State = all
	for i := range p.Config.Problems {
		n := p.Config.Problems[i].Node
		all[n] |= refusedItself
		for ; n != nil && all[n]&refusedInside == 0; n = n.Parent {
			all[n] |= refusedInside
		}
	}
	return all
}

// enumWords lists the accepted spellings of an enum, aliases after their word.
func enumWords(words []schema.Word) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, w := range words {
			if !yield(w.Value) {
				return
			}
			for _, a := range w.Aliases {
				if !yield(a) {
					return
				}
			}
		}
	}
}

// suggestWord offers the nearest words, and a fix: safe where only case and separators differ.
func suggestWord(p *lint.Pass, f *lint.Finding, n *document.Node, written string, words iter.Seq[string]) {
	near := suggest.Nearest(written, words)
	if len(near) == 0 {
		return
	}
	f.WithHelp("%s", suggest.Question(near))
	safety := lint.Unsafe
	if same := suggest.Same(strings.TrimSpace(written), words); len(same) == 1 {
		safety = lint.Safe
	}
	if n.Kind == document.String && len(near) == 1 {
		f.WithFix(safety, "write "+near[0], replaceText(p.Document, n, near[0]))
	}
}

// readingOf is the one value that a value of the wrong type can mean, in TOML, or "".
func readingOf(d *document.Document, v schema.Value) string {
	n := v.Node
	switch op := v.Shape.Op; {
	case n.Kind == document.String && op.IsWhole() && duration(n) != "":
		return duration(n)
	case n.Kind == document.String:
		return withoutQuotes(n.Text(), op, d.Source[n.Value().Start:n.Value().End], v.Shape)
	case (op == schema.OpString || op == schema.OpSecret) && (n.Kind == document.Integer || n.Kind == document.Float):
		return string(document.AppendString(nil, n.Text()))
	case n.Kind == document.Integer && op == schema.OpList && v.Shape.Item().Op.IsWhole():
		return "[" + n.Text() + "]"
	case n.Kind == document.Float && strings.HasSuffix(n.Text(), ".0") && op.IsWhole():
		return strings.TrimSuffix(n.Text(), ".0")
	}
	return ""
}

// duration is a time such as "30s" or "2m" as a whole number of the unit that the key's name
// ends in, or "".
func duration(n *document.Node) string {
	unit := unitOf(n.Name())
	d, err := time.ParseDuration(strings.ReplaceAll(n.Text(), " ", ""))
	switch {
	case err != nil || d <= 0:
		return ""
	case unit == "milliseconds" && d%time.Millisecond == 0:
		return strconv.FormatInt(d.Milliseconds(), 10)
	case unit == "seconds" && d%time.Second == 0:
		return strconv.FormatInt(int64(d/time.Second), 10)
	}
	return ""
}

func withoutQuotes(text string, op schema.Op, source []byte, shape schema.Shape) string {
	text = strings.TrimSpace(text)
	switch {
	case op.IsWhole():
		if i, err := strconv.ParseInt(text, 10, 64); err == nil && strconv.FormatInt(i, 10) == text {
			return text
		}
	case op == schema.OpF64:
		if f, err := strconv.ParseFloat(text, 64); err == nil && strings.Trim(text, "0123456789.") == "" {
			return strconv.FormatFloat(f, 'f', -1, 64)
		}
	case op == schema.OpBool:
		switch strings.ToLower(text) {
		case "true", "yes", "on":
			return "true"
		case "false", "no", "off":
			return "false"
		}
	case op == schema.OpList && shape.Item().Op == schema.OpString && !strings.Contains(text, ","):
		return "[" + string(source) + "]"
	}
	return ""
}
