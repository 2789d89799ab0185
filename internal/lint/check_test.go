package lint

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
)

// keys is a rule that reports every key of a name at its value.
func keys(rule Rule, name string) *Rule {
	r := rule
	r.Level = max(r.Level, Warning)
	r.Run = func(p *Pass) {
		visit(p.Document.Root, name, func(n *document.Node) { p.Report(n.Value(), "%q is odd", n.Text()).WithNode(n) })
	}
	return &r
}

func visit(n *document.Node, name string, f func(*document.Node)) {
	for _, e := range n.Entries {
		if e.Name() == name {
			f(e)
		}
		visit(e, name, f)
	}
}

func check(src string, opt Options) *FileResult {
	doc := document.Parse("a.toml", []byte(src))
	return Check(doc, loong.Read(doc, nil), &opt)
}

// brief is a result's findings, one a line: position, level, rule and message.
func brief(r *FileResult) string {
	var b strings.Builder
	for _, f := range r.Findings {
		fmt.Fprintf(&b, "%d:%d %s %s %s\n", f.Start.Line, f.Start.Column, f.Severity, f.Rule.Name, f.Message)
	}
	return b.String()
}

func TestFindingsAreSortedAndMasked(t *testing.T) {
	r := check("[x]\nmodel = \"m\"\napi_key = \"hunter2\"\n", Options{Rules: []*Rule{
		keys(Rule{Name: "b-key"}, "api_key"), keys(Rule{Name: "a-model", Level: Error}, "model")}})
	want := "2:9 error a-model \"m\" is odd\n3:11 warning b-key \"********\" is odd\n"
	if got := brief(r); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	l := r.Findings[1].Lines
	if len(l) != 1 || l[0].Text != `api_key = "********"` || l[0].Marks[0] != (Mark{Start: 10, End: 20, Primary: true}) {
		t.Errorf("lines %+v", l)
	}
	if r.Findings[1].KeyPath != "x.api_key" {
		t.Errorf("key %q", r.Findings[1].KeyPath)
	}
}

func TestSpecificRuleSilencesGeneral(t *testing.T) {
	general := keys(Rule{Name: "general"}, "model")
	specific := keys(Rule{Name: "specific", Silences: []string{"general"}}, "model")
	if got := brief(check("model = 1\nb = 2", Options{Rules: []*Rule{general, specific}})); got != "1:9 warning specific \"1\" is odd\n" {
		t.Errorf("got %s", got)
	}
	own := &Rule{Name: "general", Level: Warning, Run: func(p *Pass) {
		n := p.Document.Root.At("model")
		p.Report(n.Value(), "own").WithNode(n).WithDiagnostic(&loong.Diagnostic{Code: "config.x"})
	}}
	specific.Run = func(p *Pass) {
		n := p.Document.Root.At("model")
		p.Report(n.Value(), "why").WithNode(n).WithSeverity(Error).WithNote("the note").WithHelp("the help").WithRelated(n.Key(), "the key").
			WithFix(Safe, "the fix", document.Edit{Span: n.Value(), Text: "2"})
	}
	r := check("model = 1", Options{Rules: []*Rule{own, specific}})
	if len(r.Findings) != 1 || r.Findings[0].Message != "own" || r.Findings[0].Note != "the note" || r.Findings[0].Help != "the help" || r.Findings[0].Severity != Error ||
		r.Findings[0].Fix() == nil || len(r.Findings[0].Related) != 1 {
		t.Errorf("Loong's own finding: %+v", r.Findings)
	}
	// It keeps what it says itself where the specific one says nothing.
	own.Run = func(p *Pass) {
		n := p.Document.Root.At("model")
		p.Report(n.Value(), "own").WithNode(n).WithSeverity(Error).WithNote("its note").WithHelp("its help").WithRelated(n.Value(), "its value").
			WithFix(Safe, "its fix", document.Edit{Span: n.Value(), Text: "3"}).WithDiagnostic(&loong.Diagnostic{Code: "config.x"})
	}
	specific.Run = func(p *Pass) {
		n := p.Document.Root.At("model")
		p.Report(n.Value(), "why").WithNode(n).WithSeverity(Info).WithRelated(n.Key(), "the key").WithFix(Safe, "the fix", document.Edit{Span: n.Value(), Text: "2"})
	}
	r = check("model = 1", Options{Rules: []*Rule{own, specific}})
	if len(r.Findings) != 1 || r.Findings[0].Note != "its note" || r.Findings[0].Help != "its help" || r.Findings[0].Severity != Error ||
		r.Findings[0].Fix().Message != "its fix" || len(r.Findings[0].Related) != 2 {
		t.Errorf("Loong's own finding: %+v", r.Findings)
	}
}

