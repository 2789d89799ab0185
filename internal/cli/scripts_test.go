package cli

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/urfave/cli/v3"
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
	for _, c := range commands() {
		if !used(`(exits \d|exec) loonglint ` + c.name + `\b`) {
			t.Errorf("no script runs loonglint %s", c.name)
		}
		if c.flags == nil {
			continue
		}
		flags := c.flags()
		for _, f := range flags { // one that several commands share is read by the same code
			name := f.Names()[0]
			if !used(`loonglint .* (--` + name + aliases(f) + `)([ =]|$)`) {
				t.Errorf("no script runs loonglint %s --%s", c.name, name)
			}
			if name != "format" || c.name == "probe" || c.name == "report" { // they write what check writes
				continue
			}
			for _, w := range flagWords(flags, f)[1:] {
				if !used(`loonglint ` + c.name + `.* (-f|--format)[ =]` + w + `\b|loonglint (check|` + c.name + `).* (-o|--out)[ =]` + w + `=`) {
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

// aliases are the further names of a flag, for a pattern.
func aliases(f cli.Flag) (pattern string) {
	for _, n := range f.Names()[1:] {
		pattern += "|" + dashed(n)
	}
	return pattern
}
