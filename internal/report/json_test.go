package report

import (
	"encoding/json"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/testing/hostile"
	"github.com/loonglint/loonglint/schema"
)

func TestJSON(t *testing.T) {
	got := rendered(t, "json", result("a.toml", "[t]\nk = \"<é>\"", reportKey("k")), Options{})
	want := `{"schema": "loonglint.v1",
 "tool": {"name":"loonglint","version":"1.2.3","loong":{"version":"0.1.2-alpha.1","commit":"e6880c9"}},
 "files": [{"path":"a.toml","verdict":"loads"}],
 "findings": [{"rule":"odd-value","severity":"error","file":"a.toml","message":"\"<é>\" is odd","help":"write another","note":"it is not even","label":"this one","key":"t.k",` +
		`"start":{"line":2,"column":5,"offset":8,"byte":5},"end":{"line":2,"column":10,"offset":14,"byte":11},` +
		`"related":[{"message":"in table \"t\"","start":{"line":1,"column":1,"offset":0},"end":{"line":1,"column":4,"offset":3}}],` +
		`"fix":{"message":"write 2","safety":"safe","edits":[{"start":8,"end":14,"text":"2","from":{"line":2,"byte":5},"to":{"line":2,"byte":11}}]},` +
		`"loong":{"code":"config.odd","severity":"error","field_path":"a.b","inline_field_path":"a.b"},"fingerprint":"FP"}],
 "summary": {"files":1,"errors":1,"warnings":0,"infos":0,"suppressed":0,"baselined":0,"hidden":{"warnings":0,"infos":0},"unreadable":0,"fixable":{"safe":1,"unsafe":0}}}
`
	var j struct {
		Findings []struct{ Fingerprint string }
	}
	if err := json.Unmarshal([]byte(got), &j); err != nil || len(j.Findings) != 1 || len(j.Findings[0].Fingerprint) != 64 {
		t.Fatalf("%v in\n%s", err, got)
	}
	if got = strings.Replace(got, j.Findings[0].Fingerprint, "FP", 1); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Fixes that only a person may choose are beside the one that --fix makes, and are counted and made by no flag.
func TestChoicesInJSON(t *testing.T) {
	r := result("a.toml", "k = 5", &lint.Rule{Name: "odd", Level: lint.Warning, Run: func(p *lint.Pass) {
		n := p.Document.Root.At("k")
		p.Report(n.Value(), "odd").WithChoice("write 7", document.Edit{Span: n.Value(), Text: "7"}).
			WithFix(lint.Unsafe, "write 6", document.Edit{Span: n.Value(), Text: "6"}).WithChoice("delete it", document.Edit{Span: n.Value()})
	}})
	for range 2 {
		saved := rendered(t, "json", r, Options{})
		if want := `"fix":{"message":"write 6","safety":"unsafe","edits":[{"start":4,"end":5,"text":"6","from":{"line":1,"byte":5},"to":{"line":1,"byte":6}}]},` +
			`"choices":[{"message":"write 7","safety":"unsafe","edits":[{"start":4,"end":5,"text":"7","from":{"line":1,"byte":5},"to":{"line":1,"byte":6}}]},` +
			`{"message":"delete it",`; !strings.Contains(saved, want) {
			t.Fatalf("%s\nlacks\n%s", saved, want)
		}
		var err error
		if r, err = Load(strings.NewReader(saved), nil); err != nil {
			t.Fatal(err)
		}
	}
	only := result("a.toml", "k = 5", &lint.Rule{Name: "odd", Level: lint.Warning, Run: func(p *lint.Pass) {
		p.Report(document.Span{}, "odd").WithChoice("write k", document.Edit{Text: "k"})
	}})
	saved := rendered(t, "json", only, Options{})
	if strings.Contains(saved, `"fix":`) || !strings.Contains(saved, `"fixable":{"safe":0,"unsafe":0}`) || strings.Contains(rendered(t, "text", only, Options{}), "fix]") {
		t.Errorf("a choice is offered as a repair:\n%s", saved)
	}
}

func TestSavedReportIsRenderedAgain(t *testing.T) {
	r := result("a.toml", "[t]\nk = 5", reportKey("k"))
	r.Tool.Targets, r.Files[0].Targets = schema.Targets(0).With(schema.V012Alpha1), schema.Targets(0).With(schema.V010Alpha2)
	saved := rendered(t, "json", r, Options{})
	back, err := Load(strings.NewReader(saved), nil)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(back.Summary, r.Summary) || back.Tool != r.Tool {
		t.Errorf("summary %+v, tool %+v", back.Summary, back.Tool)
	}
	for _, format := range Formats() {
		if format == "text" || format == "rdjson" || format == "problem-json" {
			continue // these know more than the report holds: source lines, byte columns, rule documentation
		}
		if got, want := rendered(t, format, back, Options{}), rendered(t, format, r, Options{}); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", format, got, want)
		}
	}
	if len(back.Files) != 1 || back.Files[0].Targets != r.Files[0].Targets {
		t.Errorf("files %+v, want %+v", back.Files, r.Files)
	}
	rule := &lint.Rule{Name: "odd-value"}
	if back, _ = Load(strings.NewReader(saved), func(string) *lint.Rule { return rule }); back.Files[0].Findings[0].Rule != rule {
		t.Error("the rule is not looked up")
	}
}

