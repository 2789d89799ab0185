package lint

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
)

// suppressing runs a rule "odd" about keys named model, and the rules about suppressions.
func suppressing(src string) *FileResult {
	return check(src, Options{Today: "2026-05-04", Rules: []*Rule{keys(Rule{Name: "odd"}, "model"), keys(Rule{Name: "toml-syntax", Mandatory: true}, "bad"),
		keys(Rule{Name: "needs-env", Needs: Environment}, "x"), keys(Rule{Name: "opt-in", OptIn: true}, "x"),
		&UnknownSuppression, &SuppressionWithoutReason, &UnusedSuppression, &ExpiredSuppression}})
}

func TestSuppressions(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"end of line", "model = 1 # loonglint: ignore[odd] agreed", ""},
		{"line above", "# loonglint: ignore[odd] agreed\nmodel = 1", ""},
		{"comment between", "# loonglint: ignore[odd] agreed\n# more\nmodel = 1", ""},
		{"whole file", "# top\n\n# loonglint: ignore-file[odd] agreed\n[a]\nmodel = 1\n[b]\nmodel = 2", ""},
		{"two rules", "model = 1 # loonglint: ignore[ odd , needs-env ] agreed", ""},
		{"until", "model = 1 # loonglint: ignore[odd] until=2026-05-04 agreed", ""},
		{"other line", "# loonglint: ignore[odd] agreed\na = 1\nmodel = 1", "1:21 warning unused-suppression there is no finding of odd to suppress here\n3:9 warning odd \"1\" is odd\n"},
		{"late ignore-file", "a = 1\n# loonglint: ignore-file[odd] agreed\nmodel = 1", "2:1 warning unknown-suppression ignore-file counts only above the first key or table of the file: move it there\n3:9 warning odd \"1\" is odd\n"},
		{"no reason", "model = 1 # loonglint: ignore[odd]", "1:9 warning odd \"1\" is odd\n1:11 warning suppression-without-reason the suppression does not say why\n"},
		{"expired", "model = 1 # loonglint: ignore[odd] until=2026-05-03 agreed", "1:9 warning odd \"1\" is odd\n1:42 warning expired-suppression the suppression was valid until 2026-05-03\n"},
		{"bad date", "a = 1 # loonglint: ignore[odd] until=soon agreed", "1:38 warning unknown-suppression until= takes a date such as 2026-12-31\n"},
		{"unknown rule", "model = 1 # loonglint: ignore[odd, ood] agreed", "1:36 warning unknown-suppression there is no rule \"ood\"\n"},
		{"not suppressable", "bad = 1 # loonglint: ignore[toml-syntax] agreed", "1:7 warning toml-syntax \"1\" is odd\n1:29 warning unknown-suppression toml-syntax cannot be suppressed\n"},
		{"unused", "a = 1 # loonglint: ignore[odd] agreed", "1:27 warning unused-suppression there is no finding of odd to suppress here\n"},
		{"rule that does not run", "a = 1 # loonglint: ignore[needs-env, opt-in] agreed", ""},
		{"no brackets", "a = 1 # loonglint: ignore odd", "1:20 warning unknown-suppression write the rules of a suppression in brackets, as ignore[unknown-key]\n"},
		{"other verb", "a = 1 # loonglint: disable[odd]", "1:7 warning unknown-suppression a suppression is written \"# loonglint: ignore[rule] reason\" or \"# loonglint: ignore-file[rule] reason\"\n"},
		{"empty", "a = 1 # loonglint: ignore[] x", "1:7 warning unknown-suppression the suppression names no rule: write one in the brackets\n"},
		{"open bracket", "a = 1 # loonglint: ignore[odd x", "1:7 warning unknown-suppression write the rules of a suppression in brackets, separated by commas\n"},
		{"in a string", "a = \"# loonglint: disable[odd]\"", ""},
		{"prose", "a = 1 # checked with loonglint: fine", ""},
		{"last line", "# loonglint: ignore[needs-env] agreed", ""},
	} {
		if got := brief(suppressing(c.src)); got != c.want {
			t.Errorf("%s: got\n%swant\n%s", c.name, got, c.want)
		}
	}
	if r := suppressing("[a]\nmodel = 1 # loonglint: ignore[odd] agreed\n[b]\nmodel = 2"); r.Suppressed != 1 || len(r.Findings) != 1 {
		t.Errorf("%d suppressed, %d left", r.Suppressed, len(r.Findings))
	}
}

