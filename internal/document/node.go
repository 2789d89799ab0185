package document

import (
	"math"
	"strconv"
	"strings"
	"sync"
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
	ord   uint32 // position in Parent.Entries
	name  string
	key   Span
	value Span
	expr  Span
	text  string

	Parent *Node
	*branch
}

// branch is what only tables and arrays have; all other nodes share one that stays empty.
type branch struct {
	header  Span
	Entries []*Node // in order of first mention
	names   *index  // of the names, when there are many
	tables  int     // how many of the entries are tables
	slots   []byte
	memo    *memo // only of a document's root
}

// Name is the decoded key under Parent; empty for the root and for array entries.
func (n *Node) Name() string { return n.name }

// Key is the key part that first names n, quotes included.
func (n *Node) Key() Span { return n.key }

// Value is a scalar, array or inline table as written.
func (n *Node) Value() Span { return n.value }

// Expr is the whole key = value that n is the value of, from the first key part.
func (n *Node) Expr() Span { return n.expr }

// Header is n's own [header] or [[header]], brackets included.
func (n *Node) Header() Span { return n.header }

// Text is a string decoded, any other scalar as written.
func (n *Node) Text() string { return n.text }

// memo is what is worked out once for a document.
type memo struct {
	once sync.Once
	is   any
}

// Memo returns what work makes of n, a document's root. It is called once; every later call, whatever
// its argument, returns the same. Of another node it is called each time.
func (n *Node) Memo(work func(*Node) any) any {
	if n.memo == nil {
		return work(n)
	}
	n.memo.once.Do(func() { n.memo.is = work(n) })
	return n.memo.is
}

// Slots is what SetSlots set last, by which package schema finds the entries of a table; nil of a node
// without entries.
func (n *Node) Slots() []byte { return n.slots }

// SetSlots keeps slots with a table. It may be called before several goroutines read the document.
func (n *Node) SetSlots(slots []byte) {
	if n.branch != &leaf {
		n.slots = slots
	}
}

// leaf is the branch of nodes without entries.
var leaf branch

// child returns the entry called name, or nil.
func (n *Node) child(name string) *Node {
	if n.names != nil {
		return n.names.find(n.Entries, name)
	}
	if !n.Kind.IsTable() {
		return nil
	}
	for _, e := range n.Entries {
		if e.name == name {
			return e
		}
	}
	return nil
}

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
			n = n.child(name)
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
			path[depth] = c.name
		}
	}
	return path
}

// KeyPath is n's path in TOML's spelling, keys quoted where needed: providers."a.b".stop[0].
func (n *Node) KeyPath() string {
	if n == nil {
		return ""
	}
	return string(n.appendKeyPath(nil))
}

func (n *Node) appendKeyPath(b []byte) []byte {
	if n.Parent == nil {
		return b
	}
	b = n.Parent.appendKeyPath(b)
	if n.InArray() {
		b = append(b, '[')
		b = strconv.AppendInt(b, int64(n.ord), 10)
		return append(b, ']')
	}
	if len(b) > 0 {
		b = append(b, '.')
	}
	return AppendKey(b, n.name)
}

// AppendKey appends name as one key part in TOML's spelling, quoted if it is not bare.
func AppendKey(b []byte, name string) []byte {
	if isBare(name) {
		return append(b, name...)
	}
	return AppendString(b, name)
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

func isBareByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_'
}

// Place is the best span to point at when n itself is meant: its header, else its key, else its value.
func (n *Node) Place() Span {
	switch {
	case n == nil:
		return Span{}
	case !n.header.IsZero():
		return n.header
	case !n.key.IsZero():
		return n.key
	}
	return n.value
}

// Int returns the value of an Integer; 0 for every other kind.
func (n *Node) Int() int64 {
	if n == nil || n.Kind != Integer {
		return 0
	}
	v, _ := parseInt(n.text)
	return v
}

// Float returns the value of a Float or Integer; NaN for every other kind.
func (n *Node) Float() float64 {
	switch {
	case n != nil && n.Kind == Integer:
		return float64(n.Int())
	case n != nil && n.Kind == Float:
		v, _ := parseFloat(n.text)
		return v
	}
	return math.NaN()
}

// Bool returns the value of a Bool; false for every other kind.
func (n *Node) Bool() bool { return n != nil && n.Kind == Bool && n.text == "true" }
