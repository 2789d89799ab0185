package lint

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
)

// A text of a finding is cut after 4,096 bytes, between two letters; a shorter one is left as it is.
func TestLongTextsOfFindingsAreCut(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{strings.Repeat("a", 4096), strings.Repeat("a", 4096)},
		{strings.Repeat("a", 4097), strings.Repeat("a", 4096) + "…"},
		{"a" + strings.Repeat("é", 2048), "a" + strings.Repeat("é", 2047) + "…"},
		{"ab" + strings.Repeat("漢", 2000), "ab" + strings.Repeat("漢", 1364) + "…"},
	} {
		rule := &Rule{Name: "a", Level: Warning, Run: func(p *Pass) { p.Report(document.Span{}, "%s", c.text).WithHelp("%s", c.text) }}
		if f := check("a = 1", Options{Rules: []*Rule{rule}}).Findings[0]; f.Message != c.want || f.Help != c.want {
			t.Errorf("of %d bytes %d are left", len(c.text), len(f.Message))
		}
	}
}

// many is a rule with so many findings of each level, one after the other.
func many(name string, levels ...Level) *Rule {
	return &Rule{Name: name, Level: Warning, Run: func(p *Pass) {
		for _, l := range levels {
			p.Report(document.Span{}, "odd").WithSeverity(l)
		}
	}}
}

// The worst finding of a file is held wherever it is, so that the exit status does not depend on how many there are.
func TestTheFirstOfEachLevelIsHeld(t *testing.T) {
	levels := slices.Concat(slices.Repeat([]Level{Info}, maxFindings+2), []Level{Error, Warning, Error, Info, Warning, Warning})
	for _, tt := range []struct {
		opt                 Options
		held                string // by level
		errors, warns, infs int    // those counted
	}{
		{Options{}, "1 error, 1 warning, 3000 infos", 2, 3, 3003},
		{Options{MinLevel: Warning}, "1 error, 1 warning", 2, 3, 0},
		{Options{MinLevel: Error}, "1 error", 2, 0, 0},
		{Options{LevelOf: func(string, *Rule) Level { return Error }}, "3002 errors", 3008, 0, 0},
	} {
		tt.opt.NoLines, tt.opt.Rules = true, []*Rule{many("a", levels...), many("b", Info)}
		r := check("", tt.opt)
		var held Counts
		var s Summary
		for _, f := range r.Findings {
			if f.Rule.Name == "a" {
				held.Count(f.Severity, 1)
			}
		}
		s.Add(r)
		all := s.Counts
		all.Merge(s.Hidden)
		if got := held.String(); got != tt.held || all.Total() != 3009 {
			t.Errorf("held are %s, want %s; %d are counted", got, tt.held, all.Total())
		}
		s.Count(Info, -map[bool]int{true: 1}[tt.opt.MinLevel == 0 && tt.opt.LevelOf == nil])
		s.Count(Error, -map[bool]int{true: 1}[tt.opt.LevelOf != nil])
		if s.Errors != tt.errors || s.Warnings != tt.warns || s.Infos != tt.infs {
			t.Errorf("counted are %s", s.Counts)
		}
	}
}

// A comment for the whole file suppresses also what was only counted.
func TestWhatIsOnlyCountedIsSuppressed(t *testing.T) {
	rule := many("odd", slices.Repeat([]Level{Warning}, maxFindings+7)...)
	r := check("# loonglint: ignore-file[odd] agreed\na = 1", Options{NoLines: true, Rules: []*Rule{rule, &UnusedSuppression}})
	if len(r.Findings) != 0 || r.Suppressed != maxFindings+7 || r.Hidden.Total() != 0 {
		t.Errorf("%d findings, %d suppressed", len(r.Findings), r.Suppressed)
	}
	r = check("a = 1 # loonglint: ignore[other] agreed", Options{NoLines: true, Rules: []*Rule{rule, many("other")}})
	if len(r.Findings) != maxFindings+1 || r.Suppressed != 0 || r.Findings[maxFindings-1].More != 7 {
		t.Errorf("%d findings, %d suppressed", len(r.Findings), r.Suppressed)
	}
}

// The lines of a source are given for so many findings of each rule and level.
func TestLinesForSoManyFindings(t *testing.T) {
	rules := []*Rule{many("a", Warning, Warning, Error, Warning, Error, Error), many("b", Warning)}
	for most, want := range map[int]int{0: 7, 1: 3, 2: 5, 3: 7} {
		n := 0
		for _, f := range check("a = 1", Options{Rules: rules, LinesFor: most}).Findings {
			n += len(f.Lines)
		}
		if n != want {
			t.Errorf("%d lines for %d findings of each kind, want %d", n, most, want)
		}
	}
}