func TestNoIgnoresShowsEverything(t *testing.T) {
	r := check("model = 1 # loonglint: ignore[odd] agreed", Options{NoIgnores: true, Rules: []*Rule{keys(Rule{Name: "odd"}, "model"), &UnusedSuppression}})
	if got := brief(r); got != "1:9 warning odd \"1\" is odd\n" {
		t.Errorf("got %s", got)
	}
}

func TestBaseline(t *testing.T) {
	rules := []*Rule{keys(Rule{Name: "odd"}, "model"), keys(Rule{Name: "key"}, "api_key")}
	var b Baseline
	b.Add(check("[providers.a]\nmodel = \"x\"\napi_key = \"hunter2\"\n[providers.b]\nmodel = \"x\"", Options{Rules: rules}), &Options{})
	var text bytes.Buffer
	if err := b.Encode(&text); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(text.String(), "hunter2") {
		t.Errorf("the baseline holds a secret:\n%s", &text)
	}
	read, err := ReadBaseline(&text)
	if err != nil || read.Len() != 3 {
		t.Fatalf("read %v, %v", read, err)
	}
	r := check("# moved\n[providers.b]\nmodel = 'y'\n[providers.a]\nmodel = 'x'\napi_key = \"other\"", Options{Rules: rules, Baseline: read})
	if got := brief(r); got != "3:9 warning odd \"y\" is odd\n" || r.Baselined != 2 {
		t.Errorf("%d in the baseline, left:\n%s", r.Baselined, got)
	}
	if n := read.Prune([]*FileResult{r}, &Options{}, func(string) bool { return true }).Len(); n != 2 {
		t.Errorf("%d entries after pruning", n)
	}
	for _, bad := range []string{"", "[]", `{"schema":"x"}`} {
		if _, err := ReadBaseline(strings.NewReader(bad)); err == nil {
			t.Errorf("%q is read as a baseline", bad)
		}
	}
}

// What a run met stays, and what is in files that it could not check, did not finish, or did not look at and that are still there.
func TestPruneKeepsWhatWasNotChecked(t *testing.T) {
	var b Baseline
	rules := []*Rule{keys(Rule{Name: "odd"}, "model")}
	for _, name := range []string{"met", "mended", "unreadable", "failed", "elsewhere", "gone"} {
		doc := document.Parse(name, []byte("model = 1"))
		b.Add(Check(doc, loong.Read(doc, nil), &Options{Rules: rules}), &Options{})
	}
	if err := b.Encode(&bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	met := document.Parse("met", []byte("model = 1"))
	left := b.Prune([]*FileResult{
		Check(met, loong.Read(met, nil), &Options{Rules: rules, Baseline: &b}), {Path: "mended"}, {Path: "unreadable", Err: errors.New("no")}, {Path: "failed", Failed: true},
	}, &Options{}, func(name string) bool { return name == "gone" })
	var names []string
	for _, e := range left.entries {
		names = append(names, e.File)
	}
	slices.Sort(names)
	if got := strings.Join(names, " "); got != "elsewhere failed met unreadable" {
		t.Errorf("left are %s", got)
	}
}

func TestRulesAboutSuppressionsCannotBeSuppressed(t *testing.T) {
	for _, r := range []*Rule{&InternalError, &UnknownSuppression, &SuppressionWithoutReason, &UnusedSuppression, &ExpiredSuppression, {Name: "x", Mandatory: true}} {
		if suppressible(r) {
			t.Errorf("a comment may switch %s off", r.Name)
		}
	}
	if !suppressible(&Rule{Name: "x"}) {
		t.Error("no rule can be suppressed")
	}
}

func TestSoManySuppressionsCount(t *testing.T) {
	for n, want := range map[int]int{maxNames: 0, maxNames + 1: 1} {
		r := check(strings.Repeat("# loonglint: ignore-file[odd] agreed\n", n)+"model = 1\n", Options{NoLines: true, Rules: []*Rule{keys(Rule{Name: "odd"}, "model"), &SuppressionWithoutReason, &UnknownSuppression}})
		found := 0
		for _, f := range r.Findings {
			if strings.Contains(f.Message, "do nothing from here on") {
				found++
			}
		}
		if found != want {
			t.Errorf("%d suppressions: %s", n, brief(r))
		}
	}
}
