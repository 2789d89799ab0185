package report

import (
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
)

// strange is a result whose path and texts hold everything that a format must escape.
func strange() *Result {
	return result("a b,c:d%e<f>&\"é.toml", "[t]\n\"é\" = 1\nk = \"50%, <x> & 'y' ::error::\\n\"", reportKey("k"))
}

func TestGitHubEscapes(t *testing.T) {
	want := `::error file=a b%2Cc%3Ad%25e<f>&"é.toml,line=3,endLine=3,col=5,endColumn=33,title=odd-value::` +
		`"50%25, <x> & 'y' ::error::\n" is odd%0Anote: it is not even%0Ahelp: write another` + "\n"
	if got := rendered(t, "github", strange(), Options{}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestStructuredFormatsAreWellFormed(t *testing.T) {
	empty := &Result{}
	for _, format := range Formats() {
		for _, r := range []*Result{strange(), empty} {
			got := rendered(t, format, r, Options{})
			switch format {
			case "json", "sarif", "gitlab", "rdjson", "problem-json":
				if !json.Valid([]byte(got)) {
					t.Errorf("%s is no JSON:\n%s", format, got)
				}
			case "jsonl":
				for line := range strings.Lines(got) {
					if !json.Valid([]byte(line)) {
						t.Errorf("jsonl has the line %q", line)
					}
				}
			case "junit", "checkstyle":
				var v struct{}
				if err := xml.Unmarshal([]byte(got), &v); err != nil {
					t.Errorf("%s: %v in\n%s", format, err, got)
				}
			}
			if len(r.Files) > 0 && !strings.Contains(got, "odd") {
				t.Errorf("%s does not tell the finding:\n%s", format, got)
			}
		}
	}
}

func TestGitLabHasWhatItsDocumentationRequires(t *testing.T) {
	var issues []struct {
		Description string
		CheckName   string `json:"check_name"`
		Fingerprint string
		Severity    string
		Location    struct {
			Path  string
			Lines struct{ Begin int }
		}
	}
	if err := json.Unmarshal([]byte(rendered(t, "gitlab", strange(), Options{})), &issues); err != nil || len(issues) != 1 {
		t.Fatal(err, issues)
	}
	i := issues[0]
	if i.Description == "" || i.CheckName != "odd-value" || len(i.Fingerprint) != 64 || i.Severity != "major" || i.Location.Lines.Begin != 3 ||
		i.Location.Path != strange().Files[0].Path {
		t.Errorf("%+v", i)
	}
}

func TestSARIF(t *testing.T) {
	var log struct {
		Version string
		Runs    []struct {
			ColumnKind string
			Tool       struct {
				Driver struct{ Rules []struct{ ID string } }
			}
			Results []struct {
				RuleIndex int
				Level     string
				Locations []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           struct{ StartLine, StartColumn, EndColumn int }
					}
				}
				PartialFingerprints map[string]string
				Fixes               []struct {
					ArtifactChanges []struct {
						Replacements []struct {
							DeletedRegion struct{ ByteOffset, ByteLength int }
						}
					}
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(rendered(t, "sarif", strange(), Options{})), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	res := run.Results[0]
	at := res.Locations[0].PhysicalLocation
	if log.Version != "2.1.0" || run.ColumnKind != "unicodeCodePoints" || run.Tool.Driver.Rules[res.RuleIndex].ID != "odd-value" || res.Level != "error" ||
		at.ArtifactLocation.URI != "./a%20b,c:d%25e%3Cf%3E&%22%C3%A9.toml" ||
		at.Region.StartLine != 3 || at.Region.StartColumn != 5 || len(run.Tool.Driver.Rules) != 1 || len(res.PartialFingerprints) != 1 || res.Fixes[0].ArtifactChanges[0].Replacements[0].DeletedRegion.ByteLength != 28 {
		t.Errorf("%+v", log)
	}
	if got := (&sarif{opt: &Options{}}).uri("/abs/a b.toml"); got != "file:///abs/a%20b.toml" {
		t.Errorf("absolute path: %s", got)
	}
}

func TestSecretEditsAreNotPrinted(t *testing.T) {
	rule := &lint.Rule{Name: "move-key", Level: lint.Error, Run: func(p *lint.Pass) {
		n := find(p.Document.Root, "api_key")
		p.Report(n.Value(), "%q is here", n.Text()).WithNode(n).WithFix(lint.Safe, "move "+n.Text(), document.Edit{Span: n.Value(), Text: `x = "hunter2"`})
	}}
	for _, format := range Formats() {
		if got := rendered(t, format, result("a.toml", "[providers.a]\napi_key = \"hunter2\"", rule), Options{}); strings.Contains(got, "hunter2") {
			t.Errorf("%s holds the secret:\n%s", format, got)
		}
	}
}

func TestRDJSONCountsBytes(t *testing.T) {
	got := rendered(t, "rdjson", result("a.toml", "a = { \"é\" = 1, k = 5 }", reportKey("k")), Options{})
	if !strings.Contains(got, `"range":{"start":{"line":1,"column":21},"end":{"line":1,"column":22}}`) || !strings.Contains(got, `"severity":"ERROR"`) {
		t.Errorf("got %s", got)
	}
}

func TestProblemJSONHoldsLoongsOwnFindings(t *testing.T) {
	r := result("a.toml", "k = 1", reportKey("k"))
	r.Files[0].Findings = append(r.Files[0].Findings, &lint.Finding{Rule: &lint.Rule{Name: "other"}, Severity: lint.Error, Message: "not Loong's"})
	got := rendered(t, "problem-json", r, Options{})
	if !strings.Contains(got, `"problem_type": "urn:loong:problem:config.odd"`) || strings.Contains(got, "not Loong's") || !strings.HasPrefix(got, "{\n") {
		t.Errorf("got %s", got)
	}
}

func TestProblemJSONConcludes(t *testing.T) {
	for _, tt := range []struct {
		verdict  loong.Verdict
		severity string // of a diagnostic, or ""
		want     string
	}{
		{loong.Loads, "", "urn:loong:problem:none"},
		{loong.Loads, "warn", "urn:loong:problem:config.validation_warning"},
		{loong.Refused, "error", "urn:loong:problem:config.validation_failed"},
		{loong.Undecodable, "", "urn:loong:problem:config.undecodable"},
	} {
		f := &lint.FileResult{Path: "a.toml", Verdict: tt.verdict}
		if tt.severity != "" {
			f.Findings = []*lint.Finding{{Rule: &lint.Rule{Name: "x"}, Severity: lint.Error,
				Diagnostic: &loong.Diagnostic{Code: "config.odd", Severity: tt.severity, SuggestedEnvName: "TEAM_KEY"}}}
		}
		var got struct {
			Type, Title string
			Valid       bool
			Errors      []struct {
				Suggested string `json:"suggested_env_name"`
			}
			ErrorCount   int `json:"error_count"`
			WarningCount int `json:"warning_count"`
		}
		if err := json.Unmarshal([]byte(rendered(t, "problem-json", &Result{Files: []*lint.FileResult{f}}, Options{})), &got); err != nil {
			t.Fatal(err)
		}
		if got.Type != tt.want || got.Valid != (tt.verdict == loong.Loads) || len(got.Errors) != len(f.Findings) || got.Title == "" ||
			(got.ErrorCount > 0) != (tt.severity == "error") || (got.WarningCount > 0) != (tt.severity == "warn") {
			t.Errorf("%+v: %+v", tt, got)
		}
		for _, e := range got.Errors {
			if e.Suggested != "TEAM_KEY" {
				t.Errorf("%+v: %+v", tt, got)
			}
		}
	}
}
