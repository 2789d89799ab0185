package lint

import (
	"errors"
	"fmt"
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
		Run:     func(p *Pass) { note(p, Once(p, p.Document.Root, func() string { return "run" })) },
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

// Whichever hook of a rule panics, the rule is reported once and the others are asked about everything.
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
		r := check(twoProfiles, Options{Rules: []*Rule{logging("first"), bad, logging("last")}})
		told := map[string]int{}
		for _, f := range r.Findings {
			told[f.Rule.Name+f.Message]++
		}
		if len(r.Findings) != 3 || told["first"+everything] != 1 || told["last"+everything] != 1 || told["internal-errorbad failed: panic"] != 1 {
			t.Errorf("%s: got %s", hook, brief(r))
		}
	}
}

// What a rule said before it panicked stays, whatever other rules panic, and nobody says anything twice.
func TestFindingsBeforeAPanicStayOnce(t *testing.T) {
	early := &Rule{Name: "early", Level: Warning,
		Run:     func(p *Pass) { p.Report(document.Span{}, "said") },
		Profile: func(*Pass, *loong.Profile) { panic("hunter2") },
	}
	late := &Rule{Name: "late", Level: Warning,
		Run: func(p *Pass) { p.Report(document.Span{}, "said") },
		End: func(*Pass) { panic("hunter2") },
	}
	c := NewChecker(&Options{Rules: []*Rule{logging("first"), early, late, logging("last")}})
	for range 2 {
		doc := document.Parse("a.toml", []byte(twoProfiles))
		r := c.Check(doc, loong.Read(doc, nil))
		var told []string
		for _, f := range r.Findings {
			told = append(told, f.Rule.Name+": "+f.Message)
		}
		slices.Sort(told)
		want := []string{"early: said", "first: " + everything, "internal-error: early failed: panic", "internal-error: late failed: panic", "last: " + everything, "late: said"}
		if !slices.Equal(told, want) {
			t.Errorf("got %q, want %q", told, want)
		}
	}
}

// A rule that panicked is out for the rest of the file, and back for the next one.
func TestRuleThatPanickedIsAskedNoMoreInTheFile(t *testing.T) {
	calls := 0
	bad := &Rule{Name: "bad",
		Profile: func(p *Pass, pr *loong.Profile) { calls++; panic(pr.ID) },
		End:     func(*Pass) { calls++ },
	}
	c := NewChecker(&Options{Rules: []*Rule{bad}})
	for file := 1; file <= 2; file++ {
		doc := document.Parse("a.toml", []byte(twoProfiles))
		if r := c.Check(doc, loong.Read(doc, nil)); len(r.Findings) != 1 || !r.Failed || calls != file {
			t.Errorf("file %d: %d calls, got %s", file, calls, brief(r))
		}
	}
}

// Nothing of a file is left when a checker comes to the next one.
func TestFilesAreCheckedIndependently(t *testing.T) {
	rule := logging("log")
	rule.Skip = func(p *Pass) bool { return len(p.Config.Saved) == 0 }
	c := NewChecker(&Options{Rules: []*Rule{rule, keys(Rule{Name: "model"}, "model")}})
	for range 3 {
		for _, src := range []string{twoProfiles, "model = 1", "[other]", twoProfiles} {
			var want []string
			if strings.Contains(src, "providers") {
				want = append(want, everything)
			}
			if strings.Contains(src, "model") {
				want = append(want, "is odd")
			}
			doc := document.Parse("a.toml", []byte(src))
			r := c.Check(doc, loong.Read(doc, nil))
			fits := func(f *Finding) bool {
				return slices.ContainsFunc(want, func(w string) bool { return strings.HasSuffix(f.Message, w) })
			}
			if len(r.Findings) != len(want) || slices.ContainsFunc(r.Findings, func(f *Finding) bool { return !fits(f) }) {
				t.Errorf("%q: got %s, want %q", src, brief(r), want)
			}
		}
	}
}

