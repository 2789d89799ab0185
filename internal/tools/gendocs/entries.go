package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// entry is a state that Loong accepts silently (behaviour.md 9, traps.md).
type entry struct {
	ID      string
	ShownBy string `json:"shown_by"` // the command that shows it, where no file alone does
	What    string
}

// elsewhere lists the entries that check cannot report.
func elsewhere(root string) ([]entry, error) {
	b, err := os.ReadFile(filepath.Join(root, "facts", "entries.json"))
	if err != nil {
		return nil, err
	}
	var facts struct{ Entries []entry }
	if err := json.Unmarshal(b, &facts); err != nil {
		return nil, fmt.Errorf("facts/entries.json: %w", err)
	}
	return slices.DeleteFunc(facts.Entries, func(e entry) bool { return e.ShownBy == "" }), nil
}