func TestAFileWhoseRuleFailedIsReadAsSuch(t *testing.T) {
	for rule, want := range map[string]bool{lint.InternalError.Name: true, "x": false} {
		back, err := Load(strings.NewReader(`{"schema":"loonglint.v1","files":[{"path":"a","verdict":"loads"}],"findings":[{"rule":"`+rule+
			`","severity":"error","file":"a","message":"m"}],"summary":{}}`), nil)
		if err != nil || back.Files[0].Failed != want {
			t.Errorf("%s: %+v, %v", rule, back, err)
		}
	}
}

func TestOtherJSONIsNoReport(t *testing.T) {
	for _, s := range []string{"", "[]", "{}", `{"schema":"loonglint.v2"}`,
		`{"schema":"loonglint.v1","findings":[{"rule":"x","severity":"error","file":"a","message":"m"}]}`,
		`{"schema":"loonglint.v1","files":[{"path":"a","verdict":"loads"}],"findings":[{"rule":"x","severity":"bad","file":"a","message":"m"}]}`,
		`{"schema":"loonglint.v1","files":[{"path":"a","verdict":"loads"}],"findings":[{"rule":"x","severity":"error","file":"a","message":"m","help":5}]}`,
		`{"schema":"loonglint.v1","files":[{}]}`, `{"schema":"loonglint.v1","files":[{"path":"a","verdict":"loads"}],"findings":[{}]}`,
		`{"schema":"loonglint.v1","files":{}}`, `{"schema":"loonglint.v1","files":[}`, `{"schema":"loonglint.v1","files":[]]`, `{"schema":"loonglint.v1","files":[`, `{"schema":"loonglint.v1"`} {
		if _, err := Load(strings.NewReader(s), nil); err == nil {
			t.Errorf("%q is read as a report", s)
		}
	}
}

// TestLoadEnds holds that what is no report is refused before much of it is read, however long it is.
func TestLoadEnds(t *testing.T) {
	const enough = 4 << 20 // bytes
	for _, c := range []struct{ begin, rest string }{{"", " "}, {"", "\n\t"}, {"", "x"}, {"{", " "}, {`{"files": [`, "\r\n"}, {`{"files":`, "["}} {
		in := &io.LimitedReader{R: io.MultiReader(strings.NewReader(c.begin), hostile.Endless(c.rest)), N: enough}
		if _, err := Load(in, nil); err == nil || in.N == 0 {
			t.Errorf("%q and endless %q: %v, %d bytes left", c.begin, c.rest, err, in.N)
		}
	}
}

// A part that is longer than the limit is refused when the limit is reached.
func TestLoadRefusesLongParts(t *testing.T) {
	for _, begin := range []string{`{"schema":"loonglint.v1","files":[{"path":"`} {
		in := &io.LimitedReader{R: io.MultiReader(strings.NewReader(begin), hostile.Endless("x")), N: 4 * maxPart}
		if _, err := Load(in, nil); err == nil || !strings.Contains(err.Error(), "too large") || in.N == 0 {
			t.Errorf("%s and endless text: %v, %d bytes left", begin, err, in.N)
		}
	}
}