func TestEditsOfFixesHavePlaces(t *testing.T) {
	rule := &Rule{Name: "a", Level: Warning, Run: func(p *Pass) {
		p.Report(document.Span{Start: 5, End: 900}, "odd").WithRelated(document.Span{Start: 7, End: 9}, "here").
			WithFix(Safe, "write", document.Edit{Span: document.Span{Start: 5, End: 8}, Text: "x"}, document.Edit{Span: document.Span{Start: 12, End: 12}, Text: "y"})
	}}
	f := check("a='é'\nbc = 2\n", Options{Rules: []*Rule{rule}}).Findings[0]
	if got := fmt.Sprint(f.Fix().Places); got != "[{1 6 2 2} {2 6 2 6}]" {
		t.Errorf("edits at %s", got)
	}
	if got := fmt.Sprint(f.Start, f.End, f.StartByte, f.EndByte, f.Related[0].Start, f.Related[0].End); got != "{1 5 5} {3 1 14} 6 1 {2 1 7} {2 3 9}" {
		t.Errorf("places %s", got)
	}
}

// Repairs that touch, at their ends even, are never made together; those beside each other are.
func TestRepairsThatTouchWait(t *testing.T) {
	edit := func(start, end int) document.Edit {
		return document.Edit{Span: document.Span{Start: start, End: end}, Text: "9"}
	}
	for _, c := range []struct {
		first, second document.Edit
		want          string
	}{
		{edit(4, 5), edit(6, 7), "a = 9 9 # 5"},
		{edit(4, 5), edit(5, 6), "a = 9 3 # 5"},
		{edit(5, 6), edit(4, 5), "a = 293 # 5"},
		{edit(4, 7), edit(5, 6), "a = 9 # 5"},
		{edit(5, 6), edit(4, 7), "a = 293 # 5"},
		{edit(4, 5), edit(10, 11), "a = 9 3 # 9"},
		{edit(10, 11), edit(4, 5), "a = 9 3 # 9"},
		{edit(4, 4), edit(4, 4), "a = 92 3 # 5"},
	} {
		doc := document.Parse("a.toml", []byte("a = 2 3 # 5"))
		var list []*Finding
		for _, e := range []document.Edit{c.first, c.second} {
			list = append(list, (&Finding{}).WithFix(Safe, "", e))
		}
		after, repaired, err := ApplyFixes(doc, list, false)
		if err != nil || string(after.Source) != c.want && string(doc.Source) != string(after.Source) {
			t.Errorf("%v, %v: %q, %v", c.first.Span, c.second.Span, after.Source, err)
			continue
		}
		if got := string(chosenText(t, doc, list)); got != c.want {
			t.Errorf("%v, %v: %q (%d repaired), want %q", c.first.Span, c.second.Span, got, len(repaired), c.want)
		}
	}
}

