package loonglint_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/loonglint/loonglint"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

// check checks a document, which must be possible.
func check(t *testing.T, src string, o loonglint.Options) *loonglint.Result {
	t.Helper()
	r, err := loonglint.Check("loong.toml", []byte(src), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// names lists the rules of findings.
func names(r *loonglint.Result) (list []string) {
	for _, f := range r.Findings {
		list = append(list, f.Rule)
	}
	return list
}

func TestOptionsThatAreWrong(t *testing.T) {
	for want, o := range map[string]loonglint.Options{
		`loonglint.toml:1:1: unknown key "rulez"`:      {Settings: "[rulez]\n"},
		`unknown rule "unknown-kye"; did you mean`:     {Enable: []string{"unknown-kye"}},
		`rule "unknown-key" is both enabled and disab`: {Enable: []string{"unknown-key"}, Disable: []string{"unknown-key"}},
		`baseline: not a baseline`:                     {Baseline: []byte("x")},
		`no severity is 9`:                             {MinSeverity: 9},
	} {
		_, err := loonglint.New(o)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %s", err, want)
		}
		for name, call := range map[string]func() error{
			"Check":   func() error { _, err := loonglint.Check("x", nil, o); return err },
			"Resolve": func() error { _, err := loonglint.Resolve("x", nil, o); return err },
			"Repair":  func() error { _, _, err := loonglint.Repair("x", nil, true, o); return err },
		} {
			if got := call(); got == nil || got.Error() != err.Error() {
				t.Errorf("%s: %v", name, got)
			}
		}
	}
}

func TestSettingsAndFieldsCount(t *testing.T) {
	for _, tt := range []struct {
		name string
		o    loonglint.Options
		want []string
	}{
		{"defaults", loonglint.Options{}, []string{"unknown-key"}},
		{"less severe ones", loonglint.Options{MinSeverity: loonglint.Info}, []string{"model-chosen-by-service", "unknown-key"}},
		{"only worse ones", loonglint.Options{MinSeverity: loonglint.Error}, nil},
		{"disabled", loonglint.Options{Disable: []string{"unknown-key"}}, nil},
		{"off in settings", loonglint.Options{Settings: "[rules]\nunknown-key = \"off\"\n"}, nil},
		{"enabled again", loonglint.Options{Settings: "[rules]\nunknown-key = \"off\"\n", Enable: []string{"unknown-key"}}, []string{"unknown-key"}},
		{"off for another name", loonglint.Options{Settings: "[[overrides]]\npaths = [\"examples/\"]\nrules = { unknown-key = \"off\" }\n"}, []string{"unknown-key"}},
		{"off for this name", loonglint.Options{Settings: "[[overrides]]\npaths = [\"loong.toml\"]\nrules = { unknown-key = \"off\" }\n"}, nil},
		{"no variable", loonglint.Options{Environment: &loonglint.Environment{}}, []string{"missing-credential-env", "unknown-key"}},
		{"a variable", loonglint.Options{Environment: &loonglint.Environment{Names: []string{"OPENAI_API_KEY"}}}, []string{"unknown-key"}},
		{"a variable of the settings", loonglint.Options{Settings: "env-names = [\"OPENAI_API_KEY\"]\n"}, []string{"unknown-key"}},
		{"another variable of the settings", loonglint.Options{Settings: "env-names = [\"X\"]\n"}, []string{"missing-credential-env", "unknown-key"}},
		{"a live world is none of the library's", loonglint.Options{Settings: "env = \"live\"\n"}, []string{"unknown-key"}},
		{"a policy", loonglint.Options{Settings: "[policy.kinds]\ndeny = [\"openai\"]\nbecause = \"no contract\"\n"}, []string{"policy-kind", "unknown-key"}},
	} {
		r := check(t, config, tt.o)
		got := names(r)
		slices.Sort(got)
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	if hidden := check(t, config, loonglint.Options{}).Hidden; hidden != (loonglint.Counts{Infos: 1}) {
		t.Errorf("hidden are %+v", hidden)
	}
}

func TestSuppressionsHoldUntilToday(t *testing.T) {
	const until = "[providers.main]\nkind = \"openai\"\nmodle = \"x\" # loonglint: ignore[unknown-key] until=2026-06-30 until the move\n"
	for _, tt := range []struct {
		o    loonglint.Options
		want int // of suppressed findings
	}{
		{loonglint.Options{}, 1},
		{loonglint.Options{Today: time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC)}, 1},
		{loonglint.Options{Today: time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)}, 0},
		{loonglint.Options{NoIgnores: true}, 0},
	} {
		if r := check(t, until, tt.o); r.Suppressed != tt.want || slices.Contains(names(r), "unknown-key") != (tt.want == 0) {
			t.Errorf("%+v: %d suppressed, findings %q", tt.o, r.Suppressed, names(r))
		}
	}
}

