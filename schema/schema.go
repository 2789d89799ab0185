// Package schema holds the structure of a Loong configuration as static tables generated from
// the facts (surface.json), and decides what Loong decodes and what it does not. Package schema
// knows types; what the values mean to Loong is package loong's.
package schema

// Op is the shape of a field's value.
type Op uint8

// The shapes. TOML has no null, so an optional T is a T that may be absent.
const (
	OpInvalid Op = iota
	OpString
	OpPath // a string naming a file
	OpBool
	OpU16
	OpU32
	OpU64
	OpUsize
	OpI64
	OpF64
	OpSecret // a string, or one of { env }, { file }, { exec }
	OpList
	OpMap  // string keys
	OpType // a struct, enum or variant struct of Types
)

// Shape is a type expression; Elem indexes shapes for OpList and OpMap, Types for OpType.
type Shape struct {
	Op   Op
	Elem uint16
}

// Kind tells what a Type is.
type Kind uint8

// The kinds of types.
const (
	Struct Kind = iota
	Enum
	Variants // common fields, and exactly one of several sets of further ones (MCP servers)
	Secret
)

// Type is a named type of Loong's configuration.
type Type struct {
	Name          string
	Kind          Kind
	DenyUnknown   bool // unknown keys are refused, not ignored
	Positional    bool // also read from an array, fields in declared order
	CaseSensitive bool // enum words are compared exactly
	TableForm     bool // an enum word may also be the only key of a table
	Fields        []Field
	Values        []Word
	Variants      []Variant
}

// Field is a key of a struct.
type Field struct {
	Name     string
	Shape    uint16
	Required bool
	Optional bool // option<T>: absent means unset
}

// Word is a value of an enum with its other spellings.
type Word struct {
	Value   string
	Aliases []string
}

// Variant is one of the sets of fields that a Variants type may have.
type Variant struct {
	Name   string
	Fields []Field
}
