package schema

import "github.com/loonglint/loonglint/internal/document"

// Visit is called by Value.Walk for a key: its value, and the table or map it is in.
//
// v.Path is NoPath for a key that Loong ignores (or refuses, where parent.Type().DenyUnknown);
// v.Node.Name and v.Node.Key are the key as written. v.Decl() is the field of a known key, nil
// for the entry of a map. A table given by position is visited like one with keys, its items
// then have no key of their own.
type Visit func(v, parent Value)

// Walk visits every key below v whose table is known, each once, parents first, siblings in the order in
// which the file first mentions them. It enters tables, maps and the table form of secrets; what
// is below an unknown key, and the items of lists, are the visitor's to look at.
func (v Value) Walk(visit Visit) {
	switch t := v.Shape.Type(); {
	case v.Node == nil:
	case v.Shape.Op == OpMap && v.Node.Kind.IsTable():
		item := v.item()
		for _, n := range v.Node.Entries {
			item.Node = n
			visit(item, v)
			item.Walk(visit)
		}
	case t == nil || t.Kind == Enum:
	case v.Node.Kind.IsTable():
		for _, n := range v.Node.Entries {
			f := v.fieldOf(t, t.indexOf(n), n)
			visit(f, v)
			if len(n.Entries) > 0 {
				f.Walk(visit)
			}
		}
	case v.Node.Kind.IsArray() && t.Positional:
		for _, f := range v.placed(t) {
			visit(f, v)
			f.Walk(visit)
		}
	}
}

// item is an absent entry of the map v.
func (v Value) item() Value {
	return Value{Shape: v.Shape.Item(), Path: paths[v.Path].first, reading: reading{target: v.target}}
}

// placed lists the fields of v, a table given by position.
func (v Value) placed(t *Type) []Value {
	var list []Value
	for i := range t.Fields {
		if len(list) == len(v.Node.Entries) {
			break
		}
		if !t.Fields[i].Missing.Has(v.target) {
			list = append(list, v.fieldOf(t, i, v.Node.Entries[len(list)]))
		}
	}
	return list
}

// place is where field i is in a table given by position.
func (t *Type) place(target Target, i int) int {
	at := i
	for k := range t.Fields[:i] {
		if t.Fields[k].Missing.Has(target) {
			at--
		}
	}
	return at
}

// fieldOf is the value n as the field i of v, or as an unknown key when i is negative or the version lacks the field.
func (v Value) fieldOf(t *Type, i int, n *document.Node) Value {
	if i < 0 || t.Fields[i].Missing.Has(v.target) {
		return Value{Node: n, reading: reading{target: v.target}}
	}
	return v.member(t, i, n)
}

// member is fieldOf for a field that the version has.
func (v Value) member(t *Type, i int, n *document.Node) Value {
	f := Value{Node: n, Shape: t.Fields[i].Shape, reading: reading{target: v.target}}
	if first := paths[v.Path].first; first != NoPath {
		f.Path = first + PathID(i)
	}
	return f
}
