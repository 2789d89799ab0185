package main

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// validationPaths is what the classes of paths need of facts/validation.json.
type validationPaths struct {
	Checks []struct{ Path, Rule string }
}

// loadClasses returns the Go source of the classes of each path that has any, by path id.
func loadClasses(f *facts, tree *pathTree) (map[int]string, error) {
	v, err := load[validationPaths](f, "validation")
	if err != nil {
		return nil, err
	}
	pointer := map[int]bool{}
	for _, c := range v.Checks {
		if c.Rule == "env_pointer" {
			id, err := tree.id(c.Path)
			if err != nil {
				return nil, err
			}
			pointer[id] = true
		}
	}
	classes := map[int]string{}
	for _, p := range tree.all {
		var on []string
		for _, c := range []struct {
			name string
			on   bool
		}{
			{"ClassSecret", isSecret(p)},
			{"ClassEnvPointer", pointer[p.id] || isUncheckedPointer(p)},
			{"ClassHeaders", headerMap(p)},
			{"ClassVariables", variableMap(p)},
			{"ClassAddress", isAddress(p)},
		} {
			if c.on {
				on = append(on, c.name)
			}
		}
		if on != nil {
			classes[p.id] = strings.Join(on, " | ")
		}
	}
	return classes, nil
}

// isSecret: secret fields, and the plain strings that hold a key (validation.json,
// "tools.web_search.<provider>_api_key").
func isSecret(p *schemaPath) bool {
	return p.expr.Op == "secret_ref" || p.expr.Op == "string" && strings.HasSuffix(p.path, "_api_key")
}

// isUncheckedPointer: strings that name a variable without Loong checking the name.
func isUncheckedPointer(p *schemaPath) bool {
	if p.expr.Op != "string" {
		return false
	}
	return strings.HasSuffix(p.path, "_env_var") || strings.HasSuffix(p.path, ".env_http_headers.<id>") ||
		p.owner == secretType && p.decl.Name == "env"
}

// headerMap: maps of HTTP header values, and the values.
func headerMap(p *schemaPath) bool { return mapNamed(p, "headers", "http_headers") }

// variableMap: maps of variables given to a child process, and the values.
func variableMap(p *schemaPath) bool { return mapNamed(p, "env") }

func mapNamed(p *schemaPath, names ...string) bool {
	if p.decl == nil && p.parent != nil {
		p = p.parent
	}
	return p.expr.Op == "map" && p.decl != nil && slices.Contains(names, p.decl.Name)
}

// isAddress: strings, secret or not, that hold an address, by the name of the key.
func isAddress(p *schemaPath) bool {
	if p.decl == nil || p.expr.Op == "map" || p.expr.Op == "ref" || p.expr.Op == "bool" {
		return false
	}
	name := strings.TrimSuffix(p.decl.Name, "s")
	i := strings.LastIndexByte(name, '_')
	return slices.Contains([]string{"url", "endpoint"}, name[i+1:]) || name == "server"
}

func compactJSON(b *bytes.Buffer, src []byte) error { return json.Compact(b, src) }
