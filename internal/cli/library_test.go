package cli

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	library "github.com/loonglint/loonglint"
)

// fixtureFiles lists the configurations below fixtures, in the order of their paths.
func fixtureFiles(t *testing.T) (list []string) {
	t.Helper()
	must(t, filepath.WalkDir("fixtures", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(path, ".toml") {
			list = append(list, filepath.ToSlash(path))
		}
		return err
	}))
	slices.Sort(list)
	if len(list) < 300 {
		t.Fatalf("only %d fixtures", len(list))
	}
	return list
}

// The program and the library are one: for all fixtures they give the same reports, byte by byte, and the same
// documents of resolve.
func TestLibraryAgreesWithTheProgram(t *testing.T) {
	t.Chdir("../..")
	dir := t.TempDir()
	own := "own-hosts = [\"llm.example.com\"]\n[rules]\nunknown-key = \"error\"\nwider-default = \"on\"\n" +
		"[policy.kinds]\ndeny = [\"groq\"]\nbecause = \"no contract\"\n"
	writeFile(t, filepath.Join(dir, "loonglint.toml"), own)
	writeFile(t, filepath.Join(dir, "vars.env"), "OPENAI_API_KEY=abc\nTEAM_KEY=${X}\nHOME=/home/me\n")
	files := fixtureFiles(t)
	for _, tt := range []struct {
		name    string
		step    int // of all files
		args    []string
		options library.Options
	}{
		{"static", 1, []string{"--no-config", "--env=static"}, library.Options{}},
		{"all findings", 3, []string{"--no-config", "--env-names=OPENAI_API_KEY,HOME", "--min-level=info", "--no-ignores", "--enable=wider-default", "--disable=key-in-file"},
			library.Options{MinSeverity: library.Info, NoIgnores: true, Enable: []string{"wider-default"}, Disable: []string{"key-in-file"},
				Environment: &library.Environment{Names: []string{"OPENAI_API_KEY", "HOME"}}}},
		{"an older version", 3, []string{"--no-config", "--env=static", "--target-loong=0.1.2-alpha.1"}, library.Options{Target: "0.1.2-alpha.1"}},
		{"settings", 3, []string{"--config", filepath.Join(dir, "loonglint.toml"), "--env-file", filepath.Join(dir, "vars.env")},
			library.Options{Settings: own, Environment: &library.Environment{Variables: map[string]string{"OPENAI_API_KEY": "abc", "TEAM_KEY": "${X}", "HOME": "/home/me"}}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			linter, err := library.New(tt.options)
			must(t, err)
			formats := []string{"json", "text"}
			if tt.name == "settings" { // fingerprints have paths from the folder of the settings
				formats = []string{"text"}
			}
			compareReports(t, linter, every(tt.step, files), tt.args, formats)
			if tt.name == "static" {
				compareReports(t, linter, every(10, files), tt.args, library.Formats())
			}
			compareResolve(t, linter, every(20, files), tt.args)
		})
	}
}

// compareReports compares the reports of the program and the library.
func compareReports(t *testing.T, linter *library.Linter, files, args, formats []string) {
	t.Helper()
	var results []*library.Result
	for _, path := range files {
		src, err := os.ReadFile(path)
		must(t, err)
		results = append(results, linter.Check(path, src))
	}
	for _, format := range formats {
		program := ll(t, 0, "", slices.Concat([]string{"check", "--fail-on=never", "--max-per-rule=0", "--all-toml", "--format", format}, args, files)...)
		var ours bytes.Buffer
		must(t, library.Render(&ours, format, results, library.RenderOptions{}))
		if program != ours.String() {
			t.Errorf("as %s: %s", format, firstDifference(program, ours.String()))
		}
	}
}

func every(step int, list []string) (some []string) {
	for i := 0; i < len(list); i += step {
		some = append(some, list[i])
	}
	return some
}

// compareResolve compares what the program and the library resolve.
func compareResolve(t *testing.T, linter *library.Linter, files, args []string) {
	t.Helper()
	args = slices.DeleteFunc(slices.Clone(args), func(a string) bool {
		return !strings.HasPrefix(a, "--env") && !strings.HasPrefix(a, "--target") && !strings.HasSuffix(a, ".env")
	})
	for _, path := range files {
		src, err := os.ReadFile(path)
		must(t, err)
		r, err := linter.Resolve(path, src)
		must(t, err)
		if program := ll(t, 0, "", slices.Concat([]string{"resolve", "--format=json"}, args, []string{path})...); program != string(r.JSON())+"\n" {
			t.Errorf("%s resolves otherwise: %s", path, firstDifference(program, string(r.JSON())+"\n"))
		}
	}
}

// firstDifference shows the first line that differs.
func firstDifference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return "program\n" + x[i] + "\nlibrary\n" + y[i]
		}
	}
	return "one is longer"
}
