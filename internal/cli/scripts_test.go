package cli

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestScriptsUseEveryFlag holds that the scripts of cmd/loonglint run every command, every flag, every
// format and every exit status of check, with flags both before and after paths.
func TestScriptsUseEveryFlag(t *testing.T) {
	paths, err := filepath.Glob("../../cmd/loonglint/testdata/script/*.txtar")
	if err != nil || len(paths) < 10 {
		t.Fatal(err, paths)
	}
	var lines []string
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		script, _, _ := strings.Cut(string(text), "\n-- ")
		lines = append(lines, strings.Split(script, "\n")...)
	}
	used := func(pattern string) bool {
		return slices.ContainsFunc(lines, regexp.MustCompile(pattern).MatchString)
	}
	for _, c := range completions(commands()) {
		if !used(`(exits \d|exec) loonglint ` + c.name + `\b`) {
			t.Errorf("no script runs loonglint %s", c.name)
		}
		for _, f := range c.flags { // one that several commands share is read by the same code
			if f.names[0] != "--help" && !used(`loonglint .* (`+strings.Join(f.names, "|")+`)([ =]|$)`) {
				t.Errorf("no script runs loonglint %s %s", c.name, f.names[0])
			}
			for _, w := range f.words {
				if f.names[0] == "--format" && !used(`loonglint `+c.name+`.* (-f|--format)[ =]`+w+`\b|loonglint (check|`+c.name+`).* (-o|--out)[ =]`+w+`=`) && w != f.words[0] &&
					c.name != "probe" && c.name != "report" { // they write what check writes
					t.Errorf("no script runs loonglint %s with the format %s", c.name, w)
				}
			}
		}
	}
	for _, status := range []string{"0", "1", "2", "3", "4"} {
		if !used(`exits ` + status + ` loonglint check`) {
			t.Errorf("no script ends with status %s", status)
		}
	}
	if !used(`loonglint check --\S+ \S+\.toml`) || !used(`loonglint check \S+\.toml --`) {
		t.Error("flags do not stand before and after paths")
	}
}