// chosenText is the document with the repairs that can be made together, whether or not it is still TOML.
func chosenText(t *testing.T, doc *document.Document, list []*Finding) []byte {
	t.Helper()
	var edits []document.Edit
	for _, f := range chooseRepairs(list, false) {
		edits = append(edits, f.Fix().Edits...)
	}
	out, err := document.Apply(doc.Source, edits)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Of repairs that break the file together the first ones are made, and one that breaks it alone is not made; a file that
// has problems may keep them.
func TestRepairsThatBreakTheFile(t *testing.T) {
	value := func(key, text string, safety Safety) *Rule {
		return &Rule{Name: key + text, Level: Warning, Run: func(p *Pass) {
			if n := p.Document.Root.At(key); n != nil {
				p.Report(n.Expr(), "odd").WithFix(safety, "", document.Edit{Span: n.Expr(), Text: text})
			}
		}}
	}
	for name, c := range map[string]struct {
		src, want string
		rules     []*Rule
		unsafe    bool
		repaired  int
		fails     bool
	}{
		"two keys become one":     {"a = 1\nb = 2\nc = 3\n", "x = 1\nb = 2\ny = 1\n", []*Rule{value("a", "x = 1", Safe), value("b", "x = 2", Safe), value("c", "y = 1", Safe)}, false, 2, false},
		"one breaks it":           {"a = 1\nb = 2\n", "a = 1\nx = 2\n", []*Rule{value("a", "= ]", Safe), value("b", "x = 2", Safe)}, false, 1, false},
		"all break it":            {"a = 1\n", "", []*Rule{value("a", "= ]", Safe)}, false, 0, true},
		"all break a broken file": {"a = 1\n= 2\n", "a = 1\n= 2\n", []*Rule{value("a", "= ]", Safe)}, false, 0, false},
		"a broken file":           {"a = 1\n= 2\n", "x = 1\n= 2\n", []*Rule{value("a", "x = 1", Safe)}, false, 1, false},
		"unsafe, not asked for":   {"a = 1\n", "a = 1\n", []*Rule{value("a", "x = 1", Unsafe)}, false, 0, false},
		"unsafe, asked for":       {"a = 1\n", "x = 1\n", []*Rule{value("a", "x = 1", Unsafe)}, true, 1, false},
	} {
		_, after, repaired, err := NewChecker(&Options{Rules: c.rules}).Repair("a.toml", []byte(c.src), nil, c.unsafe)
		if (err != nil) != c.fails || len(repaired) != c.repaired || !c.fails && string(after.Source) != c.want {
			t.Errorf("%s: %v, %d repaired, %v", name, after, len(repaired), err)
		}
	}
}

// What becomes of a file that is repaired: nothing is written that did not change, and a result says what was done.
func TestRunnerRepairs(t *testing.T) {
	rule := &Rule{Name: "odd", Level: Warning, Run: func(p *Pass) {
		if n := p.Document.Root.At("a"); n != nil && n.Text() == "1" {
			p.Report(n.Value(), "odd").WithFix(Safe, "", document.Edit{Span: n.Value(), Text: "2"})
		}
		if n := p.Document.Root.At("b"); n != nil {
			p.Report(n.Value(), "bad").WithFix(Safe, "", document.Edit{Span: n.Value(), Text: "]"})
		}
	}}
	diff := func(before, after *document.Document) []byte { return []byte(before.Text() + "->" + after.Text()) }
	for name, c := range map[string]struct {
		src                  string
		repair               Repair
		refuses              bool
		left, repaired       int
		written, diff, fails string
	}{
		"written":       {"a = 1", Repair{}, false, 0, 1, "a = 2", "", ""},
		"with a diff":   {"a = 1", Repair{Diff: diff}, false, 0, 1, "a = 2", "a = 1->a = 2", ""},
		"refused":       {"a = 1", Repair{}, true, 1, 0, "", "", "writing f: no"},
		"nothing to do": {"a = 3", Repair{Diff: diff}, false, 0, -1, "", "", ""},
		"broken by it":  {"b = 3", Repair{Diff: diff}, false, 1, 0, "", "", "f: repairing: the result would not be TOML; please report this"},
		"not repaired":  {"b = 3\n=", Repair{Diff: diff}, false, 1, 0, "", "", ""},
	} {
		written := ""
		c.repair.Write = func(path string, src []byte) error {
			if c.refuses {
				return errors.New(path + ": no")
			}
			written = string(src)
			return nil
		}
		r := Runner{Options: &Options{Rules: []*Rule{rule}}, Repair: &c.repair}
		r.Run([]Input{{Path: "f", Read: func() ([]byte, error) { return []byte(c.src), nil }}}, func(f *FileResult) bool {
			done, repaired, text, fails := f.Repaired, -1, "", ""
			if done != nil {
				repaired, text = done.Findings, string(done.Diff)
				if done.Err != nil {
					fails = done.Err.Error()
				}
			}
			if len(f.Findings) != c.left || repaired != c.repaired || written != c.written || text != c.diff || fails != c.fails {
				t.Errorf("%s: %d findings left, %d repaired, written %q, diff %q, %s", name, len(f.Findings), repaired, written, text, fails)
			}
			return true
		})
	}
	dry := Runner{Options: &Options{Rules: []*Rule{rule}}, Repair: &Repair{Diff: diff}}
	dry.Run([]Input{{Path: "f", Read: func() ([]byte, error) { return []byte("a = 1"), nil }}}, func(f *FileResult) bool {
		if len(f.Findings) != 1 || f.Repaired.Findings != 1 || string(f.Repaired.Diff) != "a = 1->a = 2" {
			t.Errorf("without writing: %d findings, %+v", len(f.Findings), f.Repaired)
		}
		return true
	})
}

// Where a directive is read, and which line it is about.
func TestLinesOfSuppressions(t *testing.T) {
	for name, c := range map[string]struct {
		src  string
		want string // lines with a finding that is left, and of suppressions that are not right
	}{
		"indented comments":          {"  # loonglint: ignore[odd] so\n\t# more\nmodel = 1\n", ""},
		"a comment far to the right": {"# loonglint: ignore[odd] so\n" + strings.Repeat(" ", 63) + "# more\nmodel = 1\n", ""},
		"a comment too far away":     {"# loonglint: ignore[odd] so\n" + strings.Repeat(" ", 64) + "# more\nmodel = 1\n", "1 3"},
		"a blank line between":       {"# loonglint: ignore[odd] so\n\nmodel = 1\n", "1 3"},
		"two in a row":               {"# loonglint: ignore[odd] so\n# loonglint: ignore[odd] and so\nmodel = 1\n[a]\nmodel = 2\n", "5"},
		"two blocks":                 {"# loonglint: ignore[odd] so\nmodel = 1\n# loonglint: ignore[odd] so\n[a]\nmodel = 2\n", "3 5"},
		"after the header":           {"[a] # loonglint: ignore[odd] so\nmodel = 2\n", "1 2"},
		"many signs":                 {"model = 1 ### \tloonglint:ignore[odd] so\n", ""},
		"tabs":                       {"model = 1 #\tloonglint:\tignore[odd,\todd\t]\tso\n", ""},
		"a tab after the word":       {"model = 1 # loonglint: ignore\t[odd] so\n", "1 1"},
		"commas only":                {"model = 1 # loonglint: ignore[,,] so\n", "1 1"},
		"an empty name":              {"model = 1 # loonglint: ignore[,odd] so\n", ""},
		"until with no reason":       {"model = 1 # loonglint: ignore[odd] until=2026-05-04\n", "1 1"},
		"until, tab":                 {"model = 1 # loonglint: ignore[odd] until=2026-05-04\tso\n", ""},
		"until tomorrow":             {"model = 1 # loonglint: ignore[odd] until=2026-05-05 so\n", ""},
		"at the end of the file":     {"model = 1\n# loonglint: ignore[odd] so", "1 2"},
		"ignore-file after blanks":   {"\ufeff\n \t\n# a\n\n# loonglint: ignore-file[odd] so\nmodel = 1\n", ""},
		"ignore-file in a line":      {"model = 1 # loonglint: ignore-file[odd] so\n", "1 1"},
		"ignore-file below a key":    {"b = 1\n\n# loonglint: ignore-file[odd] so\nmodel = 1\n", "3 4"},
		"ignore-file, broken":        {"# loonglint: ignore-file[] so\nmodel = 1\n", "1 2"},
		"ignore-file, unused":        {"# loonglint: ignore-file[odd] so\nb = 1\n", "1"},
	} {
		var lines []string
		for _, f := range suppressing(c.src).Findings {
			lines = append(lines, fmt.Sprint(f.Start.Line))
		}
		if got := strings.Join(lines, " "); got != c.want {
			t.Errorf("%s: findings in lines %q, want %q\n%s", name, got, c.want, brief(suppressing(c.src)))
		}
	}
}

// So many names count, whether they are in one suppression or in several; one that names no rule counts as one.
func TestNamesOfSuppressionsAreCounted(t *testing.T) {
	names := func(n int) string { return strings.TrimSuffix(strings.Repeat("odd,", n), ",") }
	for _, c := range []struct {
		src  string
		told bool
	}{
		{"model = 1 # loonglint: ignore[" + names(maxNames) + "] so", false},
		{"model = 1 # loonglint: ignore[" + names(maxNames+1) + "] so", true},
		{"# loonglint: ignore-file[" + names(maxNames-1) + "] so\nmodel = 1 # loonglint: ignore[odd] so", false},
		{"# loonglint: ignore-file[" + names(maxNames-1) + "] so\nmodel = 1 # loonglint: ignore[odd,odd] so", true},
		{strings.Repeat("# loonglint: x\n", maxNames-1) + "model = 1 # loonglint: ignore[odd] so", false},
		{strings.Repeat("# loonglint: x\n", maxNames) + "model = 1 # loonglint: ignore[odd] so", true},
	} {
		r := check(c.src, Options{NoLines: true, Rules: []*Rule{keys(Rule{Name: "odd"}, "model"), &UnknownSuppression}})
		if got := strings.Contains(brief(r), "do nothing from here on"); got != c.told || strings.Contains(brief(r), "is odd") != c.told && !strings.Contains(c.src, "ignore-file") {
			t.Errorf("of %.40q…: told %v, %d suppressed", c.src, got, r.Suppressed)
		}
	}
}

// In a file with a problem a finding can be suppressed where that adds no further one.
func TestSuppressionsInBrokenFiles(t *testing.T) {
	for src, want := range map[string]string{
		"a = 1\n= 2\n":                        "a = 1 # loonglint: ignore[odd] why\n= 2\n",
		"a = '''\nx\n":                        "# loonglint: ignore[odd] why\na = '''\nx\n",
		"a = 1\nb = \"\"\"\nx\n":              "a = 1 # loonglint: ignore[odd] why\nb = \"\"\"\nx\n",
		"a = \"x # no\nb = 1\n":               "# loonglint: ignore[odd] why\na = \"x # no\nb = 1\n",
		"a = 1 # loonglint: x\n":              "# loonglint: ignore[odd] why\na = 1 # loonglint: x\n",
		"\ta = 1 # loonglint: ignore[b, c] d": "\ta = 1 # loonglint: ignore[b, c, odd] d",
	} {
		doc := document.Parse("a.toml", []byte(src))
		e, ok := Suppression(doc, &Finding{Rule: &Rule{Name: "odd"}, Start: document.Position{Line: 1}}, "why")
		got := ""
		if ok {
			out, err := document.Apply(doc.Source, []document.Edit{e})
			if err != nil {
				t.Fatal(err)
			}
			got = string(out)
		}
		if got != want {
			t.Errorf("%q: %q, want %q", src, got, want)
		}
	}
}

// The lines of a finding: one for each line with a place, in order, with its marks; a long one is cut around the first.
func TestLinesOfAFinding(t *testing.T) {
	show := func(l Line) string {
		s := fmt.Sprintf("%d:%s", l.Number, l.Text)
		for _, m := range l.Marks {
			s += fmt.Sprintf(" %s<%s>%v", m.Label, l.Text[m.Start:m.End], m.Primary)
		}
		return s
	}
	const before = `cli.system_prompt = "`
	long := strings.Repeat("x", 200)
	for _, c := range []struct {
		src   string
		spans []string // texts that are marked, the finding first
		want  []string
	}{
		{"a = 1\nb = 2\n", []string{"2", "1"}, []string{"1:a = 1 r1<1>false", "2:b = 2 <2>true"}},
		{"a = 1\nb = 2\n", []string{"2", "b"}, []string{"2:b = 2 r1<b>false <2>true"}},
		{"a = 1\nb = 2\n", []string{"1\nb"}, []string{"1:a = 1 <1>true"}},
		{before + long + "\" # b", []string{"cli"}, []string{"1:" + before + long[:63-len(before)] + "… <cli>true"}},
		{before + long[:160-len(before)], []string{"cli"}, []string{"1:" + before + long[:160-len(before)] + " <cli>true"}},
		{before + long[:161-len(before)], []string{"cli"}, []string{"1:" + before + long[:63-len(before)] + "… <cli>true"}},
		{before + long + "\" # b", []string{"# b", "cli"}, []string{"1:…" + long[:58] + "\" # b r1<>false <# b>true"}},
		{before + long + "\" # b", []string{"cli", "# b"}, []string{"1:" + before + long[:63-len(before)] + "… <cli>true"}},
		{before + strings.Repeat("é", 100) + "\" # b", []string{" b"}, []string{"1:…" + strings.Repeat("é", 29) + "\" # b < b>true"}},
		{before + strings.Repeat("é", 100) + "é\"", []string{"cl"}, []string{"1:" + before + strings.Repeat("é", 21) + "… <cl>true"}},
		{"api_key = \"hunter2\"\nb = 1", []string{"unter", "key"}, []string{"1:api_key = \"********\" r1<key>false <********>true"}},
		{"api_key = \"hunter2\" # c", []string{"# c", "\"hunter2\""}, []string{"1:api_key = \"********\" #******** r1<\"********\">false <#********>true"}},
	} {
		span := func(text string) document.Span {
			i := strings.Index(c.src, text)
			return document.Span{Start: i, End: i + len(text)}
		}
		rule := &Rule{Name: "a", Level: Warning, Run: func(p *Pass) {
			f := p.Report(span(c.spans[0]), "odd")
			for i, s := range c.spans[1:] {
				f.WithRelated(span(s), "r%d", i+1)
			}
		}}
		var got []string
		for _, l := range check(c.src, Options{Rules: []*Rule{rule}}).Findings[0].Lines {
			got = append(got, show(l))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%.30q: got\n%s\nwant\n%s", c.src, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
}

// A baseline is written in an order in which people review it, each finding once, whatever order the files came in.
func TestABaselineIsInOrder(t *testing.T) {
	rules := []*Rule{keys(Rule{Name: "z-rule"}, "model"), keys(Rule{Name: "a-rule"}, "kind")}
	var b Baseline
	for _, name := range []string{"b.toml", "a.toml", "b.toml"} {
		doc := document.Parse(name, []byte("[providers.y]\nkind = 'openai'\nmodel = 'm'\n[providers.x]\nkind = 'openai'\nmodel = 'm'\n"))
		b.Add(Check(doc, loong.Read(doc, nil), &Options{Rules: rules}), &Options{NameOf: func(s string) string { return "in/" + s }})
	}
	b.Add(&FileResult{Findings: []*Finding{{Rule: &InternalError, File: "a"}}}, &Options{})
	var text bytes.Buffer
	if err := b.Encode(&text); err != nil {
		t.Fatal(err)
	}
	var got []string
	for line := range strings.Lines(text.String()) {
		if _, rest, ok := strings.Cut(line, `"rule":`); ok {
			got = append(got, strings.TrimRight(rest, "},\n"))
		}
	}
	var want []string
	for _, file := range []string{"in/a.toml", "in/b.toml"} {
		for _, f := range []string{"a-rule providers.x.kind", "a-rule providers.y.kind", "z-rule providers.x.model", "z-rule providers.y.model"} {
			rule, key, _ := strings.Cut(f, " ")
			want = append(want, fmt.Sprintf(`"%s","file":"%s","key":"%s"`, rule, file, key))
		}
	}
	if !slices.Equal(got, want) || b.Len() != 8 {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if again, err := ReadBaseline(&text); err != nil || !slices.Equal(again.entries, b.entries) {
		t.Errorf("read again: %v, %v", again, err)
	}
	for _, e := range b.entries {
		if !b.Has(e.Fingerprint) || b.Has(e.Fingerprint+"0") {
			t.Errorf("%s is not found, or another one is", e.Fingerprint)
		}
	}
}

// An internal error tells what Go says about the fault and where it was, and nothing that a rule says.
func TestWhatAnInternalErrorTells(t *testing.T) {
	var list []int
	for want, panics := range map[string]func(){
		"bad failed: panic": func() { panic(errors.New("hunter2")) },
		"bad failed: runtime error: index out of range [": func() { _ = list[7] },
	} {
		f := check("a = 1", Options{Rules: []*Rule{{Name: "bad", Run: func(*Pass) { panics() }}}}).Findings[0]
		if !strings.HasPrefix(f.Message, want) || !strings.HasPrefix(f.Note, "at edges_test.go:") || strings.Count(f.Note, ",") != 3 || f.Lines != nil {
			t.Errorf("%s; %s", f.Message, f.Note)
		}
	}
}

// Files that could not be read are no files with findings, and a summary says nothing about those that were if there are none.
func TestSummaryOfUnreadableFiles(t *testing.T) {
	var s Summary
	s.Add(&FileResult{Verdict: loong.Unreadable, Err: errors.New("no")})
	if got := s.String(); got != "1 file could not be read" {
		t.Error(got)
	}
	s.Add(&FileResult{Verdict: loong.Unreadable, Failed: true, Findings: []*Finding{{Rule: &InternalError, Severity: Error}}})
	if got := s.String(); got != "1 finding (1 error) in 1 of 1 file; 1 file could not be read" {
		t.Error(got)
	}
}

// A place between two bytes has a mark of no length, within a secret and at the end of a line, too.
func TestMarksOfNoLength(t *testing.T) {
	const src = "[x]\napi_key = \"hunter2\"\n"
	for at, want := range map[int]string{0: "|[x]", 3: "[x]|", 4: "|api_key = \"********\"", 15: "api_key = \"|********\"", 18: "api_key = \"|********\"", 22: "api_key = \"********|\"", 23: "api_key = \"********\"|"} {
		rule := &Rule{Name: "a", Level: Warning, Run: func(p *Pass) { p.Report(document.Span{Start: at, End: at}, "odd") }}
		l := check(src, Options{Rules: []*Rule{rule}}).Findings[0].Lines[0]
		if got := l.Text[:l.Marks[0].Start] + "|" + l.Text[l.Marks[0].Start:]; got != want || l.Marks[0].End != l.Marks[0].Start {
			t.Errorf("at %d: %s, a mark of %d bytes, want %s", at, got, l.Marks[0].End-l.Marks[0].Start, want)
		}
	}
}
