package cli

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/loonglint/loonglint/internal/audit"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/report"
	"github.com/loonglint/loonglint/internal/resolution"
	"github.com/loonglint/loonglint/internal/sheet"
	"github.com/loonglint/loonglint/internal/testing/hostile"
	"github.com/loonglint/loonglint/internal/view"
	"github.com/loonglint/loonglint/rules"
)

// FuzzFormats renders the findings in a few files made of src in the format that choice names: all of them
// must be read back, nothing may steer a terminal, and the number of workers must make no difference. A
// third of the choices are of resolve and audit.
func FuzzFormats(f *testing.F) {
	formats := report.Formats()
	samples(f, func(i int, src []byte) {
		f.Add(src[:min(len(src), longestSample/4)], "a b,c:d%e<f>&\"é\x1b\u202e.toml", uint8(i%(3*len(formats))))
	}) //nolint:gosec // below 256
	schema := sarifSchema(f)
	f.Fuzz(func(t *testing.T, src []byte, name string, choice uint8) {
		if len(src) > longestSample/4 || len(name) > 100 {
			return
		}
		n := int(choice) % len(formats)
		if choice/uint8(len(formats))%3 == 2 { //nolint:gosec // 11 formats
			otherReport(t, src, name, n)
			return
		}
		plain := choice/uint8(len(formats))%3 == 1 //nolint:gosec // 11 formats
		if plain {
			name = "plain.toml"
		}
		r := checkedBy(1, src, name)
		text := reportOf(t, formats[n], r)
		if again := reportOf(t, formats[n], checkedBy(3, src, name)); again != text {
			t.Fatalf("%s differs with three workers:\n%s\n%s", formats[n], text, again)
		}
		harmlessOnly(t, formats[n], text)
		told := readers[formats[n]](t, text)
		if found := findings(r); plain && formats[n] != "problem-json" && len(told) != found {
			t.Fatalf("%s tells %d of %d findings:\n%s", formats[n], len(told), found, text)
		}
		checkFormat(t, formats[n], text, schema)
	})
}

func findings(r *report.Result) (n int) {
	for _, f := range r.Files {
		n += len(f.Findings)
	}
	return n
}

// checkedBy checks three files made of one source.
func checkedBy(workers int, src []byte, name string) *report.Result {
	text := func(src []byte) func() ([]byte, error) { return func() ([]byte, error) { return src, nil } }
	inputs := []lint.Input{{Path: name, Read: text(src)}, {Path: "b/" + name, Read: text(src[:len(src)/2])}, {Path: "c/" + name, Read: text(src)}}
	slices.SortFunc(inputs, func(a, b lint.Input) int { return strings.Compare(a.Path, b.Path) })
	r := &report.Result{Tool: thisTool(0)}
	run := lint.Runner{Options: &lint.Options{Rules: rules.All()}, Environment: loong.Static(), Workers: workers}
	run.Run(inputs, func(f *lint.FileResult) bool {
		r.Files = append(r.Files, f)
		r.Summary.Add(f)
		return true
	})
	return r
}

