package report

import (
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/render"
)

// reportKey reports the value of a key with all that a finding may have.
func reportKey(key string) *lint.Rule {
	return &lint.Rule{Name: "odd-value", Level: lint.Error, Run: func(p *lint.Pass) {
		n := find(p.Document.Root, key)
		p.Report(n.Value(), "%q is odd", n.Text()).WithNode(n).WithLabel("this one").WithRelated(n.Parent.Header(), "in table %q", n.Parent.Name()).
			WithNote("it is not even").WithHelp("write another").WithFix(lint.Safe, "write 2", document.Edit{Span: n.Value(), Text: "2"}).
			WithDiagnostic(&loong.Diagnostic{Code: "config.odd", Severity: "error", FieldPath: "a.b", InlineFieldPath: "a.b"})
	}}
}

func find(n *document.Node, key string) *document.Node {
	for _, e := range n.Entries {
		if e.Name() == key {
			return e
		}
		if f := find(e, key); f != nil {
			return f
		}
	}
	return nil
}

// result checks one file with one rule.
func result(name, src string, rule *lint.Rule) *Result {
	doc := document.Parse(name, []byte(src))
	r := &Result{Tool: render.Tool{Version: "1.2.3", LoongVersion: "0.1.2-alpha.1", LoongCommit: "e6880c9"}, Files: []*lint.FileResult{
		lint.Check(doc, loong.Read(doc, nil), &lint.Options{Rules: []*lint.Rule{rule}})}}
	r.Summary.Add(r.Files[0])
	return r
}

func rendered(t *testing.T, format string, r *Result, opt Options) string {
	t.Helper()
	var b strings.Builder
	if err := Report(format, &b, r, opt); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestText(t *testing.T) {
	src := strings.Repeat("\n", 10) + "[providers.ark]\nkind = \"volcegine\"\n"
	want := `error[odd-value]: "volcegine" is odd [fix]
  --> dir/loong.toml:12:8
   |
11 | [providers.ark]
   | --------------- in table "ark"
12 | kind = "volcegine"
   |        ^^^^^^^^^^^ this one
   |
   = note: it is not even
   = help: write another
`
	if got := rendered(t, "text", result("dir/loong.toml", src, reportKey("kind")), Options{}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestTextMarksLinesLeftOut(t *testing.T) {
	for lines, want := range map[int]bool{1: false, 2: true} {
		got := rendered(t, "text", result("a.toml", "[t]"+strings.Repeat("\n", lines)+"k = 5\n", reportKey("k")), Options{})
		if strings.Contains(got, "\n..\n") != want {
			t.Errorf("%d lines below:\n%s", lines, got)
		}
	}
}

func TestTextUnderlinesByWidth(t *testing.T) {
	for src, under := range map[string]string{
		"a = { \"漢字\" = 1, k = 5 }":                strings.Repeat(" ", 22) + "^ this one",
		"a = { \"e\u0301\" = 1, k = \"漢\u0301\" }": strings.Repeat(" ", 19) + "^^^^ this one",
		"\ta = 1\n\t[t]\n\tk\t=\t5":                strings.Repeat(" ", 14) + "^ this one",
		"a.api_key = \"hunter2\"\n":                "",
		"api_key = \"hunter22\"\nk = \"\"":         "    ^^ this one",
		"x = \"\x1b\"\nprovider.model = 5":         "                 ^ this one",
	} {
		key := "k"
		if strings.Contains(src, "model") {
			key = "model"
		}
		if under == "" {
			key, under = "api_key", "            ^^^^^^^^^^ this one"
		}
		got := rendered(t, "text", result("a.toml", src, reportKey(key)), Options{})
		if !strings.Contains(got, "| "+under+"\n") || strings.Contains(got, "hunter2") || strings.Contains(got, "\x1b") {
			t.Errorf("%q gives\n%s", src, got)
		}
	}
}

func TestColor(t *testing.T) {
	r := result("a.toml", "k = 1", reportKey("k"))
	plain, colored := rendered(t, "text", r, Options{}), rendered(t, "text", r, Options{Color: true})
	if strings.Contains(plain, "\x1b") || !strings.Contains(colored, "\x1b[31;1merror[odd-value]\x1b[") {
		t.Errorf("plain %q, colored %q", plain, colored)
	}
}

func TestConcise(t *testing.T) {
	if got := rendered(t, "concise", result("dir/a.toml", "\nk = 1", reportKey("k")), Options{}); got != "dir/a.toml:2:5: error[odd-value] \"1\" is odd\n" {
		t.Errorf("got %q", got)
	}
}

func TestUnknownFormat(t *testing.T) {
	if _, err := New("xml", nil, Options{}); err == nil {
		t.Error("xml is a format")
	}
}

func TestLinks(t *testing.T) {
	rule := reportKey("k")
	if got := rendered(t, "text", result("a.toml", "k = 1", rule), Options{Links: true}); strings.Contains(got, "\x1b") {
		t.Errorf("a rule without documentation has a link: %q", got)
	}
	rule.Doc = "d"
	want := "error[\x1b]8;;" + render.RuleURL("odd-value") + "\x1b\\odd-value\x1b]8;;\x1b\\]: "
	if got := rendered(t, "text", result("a.toml", "k = 1", rule), Options{Links: true}); !strings.HasPrefix(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
