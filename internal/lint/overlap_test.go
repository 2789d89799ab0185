package lint

import (
	"fmt"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
)

// at is a rule with a finding at each of some spans.
func at(rule Rule, spans ...document.Span) *Rule {
	rule.Level = Warning
	rule.Run = func(p *Pass) {
		for _, s := range spans {
			p.Report(s, "%d-%d", s.Start, s.End)
		}
	}
	return &rule
}

// Two findings have one cause where they share a byte; a place between two bytes stands for the one after it.
func TestSpansThatShareAByteHaveOneCause(t *testing.T) {
	for _, c := range []struct {
		general, specific document.Span
		silenced          bool
	}{
		{document.Span{Start: 2, End: 5}, document.Span{Start: 2, End: 5}, true},
		{document.Span{Start: 2, End: 5}, document.Span{Start: 4, End: 8}, true},
		{document.Span{Start: 2, End: 5}, document.Span{Start: 5, End: 8}, false},
		{document.Span{Start: 5, End: 8}, document.Span{Start: 2, End: 6}, true},
		{document.Span{Start: 5, End: 8}, document.Span{Start: 2, End: 5}, false},
		{document.Span{Start: 2, End: 9}, document.Span{Start: 4, End: 5}, true},
		{document.Span{Start: 4, End: 5}, document.Span{Start: 2, End: 9}, true},
		{document.Span{Start: 4, End: 4}, document.Span{Start: 4, End: 4}, true},
		{document.Span{Start: 4, End: 4}, document.Span{Start: 4, End: 6}, true},
		{document.Span{Start: 4, End: 4}, document.Span{Start: 5, End: 6}, false},
		{document.Span{Start: 4, End: 4}, document.Span{Start: 2, End: 4}, false},
		{document.Span{Start: 4, End: 4}, document.Span{Start: 2, End: 5}, true},
		{document.Span{Start: 2, End: 5}, document.Span{Start: 4, End: 4}, true},
		{document.Span{Start: 2, End: 4}, document.Span{Start: 4, End: 4}, false},
		{document.Span{Start: 5, End: 6}, document.Span{Start: 4, End: 4}, false},
	} {
		r := check("abcdef = 'ghi'", Options{Rules: []*Rule{at(Rule{Name: "general"}, c.general), at(Rule{Name: "specific", Silences: []string{"general"}}, c.specific)}})
		if got := len(r.Findings) == 1; got != c.silenced || r.Findings[len(r.Findings)-1].Rule.Name != "specific" && got {
			t.Errorf("a general finding at %v beside one at %v: %s", c.general, c.specific, brief(r))
		}
	}
}

// A finding drops every general one that it touches, whatever lies between; it never drops one of its own rule.
func TestAFindingSilencesAllThatItTouches(t *testing.T) {
	spans := []document.Span{{Start: 0, End: 1}, {Start: 2, End: 4}, {Start: 3, End: 3}, {Start: 5, End: 6}, {Start: 9, End: 10}}
	specific := at(Rule{Name: "specific", Silences: []string{"general", "specific", "absent"}}, document.Span{Start: 1, End: 6}, document.Span{Start: 2, End: 3})
	if got := brief(check("abcdef = 'ghi'", Options{Rules: []*Rule{at(Rule{Name: "general"}, spans...), specific}})); got !=
		"1:1 warning general 0-1\n1:2 warning specific 1-6\n1:3 warning specific 2-3\n1:10 warning general 9-10\n" {
		t.Errorf("got %s", got)
	}
}

// Findings about one key have one cause, wherever in it they are.
func TestFindingsOfOneKeyHaveOneCause(t *testing.T) {
	rule := func(name string, silences []string, key string, ofKey bool) *Rule {
		return &Rule{Name: name, Level: Warning, Silences: silences, Run: func(p *Pass) {
			n := p.Document.Root.At(key)
			span := n.Value()
			if ofKey {
				span = n.Key()
			}
			p.Report(span, "x").WithNode(n)
		}}
	}
	for key, want := range map[string]string{"a": "specific", "b": "general specific"} {
		var names []string
		for _, f := range check("a = 1\nb = 2", Options{Rules: []*Rule{rule("general", nil, "a", true), rule("specific", []string{"general"}, key, false)}}).Findings {
			names = append(names, f.Rule.Name)
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("a finding about %s: left are %s", key, got)
		}
	}
}

