package rulefiles

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const declared = "package rules\n\nvar tooLong = lint.Rule{\n\tName: \"too-long\", Group: lint.GroupModels,\n}\n"

// tree writes a module's folders with these files of rules.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	put := func(dir, name, text string) {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("internal/lint", "suppress.go", "package lint\n\nvar (\n\tUnused = Rule{Name: \"unused\", Group: GroupSuppressions}\n\tInternal = Rule{Name: \"internal\"}\n)\n")
	for name, text := range files {
		put("rules", name, text)
	}
	return root
}

// What does not compile, for a type is wrong or a name is missing, is still found.
func TestListReadsWhatDoesNotCompile(t *testing.T) {
	b, err := List(tree(t, map[string]string{
		"models_too_long.go":       declared + "\nvar broken int = \"text\" + missing\n",
		"models_models.go":         "package rules\n\nvar models = lint.Rule{Name: \"models\", Group: lint.GroupModels}\n",
		"models_too_long_parts.go": "package rules\n",
		"helpers_names.go":         "package rules\n",
		"rules.go":                 "package rules\n",
		"rules_gen.go":             "this is stale, and not Go",
		"rules_test.go":            "package rules\n\nvar inTest = lint.Rule{}\n",
	}))
	if err != nil {
		t.Fatal(err)
	}
	if _, list, _ := strings.Cut(string(b), "{\n"); list != "\t&lint.Unused,\n\t&models,\n\t&tooLong,\n}\n" {
		t.Errorf("the list is\n%s", list)
	}
}

// An author is told what to do.
func TestListRefuses(t *testing.T) {
	for want, files := range map[string]map[string]string{
		"models_too_long.go:3:15: rename the file to credentials_too_long.go": {"models_too_long.go": strings.Replace(declared, "Models", "Credentials", 1)},
		"too_long.go:3:15: rename the file to models_too_long.go":             {"too_long.go": declared},
		"write its Group as one of the constants of lint":                     {"models_too_long.go": strings.Replace(declared, "lint.GroupModels", `"models"`, 1)},
		"write its Name as a string":                                          {"models_too_long.go": strings.Replace(declared, `"too-long"`, "name", 1)},
		`Unused has the name "unused" already`:                                {"models_unused.go": strings.Replace(declared, "too-long", "unused", 1)},
		"choose another name for the rule":                                    {"models_on_windows.go": strings.Replace(declared, "too-long", "on-windows", 1)},
		"rules/names.go declares no rule; name it helpers_":                   {"names.go": "package rules\n", "models_too_long.go": declared},
		"models_too_long.go:7:1: expected declaration":                        {"models_too_long.go": declared + "\n}"},
	} {
		_, err := List(tree(t, files))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error is %v, not %s", err, want)
		}
	}
}

func TestFileName(t *testing.T) {
	for _, c := range [][3]string{{"models", "too-long", "models_too_long.go"}, {"policy", "policy-host", "policy_host.go"}, {"models", "models-route", "models_route.go"}} {
		if got := FileName(c[0], c[1]); got != c[2] {
			t.Errorf("%s of %s is in %s, not %s", c[1], c[0], got, c[2])
		}
	}
}