func TestFarFindingsAreNotSilenced(t *testing.T) {
	r := check("model = 1\n[a]\nmodel = 2", Options{Rules: []*Rule{keys(Rule{Name: "general"}, "model"),
		{Name: "specific", Level: Warning, Silences: []string{"general"}, Run: func(p *Pass) { p.Report(document.Span{Start: 8, End: 9}, "x") }}}})
	if got := brief(r); got != "1:9 warning specific x\n3:9 warning general \"2\" is odd\n" {
		t.Errorf("got %s", got)
	}
}

// A rule that End asks about may be of any place in the list; its own End comes first.
func TestRulesAskWhatOthersTold(t *testing.T) {
	told := func(p *Pass) {
		for _, what := range []string{"model", "lacking", "other"} {
			if p.Told(p.Document.Root, what) {
				p.Report(document.Span{}, "%s is told of", what)
			}
		}
	}
	last := &Rule{Name: "last", Level: Warning, After: []string{"middle"}, End: func(p *Pass) {
		if p.Told(p.Document.Root, "last thing") && !p.ToldAt(p.Document.Root.At("model")) {
			p.Report(document.Span{}, "after the middle")
		}
	}}
	middle := &Rule{Name: "middle", Level: Warning, After: []string{"specific"}, End: func(p *Pass) {
		told(p)
		p.Report(document.Span{}, "ends").Claims(p.Document.Root, "last thing")
	}}
	specific := keys(Rule{Name: "specific"}, "model")
	specific.End = func(p *Pass) { p.Report(document.Span{}, "also").Claims(p.Document.Root, "lacking") }
	unasked := &Rule{Name: "unasked", Level: Warning, Run: func(p *Pass) { p.Report(document.Span{}, "odd").Claims(p.Document.Root, "other") }}
	r := check("model = 1", Options{Rules: []*Rule{last, middle, specific, unasked}})
	want := "0:0 warning last after the middle\n0:0 warning middle ends\n0:0 warning middle lacking is told of\n" +
		"0:0 warning middle model is told of\n0:0 warning specific also\n0:0 warning unasked odd\n1:9 warning specific \"1\" is odd\n"
	if got := strings.ReplaceAll(brief(r), "1:1 ", "0:0 "); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// What a rule told is known however much it told.
func TestRulesAskWhatOthersToldOften(t *testing.T) {
	for _, n := range []int{1, 64, 65} {
		often := &Rule{Name: "often", Level: Warning, Run: func(p *Pass) {
			for range n {
				p.Report(document.Span{}, "odd").WithNode(p.Document.Root.At("a")).Claims(p.Document.Root, "claimed", "b")
			}
		}}
		asks := &Rule{Name: "asks", Level: Warning, After: []string{"often"}, End: func(p *Pass) {
			for _, what := range []string{"a", "b", "c", "claimed", "odd"} {
				if p.Told(p.Document.Root, what) {
					p.Report(document.Span{}, "%s is told of", what)
				}
			}
			if p.ToldAt(p.Document.Root) || p.ToldAt(p.Document.Root.At("c")) {
				p.Report(document.Span{}, "too much is told")
			}
		}}
		var got []string
		for _, f := range check("a = 1\nb = 2\nc = 3", Options{Rules: []*Rule{often, asks}}).Findings {
			if f.Rule.Name == "asks" {
				got = append(got, f.Message)
			}
		}
		if list := strings.Join(got, ", "); list != "a is told of, b is told of, claimed is told of" {
			t.Errorf("of %d findings: %s", n, list)
		}
	}
}

// Who switches a rule off wants to hear nothing of what it reports, and not the same from another rule.
func TestNoSecondVoiceForARuleThatIsOff(t *testing.T) {
	general := keys(Rule{Name: "general"}, "model")
	asking := &Rule{Name: "asking", Level: Warning, After: []string{"claiming"}, End: func(p *Pass) {
		if !p.Told(p.Document.Root, "model") {
			p.Report(document.Span{}, "asks")
		}
	}}
	off := func(name string) func(string, *Rule) Level {
		return func(_ string, r *Rule) Level {
			if r.Name == name {
				return Off
			}
			return 0
		}
	}
	for _, c := range []struct {
		what     string
		specific *Rule
		want     string
	}{
		{"a rule that silences", keys(Rule{Name: "specific", Silences: []string{"general"}}, "model"), ""},
		{"a rule that is asked about", keys(Rule{Name: "claiming"}, "model"), "general"},
		{"a rule that fails", &Rule{Name: "claiming", Level: Error, Run: func(*Pass) { panic("x") }}, "asking general"},
		{"an opt-in rule", keys(Rule{Name: "specific", OptIn: true, Silences: []string{"general"}}, "model"), "asking general"},
		{"a rule of no consequence", keys(Rule{Name: "other"}, "model"), "asking general"},
	} {
		rules := []*Rule{c.specific, general}
		if c.want != "" {
			rules = append(rules, asking)
		}
		r := check("model = 1", Options{Rules: rules, LevelOf: off(c.specific.Name)})
		var names []string
		for _, f := range r.Findings {
			names = append(names, f.Rule.Name)
		}
		if got := strings.Join(names, " "); got != c.want || r.Failed {
			t.Errorf("%s, switched off: got %q, want %q; failed %v", c.what, got, c.want, r.Failed)
		}
	}
}

// A rule that is off adds nothing to what Loong's own validation says.
func TestRuleThatIsOffSaysNothingThroughLoong(t *testing.T) {
	own := &Rule{Name: "general", Level: Warning, Run: func(p *Pass) {
		n := p.Document.Root.At("model")
		p.Report(n.Value(), "own").WithNode(n).WithDiagnostic(&loong.Diagnostic{Code: "config.x"})
	}}
	specific := &Rule{Name: "specific", Level: Error, Silences: []string{"general"}, Run: func(p *Pass) {
		n := p.Document.Root.At("model")
		p.Report(n.Value(), "why").WithNode(n).WithNote("the note")
	}}
	r := check("model = 1", Options{Rules: []*Rule{own, specific}, LevelOf: func(_ string, r *Rule) Level {
		if r == specific {
			return Off
		}
		return 0
	}})
	if len(r.Findings) != 1 || r.Findings[0].Note != "" || r.Findings[0].Severity != Warning {
		t.Errorf("got %s, note %q", brief(r), r.Findings[0].Note)
	}
}

func TestPanicIsAFinding(t *testing.T) {
	bad := &Rule{Name: "bad", Run: func(p *Pass) { panic("sk-9f2Kd83Lq0Zr hunter2") }}
	r := check("model = 1", Options{Rules: []*Rule{bad, keys(Rule{Name: "good"}, "model")}})
	if !r.Failed || brief(r) != "0:0 error internal-error bad failed: panic\n1:9 warning good \"1\" is odd\n" && brief(r) != "1:1 error internal-error bad failed: panic\n1:9 warning good \"1\" is odd\n" {
		t.Errorf("failed %v, got %s", r.Failed, brief(r))
	}
	if !strings.Contains(r.Findings[0].Note, "check_test.go") {
		t.Errorf("note %q", r.Findings[0].Note)
	}
}

func TestLevelsAndOptIn(t *testing.T) {
	a, b, c := keys(Rule{Name: "a"}, "model"), keys(Rule{Name: "b", OptIn: true}, "model"), keys(Rule{Name: "c"}, "model")
	opt := Options{Rules: []*Rule{a, b, c}}
	if got := brief(check("model = 1", opt)); strings.Contains(got, " b ") {
		t.Errorf("opt-in rule ran: %s", got)
	}
	opt.LevelOf = func(_ string, r *Rule) Level { return map[string]Level{"a": Info, "b": Error, "c": Off}[r.Name] }
	if got := brief(check("model = 1", opt)); got != "1:9 info a \"1\" is odd\n1:9 error b \"1\" is odd\n" {
		t.Errorf("got %s", got)
	}
}

func TestFindingsBeyondTheLimitAreCounted(t *testing.T) {
	var src strings.Builder
	for i := range maxFindings + 6 {
		fmt.Fprintf(&src, "[t%d]\nmodel = 1\n", i)
	}
	r := check(src.String(), Options{NoLines: true, Rules: []*Rule{keys(Rule{Name: "a"}, "model")}})
	if len(r.Findings) != maxFindings || r.Findings[maxFindings-1].More != 6 || r.Findings[0].More != 0 {
		t.Errorf("%d findings", len(r.Findings))
	}
	var s Summary
	s.Add(r)
	if got := s.String(); got != "3006 findings (3006 warnings) in 1 of 1 file" {
		t.Errorf("summary %q", got)
	}
	s = Summary{}
	s.Add(check(src.String(), Options{NoLines: true, MinLevel: Error, Rules: []*Rule{keys(Rule{Name: "a"}, "model")}}))
	if s.Warnings > 0 || s.Hidden.Warnings != maxFindings+6 {
		t.Errorf("%d findings are shown, %d counted as hidden", s.Warnings, s.Hidden.Warnings)
	}
}

func TestPositionsInBytes(t *testing.T) {
	f := check("# é\nmodel = \"éé\"\n", Options{Rules: []*Rule{keys(Rule{Name: "a"}, "model")}}).Findings[0]
	if f.StartByte != 9 || f.EndByte != 15 || f.Start.Column != 9 || f.End.Column != 13 {
		t.Errorf("bytes %d to %d, columns %d to %d", f.StartByte, f.EndByte, f.Start.Column, f.End.Column)
	}
}

func TestAMarkWithinASecretCoversItsMask(t *testing.T) {
	r := Rule{Name: "a", Level: Warning, Run: func(p *Pass) {
		v := p.Document.Root.At("x", "api_key").Value()
		p.Report(document.Span{Start: v.Start + 3, End: v.End - 3}, "odd")
	}}
	l := check("[x]\napi_key = \"hunter2\" # end\n", Options{Rules: []*Rule{&r}}).Findings[0].Lines[0]
	if got := l.Text[l.Marks[0].Start:l.Marks[0].End]; got != "********" {
		t.Errorf("marked is %q in %q", got, l.Text)
	}
}

// Findings that a rule counts instead of making them change no count, whatever levels the others have.
func TestCountedFindingsAreCounted(t *testing.T) {
	rule := func(counts bool) *Rule {
		r := Rule{Name: "a", Level: Warning}
		r.Run = func(p *Pass) {
			for i := range maxFindings + 9 {
				switch {
				case i < maxFindings || i%2 == 0:
					p.Report(document.Span{}, "odd").WithSeverity(Info)
				case !counts || !p.Counted():
					p.Report(document.Span{}, "odd")
				}
			}
		}
		return &r
	}
	var want, got Summary
	want.Add(check("", Options{Rules: []*Rule{rule(false)}}))
	got.Add(check("", Options{Rules: []*Rule{rule(true)}}))
	if want.String() != got.String() || want.Warnings != 4 {
		t.Errorf("%q, want %q", &got, &want)
	}
}

func TestTheMarkOfTheEncodingIsNotShown(t *testing.T) {
	r := check("\ufeffmodel = 1\n", Options{Rules: []*Rule{keys(Rule{Name: "a"}, "model")}})
	if l := r.Findings[0].Lines[0]; l.Text != "model = 1" || l.Text[l.Marks[0].Start:l.Marks[0].End] != "1" {
		t.Errorf("line %+v", l)
	}
}

// Fixes that do not touch are applied together; of two that touch, the second waits.
func TestRepairsOfOneRun(t *testing.T) {
	rule := Rule{Name: "a", Level: Warning}
	rule.Run = func(p *Pass) {
		visit(p.Document.Root, "model", func(n *document.Node) {
			at := n.Value()
			p.Report(at, "odd").WithFix(Safe, "write 2", document.Edit{Span: at, Text: "2"})
			p.Report(n.Key(), "odd").WithFix(Unsafe, "rename", document.Edit{Span: document.Span{Start: n.Key().Start, End: at.Start}, Text: "m="})
		})
	}
	c := NewChecker(&Options{Rules: []*Rule{&rule}})
	for _, tt := range []struct {
		src      string
		unsafe   bool
		want     string
		repaired int
	}{
		{"[a]\nmodel = 1\n[b]\nmodel = 1\n", false, "[a]\nmodel = 2\n[b]\nmodel = 2\n", 2},
		{"model = 1\n", true, "m=1\n", 1},
	} {
		_, after, repaired, err := c.Repair("a.toml", []byte(tt.src), nil, tt.unsafe)
		if err != nil || string(after.Source) != tt.want || len(repaired) != tt.repaired {
			t.Errorf("%q: %q, %d repaired, %v", tt.src, after.Source, len(repaired), err)
		}
		var s Summary
		s.Add(check(tt.src, Options{Rules: []*Rule{&rule}}))
		if n := strings.Count(tt.src, "model"); s.Fixable != n || s.Unsafe != n {
			t.Errorf("%q: %d fixable, %d unsafe", tt.src, s.Fixable, s.Unsafe)
		}
	}
}

func TestFingerprints(t *testing.T) {
	print := func(src string) string {
		r := check(src, Options{Rules: []*Rule{keys(Rule{Name: "a"}, "model"), keys(Rule{Name: "k"}, "api_key")}})
		return r.Findings[0].Fingerprint
	}
	if print("provider.model = \"a\"") != print("# moved\n\n  provider . model   = 'a'") {
		t.Error("a fingerprint does not survive moved lines and another way of quoting")
	}
	if print("provider.model = \"a\"") == print("provider.model = \"b\"") {
		t.Error("a fingerprint survives another value")
	}
	if print("model = \"a\"") != print("model = \"b\"") {
		t.Error("a fingerprint tells the values of an unknown key apart")
	}
	if print("api_key = \"hunter2\"") != print("api_key = \"hunter3\"") {
		t.Error("a fingerprint tells secrets apart")
	}
	if print("provider.model = \"sk-9f2Kd83Lq0Zr\"") != print("provider.model = \"sk-0f2Kd83Lq0Zr\"") {
		t.Error("a fingerprint tells keys apart")
	}
}

func TestLongLinesAreClipped(t *testing.T) {
	long := strings.Repeat("é", 5000)
	r := check("provider = { base_url = \""+long+"\", model = '1', endpoint = \""+long+"\" }", Options{Rules: []*Rule{keys(Rule{Name: "a"}, "model")}})
	l := r.Findings[0].Lines[0]
	if len(l.Text) > 400 || l.Text[l.Marks[0].Start:l.Marks[0].End] != "'1'" || !strings.HasPrefix(l.Text, "…é") || !strings.HasSuffix(l.Text, "é…") {
		t.Errorf("line %+v", l)
	}
}

func TestRunnerOrderIsIndependentOfWorkers(t *testing.T) {
	var inputs []Input
	for i := range 60 {
		inputs = append(inputs, Input{Path: fmt.Sprintf("%02d.toml", i), Read: func() ([]byte, error) {
			if i%7 == 0 {
				return nil, errors.New("gone")
			}
			return []byte(fmt.Sprintf("model = %d", i)), nil
		}})
	}
	across := keys(Rule{Name: "across"}, "none")
	across.Collect = func(p *Pass) any {
		n := p.Document.Root.At("model")
		return p.PlaceOf(n.Value(), n)
	}
	across.Compare = func(p *CrossPass) {
		facts := slices.Collect(p.Facts)
		for i, f := range facts {
			p.Report(f.File, f.Is.(Place), "number %d of %d", i, len(facts)).WithRelatedIn(facts[0].File, facts[0].Is.(Place), "here")
		}
	}
	for _, rules := range [][]*Rule{{keys(Rule{Name: "a"}, "model")}, {keys(Rule{Name: "a"}, "model"), across}} {
		var want []string
		for workers := 1; workers <= 5; workers++ {
			var got []string
			r := Runner{Options: &Options{Rules: rules}, Workers: workers}
			r.Run(inputs, func(f *FileResult) bool {
				got = append(got, fmt.Sprint(f.Path, f.Verdict, f.Err, brief(f)))
				return true
			})
			if want == nil {
				want = got
			}
			if len(got) != 60 || !slices.Equal(got, want) {
				t.Errorf("%d workers: %d results %q", workers, len(got), got[:2])
			}
		}
	}
}

func TestRunnerStopsEarly(t *testing.T) {
	inputs := slices.Repeat([]Input{{Path: "a", Read: func() ([]byte, error) { return nil, nil }}}, 100)
	for workers := 1; workers < 4; workers++ {
		n := 0
		r := Runner{Options: &Options{}, Workers: workers}
		r.Run(inputs, func(*FileResult) bool { n++; return n < 5 })
		if n != 5 {
			t.Errorf("%d workers: %d results after stopping at 5", workers, n)
		}
	}
}

func TestRulesAboutAddressesAreSilentAboutOwnHosts(t *testing.T) {
	address := keys(Rule{Name: "address", Address: true}, "base_url")
	other := keys(Rule{Name: "other"}, "base_url")
	own := func(host string) bool { return host == "llm.corp.example" }
	src := "a.base_url = \" https://LLM.corp.example:8443/v1\"\nb.base_url = \"https://api.openai.com\"\nc.base_url = 5\n"
	want := "1:14 warning other \" https://LLM.corp.example:8443/v1\" is odd\n2:14 warning address \"https://api.openai.com\" is odd\n" +
		"2:14 warning other \"https://api.openai.com\" is odd\n3:14 warning address \"5\" is odd\n3:14 warning other \"5\" is odd\n"
	if got := brief(check(src, Options{Rules: []*Rule{address, other}, OwnHost: own})); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// TestWithoutFingerprints holds that all else is the same without them, and that a baseline has them all the same.
func TestWithoutFingerprints(t *testing.T) {
	src := "[hunter2hunter2]\nmodel = \"m\"\n[x]\napi_key = \"hunter2hunter2\"\nmodel = 1 # loonglint: ignore[none] for a while\n"
	opt := Options{Rules: []*Rule{keys(Rule{Name: "a-model"}, "model"), keys(Rule{Name: "b-key"}, "api_key"), &UnknownSuppression}}
	with := check(src, opt)
	opt.NoFingerprints = true
	without := check(src, opt)
	if len(with.Findings) != 4 || len(without.Findings) != 4 {
		t.Fatalf("%d and %d findings", len(with.Findings), len(without.Findings))
	}
	var accepted Baseline
	accepted.Add(with, &opt)
	accepted.sort()
	for i, f := range without.Findings {
		if f.Fingerprint != "" {
			t.Errorf("%s has a fingerprint", f.Message)
		}
		if f.Fingerprint = with.Findings[i].Fingerprint; !reflect.DeepEqual(f, with.Findings[i]) {
			t.Errorf("%+v, and with fingerprints %+v", f, with.Findings[i])
		}
	}
	opt.Baseline = &accepted
	if r := check(src, opt); len(r.Findings) > 0 || r.Baselined != 4 {
		t.Errorf("%d findings are left, %d in the baseline", len(r.Findings), r.Baselined)
	}
}

// What repeats in a file is numbered: each finding has a fingerprint of its own, which stays when the others go.
func TestRepeatedFingerprintsAreNumbered(t *testing.T) {
	prints := func(src string) (list []string) {
		for _, f := range check(src, Options{Rules: []*Rule{{Name: "twice", Level: Warning, Run: func(p *Pass) {
			visit(p.Document.Root, "model", func(n *document.Node) {
				p.Report(n.Value(), "first").WithNode(n)
				p.Report(n.Key(), "second").WithNode(n)
			})
		}}}}).Findings {
			list = append(list, f.Fingerprint)
		}
		return list
	}
	one, two := prints("[provider]\nmodel = \"a\""), prints("[provider]\nmodel = \"a\"\n[other]\nmodel = \"a\"")
	if len(one) != 2 || len(two) != 4 {
		t.Fatalf("%d and %d findings", len(one), len(two))
	}
	if !slices.Equal(one, two[:2]) {
		t.Error("what comes later in a file changes the fingerprints before it")
	}
	slices.Sort(two)
	if len(slices.Compact(two)) != 4 {
		t.Error("two findings have one fingerprint")
	}
}

// A secret is hidden however a message quotes it: %q writes its quotes with a backslash.
func TestQuotedSecretsAreHidden(t *testing.T) {
	for _, written := range []string{`'hunter"two"three'`, `"hunter\"two\"three"`, `"hunter\\two\\three"`, `"hunter\ttwo\tthree"`, `'''hun'ter''two'three'''`} {
		src := "[providers.a]\nkind = \"openai\"\napi_key = " + written + "\n"
		rule := &Rule{Name: "tells", Level: Warning, Run: func(p *Pass) {
			visit(p.Document.Root, "api_key", func(n *document.Node) {
				p.Report(n.Value(), "%q, %s and '%s'", n.Text(), n.Text(), n.Text()).WithNode(n).WithNote("%q", n.Text()).WithHelp("%+q", n.Text()).WithRelated(n.Value(), "%q", n.Text())
			})
		}}
		r := check(src, Options{Rules: []*Rule{rule}})
		if len(r.Findings) != 1 {
			t.Fatalf("%s: %s", written, brief(r))
		}
		f := r.Findings[0]
		all := fmt.Sprint(f.Message, f.Note, f.Help, f.Related[0].Message, f.Lines)
		for _, piece := range []string{"hun", "two", "three"} {
			if strings.Contains(all, piece) {
				t.Errorf("%s: %q is told in %s", written, piece, all)
			}
		}
		if want := `"********", ******** and '********'`; f.Message != want {
			t.Errorf("%s: the message is %s, want %s", written, f.Message, want)
		}
	}
}

// A rule that panics over one file is asked about the next one, with one worker and with several; its file is marked.
func TestFilesAfterAPanicAreChecked(t *testing.T) {
	var inputs []Input
	for i := range 40 {
		inputs = append(inputs, Input{Path: fmt.Sprintf("%02d.toml", i), Read: func() ([]byte, error) { return fmt.Appendf(nil, "model = %d", i), nil }})
	}
	bad := keys(Rule{Name: "bad"}, "model")
	run := bad.Run
	bad.Run = func(p *Pass) {
		if p.Document.Root.At("model").Int()%10 == 3 {
			panic("hunter2")
		}
		run(p)
	}
	for workers := 1; workers <= 3; workers++ {
		i := 0
		r := Runner{Options: &Options{Rules: []*Rule{keys(Rule{Name: "good"}, "model"), bad}}, Workers: workers}
		r.Run(inputs, func(f *FileResult) bool {
			failed := i%10 == 3
			told := brief(f)
			if f.Failed != failed || strings.Contains(told, " bad \"") == failed || !strings.Contains(told, " good ") || strings.Contains(told, "internal-error") != failed {
				t.Errorf("%d workers, file %d: failed %v, %s", workers, i, f.Failed, told)
			}
			i++
			return true
		})
		if i != len(inputs) {
			t.Errorf("%d workers: %d files", workers, i)
		}
	}
}

// A rule may point at a part of a password that nobody could know for one.
func TestPiecesOfSecretsAreHidden(t *testing.T) {
	src := "[providers.a]\nbase_url = \"https://bob:kik$jikvaj//zuk@llm.example/v1\"\n"
	rule := &Rule{Name: "a-piece", Level: Warning, Run: func(p *Pass) {
		at := strings.Index(src, "$jikvaj")
		p.Report(document.Span{Start: at, End: at + len("$jikvaj")}, "$jikvaj in base_url is not filled in").WithHelp("replace $jikvaj")
	}}
	for _, f := range check(src, Options{Rules: []*Rule{rule}}).Findings {
		if strings.Contains(f.Message+f.Help, "jikvaj") {
			t.Errorf("%s; %s", f.Message, f.Help)
		}
	}
}