// An edit of the active profile, or of the [provider] table that chooses it by being its equal, is not offered.
func TestFixesThatDecideWhichProfileIsUsedAreTakenBack(t *testing.T) {
	for name, c := range map[string]struct {
		src     string
		decides bool // the edits of all values "m"
	}{
		"tables":             {"[provider]\nkind = \"openai\"\nmodel = \"m\"\n[providers.x]\nkind = \"openai\"\nmodel = \"m\"\n", true},
		"dotted keys":        {"provider.kind = \"openai\"\nprovider.model = \"m\"\n[providers]\nx.kind = \"openai\"\nx.model = \"m\"\n", true},
		"inline tables":      {"provider = { kind = \"openai\", model = \"m\" }\nproviders = { x = { kind = \"openai\", model = \"m\" } }\n", true},
		"another profile":    {"[provider]\nkind = \"openai\"\nmodel = \"n\"\n[providers.x]\nkind = \"openai\"\nmodel = \"n\"\n[providers.y]\nkind = \"groq\"\nmodel = \"m\"\n", false},
		"no [provider]":      {"[providers.x]\nkind = \"openai\"\nmodel = \"m\"\n", false},
		"chosen by name":     {"active_provider = \"x\"\n[providers.x]\nkind = \"openai\"\nmodel = \"m\"\n", false},
		"no saved profile":   {"[provider]\nkind = \"openai\"\nmodel = \"m\"\n", false},
		"none that is equal": {"[provider]\nkind = \"openai\"\nmodel = \"m\"\n[providers.x]\nkind = \"openai\"\nmodel = \"other\"\n", false},
	} {
		rule := &Rule{Name: "odd", Level: Warning, Run: func(p *Pass) {
			visit(p.Document.Root, "model", func(n *document.Node) {
				if n.Text() == "m" {
					p.Report(n.Value(), "odd").WithNode(n).WithFix(Unsafe, "write 2", document.Edit{Span: n.Value(), Text: "'two'"}).
						WithChoice("write 3", document.Edit{Span: document.Span{Start: n.Value().End, End: n.Value().End}, Text: " "})
				}
			})
		}}
		r := check(c.src, Options{Rules: []*Rule{rule}})
		for _, f := range r.Findings {
			if want := map[bool]int{true: 0, false: 2}[c.decides]; len(f.Fixes) != want {
				t.Errorf("%s: %d fixes at %s, want %d", name, len(f.Fixes), f.KeyPath, want)
			}
		}
		if len(r.Findings) == 0 {
			t.Errorf("%s: nothing was found", name)
		}
	}
}

// What a rule keeps for a rule across files, and whether it is asked at all: only files that are checked together are compared.
func TestOnlyFilesThatAreCheckedTogetherAreCompared(t *testing.T) {
	for files := 1; files <= 3; files++ {
		for _, apart := range []bool{false, true} {
			for workers := 1; workers <= 2; workers++ {
				alone, compared := 0, 0
				across := &Rule{Name: "across", Level: Warning,
					Run:     func(p *Pass) { p.Report(document.Span{}, "alone: %v", p.Alone) },
					Collect: func(p *Pass) any { return 1 },
					Compare: func(p *CrossPass) {
						for f := range p.Facts {
							p.Report(f.File, Place{}, "compared")
						}
					}}
				var inputs []Input
				for i := range files {
					inputs = append(inputs, Input{Path: fmt.Sprint(i), Read: func() ([]byte, error) { return []byte("a = 1"), nil }})
				}
				r := Runner{Options: &Options{Rules: []*Rule{across}}, Workers: workers, Apart: apart}
				r.Run(inputs, func(f *FileResult) bool {
					told := brief(f)
					alone += strings.Count(told, "alone: true")
					compared += strings.Count(told, "compared")
					return true
				})
				wantAlone, wantCompared := files, 0
				if files > 1 && !apart {
					wantAlone, wantCompared = 0, files
				}
				if alone != wantAlone || compared != wantCompared {
					t.Errorf("%d files, apart %v: %d are alone and %d compared", files, apart, alone, compared)
				}
			}
		}
	}
}

