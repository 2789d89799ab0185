package document

import (
	"math"
	"strconv"
	"strings"
)

// Kind tells what a Node is.
type Kind uint8

// The kinds of nodes. A table keeps its kind whatever way it was first mentioned.
// Invalid is a key whose value could not be read; a Problem lies on it.
const (
	Invalid       Kind = iota
	Table              // from a header, implied by one, or opened by a dotted key
	InlineTable        // { … }
	Array              // [ … ]
	ArrayOfTables      // made by [[ … ]]; its entries are Tables
	String
	Integer
	Float
	Bool
	OffsetDateTime
	LocalDateTime
	LocalDate
	LocalTime
)

// IsTable reports whether k holds named entries.
func (k Kind) IsTable() bool { return k == Table || k == InlineTable }

// IsArray reports whether k holds entries by position.
func (k Kind) IsArray() bool { return k == Array || k == ArrayOfTables }

// IsDatetime reports whether k is one of TOML's four date and time types.
func (k Kind) IsDatetime() bool { return k >= OffsetDateTime }

// Node is a table, array or value of a document, with the places it was written at.
// Spans that do not apply are zero. Nodes are read-only once Parse returns.
type Node struct {
	Kind  Kind
	state state
	form  form
	lead  uint8  // bytes of the key before its last part
	ord   uint32 // position in Parent.Entries
	key   extent
	at    extent // the header of a table, else the value
	hash  uint16 // the NameHash of the name; 0 in arrays

	Parent *Node
	*branch
}

// branch is what only tables and arrays with entries have; all other nodes share their document's.
type branch struct {
	doc     *Document
	Entries []*Node // in order of first mention
	names   *index  // of the names, when there are many
	marks   uint64  // of all names: see MayHave
	tables  uint32  // how many of the entries are tables
}

// NameHash is a number of 16 bits for a name, the same in each build: tables of package schema are generated with it.
func NameHash(name string) uint32 {
	n := len(name)
	if n == 0 {
		return 0
	}
	h := uint32(name[0]) | uint32(name[n/3])<<8 | uint32(name[n/2])<<16 | uint32(name[n-1])<<24
	return (h ^ uint32(n)*0x85ebca6b) * 0x9e3779b1 >> 16 //nolint:gosec // a hash may overflow
}

// mark is the bit of a NameHash among the marks of a table.
func mark(hash uint32) uint64 { return 1 << (hash & 63) }

// MayHave reports whether n may have an entry whose name has a NameHash: where it is false, n has none. Few have it
// by chance; of arrays that are not empty it is always true.
func (n *Node) MayHave(hash uint32) bool { return n.marks&mark(hash) != 0 }

// Child returns the entry of the table n that is called name, or nil.
func (n *Node) Child(name string) *Node { return n.ChildHashed(name, NameHash(name)) }

// ChildHashed is Child for a name whose NameHash is known.
func (n *Node) ChildHashed(name string, hash uint32) *Node {
	switch {
	case !n.MayHave(hash):
		return nil
	case n.names != nil:
		e, _ := n.names.find(n.Entries, name)
		return e
	case !n.Kind.IsTable():
		return nil
	}
	for _, e := range n.Entries {
		if uint32(e.hash) == hash && e.Name() == name {
			return e
		}
	}
	return nil
}

// NameHash is the NameHash of the name of an entry of a table.
func (n *Node) NameHash() uint32 { return uint32(n.hash) }

// At returns the node under a path of decoded keys, or nil; it may be called on nil.
// An array entry is "[0]", as in Path.
func (n *Node) At(path ...string) *Node {
	for _, name := range path {
		switch {
		case n == nil:
			return nil
		case n.Kind.IsArray():
			n = n.entry(name)
		default:
			n = n.Child(name)
		}
	}
	return n
}

