// Package rules holds every rule of loonglint. A rule is one file, GROUP_NAME.go, and nothing else lists it;
// CONTRIBUTING.md, "Add a rule", tells how to write one. What several rules need is in the helpers:
//
//	helpers_across.go       services and facts of several files, for rules that compare them
//	helpers_channels.go     channels and accounts that are on, and problems that accounts share
//	helpers_credentials.go  secrets, and the variables that give them
//	helpers_decoding.go     values that Loong cannot decode
//	helpers_diagnostics.go  findings of Loong's own validation
//	helpers_facts.go        facts on their way to another process
//	helpers_gateway.go      addresses, routes and providers of Cloudflare AI Gateway
//	helpers_headers.go      headers of a profile, and which hold secrets
//	helpers_keys.go         names of tables and keys, spans of values, edits of lines and keys
//	helpers_policy.go       breaches of a policy
//	helpers_profiles.go     what a profile writes, its routes and addresses, deleting a key safely
//	helpers_rename.go       renaming a key, and the unit of its number
//	helpers_tables.go       the types of the rows of the generated tables
//	helpers_unknown.go      keys that Loong does not know, and which one was meant
//	helpers_vendors.go      requests that vendors document
//	helpers_versions.go     what versions of Loong have, and how texts name them
//
// It is no API: its types are internal, and change without notice. Programs that embed loonglint import the root package.
package rules

import (
	"fmt"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/suggest"
)

// All lists every rule by name, those of the engine first. The list is generated from the declarations.
func All() []*lint.Rule { return all[:] }

// ByName is the rule with a name; nil where there is none.
func ByName(name string) *lint.Rule {
	for _, r := range all {
		if r.Name == name {
			return r
		}
	}
	return nil
}

// Find is ByName with an error that says which rule could be meant.
func Find(name string) (*lint.Rule, error) {
	if r := ByName(name); r != nil {
		return r, nil
	}
	near := suggest.Nearest(name, func(yield func(string) bool) {
		for _, r := range all {
			if !yield(r.Name) {
				return
			}
		}
	})
	if len(near) == 0 {
		return nil, fmt.Errorf("unknown rule %q; loonglint explain lists the rules", name)
	}
	return nil, fmt.Errorf("unknown rule %q; %s", name, suggest.Question(near))
}

// Probe is the rule for what a probe found, by name; nil where there is none.
func Probe(name string) *lint.Rule {
	if r := ByName(name); r != nil && r.Group == lint.GroupProbe {
		return r
	}
	return nil
}
