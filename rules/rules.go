// Package rules holds every rule of loonglint, one file per rule. CONTRIBUTING.md, "Add a rule", tells how to write one.
package rules

import "github.com/loonglint/loonglint/internal/lint"

// All lists every rule by name, those of the engine first. The list is generated from the declarations of rules.
func All() []*lint.Rule { return all[:] }