// entry returns the array entry that Path calls name, or nil.
func (n *Node) entry(name string) *Node {
	digits, ok := strings.CutPrefix(name, "[")
	digits, closed := strings.CutSuffix(digits, "]")
	i, err := strconv.Atoi(digits)
	if !ok || !closed || err != nil || i < 0 || i >= len(n.Entries) {
		return nil
	}
	return n.Entries[i]
}

// Index is n's position among its parent's entries.
func (n *Node) Index() int { return int(n.ord) }

// InArray reports whether n is an entry of an array, so that it has no name.
func (n *Node) InArray() bool { return n.Parent != nil && n.Parent.Kind.IsArray() }

// Torn reports whether a statement that belongs to the table n could not be read, so that n may have keys
// which are not among its entries; of the root, whether a header could not.
func (n *Node) Torn() bool { return n != nil && n.form&torn != 0 }

// Path lists the decoded keys from the root to n; array entries are "[0]".
func (n *Node) Path() []string {
	depth := 0
	for c := n; c != nil && c.Parent != nil; c = c.Parent {
		depth++
	}
	path := make([]string, depth)
	for c := n; depth > 0; c = c.Parent {
		depth--
		if c.InArray() {
			path[depth] = "[" + strconv.Itoa(c.Index()) + "]"
		} else {
			path[depth] = c.Name()
		}
	}
	return path
}

// KeyPath is n's path in TOML's spelling, keys quoted where needed: providers."a.b".stop[0].
func (n *Node) KeyPath() string {
	if n == nil {
		return ""
	}
	var room [80]byte // for most
	return string(n.AppendKeyPath(room[:0]))
}

// AppendKeyPath appends KeyPath.
func (n *Node) AppendKeyPath(b []byte) []byte {
	if n.Parent == nil {
		return b
	}
	b = n.Parent.AppendKeyPath(b)
	if n.InArray() {
		b = append(b, '[')
		b = strconv.AppendInt(b, int64(n.ord), 10)
		return append(b, ']')
	}
	if n.Parent.Parent != nil {
		b = append(b, '.')
	}
	return AppendKey(b, n.Name())
}

// AppendKey appends name as one key part in TOML's spelling, quoted if it is not bare.
func AppendKey(b []byte, name string) []byte {
	if isBare(name) {
		return append(b, name...)
	}
	return AppendString(b, name)
}

// KeyText is name as one key part in TOML's spelling.
func KeyText(name string) string {
	if isBare(name) {
		return name
	}
	return string(AppendString(nil, name))
}

// AppendString appends s as a basic string of TOML, quotes included.
func AppendString(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c == '\n':
			b = append(b, '\\', 'n')
		case c == '\r':
			b = append(b, '\\', 'r')
		case c == '\t':
			b = append(b, '\\', 't')
		case c < 0x20 || c == 0x7f:
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		default:
			b = append(b, c)
		}
	}
	return append(b, '"')
}

func isBare(name string) bool {
	for i := range len(name) {
		if !isBareByte(name[i]) {
			return false
		}
	}
	return name != ""
}

func isBareByte(c byte) bool { return bareByte[c] }

// Place is the best span to point at when n itself is meant: its header, else its key, else its value.
func (n *Node) Place() Span {
	switch {
	case n == nil:
		return Span{}
	case !n.Header().IsZero():
		return n.Header()
	case !n.Key().IsZero():
		return n.Key()
	}
	return n.Value()
}

// Int returns the value of an Integer; 0 for every other kind.
func (n *Node) Int() int64 {
	if n == nil || n.Kind != Integer {
		return 0
	}
	v, _ := parseInt(n.Text())
	return v
}

// Float returns the value of a Float or Integer; NaN for every other kind.
func (n *Node) Float() float64 {
	switch {
	case n != nil && n.Kind == Integer:
		return float64(n.Int())
	case n != nil && n.Kind == Float:
		v, _ := parseFloat(n.Text())
		return v
	}
	return math.NaN()
}

// Bool returns the value of a Bool; false for every other kind.
func (n *Node) Bool() bool { return n != nil && n.Kind == Bool && n.Text() == "true" }