func TestBaselineLeavesOutWhatItLists(t *testing.T) {
	accepted := check(t, config, loonglint.Options{}).Findings[0].Fingerprint
	baseline := []byte(`{"schema": "loonglint.baseline.v1", "findings": [{"fingerprint": "` + accepted + `"}]}`)
	if r := check(t, config, loonglint.Options{Baseline: baseline}); len(r.Findings) != 0 || r.Baselined != 1 {
		t.Errorf("%d findings, %d in the baseline", len(r.Findings), r.Baselined)
	}
}

func TestFilesAreWhatLookAtSays(t *testing.T) {
	const file = "[providers.main]\nkind = \"openai\"\napi_key = { file = \"/run/key\" }\nmodel = \"gpt-5\"\n"
	asked := ""
	for presence, want := range map[loonglint.Presence]loonglint.Answer{loonglint.AFile: loonglint.Yes, loonglint.Absent: loonglint.No,
		loonglint.AFolder: loonglint.No, loonglint.NotKnown: loonglint.Unknown} {
		world := &loonglint.Environment{LookAt: func(path string) loonglint.Presence { asked = path; return presence }}
		r, err := loonglint.Resolve("loong.toml", []byte(file), loonglint.Options{Environment: world})
		if err != nil || asked != "/run/key" || r.Profiles[0].Credential.Resolved != want {
			t.Errorf("presence %d: asked about %q, %+v, %v", presence, asked, r.Profiles, err)
		}
	}
}

// An editor goes on to write into the buffer that it had checked.
func TestNothingGivenIsKept(t *testing.T) {
	src := []byte(config)
	o := loonglint.Options{Environment: &loonglint.Environment{Variables: map[string]string{}}}
	linter, err := loonglint.New(o)
	if err != nil {
		t.Fatal(err)
	}
	before := linter.Check("loong.toml", src)
	text := fmt.Sprintf("%+v", before)
	o.Environment.Variables["OPENAI_API_KEY"] = "x"
	for i := range src {
		src[i] = 'x'
	}
	if after := fmt.Sprintf("%+v", before); after != text {
		t.Errorf("the result changed to %s", after)
	}
	if again := linter.Check("loong.toml", []byte(config)); !reflect.DeepEqual(again, before) {
		t.Errorf("later it says %+v", again)
	}
}

func TestOneLinterForManyGoroutines(t *testing.T) {
	linter, err := loonglint.New(loonglint.Options{Settings: "[[overrides]]\npaths = [\"b*\"]\nrules = { unknown-key = \"off\" }\n"})
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for i := range 40 {
		all.Go(func() {
			name, want := "a.toml", 1
			if i%2 == 1 {
				name, want = "b.toml", 0
			}
			for range 20 {
				if r := linter.Check(name, []byte(config)); len(r.Findings) != want {
					t.Errorf("%s has %d findings", name, len(r.Findings))
				}
			}
		})
	}
	all.Wait()
}

