package view

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/loonglint/loonglint/internal/audit"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/render"
)

// TestPageShowsTextAsText holds that texts of files, and the title, are shown as they are and are never markup.
func TestPageShowsTextAsText(t *testing.T) {
	const hostile = `"'><img src=x onerror="alert(1)">&amp;+</title></script><!-- {{tiles}} {{data}}`
	a, err := audit.Build(func(yield func(*audit.Entry) bool) error {
		yield(audit.NewEntry(&lint.FileResult{Path: hostile, Verdict: "loads",
			Findings: []*lint.Finding{{Rule: &lint.Rule{Name: hostile}, Severity: lint.Error, Message: hostile}}}))
		return nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var page strings.Builder
	if err := AuditHTML(&page, a, render.Tool{Version: hostile, LoongVersion: hostile}, hostile); err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(strings.NewReader(page.String()))
	if err != nil {
		t.Fatal(err)
	}
	shown := map[string]int{}
	for n := range root.Descendants() {
		switch {
		case n.Type == html.ElementNode && n.Data == "img", n.Type == html.CommentNode:
			t.Errorf("a text became <%s>", n.Data)
		case n.Type == html.ElementNode && (n.Data == "title" || n.Data == "h1" || n.Data == "th"):
			shown[n.Data+" "+textOf(n)]++
		}
		for _, attribute := range n.Attr {
			if strings.HasPrefix(attribute.Key, "on") {
				t.Errorf("a text became the attribute %s of <%s>", attribute.Key, n.Data)
			}
		}
	}
	for _, want := range []string{"title " + hostile, "h1 " + hostile, "th " + hostile, "th " + hostile + " docs"} {
		if shown[want] != 1 {
			t.Errorf("%q is shown %d times, not once", want, shown[want])
		}
	}
}

func textOf(n *html.Node) (text string) {
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			text += d.Data
		}
	}
	return text
}

// TestPageSaysWhatIsLeftOut holds that a page has the first findings of each rule, and says how many there are and where.
func TestPageSaysWhatIsLeftOut(t *testing.T) {
	often, seldom := &lint.Rule{Name: "often"}, &lint.Rule{Name: "seldom"}
	a, err := audit.Build(func(yield func(*audit.Entry) bool) error {
		for i := range pageFindings + 2 {
			r := &lint.FileResult{Path: fmt.Sprintf("%05d.toml", i), Verdict: "loads", Findings: []*lint.Finding{{Rule: often, Severity: lint.Error, Message: "m"}}}
			if i > pageFindings {
				r.Findings = append(r.Findings, &lint.Finding{Rule: seldom, Severity: lint.Error, Message: "the last"})
			}
			if !yield(audit.NewEntry(r)) {
				break
			}
		}
		return nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := pageData(a)
	if err != nil {
		t.Fatal(err)
	}
	var page struct {
		Strings []string
		Tables  []struct {
			Name    string
			Columns []any
			Rows    []int
			Details []any
			Total   int
			Rest    string
		}
	}
	if err := json.Unmarshal(raw, &page); err != nil {
		t.Fatal(err)
	}
	findings, files := page.Tables[0], page.Tables[1]
	if n := len(findings.Rows) / len(findings.Columns); n != pageFindings+1 || len(findings.Details) != n || findings.Total != pageFindings+3 {
		t.Errorf("%d findings with %d details, of %d", n, len(findings.Details), findings.Total)
	}
	if want := "This page holds the first 5,000 findings of each rule; loonglint audit --table findings writes all 5,003."; findings.Rest != want {
		t.Errorf("the page says %q", findings.Rest)
	}
	if !strings.Contains(strings.Join(page.Strings, "\n"), "the last") {
		t.Error("a rule with few findings is left out")
	}
	if files.Rest != "" || files.Total != 0 || len(files.Rows)/len(files.Columns) != pageFindings+2 {
		t.Errorf("of the files it says %q, %d", files.Rest, files.Total)
	}
}
