package cli

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/loonglint/loonglint/internal/report"
)

// ran is what a run of the program gave.
type ran struct {
	status         int
	stdout, stderr string
}

func (r *ran) all() string { return r.stdout + r.stderr }

// loonglint runs the program in the working directory.
func loonglint(stdin string, environ []string, args ...string) *ran {
	var stdout, stderr bytes.Buffer
	status := Main(append([]string{"loonglint"}, args...), strings.NewReader(stdin), &stdout, &stderr, environ)
	return &ran{status, stdout.String(), stderr.String()}
}

// TestFormatsAgree holds that every format tells the same findings with the same exit status, for
// random selections of the fixtures.
func TestFormatsAgree(t *testing.T) {
	t.Chdir("../..") // where all formats have the same paths
	var all []string
	for _, pattern := range []string{"fixtures/*/err-*.toml", "fixtures/examples/*/*.toml"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, found...)
	}
	if len(all) < 50 {
		t.Fatalf("only %d fixtures", len(all))
	}
	random := rand.New(rand.NewPCG(6, 1))
	for round := range 12 {
		random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		paths := slices.Clone(all[:1+random.IntN(12)])
		failOn := []string{"error", "warning", "info", "never"}[round%4]
		if round%3 == 2 {
			paths = append(paths, "nowhere.toml")
		}
		compareFormats(t, append([]string{"check", "--env=static", "--no-config", "--fail-on", failOn}, paths...))
	}
}

func compareFormats(t *testing.T, args []string) {
	t.Helper()
	var want []string
	first := loonglint("", nil, append(args, "--format", "json")...)
	for _, format := range report.Formats() {
		got := loonglint("", nil, append(args, "--format", format)...)
		if got.status != first.status || got.stderr != first.stderr {
			t.Errorf("%s: status %d, stderr %q; json: %d, %q", format, got.status, got.stderr, first.status, first.stderr)
		}
		list := readers[format](t, got.stdout)
		slices.Sort(list)
		switch {
		case want == nil:
			want = list
		case format == "problem-json":
			list = slices.DeleteFunc(list, func(s string) bool { return slices.Contains(want, s) })
			if len(list) > 0 {
				t.Errorf("%s tells %q, which text does not", format, list)
			}
		case !slices.Equal(list, want):
			t.Errorf("%s\nformat %s tells\n%s\ntext tells\n%s", strings.Join(args, " "), format, strings.Join(list, "\n"), strings.Join(want, "\n"))
		}
	}
}

// readers reads each format back into lines of path, line, level and, where the format has it, rule.
var readers = map[string]func(*testing.T, string) []string{
	"text":         readText,
	"concise":      readConcise,
	"json":         readJSON,
	"jsonl":        readJSONLines,
	"sarif":        readSARIF,
	"github":       readGitHub,
	"gitlab":       readGitLab,
	"junit":        readJUnit,
	"checkstyle":   readCheckstyle,
	"rdjson":       readRDJSON,
	"problem-json": func(*testing.T, string) []string { return nil }, // holds Loong's own findings without rules
}

func told(path string, line int, level, rule string) string {
	return fmt.Sprintf("%s:%d %s %s", path, line, level, rule)
}

func number(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func decode(t *testing.T, text string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), into); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
}

func readText(t *testing.T, text string) (list []string) {
	head := regexp.MustCompile(`(?m)^(error|warning|info)\[(.+?)\]: .*\n *--> (.*?)(?::(\d+):\d+)?$`)
	for _, m := range head.FindAllStringSubmatch(text, -1) {
		list = append(list, told(m[3], number(t, m[4]), m[1], m[2]))
	}
	return list
}

func readConcise(t *testing.T, text string) (list []string) {
	for _, m := range regexp.MustCompile(`(?m)^(.*?):(\d+):\d+: (error|warning|info)\[(.+?)\] `).FindAllStringSubmatch(text, -1) {
		list = append(list, told(m[1], number(t, m[2]), m[3], m[4]))
	}
	return list
}

type wireFinding struct {
	Rule, Severity, File string
	Start                struct{ Line int }
}

func readJSON(t *testing.T, text string) (list []string) {
	var doc struct{ Findings []wireFinding }
	decode(t, text, &doc)
	for _, f := range doc.Findings {
		list = append(list, told(f.File, f.Start.Line, f.Severity, f.Rule))
	}
	return list
}

func readJSONLines(t *testing.T, text string) (list []string) {
	for line := range strings.Lines(text) {
		var f wireFinding
		decode(t, line, &f)
		list = append(list, told(f.File, f.Start.Line, f.Severity, f.Rule))
	}
	return list
}

