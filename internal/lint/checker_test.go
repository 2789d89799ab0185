package lint

import (
	"slices"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/schema"
)

const twoProfiles = `[provider]
kind = "groq"
[providers.b]
kind = "openai"
model = "m"
[providers.a]
kind = "openai"
odd = 1
[providers.a.headers]
x-team = "t"
`

// logging is a rule that tells in one finding what it was asked about, and in which order.
func logging(name string) *Rule {
	note := func(p *Pass, what string) {
		said, _ := p.State.(string)
		p.State = said + " " + what
	}
	return &Rule{Name: name, Level: Warning,
		Run:     func(p *Pass) { note(p, "run") },
		Table:   func(p *Pass, table schema.Value, pr *loong.Profile) { note(p, "table:"+table.Node.Name()) },
		Profile: func(p *Pass, pr *loong.Profile) { note(p, "profile:"+pr.ID) },
		Keys:    Unknown | Headers,
		Key:     func(p *Pass, v, parent schema.Value) { note(p, "key:"+parent.Node.Name()+"."+v.Node.Name()) },
		End:     func(p *Pass) { note(p, "end"); p.Report(document.Span{}, "%s", p.State) },
	}
}

const everything = " run table:provider table:a table:b profile:a profile:b profile:groq key:a.odd key:a.headers key:headers.x-team end"

func TestRulesAreAskedAboutEachPartInOrder(t *testing.T) {
	if r := check(twoProfiles, Options{Rules: []*Rule{logging("log")}}); len(r.Findings) != 1 || r.Findings[0].Message != everything {
		t.Errorf("got %s", brief(r))
	}
}

func TestTablesAndProfilesWithoutWritesArePassedOver(t *testing.T) {
	rule := logging("log")
	rule.Writes = []schema.Key{schema.KeyModel}
	want := " run table:b profile:b key:a.odd key:a.headers key:headers.x-team end"
	if r := check(twoProfiles, Options{Rules: []*Rule{rule}}); len(r.Findings) != 1 || r.Findings[0].Message != want {
		t.Errorf("got %s", brief(r))
	}
}

// Whichever hook of a rule panics, the rule is reported once and the others are asked about everything,
// also where two goroutines share the file.
func TestPanicsHideNothingOfOtherRules(t *testing.T) {
	fail := func() { panic("hunter2") }
	var kinds [schema.PathCount]uint8
	kinds[schema.PathOf("providers.<id>.kind")] = 1
	for hook, bad := range map[string]*Rule{
		"Run":     {Run: func(*Pass) { fail() }},
		"Table":   {Table: func(*Pass, schema.Value, *loong.Profile) { fail() }},
		"Profile": {Profile: func(*Pass, *loong.Profile) { fail() }},
		"Keys":    {Keys: Unknown, Key: func(*Pass, schema.Value, schema.Value) { fail() }},
		"Paths":   {Paths: &kinds, Key: func(*Pass, schema.Value, schema.Value) { fail() }},
		"End":     {End: func(*Pass) { fail() }},
		"Skip":    {Skip: func(*Pass) bool { fail(); return false }, Run: func(*Pass) {}},
		"Collect": {Collect: func(*Pass) any { fail(); return nil }},
	} {
		bad.Name = "bad"
		for _, src := range []string{twoProfiles, twoProfiles + strings.Repeat("# long\n", sharedFrom/7)} {
			alone := len(src) >= sharedFrom && hook != "Collect" // nothing is collected of a single file
			r := check(src, Options{Rules: []*Rule{logging("first"), bad, logging("last")}, alone: alone})
			told := map[string]int{}
			for _, f := range r.Findings {
				told[f.Rule.Name+f.Message]++
			}
			if len(r.Findings) != 3 || told["first"+everything] != 1 || told["last"+everything] != 1 || told["internal-errorbad failed: panic"] != 1 {
				t.Errorf("%s, %d bytes: got %s", hook, len(src), brief(r))
			}
		}
	}
}

// The choice of rules is kept from file to file, and what a rule keeps is not.
func TestFilesAreCheckedIndependently(t *testing.T) {
	rule := logging("log")
	rule.Skip = func(p *Pass) bool { return len(p.Config.Saved) == 0 }
	opt := Options{Rules: []*Rule{rule, keys(Rule{Name: "model"}, "model")}}
	for range 3 {
		for _, src := range []string{twoProfiles, "model = 1", "[other]", twoProfiles} {
			var want []string
			if strings.Contains(src, "providers") {
				want = append(want, everything)
			}
			if strings.Contains(src, "model") {
				want = append(want, "is odd")
			}
			r := check(src, opt)
			fits := func(f *Finding) bool {
				return slices.ContainsFunc(want, func(w string) bool { return strings.HasSuffix(f.Message, w) })
			}
			if len(r.Findings) != len(want) || slices.ContainsFunc(r.Findings, func(f *Finding) bool { return !fits(f) }) {
				t.Errorf("%q: got %s, want %q", src, brief(r), want)
			}
		}
	}
	opt.LevelOf = func(string, *Rule) Level { return Off }
	if r := check(twoProfiles, opt); len(r.Findings) != 0 {
		t.Errorf("switched off: %s", brief(r))
	}
}
