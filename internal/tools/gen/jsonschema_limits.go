package main

import (
	"encoding/json"
	"fmt"
	"strings"
)

// numberLimits are bounds as JSON numbers, empty for none.
type numberLimits struct{ min, max json.Number }

// typeLimits are what the integer types hold; u64 and usize end at the greatest i64 because the
// document is decoded a second time (README.md, decoding quirk 4).
var typeLimits = map[string]numberLimits{
	"u8":    {"0", "255"},
	"u16":   {"0", "65535"},
	"u32":   {"0", "4294967295"},
	"u64":   {"0", "9223372036854775807"},
	"usize": {"0", "9223372036854775807"},
	"i64":   {"-9223372036854775808", "9223372036854775807"},
}

// integer is the schema of a whole number within its type and within Loong's own check.
func (w *schemaWriter) integer(op string, key fieldKey) object {
	l := typeLimits[op]
	if check, ok := w.limits[key]; ok {
		if check.min != "" {
			l.min = check.min
		}
		if len(check.max) < len(l.max) || len(check.max) == len(l.max) && check.max < l.max {
			l.max = check.max
		}
	}
	return object{{"type", "integer"}, {"minimum", l.min}, {"maximum", l.max}}
}

// schemaChecks is what the schema needs of facts/validation.json and of the catalogs of
// facts/surface.json: the checks of Loong's own validation that a single value can fail.
type schemaChecks struct {
	Checks []struct {
		Path, Rule string
		Min, Max   json.RawMessage
	}
}

type searchProviders struct {
	Catalogs struct {
		Providers []struct{ Accepted []string } `json:"web_search_providers"`
	}
}

// loadChecks collects bounds and word lists by field. A type used at several paths has the same
// checks at each of them.
func (w *schemaWriter) loadChecks(f *facts) error {
	v, err := load[schemaChecks](f, "validation")
	if err != nil {
		return err
	}
	search, err := load[searchProviders](f, "surface")
	if err != nil {
		return err
	}
	tree, err := loadPaths(f)
	if err != nil {
		return err
	}
	w.limits, w.words = map[fieldKey]numberLimits{}, map[fieldKey][]string{}
	for _, c := range v.Checks {
		if c.Rule != "numeric_range" && c.Rule != "web_search_provider" {
			continue
		}
		p := tree.byPath[c.Path]
		for p != nil && p.decl == nil {
			p = p.parent
		}
		if p == nil {
			return fmt.Errorf("no schema path %q", c.Path)
		}
		key := fieldKey{p.owner, p.decl.Name}
		if c.Rule == "numeric_range" {
			w.limits[key] = numberLimits{plainNumber(c.Min), plainNumber(c.Max)}
			continue
		}
		for _, p := range search.Catalogs.Providers {
			w.words[key] = append(w.words[key], p.Accepted...)
		}
	}
	return nil
}

// plainNumber is the number, or empty when it is computed from other keys.
func plainNumber(raw json.RawMessage) json.Number {
	var n json.Number
	if json.Unmarshal(raw, &n) != nil {
		return ""
	}
	return n
}

// removedKeys is what the schema needs of facts/history.json.
type removedKeys struct {
	Keys struct {
		Removed []struct {
			Path, Type, Replacement, Note string
			RemovedIn                     string `json:"removed_in"`
		}
	}
}

// loadRemoved makes properties of the keys that an older Loong read: known, but deprecated.
func (w *schemaWriter) loadRemoved(f *facts) error {
	h, err := load[removedKeys](f, "history")
	if err != nil {
		return err
	}
	tree, err := loadPaths(f)
	if err != nil {
		return err
	}
	w.removed = map[string]object{}
	for _, r := range h.Keys.Removed {
		parent, name := splitPath(r.Path)
		p := tree.byPath[parent]
		if !w.reached[p.expr.Ref] {
			continue // inside a removed table
		}
		text := "Removed in " + r.RemovedIn + ", ignored since. " + r.Note
		if r.Replacement != "" {
			text = "Removed in " + r.RemovedIn + ", ignored since: use " + r.Replacement + ". " + r.Note
		}
		w.removed[p.expr.Ref] = append(w.removed[p.expr.Ref], member{name, object{{"description", text}, {"deprecated", true}}})
	}
	return nil
}

func splitPath(path string) (parent, name string) {
	i := strings.LastIndexByte(path, '.')
	if i < 0 {
		return "", path
	}
	return path[:i], path[i+1:]
}
