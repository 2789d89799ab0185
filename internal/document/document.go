// Package document turns the bytes of a TOML file into a tree in which every key, header,
// value and comment knows where it was written. Parsing never fails: what is not TOML becomes
// a Problem, and the rest of the file is still read.
package document

import (
	"errors"
	"slices"
)

// MaxProblems is the number of problems after which Parse records no more of them.
const MaxProblems = 100

// Document is a parsed file. It may be read by several goroutines.
type Document struct {
	Name     string // as given to Parse; only for messages
	Source   []byte // as given to Parse, byte order mark included
	Root     *Node  // never nil; a Table
	Comments []Span // from the # to the end of the line, in order
	Problems []Problem
	Err      error // why nothing was read, when the file is beyond a limit; the rest is then empty

	text         string // Source
	read         string // what the nodes' places lie in: Source, or a mended copy
	decodedTexts []decoded
	leaf         branch // of nodes without entries
	lines        lines
}

// Text is the source without a copy.
func (d *Document) Text() string { return d.text }

// ErrTooManyNodes is the Err of a file that holds more than Parse takes.
var ErrTooManyNodes = errors.New("holds too much: loonglint reads at most 1,000,000 tables, keys, values and comments of a file, 250,000 of a value, and 125,000 tables in a table")

// ErrLong is the Err of a file with a key or text that is longer than Parse takes.
var ErrLong = errors.New("holds a key or text that is too long: loonglint reads at most 1,048,576 bytes of each")

// The limits of both errors. Loong has none; they keep the memory and time that a file can ask for in bounds.
const (
	maxText        = 1 << 20   // bytes of a key or string
	maxThings      = 1_000_000 // nodes and comments
	maxInStatement = 250_000   // separators of a statement, at least as many as its nodes
	maxTables      = 250_000   // tables, those in braces too
	maxInTable     = 125_000   // tables that are entries of one
)

// Problem is a place where a document is not TOML as Loong reads it (dialect.md).
type Problem struct {
	Span    Span
	Message string // lower case, no full stop, never quotes the file's text
	Help    string // what to write instead; may be empty
	Related []Related
}

// IsBrokenAt reports whether the line is not TOML on which a value begins: how the value ends is not known then.
func (d *Document) IsBrokenAt(n *Node) bool {
	line := d.LineOf(n.Value().Start)
	return slices.ContainsFunc(d.Problems, func(p Problem) bool { return d.LineOf(p.Span.Start) == line })
}

// Related is a further place that a Problem is about.
type Related struct {
	Span    Span
	Message string
}