func reportOf(t *testing.T, format string, r *report.Result) string {
	t.Helper()
	var b strings.Builder
	if err := report.Report(format, &b, r, report.Options{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func harmlessOnly(t *testing.T, what, text string) {
	t.Helper()
	if at := hostile.HarmfulAt([]byte(text)); at >= 0 {
		t.Fatalf("%s has a character that steers a terminal: %q", what, text[max(0, at-40):min(len(text), at+20)])
	}
}

// checkFormat holds what a reader of a format would not notice.
func checkFormat(t *testing.T, format, text string, schema *jsonschema.Schema) {
	t.Helper()
	switch format {
	case "problem-json":
		if !json.Valid([]byte(text)) {
			t.Fatalf("problem-json is no JSON:\n%s", text)
		}
	case "github":
		for line := range strings.Lines(text) {
			if !strings.HasPrefix(line, "::") {
				t.Fatalf("github has a line that is no workflow command: %q", line)
			}
		}
	case "sarif":
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(doc); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
	}
}

// otherReport renders what is no list of findings: resolve, and the reports of audit.
func otherReport(t *testing.T, src []byte, name string, n int) {
	t.Helper()
	kinds := append(slices.Clone(auditFormats), "resolve", "resolve json")
	kind := kinds[n%len(kinds)]
	var b bytes.Buffer
	var err error
	switch kind {
	case "resolve", "resolve json":
		config := loong.Read(document.Parse(name, src), loong.Static())
		if kind == "resolve" {
			err = sheet.Resolve(&b, name, config)
		} else {
			b.Write(resolution.Shown(name, config).AppendJSON(nil))
		}
	default:
		err = renderAudit(&b, kind, src, name)
	}
	if err != nil {
		t.Fatal(kind, err)
	}
	harmlessOnly(t, kind, b.String())
	switch kind {
	case "json", "resolve json":
		if !json.Valid(b.Bytes()) {
			t.Fatalf("%s is no JSON:\n%s", kind, &b)
		}
	case "csv":
		if _, err := csv.NewReader(&b).ReadAll(); err != nil {
			t.Fatal(err)
		}
	case "markdown":
		checkMarkdown(t, b.String())
	case "html":
		checkPage(t, b.String())
	}
}

func renderAudit(b *bytes.Buffer, kind string, src []byte, name string) error {
	opt := &lint.Options{Rules: rules.All()}
	opt.Inspect = audit.Inspect(opt)
	var entries []*audit.Entry
	for _, path := range []string{name, "b/" + name} {
		doc := document.Parse(path, src)
		entries = append(entries, audit.NewEntry(lint.Check(doc, loong.Read(doc, loong.Static()), opt)))
	}
	made, err := audit.Build(func(yield func(*audit.Entry) bool) error {
		for _, e := range entries {
			yield(e)
		}
		return nil
	}, nil)
	if err != nil {
		return err
	}
	k := &auditRun{checkRun: checkRun{invocation: &invocation{}}, made: made}
	if kind == "html" {
		return view.AuditHTML(b, k.made, thisTool(0), name)
	}
	var table *audit.Only
	if kind == "csv" {
		tables := audit.Tables()
		table = audit.TableNamed(tables[len(src)%len(tables)]).Select(nil, nil)
	}
	return k.render(kind, b, false, table)
}

// checkMarkdown fails when the rows of a table have different numbers of cells.
func checkMarkdown(t *testing.T, text string) {
	t.Helper()
	columns := 0
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "|") {
			columns = 0
			continue
		}
		n := strings.Count(strings.NewReplacer(`\\`, "", `\|`, "").Replace(line), "|")
		if columns != 0 && n != columns {
			t.Fatalf("a row with %d bars below one with %d: %q\n%s", n, columns, line, text)
		}
		columns = n
	}
}

// checkPage fails when text of a file has become a part of the page's code.
func checkPage(t *testing.T, page string) {
	t.Helper()
	empty, err := emptyPage()
	if err != nil {
		t.Fatal(err)
	}
	for _, tag := range []string{"<script", "</script", "<style", "</style", "<!--", "<iframe"} {
		if got, want := strings.Count(strings.ToLower(page), tag), strings.Count(strings.ToLower(empty), tag); got != want {
			t.Fatalf("%d of %s, not %d, in\n%s", got, tag, want, page)
		}
	}
}

var emptyPage = sync.OnceValues(func() (string, error) {
	var b bytes.Buffer
	err := renderAudit(&b, "html", nil, "a.toml")
	return b.String(), err
})

func sarifSchema(tb testing.TB) *jsonschema.Schema {
	tb.Helper()
	text, err := os.ReadFile("../report/testdata/sarif-2.1.0-rtm.5.json")
	if err != nil {
		tb.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		tb.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("sarif.json", doc); err != nil {
		tb.Fatal(err)
	}
	return c.MustCompile("sarif.json")
}
