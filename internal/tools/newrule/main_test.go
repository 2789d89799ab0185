package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// module is the beginning of one, with a rule.
func module(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	for path, text := range map[string]string{
		"internal/lint/group.go": "package lint\n\nconst (\n\tGroupModels Group = \"models\"\n\tGroupPolicy Group = \"policy\"\n)\n",
		"rules/models_odd.go":    "package rules\n\nvar odd = lint.Rule{Name: \"odd\", Group: lint.GroupModels}\n",
		"rules/rules_gen.go":     "package rules\n",
	} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(root, path)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, path), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestBegin(t *testing.T) {
	root := module(t)
	written, err := begin(root, "models", "base-url-too-long")
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(written, " "); got != "rules/models_base_url_too_long.go fixtures/base-url-too-long/err-todo.toml fixtures/base-url-too-long/ok-todo.toml" {
		t.Errorf("it wrote %s", got)
	}
	for path, want := range map[string]string{
		written[0]: "var baseURLTooLong = lint.Rule{\n\tName:    \"base-url-too-long\",\n\tGroup:   lint.GroupModels,",
		written[1]: "TODO", written[2]: "TODO",
		"rules/rules_gen.go": "\t&baseURLTooLong,\n\t&odd,\n",
	} {
		if got, err := os.ReadFile(filepath.Join(root, path)); err != nil || !strings.Contains(string(got), want) {
			t.Errorf("%s holds %q, %v", path, got, err)
		}
	}
}

// What is refused leaves nothing behind.
func TestBeginRefuses(t *testing.T) {
	root := module(t)
	for want, args := range map[string][2]string{
		`"TooLong" is not a name`:                       {"models", "TooLong"},
		`no group "model"; write one of models, policy`: {"model", "too-long"},
		"rules/models_odd.go exists already":            {"models", "odd"},
		`odd has the name "odd" already`:                {"policy", "odd"},
		"choose another name":                           {"models", "runs-on-windows"},
	} {
		if _, err := begin(root, args[0], args[1]); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error is %v, not %s", err, want)
		}
	}
	if _, err := os.Stat(filepath.Join(root, "fixtures")); err == nil {
		t.Error("there are fixtures of a rule that was refused")
	}
}
