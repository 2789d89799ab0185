package schema

import "github.com/loonglint/loonglint/internal/document"

// Visit is called by Walk for a key: its value, and the table or map it stands in.
//
// v.Path is NoPath for a key that Loong ignores (or refuses, where parent.Type().DenyUnknown);
// v.Node.Name and v.Node.Key are the key as written. v.Decl() is the field of a known key, nil
// for the entry of a map. A table given by position is visited like one with keys, its items
// then have no key of their own.
type Visit func(v, parent Value)

// Walk visits every key whose table is known, each once, parents first, siblings in the order in
// which the file first mentions them. It enters tables, maps and the table form of secrets; what
// is below an unknown key, and the items of lists, are the visitor's to look at. What it finds is
// kept for the next walk over the same document.
func Walk(root *document.Node, visit Visit) {
	list, ok := root.Memo(flatten).([]visited)
	if !ok {
		Root(root).Walk(visit)
		return
	}
	top := Root(root)
	for i := range list {
		parent := &top
		if p := list[i].parent; p >= 0 {
			parent = &list[p].value
		}
		visit(list[i].value, *parent)
	}
}

// visited is a key that Walk came by; parent is the index of its table's, -1 for the root.
type visited struct {
	value  Value
	parent int32
}

// keepBelow is the number of keys above which a walk is not kept.
const keepBelow = 100_000

// flatten lists the keys of a document in the order of Walk; of too many nothing.
func flatten(root *document.Node) any {
	list := make([]visited, 0, 64)
	var open []int32 // the keys whose tables are being walked, innermost last
	Root(root).Walk(func(v, parent Value) {
		if len(list) > keepBelow {
			return
		}
		for len(open) > 0 && list[open[len(open)-1]].value.Node != parent.Node {
			open = open[:len(open)-1]
		}
		at := int32(-1)
		if len(open) > 0 {
			at = open[len(open)-1]
		}
		open = append(open, int32(len(list))) //nolint:gosec // no more than keepBelow
		list = append(list, visited{v, at})
	})
	if len(list) > keepBelow {
		return nil
	}
	return list
}

// Walk visits every key below v; see the function Walk.
func (v Value) Walk(visit Visit) {
	switch t := v.Shape.Type(); {
	case v.Node == nil:
	case v.Shape.Op == OpMap && v.Node.Kind.IsTable():
		item := Value{Shape: v.Shape.Item(), Path: paths[v.Path].first}
		for _, n := range v.Node.Entries {
			item.Node = n
			visit(item, v)
			item.Walk(visit)
		}
	case t == nil || t.Kind == Enum:
	case v.Node.Kind.IsTable():
		for _, n := range v.Node.Entries {
			f := v.fieldOf(t, t.Index(n.Name), n)
			visit(f, v)
			f.Walk(visit)
		}
	case v.Node.Kind.IsArray() && t.Positional:
		for i, n := range v.Node.Entries[:min(len(v.Node.Entries), len(t.Fields))] {
			f := v.fieldOf(t, i, n)
			visit(f, v)
			f.Walk(visit)
		}
	}
}

// fieldOf is the value n as the field i of v, or as an unknown key when i is negative.
func (v Value) fieldOf(t *Type, i int, n *document.Node) Value {
	if i < 0 {
		return Value{Node: n}
	}
	f := Value{Node: n, Shape: t.Fields[i].Shape}
	if first := paths[v.Path].first; first != NoPath {
		f.Path = first + PathID(i)
	}
	return f
}
