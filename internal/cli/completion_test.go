package cli

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/audit"
	"github.com/loonglint/loonglint/schema"
)

// TestChoicesAreOffered holds the grammar in which the usage of a flag lists its choices.
func TestChoicesAreOffered(t *testing.T) {
	want := map[string]string{"check --fail-on": "error warning info never", "check --env": "live static", "check --color": "auto always never",
		"resolve --format": "text json", "resolve --target-loong": strings.Join(schema.TargetNames(), " "), "check --max-file-size": "",
		"audit --out": "text= json= markdown= csv= html=", "audit --table": strings.Join(audit.Tables(), " ")}
	word := regexp.MustCompile(`^[a-z0-9][a-z0-9._-]*=?$`)
	for _, c := range completions(commands()) {
		for _, f := range c.flags {
			for _, w := range f.words {
				if !word.MatchString(w) {
					t.Errorf("%s %s offers %q", c.name, f.names[0], w)
				}
			}
			if list, ok := want[c.name+" "+f.names[0]]; ok && list != strings.Join(f.words, " ") {
				t.Errorf("%s %s offers %q", c.name, f.names[0], f.words)
			}
		}
	}
}

func TestBashCompletes(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash")
	}
	script := filepath.Join(t.TempDir(), "completion")
	var b bytes.Buffer
	bashCompletion(&b, completions(commands()))
	if err := os.WriteFile(script, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	for line, want := range map[string]string{
		"loonglint che":                      "check",
		"loonglint check --fail":             "--fail-on",
		"loonglint check --format sa":        "sarif",
		"loonglint check -f git":             "github gitlab",
		"loonglint check --fail-on = err":    "error",
		"loonglint check a.toml --diff --co": "--color --configs-only --config",
		"loonglint explain unknown-k":        "unknown-key",
		"loonglint check lo":                 "",
		"loonglint init groq":                "groq",
		"loonglint audit --table cred":       "credentials",
		"loonglint audit --out ht":           "html=",
		"loonglint check -o rd":              "rdjson=",
		"loonglint check --out = sa":         "sarif=",
		"loonglint check --out json = re":    "",
		"loonglint help bas":                 "baseline",
		"loonglint explain --format js":      "json",
	} {
		words := strings.Fields(line)
		quoted := "'" + strings.Join(words, "' '") + "'"
		out, err := exec.Command(bash, "-c", "source "+script+"; COMP_WORDS=("+quoted+"); COMP_CWORD=$((${#COMP_WORDS[@]}-1)); _loonglint; echo ${COMPREPLY[@]}").CombinedOutput()
		if got := strings.TrimSpace(string(out)); err != nil || got != want {
			t.Errorf("%q offers %q, want %q (%v)", line, got, want, err)
		}
	}
}
