// Package rulefiles finds the rules that Go files declare. It reads syntax only, so it works while the files do not
// compile.
package rulefiles

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Rule is a declaration: var Variable = lint.Rule{Name: "name", Group: lint.GroupX, …}.
type Rule struct {
	Variable, Name, Group string // Group is the text of its lint.Group, "" where it has none
	File                  string // the file's base name
	At                    token.Position
}

// Scan lists the rules that the files of a folder declare at the top level.
func Scan(dir string) ([]Rule, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var list []Rule
	for _, e := range entries {
		name := e.Name()
		if !isSource(name) {
			continue
		}
		found, err := scanFile(filepath.Join(dir, name), nil)
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	return list, nil
}

// scanFile reads a file's text; nil: what is written there.
func scanFile(path string, text []byte) ([]Rule, error) {
	var source any
	if text != nil {
		source = text
	}
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var list []Rule
	for _, d := range file.Decls {
		decl, ok := d.(*ast.GenDecl)
		if !ok || decl.Tok != token.VAR {
			continue
		}
		for _, s := range decl.Specs {
			spec := s.(*ast.ValueSpec)
			for i, value := range spec.Values {
				fields := ruleFields(value)
				if fields == nil {
					continue
				}
				r := Rule{Variable: spec.Names[i].Name, File: filepath.Base(path), At: files.Position(value.Pos())}
				if err := r.read(fields); err != nil {
					return nil, fmt.Errorf("%s: %w", r.At, err)
				}
				list = append(list, r)
			}
		}
	}
	return list, nil
}

// ruleFields are the fields of a literal of type Rule; nil for any other expression.
func ruleFields(e ast.Expr) *ast.CompositeLit {
	if u, ok := e.(*ast.UnaryExpr); ok && u.Op == token.AND {
		e = u.X
	}
	literal, ok := e.(*ast.CompositeLit)
	if !ok {
		return nil
	}
	switch t := literal.Type.(type) {
	case *ast.Ident:
		ok = t.Name == "Rule"
	case *ast.SelectorExpr:
		ok = t.Sel.Name == "Rule"
	default:
		ok = false
	}
	if !ok {
		return nil
	}
	return literal
}

// read takes the name and the group out of a literal.
func (r *Rule) read(literal *ast.CompositeLit) error {
	for _, e := range literal.Elts {
		field, ok := e.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		key, _ := field.Key.(*ast.Ident)
		switch {
		case key == nil:
		case key.Name == "Name":
			if text, ok := field.Value.(*ast.BasicLit); ok {
				r.Name, _ = strconv.Unquote(text.Value)
			}
		case key.Name == "Group":
			r.Group = groupOf(field.Value)
		}
	}
	if r.Name == "" {
		return fmt.Errorf("rule %s: write its Name as a string", r.Variable)
	}
	return nil
}

// groupOf is the group that a constant such as lint.GroupModels stands for; its name tells.
func groupOf(e ast.Expr) string {
	name := ""
	switch e := e.(type) {
	case *ast.Ident:
		name = e.Name
	case *ast.SelectorExpr:
		name = e.Sel.Name
	}
	group, ok := strings.CutPrefix(name, "Group")
	if !ok {
		return ""
	}
	return strings.ToLower(group)
}

// Groups lists the groups that internal/lint/group.go declares.
func Groups(root string) ([]string, error) {
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, "internal", "lint", "group.go"), nil, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var list []string
	for _, d := range file.Decls {
		decl, ok := d.(*ast.GenDecl)
		if !ok || decl.Tok != token.CONST {
			continue
		}
		for _, s := range decl.Specs {
			if group := groupOf(s.(*ast.ValueSpec).Names[0]); group != "" {
				list = append(list, group)
			}
		}
	}
	return list, nil
}
