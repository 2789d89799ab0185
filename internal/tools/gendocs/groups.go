package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/rules"
)

// group is a section of the page.
type group struct {
	Title   string
	Entries []string // letters of the entries whose rules stand here
	Rules   []string // rules that stand here whatever they cover
	Prefix  string   // so do rules whose names begin with it, unless empty

	members []*lint.Rule // sorted by name
}

// entry is a state that Loong accepts silently (behaviour.md 9, traps.md).
type entry struct {
	ID      string
	ShownBy string `json:"shown_by"` // the command that shows it, where no file alone does
	What    string
}

func fact(root, name string, into any) error {
	b, err := os.ReadFile(filepath.Join(root, "facts", name+".json"))
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, into); err != nil {
		return fmt.Errorf("facts/%s.json: %w", name, err)
	}
	return nil
}

// grouped puts every rule into its group.
func grouped(root string) ([]group, error) {
	var facts struct{ Groups []group }
	if err := fact(root, "groups", &facts); err != nil {
		return nil, err
	}
	for _, r := range rules.All() {
		i := groupOf(facts.Groups, r)
		if i < 0 {
			return nil, fmt.Errorf("rule %s covers no entry; name its group in facts/groups.json", r.Name)
		}
		facts.Groups[i].members = append(facts.Groups[i].members, r)
	}
	for _, g := range facts.Groups {
		for _, name := range g.Rules {
			if !slices.ContainsFunc(g.members, func(r *lint.Rule) bool { return r.Name == name }) {
				return nil, fmt.Errorf("facts/groups.json: there is no rule %s, or another group has it", name)
			}
		}
		slices.SortFunc(g.members, func(a, b *lint.Rule) int { return strings.Compare(a.Name, b.Name) })
	}
	return slices.DeleteFunc(facts.Groups, func(g group) bool { return len(g.members) == 0 }), nil
}

func groupOf(groups []group, r *lint.Rule) int {
	i := slices.IndexFunc(groups, func(g group) bool {
		return slices.Contains(g.Rules, r.Name) || g.Prefix != "" && strings.HasPrefix(r.Name, g.Prefix)
	})
	if i < 0 && len(r.Covers) > 0 {
		letters := strings.TrimRight(r.Covers[0], "0123456789")
		i = slices.IndexFunc(groups, func(g group) bool { return slices.Contains(g.Entries, letters) })
	}
	return i
}

// elsewhere lists the entries that check cannot report.
func elsewhere(root string) ([]entry, error) {
	var facts struct{ Entries []entry }
	if err := fact(root, "entries", &facts); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(facts.Entries, func(e entry) bool { return e.ShownBy == "" }), nil
}
