package main

import (
	"fmt"
	"strings"
)

// schemaPath is a distinct place in a configuration, map keys written as <id>.
type schemaPath struct {
	id     int // its schema.PathID
	path   string
	parent *schemaPath
	owner  string        // the type whose field it is, or ""
	field  int           // index of the field in owner.allFields()
	decl   *surfaceField // that field; nil for the root and for map entries
	expr   typeExpr
	first  int // id of the first child; children follow each other
}

// pathTree numbers all schema paths from 1, the root, level by level, so that the paths of a
// table's keys follow each other in the order of its type's fields.
type pathTree struct {
	all    []*schemaPath // all[i].id == i+1
	byPath map[string]*schemaPath
}

// loadPaths builds the paths; other generators use it to write tables keyed by PathID.
func loadPaths(f *facts) (*pathTree, error) {
	s, err := loadSurface(f)
	if err != nil {
		return nil, err
	}
	t := &pathTree{byPath: map[string]*schemaPath{}}
	t.add(&schemaPath{expr: typeExpr{Op: "ref", Ref: s.Root}})
	for i := 0; i < len(t.all); i++ {
		if err := t.addChildren(s, t.all[i]); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func (t *pathTree) add(p *schemaPath) {
	t.all = append(t.all, p)
	p.id = len(t.all)
	t.byPath[p.path] = p
}

func (t *pathTree) addChildren(s *surface, p *schemaPath) error {
	p.first = len(t.all) + 1
	switch p.expr.Op {
	case "map":
		t.add(&schemaPath{path: below(p.path, "<id>"), parent: p, expr: *p.expr.Elem})
	case "ref", "secret_ref":
		typ := s.Types[p.expr.Ref]
		if typ == nil {
			return fmt.Errorf("%s: no type %q", p.path, p.expr.Ref)
		}
		for i, f := range typ.allFields() {
			t.add(&schemaPath{path: below(p.path, f.Name), parent: p, owner: p.expr.Ref, field: i, decl: f, expr: f.Type})
		}
	}
	if p.first > len(t.all) {
		p.first = 0
	}
	return nil
}

func below(path, name string) string { return strings.TrimPrefix(path+"."+name, ".") }

// id returns the PathID of a path of the facts.
func (t *pathTree) id(path string) (int, error) {
	if p := t.byPath[path]; p != nil {
		return p.id, nil
	}
	return 0, fmt.Errorf("no schema path %q", path)
}
