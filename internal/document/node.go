package document

// Kind tells what a Node is.
type Kind uint8

// The kinds of nodes. A table keeps its kind whatever way it was first mentioned.
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
	Kind   Kind
	Name   string // decoded key under Parent; empty for the root and for array entries
	Key    Span   // the key part that first names it, quotes included
	Header Span   // its own [header] or [[header]], brackets included
	Value  Span   // a scalar, array or inline table as written
	Expr   Span   // the whole key = value it is the value of, from the first key part
	Text   string // a string decoded, any other scalar as written

	Parent  *Node
	Entries []*Node // in order of first mention
	// unexported bookkeeping may follow
}