func readSARIF(t *testing.T, text string) (list []string) {
	var doc struct {
		Runs []struct {
			Results []struct {
				RuleID, Level string
				Locations     []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           struct{ StartLine int }
					}
				}
			}
		}
	}
	decode(t, text, &doc)
	for _, r := range doc.Runs[0].Results {
		p := r.Locations[0].PhysicalLocation
		list = append(list, told(p.ArtifactLocation.URI, p.Region.StartLine, strings.Replace(r.Level, "note", "info", 1), r.RuleID))
	}
	return list
}

func readGitHub(t *testing.T, text string) (list []string) {
	line := regexp.MustCompile(`(?m)^::(error|warning|notice) file=(.*?),line=(\d+),.*?title=(.*?)::`)
	for _, m := range line.FindAllStringSubmatch(text, -1) {
		list = append(list, told(m[2], number(t, m[3]), strings.Replace(m[1], "notice", "info", 1), m[4]))
	}
	return list
}

func readGitLab(t *testing.T, text string) (list []string) {
	var doc []struct {
		CheckName string `json:"check_name"`
		Severity  string
		Location  struct {
			Path  string
			Lines struct{ Begin int }
		}
	}
	decode(t, text, &doc)
	level := map[string]string{"major": "error", "minor": "warning", "info": "info"}
	for _, i := range doc {
		list = append(list, told(i.Location.Path, i.Location.Lines.Begin, level[i.Severity], i.CheckName))
	}
	return list
}

func readJUnit(t *testing.T, text string) (list []string) {
	var doc struct {
		Suites []struct {
			Cases []struct {
				Name    string `xml:"name,attr"`
				Failure *struct {
					Type string `xml:"type,attr"`
					Text string `xml:",chardata"`
				} `xml:"failure"`
				Out string `xml:"system-out"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	if err := xml.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	place := regexp.MustCompile(`^(.*?):(\d+):\d+: `)
	for _, s := range doc.Suites {
		for _, c := range s.Cases {
			level, text := "info", c.Out
			if c.Failure != nil {
				level, text = c.Failure.Type, c.Failure.Text
			}
			m := place.FindStringSubmatch(text)
			if m == nil {
				continue // a file without findings, or one that could not be read
			}
			rule, _, _ := strings.Cut(c.Name, " ")
			list = append(list, told(m[1], number(t, m[2]), level, rule))
		}
	}
	return list
}

func readCheckstyle(t *testing.T, text string) (list []string) {
	var doc struct {
		Files []struct {
			Name   string `xml:"name,attr"`
			Errors []struct {
				Line     int    `xml:"line,attr"`
				Severity string `xml:"severity,attr"`
				Source   string `xml:"source,attr"`
			} `xml:"error"`
		} `xml:"file"`
	}
	if err := xml.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	for _, f := range doc.Files {
		for _, e := range f.Errors {
			list = append(list, told(f.Name, e.Line, e.Severity, strings.TrimPrefix(e.Source, "loonglint.")))
		}
	}
	return list
}

func readRDJSON(t *testing.T, text string) (list []string) {
	var doc struct {
		Diagnostics []struct {
			Severity string
			Code     struct{ Value string }
			Location struct {
				Path  string
				Range struct{ Start struct{ Line int } }
			}
		}
	}
	decode(t, text, &doc)
	for _, d := range doc.Diagnostics {
		list = append(list, told(d.Location.Path, d.Location.Range.Start.Line, strings.ToLower(d.Severity), d.Code.Value))
	}
	return list
}

// TestSARIFOfAllFixturesIsValid holds that the report of every rule's findings fits the schema.
func TestSARIFOfAllFixturesIsValid(t *testing.T) {
	got := loonglint("", nil, "check", "--env=static", "--no-config", "--all-toml", "-f", "sarif", "../../fixtures/examples", "../../fixtures/unknown-key",
		"../../fixtures/toml-syntax", "../../fixtures/key-in-several-files", "../../fixtures/name-used-as-key")
	report, err := jsonschema.UnmarshalJSON(strings.NewReader(got.stdout))
	if err != nil {
		t.Fatal(err, got.stderr)
	}
	if err := sarifSchema(t).Validate(report); err != nil {
		t.Error(err)
	}
	if n := len(readSARIF(t, got.stdout)); n < 30 {
		t.Errorf("only %d findings", n)
	}
}

func TestEveryFormatHasAReader(t *testing.T) {
	for _, f := range report.Formats() {
		if readers[f] == nil {
			t.Errorf("%s is not compared with the others", f)
		}
	}
	if _, err := os.Stat("../../fixtures"); err != nil {
		t.Error(err)
	}
}