func TestTextsThatAreNotRead(t *testing.T) {
	long := []byte("x = '" + strings.Repeat("a", 2<<20) + "'\n")
	linter, err := loonglint.New(loonglint.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if r := linter.Check("x", long); r.Verdict != loonglint.Unreadable || r.Err == nil {
		t.Errorf("verdict %s, %v", r.Verdict, r.Err)
	}
	if r, err := linter.Resolve("x", long); err == nil {
		t.Errorf("resolved to %+v", r)
	}
	if _, _, err := linter.Repair("x", long, true); err == nil {
		t.Error("repaired")
	}
	if r := linter.Check("x", []byte("a = [\n")); r.Verdict != loonglint.Undecodable || len(r.Findings) == 0 || r.Err != nil {
		t.Errorf("what is not TOML: %+v", r)
	}
}

func TestRepairMakesOnlySafeFixesUnlessAsked(t *testing.T) {
	fixed, repaired, err := loonglint.Repair("loong.toml", []byte(config), false, loonglint.Options{})
	if err != nil || len(repaired) != 0 || string(fixed) != config {
		t.Errorf("%d safe fixes, %v:\n%s", len(repaired), err, fixed)
	}
	fixed, repaired, err = loonglint.Repair("loong.toml", []byte(config), true, loonglint.Options{})
	if err != nil || len(repaired) != 1 || repaired[0].Rule != "unknown-key" || string(fixed) != strings.Replace(config, "modle", "model", 1) {
		t.Errorf("%d fixes, %v:\n%s", len(repaired), err, fixed)
	}
}

// A secret can go to several places, and Repair chooses none.
func TestFixesToChoose(t *testing.T) {
	src := []byte("[telegram]\nenabled = false\nbot_token = \"7204816326:AAKd2Lq9Zr4Xc8Vb1Nm5TyUi0OpAs3DfGh6\"\n")
	r, err := loonglint.Check("loong.toml", src, loonglint.Options{})
	if err != nil || len(r.Findings) != 1 || len(r.Findings[0].Fixes) != 2 {
		t.Fatalf("%+v", r)
	}
	for i, want := range []string{`bot_token = { env = "TELEGRAM_BOT_TOKEN" }`, `bot_token = { file = "/run/secrets/telegram_bot_token" }`} {
		x := r.Findings[0].Fixes[i]
		fixed, err := loonglint.Apply(src, x)
		if err != nil || !x.Choice || x.Safe || !strings.Contains(string(fixed), want) {
			t.Errorf("%+v gives %s", x, fixed)
		}
	}
	if fixed, repaired, err := loonglint.Repair("loong.toml", src, true, loonglint.Options{}); err != nil || len(repaired) > 0 || !slices.Equal(fixed, src) {
		t.Errorf("Repair made %d fixes, %v", len(repaired), err)
	}
}

func TestApplyRefusesWhatDoesNotFit(t *testing.T) {
	a := loonglint.Fix{Edits: []loonglint.Edit{{Start: 0, End: 3, Text: "x"}}}
	b := loonglint.Fix{Edits: []loonglint.Edit{{Start: 2, End: 4, Text: "y"}}}
	for _, fixes := range [][]loonglint.Fix{{a, b}, {{Edits: []loonglint.Edit{{Start: 2, End: 99}}}}, {{Edits: []loonglint.Edit{{Start: -1, End: 1}}}}} {
		if got, err := loonglint.Apply([]byte("abcdef"), fixes...); err == nil {
			t.Errorf("%+v give %q", fixes, got)
		}
	}
	if got, err := loonglint.Apply([]byte("abcdef"), b, loonglint.Fix{Edits: []loonglint.Edit{{Start: 0, End: 1}}}); err != nil || string(got) != "byef" {
		t.Errorf("%q, %v", got, err)
	}
}

// No text of a result holds a secret; that of an edit only where the fix says so.
func TestResultsHoldNoSecret(t *testing.T) {
	const secret = "sk-proj-Zk3vQ8xN2mT7wB5cR9dF"
	src := "[providers.main]\nkind = \"openai\"\napi_kye = \"" + secret + "\"\nbase_url = \"https://me:" + secret + "@llm.example.com/v1?key=" + secret + "\"\n" +
		"api_key = \"" + secret + "\"\n[providers.main.headers]\nAuthorization = \"Bearer " + secret + "\"\n"
	linter, err := loonglint.New(loonglint.Options{MinSeverity: loonglint.Info})
	if err != nil {
		t.Fatal(err)
	}
	r := linter.Check("loong.toml", []byte(src))
	if len(r.Findings) < 3 {
		t.Fatalf("only %q", names(r))
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		f.Fixes = slices.DeleteFunc(f.Fixes, func(x loonglint.Fix) bool { return x.Secret })
	}
	resolution, err := linter.Resolve("loong.toml", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	shown, err := json.Marshal([]any{r, resolution})
	if err != nil {
		t.Fatal(err)
	}
	if text := string(shown) + string(resolution.JSON()); strings.Contains(text, secret) {
		t.Errorf("the secret is in %s", text)
	}
}

// A redacted document is like the one it was made of but for its secrets; one without any is the same.
func TestRedact(t *testing.T) {
	const secret = "sk-proj-Zk3vQ8xN2mT7wB5cR9dF"
	src := "# é\r\n[providers.main] # not " + secret + "\r\nkind = \"openai\"\r\napi_key = \"hunter22\"\r\nmodel = \"not hunter22\"\r\n"
	want := strings.ReplaceAll(strings.ReplaceAll(src, secret, "********"), "hunter22", "********")
	for text, want := range map[string]string{src: want, want: want, "": "", config: config} {
		if got, err := loonglint.Redact([]byte(text)); err != nil || string(got) != want {
			t.Errorf("%v, %q", err, got)
		}
	}
	if got, err := loonglint.Redact([]byte("[providers.main]\napi_key = \"hunter22\n")); err != nil || strings.Contains(string(got), "hunter22") {
		t.Errorf("%v, %q", err, got)
	}
	if got := loonglint.RedactText("model = 1 " + secret); got != "model = 1 ********" {
		t.Errorf("%q", got)
	}
}

// What the caller made of results is written, and harmless.
func TestRenderTakesWhatTheCallerMade(t *testing.T) {
	r := check(t, config, loonglint.Options{})
	r.Findings[0].Message = "changed \x1b[31m\n::error::"
	r.Findings[0].Rule = "my-own-rule"
	r.Findings[0].Lines[0].Marks[0].End = 9999
	for _, format := range loonglint.Formats() {
		var b bytes.Buffer
		if err := loonglint.Render(&b, format, []*loonglint.Result{r}, loonglint.RenderOptions{}); err != nil {
			t.Errorf("%s: %v", format, err)
		}
		if strings.Contains(b.String(), "\x1b") || strings.Contains(b.String(), "\n::error::") {
			t.Errorf("%s: %q", format, b.String())
		}
		if format != "problem-json" && (!strings.Contains(b.String(), "changed") || !strings.Contains(b.String(), "my-own-rule")) {
			t.Errorf("%s: %s", format, b.String())
		}
	}
	if err := loonglint.Render(&bytes.Buffer{}, "yaml", nil, loonglint.RenderOptions{}); err == nil {
		t.Error("there is a format yaml")
	}
}

// Explain knows what Rules lists.
func TestRulesAreExplained(t *testing.T) {
	all := loonglint.Rules()
	if len(all) < 100 || !slices.IsSortedFunc(all, func(a, b loonglint.Rule) int { return strings.Compare(a.Name, b.Name) }) {
		t.Errorf("%d rules, or in no order", len(all))
	}
	for _, r := range all {
		same, err := loonglint.Explain(r.Name)
		if err != nil || !reflect.DeepEqual(same, r) || r.Summary == "" || r.Doc == "" || r.Group == "" || !strings.HasSuffix(r.URL, "#"+r.Name) {
			t.Errorf("%s: %+v, %v", r.Name, same, err)
		}
	}
	if r, err := loonglint.Explain("nothing-like-it-at-all"); err == nil {
		t.Errorf("explained %+v", r)
	}
}

// A document is read as the version of Loong that is asked for.
func TestTargets(t *testing.T) {
	oldest, newest := loonglint.Targets()[0], loonglint.Targets()[len(loonglint.Targets())-1]
	span := oldest + ".." + newest
	for _, tt := range []struct {
		o    loonglint.Options
		want string
	}{
		{loonglint.Options{Target: oldest}, oldest},
		{loonglint.Options{Settings: "target-loong = \"" + newest + "\"\n"}, newest},
		{loonglint.Options{Settings: "target-loong = \"" + newest + "\"\n", Target: oldest}, oldest},
		{loonglint.Options{Target: span}, span},
	} {
		r := check(t, config, tt.o)
		resolution, err := loonglint.Resolve("loong.toml", []byte(config), tt.o)
		if err != nil {
			t.Fatal(err)
		}
		last := tt.want
		if tt.want == span {
			last = newest
			if len(resolution.Others) != len(loonglint.Targets())-1 || resolution.Others[0].Target != oldest {
				t.Errorf("others are %d", len(resolution.Others))
			}
		}
		if r.Target != tt.want || resolution.Target != last {
			t.Errorf("%+v: read as %s, resolved as %s", tt.o, r.Target, resolution.Target)
		}
		var b bytes.Buffer
		if err := loonglint.Render(&b, "json", []*loonglint.Result{r}, loonglint.RenderOptions{}); err != nil || !strings.Contains(b.String(), `"version":"`+last+`"`) {
			t.Errorf("%v: %s", err, b.String())
		}
	}
	if _, err := loonglint.New(loonglint.Options{Target: "9.9"}); err == nil {
		t.Error("there is a version 9.9")
	}
}

// The words and numbers of the library are those of the program.
func TestWordsAreThoseOfTheProgram(t *testing.T) {
	for ours, theirs := range map[loonglint.Verdict]loong.Verdict{loonglint.Loads: loong.Loads, loonglint.Refused: loong.Refused,
		loonglint.Undecodable: loong.Undecodable, loonglint.Crashes: loong.Crashes, loonglint.Unreadable: loong.Unreadable} {
		if string(ours) != string(theirs) {
			t.Errorf("%s is %s", ours, theirs)
		}
	}
	for ours, theirs := range map[loonglint.Severity]lint.Level{loonglint.Info: lint.Info, loonglint.Warning: lint.Warning, loonglint.Error: lint.Error} {
		if int(ours) != int(theirs) || ours.String() != theirs.String() {
			t.Errorf("%s is %s", ours, theirs)
		}
	}
}
