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

// Prepare makes later walks over a document, and Field of its tables, quicker. It is called before
// several goroutines read the document.
func Prepare(root *document.Node) { root.Memo(flatten) }

// flatten lists the keys of a document in the order of Walk; of too many nothing.
func flatten(root *document.Node) any {
	l := lister{list: make([]visited, 0, 64)}
	l.below(Root(root), -1)
	if len(l.list) > keepBelow {
		return nil
	}
	return l.list
}

// lister is the state of flatten.
type lister struct {
	list []visited
	room []byte // for slots
}

func (l *lister) add(v Value, parent int32) {
	at := int32(len(l.list)) //nolint:gosec // little more than keepBelow
	if at <= keepBelow {
		l.list = append(l.list, visited{v, parent})
	}
	l.below(v, at)
}

// below does what Value.Walk does.
func (l *lister) below(v Value, at int32) {
	switch t := v.Shape.Type(); {
	case v.Node == nil:
	case v.Shape.Op == OpMap && v.Node.Kind.IsTable():
		item := Value{Shape: v.Shape.Item(), Path: paths[v.Path].first}
		for _, n := range v.Node.Entries {
			item.Node = n
			l.add(item, at)
		}
	case t == nil || t.Kind == Enum:
	case v.Node.Kind.IsTable():
		slots := l.slots(v, t)
		for k, n := range v.Node.Entries {
			i := t.Index(n.Name())
			if i >= 0 && slots != nil {
				slots[slotHead+i] = byte(k + 1) //nolint:gosec // see slots
			}
			l.add(v.fieldOf(t, i, n), at)
		}
	case v.Node.Kind.IsArray() && t.Positional:
		for i, n := range v.Node.Entries[:min(len(v.Node.Entries), len(t.Fields))] {
			l.add(v.fieldOf(t, i, n), at)
		}
	}
}

// slotHead is the number of bytes before the slots of a table: the type that they are of.
const slotHead = 2

// slots makes room for the positions, from 1, of the entries that are the fields of t; nil where one
// byte would not do.
func (l *lister) slots(v Value, t *Type) []byte {
	if len(v.Node.Entries) == 0 || len(v.Node.Entries) > 255 {
		return nil
	}
	n := slotHead + len(t.Fields)
	if len(l.room) < n {
		l.room = make([]byte, max(n, 512))
	}
	s := l.room[:n:n]
	l.room = l.room[n:]
	s[0], s[1] = byte(v.Shape.Elem), byte(v.Shape.Elem>>8) //nolint:gosec // both halves
	v.Node.SetSlots(s)
	return s
}

// entry is the node of field i of t, the type of the table v.
func (v Value) entry(t *Type, i int) *document.Node {
	s := v.Node.Slots()
	if len(s) < slotHead || uint16(s[0])|uint16(s[1])<<8 != v.Shape.Elem {
		return v.Node.At(t.Fields[i].Name)
	}
	if k := s[slotHead+i]; k > 0 {
		return v.Node.Entries[k-1]
	}
	return nil
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
			f := v.fieldOf(t, t.Index(n.Name()), n)
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
