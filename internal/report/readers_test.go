package report

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	junitreader "github.com/joshdk/go-junit"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
)

// sarifSchema is the official schema; testdata/README.md says where it is from.
func sarifSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := os.ReadFile("testdata/sarif-2.1.0-rtm.5.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("sarif.json", doc); err != nil {
		t.Fatal(err)
	}
	return c.MustCompile("sarif.json")
}

func TestSARIFIsValid(t *testing.T) {
	schema := sarifSchema(t)
	across := result("a.toml", "[t]\nk = 5", reportKey("k"))
	across.Files[0].Findings[0].Related[0].File = "dir/b c.toml"
	unread := &Result{Files: []*lint.FileResult{{Path: "x", Failed: true,
		Findings: []*lint.Finding{{Rule: &lint.InternalError, Severity: lint.Error, File: "x", Message: "m", Fingerprint: "f"}}}}}
	for name, r := range map[string]*Result{"strange": strange(), "empty": {}, "without place": unread, "two files": across,
		"absolute": result("/etc/loong.toml", "k = 5", reportKey("k"))} {
		text := rendered(t, "sarif", r, Options{})
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(doc); err != nil {
			t.Errorf("%s: %v in\n%s", name, err, text)
		}
	}
	bad, _ := jsonschema.UnmarshalJSON(strings.NewReader(`{"version": "2.1.0", "runs": [{}]}`))
	if schema.Validate(bad) == nil {
		t.Error("the schema accepts a run without a tool")
	}
}

func TestJUnitIsReadByOthers(t *testing.T) {
	r := strange()
	r.Files = append(r.Files, &lint.FileResult{Path: "clean.toml"}, &lint.FileResult{Path: "gone.toml", Err: os.ErrNotExist})
	suites, err := junitreader.Ingest([]byte(rendered(t, "junit", r, Options{})))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range suites {
		for _, c := range s.Tests {
			got = append(got, s.Name+" "+c.Name+" "+string(c.Status))
		}
	}
	name := r.Files[0].Path
	want := []string{name + " odd-value t.k failed", "clean.toml check passed", "gone.toml read error"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if failure := suites[0].Tests[0].Error.Error(); !strings.Contains(failure, `'y' ::error::\n" is odd`+"\nnote: it is not even") {
		t.Errorf("the failure reads %q", failure)
	}
}

// annotation is a workflow command as GitHub's runner reads it: properties at commas, then the
// escapes of properties and messages.
type annotation struct {
	command, message string
	properties       map[string]string
}

func readAnnotation(t *testing.T, line string) annotation {
	t.Helper()
	rest, ok := strings.CutPrefix(line, "::")
	head, message, split := strings.Cut(rest, "::")
	if !ok || !split {
		t.Fatalf("no workflow command: %q", line)
	}
	a := annotation{message: githubUnescape(message), properties: map[string]string{}}
	command, properties, _ := strings.Cut(head, " ")
	a.command = command
	for p := range strings.SplitSeq(properties, ",") {
		name, value, _ := strings.Cut(p, "=")
		a.properties[name] = strings.NewReplacer("%3A", ":", "%2C", ",").Replace(value)
		a.properties[name] = githubUnescape(a.properties[name])
	}
	return a
}

func githubUnescape(s string) string {
	return strings.ReplaceAll(strings.NewReplacer("%0D", "\r", "%0A", "\n").Replace(s), "%25", "%")
}

func TestGitHubAnnotationsSurvive(t *testing.T) {
	hostile := []string{"plain", "100%", "a,b", "a:b", "a::b", "::error::x", "%0A", "%2C", "%250D", "a=b", "é 漢", "]]>", "x,line=9", "<b>"}
	for _, path := range hostile {
		for _, text := range append([]string{"cr\rlf\n", "\r\n::set-output name=x::y"}, hostile...) {
			f := &lint.Finding{Rule: &lint.Rule{Name: "a-rule"}, Severity: lint.Info, File: path, Message: text, Help: text,
				Start: document.Position{Line: 2, Column: 3}, End: document.Position{Line: 2, Column: 4}}
			out := rendered(t, "github", &Result{Files: []*lint.FileResult{{Path: path, Findings: []*lint.Finding{f}}}}, Options{})
			if strings.Count(out, "\n") != 1 || strings.Contains(out, "\r") {
				t.Fatalf("more than one line: %q", out)
			}
			a := readAnnotation(t, strings.TrimSuffix(out, "\n"))
			if a.command != "notice" || a.message != text+"\nhelp: "+text || a.properties["file"] != path || a.properties["line"] != "2" || a.properties["title"] != "a-rule" {
				t.Errorf("%q in %q became %+v", text, path, a)
			}
		}
	}
	// A line break of a path is made visible, as everywhere.
	out := rendered(t, "github", result("a\r\nb.toml", "k = 1", reportKey("k")), Options{})
	if a := readAnnotation(t, strings.TrimSuffix(out, "\n")); a.properties["file"] != `a\r\nb.toml` {
		t.Errorf("%+v", a)
	}
}

func TestComparison(t *testing.T) {
	finding := func(print string, line int) *lint.Finding {
		return &lint.Finding{Rule: &lint.Rule{Name: "r"}, Severity: lint.Warning, File: "a", Message: print, Fingerprint: print, Start: document.Position{Line: line, Column: 1}}
	}
	run := func(f ...*lint.Finding) *Result { return &Result{Files: []*lint.FileResult{{Path: "a", Findings: f}}} }
	c := Compare(run(finding("gone", 1), finding("kept", 2), finding("twice", 3), finding("twice", 4)), run(finding("kept", 9), finding("twice", 10), finding("new", 11)))
	var b strings.Builder
	if err := c.Write("text", &b, Options{}); err != nil {
		t.Fatal(err)
	}
	if got, want := b.String()+c.Summary(), "+ a:11:1: warning[r] new\n- a:1:1: warning[r] gone\n- a:4:1: warning[r] twice\n1 new, 2 fixed, 2 unchanged"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	b.Reset()
	var j struct {
		New, Fixed []struct{ Message string }
		Summary    struct{ New, Fixed, Unchanged int }
	}
	if err := c.Write("json", &b, Options{}); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(b.String()), &j); err != nil || len(j.New) != 1 || j.New[0].Message != "new" || len(j.Fixed) != 2 || j.Fixed[1].Message != "twice" ||
		j.Summary.New != 1 || j.Summary.Fixed != 2 || j.Summary.Unchanged != 2 {
		t.Errorf("%v, %+v of %s", err, j, &b)
	}
}

func TestRDJSONSuggests(t *testing.T) {
	got := rendered(t, "rdjson", result("a.toml", "a = { \"é\" = 1, k = 5 }", reportKey("k")), Options{})
	if !strings.Contains(got, `"suggestions":[{"range":{"start":{"line":1,"column":21},"end":{"line":1,"column":22}},"text":"2"}]`) {
		t.Errorf("got %s", got)
	}
}
