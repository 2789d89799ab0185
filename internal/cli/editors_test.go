package cli

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strconv"
	"testing"
)

// TestProblemMatcherReadsConcise runs the pattern of docs/examples/vscode over real output.
func TestProblemMatcherReadsConcise(t *testing.T) {
	text, err := os.ReadFile("../../docs/examples/vscode/tasks.json")
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Tasks []struct {
			ProblemMatcher struct {
				Pattern struct {
					Regexp                                      string
					File, Line, Column, Severity, Code, Message int
				}
			}
		}
	}
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	p := doc.Tasks[0].ProblemMatcher.Pattern
	args := []string{"check", "--env=static", "--no-config", "../../fixtures/examples"}
	out := loonglint("", nil, append(args, "-f", "concise")...).stdout
	var got []string
	for _, m := range regexp.MustCompile("(?m)"+p.Regexp).FindAllStringSubmatch(out, -1) {
		if m[p.Message] == "" || m[p.Column] == "" {
			t.Errorf("%q has no message or column", m[0])
		}
		line, _ := strconv.Atoi(m[p.Line])
		got = append(got, told(m[p.File], line, m[p.Severity], m[p.Code]))
	}
	want := readJSON(t, loonglint("", nil, append(args, "-f", "json")...).stdout)
	if len(got) == 0 || !slices.Equal(got, want) {
		t.Errorf("the matcher reads\n%q\nof\n%q", got, want)
	}
}
