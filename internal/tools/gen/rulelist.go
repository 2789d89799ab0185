package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/loonglint/loonglint/internal/tools/rulefiles"
)

// makeRuleList writes the list of all rules: those of the engine that have a group, then those of the folder rules.
func makeRuleList(f *facts) ([]byte, error) {
	own, err := rulefiles.Scan(filepath.Join(f.root, "internal", "lint"))
	if err != nil {
		return nil, err
	}
	own = slices.DeleteFunc(own, func(r rulefiles.Rule) bool { return r.Group == "" })
	list, err := rulefiles.Scan(filepath.Join(f.root, "rules"))
	if err != nil {
		return nil, err
	}
	if err := checkRules(own, list); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteString("import \"github.com/loonglint/loonglint/internal/lint\"\n\nvar all = [...]*lint.Rule{\n")
	for _, r := range own {
		fmt.Fprintf(&b, "&lint.%s,\n", r.Variable)
	}
	for _, r := range list {
		fmt.Fprintf(&b, "&%s,\n", r.Variable)
	}
	b.WriteString("}\n")
	return goSource("rules", b.Bytes())
}

// checkRules holds that names differ and that every rule has a group.
func checkRules(own, list []rulefiles.Rule) error {
	names := map[string]string{}
	for _, r := range slices.Concat(own, list) {
		if r.Group == "" {
			return fmt.Errorf("%s: rule %s: write its Group as one of the constants of lint, for example lint.GroupModels", r.At, r.Variable)
		}
		if other, taken := names[r.Name]; taken {
			return fmt.Errorf("%s: %s has the name %q already", r.At, other, r.Name)
		}
		names[r.Name] = r.Variable
	}
	return nil
}
