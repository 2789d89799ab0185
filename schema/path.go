package schema

import (
	"strings"

	"github.com/loonglint/loonglint/internal/document"
)

// PathID numbers the distinct places of a configuration, map keys written as <id>:
// "providers.<id>.base_url". The numbers may change whenever the tables are generated, so code
// names a path by PathOf or by a generated table. Zero is no path: an unknown key.
type PathID uint16

// The paths with a fixed number.
const (
	NoPath   PathID = 0
	RootPath PathID = 1
)

// PathCount is one more than the highest PathID, the length of a table keyed by paths.
const PathCount = len(paths)

type pathInfo struct {
	path    string
	parent  PathID
	first   PathID // the first child; the others follow, in the order of the type's fields
	shape   Shape
	owner   uint16 // index in Types of the type that has field, if isField
	field   uint8
	isField bool
	class   Class
}

// Class is what kind of value stands at a path: a set of the classes below.
type Class uint8

// The classes; see the methods of the same names.
const (
	ClassSecret Class = 1 << iota
	ClassEnvPointer
	ClassHeaders
	ClassVariables
	ClassAddress
)

// PathOf returns the id of a path as the facts write it, or NoPath. The root is "".
func PathOf(path string) PathID {
	id := RootPath
	for path != "" && id != NoPath {
		var name string
		name, path, _ = strings.Cut(path, ".")
		id = id.Child(name)
	}
	return id
}

// String is the path as the facts write it.
func (p PathID) String() string { return paths[p].path }

// Parent is the path of the table that p is a key of.
func (p PathID) Parent() PathID { return paths[p].parent }

// In returns p, or NoPath where a version lacks the key at p or one above it.
func (p PathID) In(target Target) PathID {
	if p.Lacking().Has(target) {
		return NoPath
	}
	return p
}

// Lacking is the set of the versions that lack the key at p or one above it.
func (p PathID) Lacking() Targets {
	var set Targets
	for at := p; at != NoPath; at = paths[at].parent {
		if f := at.Field(); f != nil {
			set |= f.Missing
		}
	}
	return set
}

// Child is the path of a key of p in any version, or NoPath; any name is a key of a map.
func (p PathID) Child(name string) PathID {
	info := &paths[p]
	if info.first == NoPath || info.shape.Op == OpMap {
		return info.first
	}
	return info.fieldAt(info.shape.Type().Index(name))
}

// ChildOf is Child for the name of a node.
func (p PathID) ChildOf(n *document.Node) PathID {
	info := &paths[p]
	if info.first == NoPath || info.shape.Op == OpMap {
		return info.first
	}
	return info.fieldAt(info.shape.Type().indexOf(n))
}

// fieldAt is the path of the field with an index in the type at a path; NoPath for -1.
func (info *pathInfo) fieldAt(i int) PathID {
	if i < 0 {
		return NoPath
	}
	return info.first + PathID(i)
}

// Item is the path of item i of an array at p: a field where the array is a table given by position,
// else p itself.
func (p PathID) Item(i int) PathID {
	t := p.Type()
	if t == nil || p.Shape().Op == OpSecret {
		return p
	}
	if first := paths[p].first; first != NoPath && t.Positional && i < len(t.Fields) {
		return first + PathID(i) //nolint:gosec // fewer than paths
	}
	return NoPath
}

// PathOfNode is the path of a node of a document, or NoPath.
func PathOfNode(n *document.Node) PathID {
	switch {
	case n.Parent == nil:
		return RootPath
	case n.InArray():
		return PathOfNode(n.Parent).Item(n.Index())
	}
	return PathOfNode(n.Parent).ChildOf(n)
}

// Shape is the shape of the values at p.
func (p PathID) Shape() Shape { return paths[p].shape }

// Type is the named type of the values at p, or nil.
func (p PathID) Type() *Type { return paths[p].shape.Type() }

// Field is the declaration of the key at p; nil for the root, for map entries and for NoPath.
func (p PathID) Field() *Field {
	if info := &paths[p]; info.isField {
		return &Types[info.owner].Fields[info.field]
	}
	return nil
}

// Owner is the type that declares the key at p, or nil; several paths may share one owner.
func (p PathID) Owner() *Type {
	if info := &paths[p]; info.isField {
		return &Types[info.owner]
	}
	return nil
}

// Name is the last part of the path: the key, or <id>.
func (p PathID) Name() string {
	path := paths[p].path
	return path[strings.LastIndexByte(path, '.')+1:]
}

// Under reports whether p is above or lies below it.
func (p PathID) Under(above PathID) bool {
	for p > above {
		p = paths[p].parent
	}
	return p == above && p != NoPath
}

// Class is the class of the values at p.
func (p PathID) Class() Class { return paths[p].class }

// IsSecret reports whether the value is a credential: a secret field (its table form included),
// or a plain string that Loong reads a key from. It must never be printed.
func (p PathID) IsSecret() bool { return paths[p].class&ClassSecret != 0 }

// IsEnvPointer reports whether the value names a variable: every *_env key, the env of a secret
// table, and the pointers that Loong does not check.
func (p PathID) IsEnvPointer() bool { return paths[p].class&ClassEnvPointer != 0 }

// IsHeaders reports whether p is a map of HTTP headers or a value in one; the values must never
// be printed.
func (p PathID) IsHeaders() bool { return paths[p].class&ClassHeaders != 0 }

// IsVariables reports whether p is a map of variables for a child process or a value in one.
func (p PathID) IsVariables() bool { return paths[p].class&ClassVariables != 0 }

// IsAddress reports whether the value (or each item of the list) is an address; its user-info
// and query must never be printed.
func (p PathID) IsAddress() bool { return paths[p].class&ClassAddress != 0 }
