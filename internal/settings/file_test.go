package settings

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/rules"
)

var testRules = []*lint.Rule{{Name: "unknown-key", Level: lint.Warning}, {Name: "wider-default", Level: lint.Info, OptIn: true},
	{Name: "crashes", Level: lint.Error, Mandatory: true}}

const full = `fail-on = "error"
env-names = ["OPENAI_API_KEY"]
env-names-file = "names.txt"
exclude = ["vendor/"]
force-exclude = true
all-toml = false
max-file-size = "1MiB"
baseline = "ci/baseline.json"
own-hosts = ["LLM.example.com", "*.corp.example"]
min-level = "info"

[rules]
unknown-key = "error"
wider-default = "on"

[[overrides]]
paths = ["examples/"]
rules = { unknown-key = "off" }

[[overrides]]
paths = ["examples/strict.toml"]
rules = { unknown-key = "info" }

[policy.kinds]
allow = ["anthropic", "open*"]
because = "only vendors with a contract"

[[policy.settings]]
key = "providers.*.temperature"
max = 1
because = "answers must be reproducible"
`

func readIn(t *testing.T, path, src string) *File {
	t.Helper()
	c, err := Parse(path, []byte(src), testRules)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestEverySetting(t *testing.T) {
	c := readIn(t, "conf/loonglint.toml", full)
	if c.FailOn != (Setting[string]{"error", 1}) || c.EnvNames.Is[0] != "OPENAI_API_KEY" || c.EnvNamesFile.Line != 3 || c.Exclude.Is[0] != "vendor/" ||
		!c.ForceExclude.Is || c.AllTOML != (Setting[bool]{false, 6}) || c.MaxFileSize.Is != "1MiB" || len(c.Rules) != 2 || len(c.Overrides) != 2 {
		t.Errorf("%+v", c)
	}
	if got := c.Resolve(c.Baseline.Is); got != filepath.Join("conf", "ci", "baseline.json") {
		t.Errorf("baseline is %s", got)
	}
	for i := range keys { // the text above has every setting but env, which contradicts env-names, and target-loong of TestTargets
		if keys[i].name != "env" && keys[i].name != "target-loong" && document.Parse("", []byte(full)).Root.At(keys[i].name) == nil {
			t.Errorf("%s is not tested", keys[i].name)
		}
	}
}

func TestLevels(t *testing.T) {
	c := readIn(t, FileName, full)
	for _, tt := range []struct {
		file  string
		rule  int
		level lint.Level
		line  int
	}{
		{"loong.toml", 0, lint.Error, 13},
		{"examples/a/loong.toml", 0, lint.Off, 18},
		{"examples/strict.toml", 0, lint.Info, 22},
		{"other/examples/loong.toml", 0, lint.Off, 18},
		{"loong.toml", 1, lint.Info, 14},
	} {
		if level, line := c.LevelOf(tt.file, testRules[tt.rule]); level != tt.level || line != tt.line {
			t.Errorf("%s in %s: level %v from line %d", testRules[tt.rule].Name, tt.file, level, line)
		}
	}
	var none *File
	if level, _ := none.LevelOf("x", testRules[0]); level != 0 {
		t.Error("no settings set a level")
	}
}

func TestOwnHosts(t *testing.T) {
	c := readIn(t, FileName, full)
	for host, want := range map[string]bool{"llm.example.com": true, "a.b.corp.example": true, "corp.example": false,
		"notcorp.example": false, "example.com": false, "x.llm.example.com": false} {
		if c.OwnHost(host) != want {
			t.Errorf("%s: %v", host, !want)
		}
	}
}

func TestMistakesAreNamed(t *testing.T) {
	for src, want := range map[string]string{
		"fail_on = \"error\"":                       `loonglint.toml:1:1: unknown key "fail_on"; did you mean "fail-on"?`,
		"\n [rulez]\n":                              `loonglint.toml:2:2: unknown key "rulez"; did you mean "rules"?`,
		"fail-on = \"eror\"":                        `loonglint.toml:1:11: fail-on cannot be "eror"; did you mean "error"?`,
		"fail-on = \"sometimes\"":                   `loonglint.toml:1:11: fail-on is one of error, warning, info, never, not "sometimes"`,
		"fail-on = \"info\"\nmin-level = \"error\"": `loonglint.toml:2:1: min-level = "error" hides what fail-on = "info" fails for; write "info" for both`,
		"fail-on = 1":                               `loonglint.toml:1:1: fail-on is a string`,
		"exclude = \"x\"":                           `loonglint.toml:1:1: exclude is an array of strings`,
		"exclude = [1]":                             `loonglint.toml:1:12: exclude is an array of strings`,
		"exclude = [\"\"]":                          `loonglint.toml:1:12: exclude: "" is empty`,
		"all-toml = \"yes\"":                        `loonglint.toml:1:1: all-toml is true or false`,
		"max-file-size = \"1MB\"":                   `loonglint.toml:1:17: max-file-size: "1MB" is not a size such as 500000 or 64MiB`,
		"env-names = [\"A=1\"]":                     `loonglint.toml:1:14: env-names: "A=1" is not the name of a variable`,
		"own-hosts = [\"https://a\"]":               `loonglint.toml:1:14: own-hosts: "https://a" is not a host such as llm.example.com or *.example.com`,
		"env = \"live\"\nenv-names = [\"A\"]":       `loonglint.toml:1:1: env and env-names contradict each other; keep one of them`,
		"[rules]\nunknwon-key = \"off\"":            `loonglint.toml:2:1: unknown rule "unknwon-key"; did you mean "unknown-key"?`,
		"[rules]\nunknown-key = \"errror\"":         `loonglint.toml:2:15: the level of unknown-key cannot be "errror"; did you mean "error"?`,
		"[rules]\nunknown-key = false":              `loonglint.toml:2:1: the level of unknown-key is one of error, warning, info, off, on, in quotes`,
		"[rules]\ncrashes = \"off\"":                `loonglint.toml:2:11: the level of crashes is one of error, on, not "off"`,
		"[[overrides]]\npaths = [\"a\"]\nrules = { crashes = \"info\" }": `loonglint.toml:3:21: the level of crashes is one of error, on, not "info"`,
		"baseline = \"../x\"":                     `loonglint.toml:1:12: baseline: "../x" is not a path below the folder of the settings`,
		"env-names-file = \"/etc/passwd\"":        `loonglint.toml:1:18: env-names-file: "/etc/passwd" is not a path below the folder of the settings`,
		"[overrides]\npaths = []":                 `loonglint.toml:1:1: overrides is an array of tables, [[overrides]]`,
		"[[overrides]]\nrules = {}":               `loonglint.toml:1:1: the override has no paths: write paths = ["examples/"]`,
		"[[overrides]]\npaths = [\"a\"]\nx = 1\n": `loonglint.toml:3:1: unknown key "x"`,
		"a = 1\nb = 2":                            "loonglint.toml:1:1: unknown key \"a\"\nloonglint.toml:2:1: unknown key \"b\"",
		"fail-on = ":                              `loonglint.toml:1:9: value is missing after the equals sign (`,
	} {
		_, err := Parse(FileName, []byte(src), testRules)
		if err == nil || err.Error() != want && !(strings.HasSuffix(want, "(") && strings.HasPrefix(err.Error(), want)) {
			t.Errorf("%q: got %v, want %s", src, err, want)
		}
	}
}

// TestNothingReachesTheNetwork holds that what would widen the probe is no setting.
func TestNothingReachesTheNetwork(t *testing.T) {
	for _, name := range []string{"probe", "allow-host", "allow-hosts", "allow-env", "allow-secret-files", "allow-ci", "proxy", "plan", "online"} {
		for _, value := range []string{"true", `"x"`, `["x"]`, "{}"} {
			if _, err := Parse(FileName, []byte(name+" = "+value), testRules); err == nil || !strings.Contains(err.Error(), "unknown key") {
				t.Errorf("%s = %s: %v", name, value, err)
			}
		}
	}
}

func TestNearestFileIsFound(t *testing.T) {
	dir := t.TempDir()
	deep := filepath.Join(dir, "a", "b")
	if err := os.MkdirAll(filepath.Join(deep, FileName), 0o755); err != nil { // a folder of that name is none
		t.Fatal(err)
	}
	want := filepath.Join(dir, "a", FileName)
	for _, path := range []string{filepath.Join(dir, FileName), want} {
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := Find(deep); got != path || err != nil {
			t.Errorf("found %s, %v; want %s", got, err, path)
		}
	}
}

func TestSchemaIsFresh(t *testing.T) {
	want, err := Schema(rules.All())
	if err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile("../../schema/loonglint-config.schema.json"); err != nil || string(got) != string(want) {
		t.Errorf("the schema of loonglint.toml is not fresh; run: go generate ./... (%v)", err)
	}
}

// TestSchemaAgreesWithReader holds schema and reader together, except what a schema cannot say
// (names of variables, sizes, hosts, env beside env-names).
func TestSchemaAgreesWithReader(t *testing.T) {
	text, err := Schema(testRules)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("own.json", doc); err != nil {
		t.Fatal(err)
	}
	schema := c.MustCompile("own.json")
	for _, src := range []string{full, "", "fail_on = 1", "fail-on = \"eror\"", "fail-on = 1", "exclude = \"x\"", "exclude = [1]", "all-toml = 1",
		"[rules]\nunknwon-key = \"off\"", "[rules]\nunknown-key = \"of\"", "[rules]\nunknown-key = \"off\"", "[overrides]\npaths = []", "[[overrides]]\nrules = {}",
		"[[overrides]]\npaths = [\"a\"]\nx = 1", "probe = true"} {
		_, readErr := Parse(FileName, []byte(src), testRules)
		schemaErr := schema.Validate(asJSON(document.Parse("", []byte(src)).Root))
		if (readErr == nil) != (schemaErr == nil) {
			t.Errorf("%q: reader says %v, schema %v", src, readErr, schemaErr)
		}
	}
}

func asJSON(n *document.Node) any {
	switch {
	case n.Kind.IsTable():
		m := map[string]any{}
		for _, e := range n.Entries {
			m[e.Name()] = asJSON(e)
		}
		return m
	case n.Kind.IsArray():
		list := []any{}
		for _, e := range n.Entries {
			list = append(list, asJSON(e))
		}
		return list
	case n.Kind == document.Bool:
		return n.Bool()
	case n.Kind == document.Integer:
		return float64(n.Int())
	}
	return n.Text()
}

func TestKeysAreDocumentedOnce(t *testing.T) {
	var seen []string
	for i := range keys {
		k := &keys[i]
		if k.doc == "" || slices.Contains(seen, k.name) {
			t.Errorf("%s has no documentation or stands twice", k.name)
		}
		seen = append(seen, k.name)
	}
}