// Findings of rules across files obey levels, suppressions and the baseline as those of a file do, and have a level of their own from which they are shown.
func TestFindingsAcrossFilesObeyTheSettings(t *testing.T) {
	rule := func(severity Level) *Rule {
		return &Rule{Name: "across", Level: severity,
			Collect: func(p *Pass) any { return p.PlaceOf(p.Document.Root.At("model").Value(), p.Document.Root.At("model")) },
			Compare: func(p *CrossPass) {
				for f := range p.Facts {
					p.Report(f.File, f.Is.(Place), "odd")
				}
			}}
	}
	run := func(src string, opt Options) (out []*FileResult) {
		var inputs []Input
		for _, name := range []string{"a", "b"} {
			inputs = append(inputs, Input{Path: name, Read: func() ([]byte, error) { return []byte(src), nil }})
		}
		(&Runner{Options: &opt}).Run(inputs, func(f *FileResult) bool { out = append(out, f); return true })
		return out
	}
	var accepted Baseline
	for _, f := range run("model = 1", Options{Rules: []*Rule{rule(Warning)}}) {
		accepted.Add(f, &Options{})
	}
	accepted.sort()
	for name, c := range map[string]struct {
		src  string
		opt  Options
		want string // findings, suppressed, in the baseline, hidden
	}{
		"nothing set":         {"model = 1", Options{Rules: []*Rule{rule(Warning)}}, "1:9 warning across odd\n|0 0 0"},
		"a level":             {"model = 1", Options{Rules: []*Rule{rule(Warning)}, LevelOf: func(string, *Rule) Level { return Error }}, "1:9 error across odd\n|0 0 0"},
		"off":                 {"model = 1", Options{Rules: []*Rule{rule(Warning)}, LevelOf: func(string, *Rule) Level { return Off }}, "|0 0 0"},
		"a suppression":       {"model = 1 # loonglint: ignore[across] agreed", Options{Rules: []*Rule{rule(Warning)}}, "|1 0 0"},
		"one of another line": {"# loonglint: ignore[across] agreed\nb = 1\nmodel = 1", Options{Rules: []*Rule{rule(Warning)}}, "3:9 warning across odd\n|0 0 0"},
		"suppressions shown":  {"model = 1 # loonglint: ignore[across] agreed", Options{Rules: []*Rule{rule(Warning)}, NoIgnores: true}, "1:9 warning across odd\n|0 0 0"},
		"the baseline":        {"model = 1", Options{Rules: []*Rule{rule(Warning)}, Baseline: &accepted}, "|0 1 0"},
		"a higher level":      {"model = 1", Options{Rules: []*Rule{rule(Warning)}, AcrossMinLevel: Error}, "|0 0 1"},
		"the same level":      {"model = 1", Options{Rules: []*Rule{rule(Warning)}, AcrossMinLevel: Warning, MinLevel: Error}, "1:9 warning across odd\n|0 0 0"},
	} {
		for _, f := range run(c.src, c.opt) {
			if got := fmt.Sprintf("%s|%d %d %d", brief(f), f.Suppressed, f.Baselined, f.Hidden.Total()); got != c.want {
				t.Errorf("%s: got %q, want %q", name, got, c.want)
			}
		}
	}
}

// A rule across files that fails is an internal error of the first file, once; the other rules go on.
func TestAFailureAcrossFilesIsAFindingOfTheFirst(t *testing.T) {
	bad := &Rule{Name: "bad", Level: Warning, Collect: func(*Pass) any { return 1 }, Compare: func(*CrossPass) { panic("x") }}
	good := &Rule{Name: "good", Level: Warning, Collect: func(*Pass) any { return 1 }, Compare: func(p *CrossPass) {
		for f := range p.Facts {
			p.Report(f.File, Place{}, "fine")
		}
	}}
	var inputs []Input
	for i := range 200 {
		inputs = append(inputs, Input{Path: fmt.Sprintf("%03d", i), Read: func() ([]byte, error) { return nil, nil }})
	}
	n := 0
	(&Runner{Options: &Options{Rules: []*Rule{bad, good}}, Workers: 2}).Run(inputs, func(f *FileResult) bool {
		first := f.Path == "000"
		if f.Failed != first || strings.Contains(brief(f), "bad failed") != first || !strings.Contains(brief(f), "fine") {
			t.Errorf("%s: %s", f.Path, brief(f))
		}
		n++
		return n < 150
	})
	if n != 150 {
		t.Errorf("%d results after stopping at 150", n)
	}
}

// What one process collects of a file another one compares, suppressions included.
func TestFactsAndSuppressionsTravel(t *testing.T) {
	across := &Rule{Name: "across", Level: Warning, Collect: func(p *Pass) any { return p.Document.Root.At("model").Text() }, Compare: func(*CrossPass) {}}
	other := &Rule{Name: "other", Level: Warning, Run: func(*Pass) {}}
	opt := &Options{Rules: []*Rule{other, across}}
	src := "# loonglint: ignore-file[other] all\n# loonglint: ignore-file[across] all\nmodel = 'm' # loonglint: ignore[across, other, unknown] agreed\n" +
		"b = 1 # loonglint: ignore[across]\n# loonglint: ignore[across] of nothing"
	doc := document.Parse("a", []byte(src))
	from := Check(doc, loong.Read(doc, nil), opt)
	list := from.Ignores(opt)
	if got := fmt.Sprint(list); got != "[{[across] 0} {[across] 3}]" {
		t.Errorf("suppressions %s", got)
	}
	to := &FileResult{Path: "a"}
	for rule, is := range from.Facts(opt) {
		to.SetFact(opt, rule, is)
	}
	to.SetFact(opt, &Rule{Name: "gone"}, "nothing")
	if len(to.facts) != 1 || to.facts[0].value != "m" || to.facts[0].rule != 1 {
		t.Errorf("facts %v", to.facts)
	}
	for line, want := range map[int]bool{3: true, 4: false} {
		to := &FileResult{Path: "a"}
		to.SetIgnores(list[1:])
		if got := to.ignored(&Finding{Rule: across, Start: document.Position{Line: line}}); got != want || to.Suppressed != map[bool]int{true: 1}[want] {
			t.Errorf("line %d: suppressed %v", line, got)
		}
	}
	to.SetIgnores(list[:1])
	if !to.ignored(&Finding{Rule: across, Start: document.Position{Line: 9}}) || to.ignored(&Finding{Rule: other, Start: document.Position{Line: 9}}) {
		t.Error("a suppression for the whole file does not count, or counts for another rule")
	}
}