// Files that are checked together have the results that each has alone, also where a rule or something else panics over one
// of them, and where they differ in what runs.
func TestFilesAreCheckedAsIfAlone(t *testing.T) {
	rule := logging("log")
	table := rule.Table
	rule.Table = func(p *Pass, v schema.Value, pr *loong.Profile) {
		if model, _ := v.At(schema.KeyModel).Text(); model == "bad" {
			panic("hunter2")
		}
		table(p, v, pr)
	}
	opt := &Options{Rules: []*Rule{rule, keys(Rule{Name: "model"}, "model")}, LevelOf: func(file string, r *Rule) Level {
		switch {
		case file == "odd level":
			panic("hunter2")
		case file == "off" && r == rule:
			return Off
		}
		return Warning
	}, Inspect: func(f *File, r *FileResult) {
		if r.Inspected = "seen"; f.Document.Name == "odd inspection" {
			panic("hunter2")
		}
	}}
	refuse := func(*document.Document) error { return errors.New("not ours") }
	kinds := []Source{
		{Path: "good", Text: []byte(twoProfiles)}, {Path: "bad rule", Text: []byte(strings.ReplaceAll(twoProfiles, `"m"`, `"bad"`))}, {Path: "off", Text: []byte(twoProfiles)},
		{Path: "no TOML", Text: []byte("model = \x00")}, {Path: "odd level", Text: []byte(twoProfiles)}, {Path: "odd inspection", Text: []byte(twoProfiles)},
		{Path: "gone", Err: errors.New("gone")}, {Path: "refused", Text: []byte(twoProfiles), Accept: refuse}, {Path: "empty"},
	}
	var sources []Source
	for i := range kinds {
		sources = append(sources, kinds[i:]...) // in groups that differ
	}
	c := NewChecker(opt)
	results := c.Sources(sources)
	if len(results) != len(sources) {
		t.Fatalf("%d results of %d files", len(results), len(sources))
	}
	for i, s := range sources {
		alone := NewChecker(opt).Sources([]Source{s})[0]
		if got, want := told(results[i]), told(alone); got != want {
			t.Errorf("file %d, %s: got %s\nwant %s", i, s.Path, got, want)
		}
	}
}

func told(r *FileResult) string {
	return fmt.Sprint(r.Path, r.Verdict, r.Err, r.Failed, r.Inspected, "\n", brief(r))
}

// What breaks the walk over one file costs no other one its result.
func TestACrashIsOfOneFile(t *testing.T) {
	c := NewChecker(&Options{Rules: []*Rule{logging("log")}})
	jobs := make([]job, 3)
	for i := range jobs {
		doc := document.Parse("a.toml", []byte(twoProfiles))
		jobs[i] = job{Source: &Source{Path: doc.Name}, document: doc, config: loong.Read(doc, nil)}
	}
	jobs[1].config.Root.Node.Entries[0] = nil
	c.planOf(jobs[0].config).check(jobs, c.opt)
	for i, j := range jobs {
		if crashed := i == 1; j.result.Failed != crashed || strings.Contains(brief(j.result), everything) == crashed {
			t.Errorf("file %d: failed %v, %s", i, j.result.Failed, brief(j.result))
		}
	}
}

// Levels may differ from file to file, and the world too: each file has those of its own.
func TestLevelsAndWorldsOfEachFileCount(t *testing.T) {
	rule, needs := keys(Rule{Name: "model"}, "model"), keys(Rule{Name: "variable", Needs: Environment}, "model")
	off := map[string]*Rule{"a.toml": rule}
	c := NewChecker(&Options{Rules: []*Rule{rule, needs}, LevelOf: func(file string, r *Rule) Level {
		if off[file] == r {
			return Off
		}
		return Error
	}})
	for range 2 {
		for _, tt := range []struct {
			file string
			env  *loong.Environment
			want string
		}{
			{"a.toml", nil, ""},
			{"b.toml", nil, "model"},
			{"a.toml", loong.Declare(nil, nil), "variable"},
			{"b.toml", loong.Declare(nil, nil), "model variable"},
		} {
			doc := document.Parse(tt.file, []byte("model = 1"))
			var got []string
			for _, f := range c.Check(doc, loong.Read(doc, tt.env)).Findings {
				got = append(got, f.Rule.Name)
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("%s: %q, want %q", tt.file, got, tt.want)
			}
		}
	}
}

// Which keys are of which class.
func TestClassesOfKeys(t *testing.T) {
	const src = `[provider]
kind = "openai"
api_key = { env = "A" }
api_key_env = "A"
base_url = "https://llm.example/v1"
odd = 1
stop = ["x"]
[provider.headers]
x-team = "t"
[mcp.servers.a]
command = "run"
env = { B = "b" }
[cli]
system_prompt = 2026-01-02
[wood]
a = 1
`
	for classes, want := range map[Keys]string{
		Unknown: "provider.odd wood", Positional: "cli.system_prompt provider.stop", Entries: "mcp.servers.a mcp.servers.a.env.B provider.headers.x-team",
		Secrets: "provider.api_key", Pointers: "provider.api_key.env provider.api_key_env", Headers: "provider.headers provider.headers.x-team", Variables: "mcp.servers.a.env mcp.servers.a.env.B",
		Addresses: "provider.base_url", Unknown | Addresses: "provider.base_url provider.odd wood",
	} {
		var got []string
		check(src, Options{Rules: []*Rule{{Name: "a", Keys: classes, Key: func(_ *Pass, v, parent schema.Value) {
			if v.Node.Parent != parent.Node {
				t.Errorf("%s is not in %s", v.Node.KeyPath(), parent.Node.KeyPath())
			}
			got = append(got, v.Node.KeyPath())
		}}}})
		slices.Sort(got)
		if strings.Join(got, " ") != want {
			t.Errorf("class %b: %s, want %s", classes, strings.Join(got, " "), want)
		}
	}
}
