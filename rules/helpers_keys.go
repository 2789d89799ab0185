package rules

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/placeholder"
	"github.com/loonglint/loonglint/internal/redact"
	"github.com/loonglint/loonglint/schema"
)

// tableName is how a message calls a table: [tools.web], or "the top level".
func tableName(n *document.Node) string {
	var room [80]byte // for most
	return string(appendTableName(room[:0], n))
}

func appendTableName(b []byte, n *document.Node) []byte {
	if n == nil || n.Parent == nil {
		return append(b, "the top level"...)
	}
	return append(n.AppendKeyPath(append(b, '[')), ']')
}

// valueText is a value as written; of a secret, a long one, a table or a list only what kind of value it is.
func valueText(p *document.Document, n *document.Node, path schema.PathID) string {
	switch {
	case n == nil:
		return "nothing"
	case n.Kind.IsTable() || n.Kind.IsArray() || path.IsSecret() || path.IsHeaders() || path.IsVariables() || !isShort(p, n):
		return kindName(n.Kind)
	}
	return writtenText(p, n)
}

// isShort reports whether a value is so short, and on one line, that messages quote it. A longer one is not cut: what is masked
// afterwards must be whole.
func isShort(p *document.Document, n *document.Node) bool {
	text := writtenText(p, n)
	return utf8.RuneCountInString(text) <= 60 && !strings.ContainsAny(text, "\r\n")
}

func writtenText(p *document.Document, n *document.Node) string {
	return string(p.Source[n.Value().Start:n.Value().End])
}

// kindName names a kind of value for people.
func kindName(k document.Kind) string {
	switch {
	case k.IsTable():
		return "a table"
	case k == document.ArrayOfTables:
		return "a list of tables"
	case k == document.Array:
		return "a list"
	case k.IsDatetime():
		return "a date or time"
	}
	switch k {
	case document.String:
		return "a string"
	case document.Integer:
		return "a whole number"
	case document.Float:
		return "a fractional number"
	case document.Bool:
		return "true or false"
	}
	return "a value"
}

// keyName is a key in TOML's spelling.
func keyName(name string) string { return document.KeyText(name) }

// quoteKey is a key as messages show it.
func quoteKey(n *document.Node) string { return `"` + n.Name() + `"` }

// nameOf is the key of a value, or of the list or table that it is an entry of.
func nameOf(n *document.Node) string {
	if n.Name() == "" && n.Parent != nil {
		return n.Parent.Name()
	}
	return n.Name()
}

// partOf is the span of a part of a string's text, or all of the string where escapes hide it.
func partOf(d *document.Document, n *document.Node, part placeholder.Match) document.Span {
	raw := string(d.Source[n.Value().Start:n.Value().End])
	if at := strings.Index(raw, n.Text()); at > 0 {
		return document.Span{Start: n.Value().Start + at + part.Start, End: n.Value().Start + at + part.End}
	}
	return n.Value()
}

// namePart is a part of a string's text as messages name it: masked where it is, or may be, a piece of a secret, such as the query
// of an address. All of a secret is masked in every message anyway.
func namePart(p *lint.Pass, n *document.Node, part placeholder.Match) string {
	at := partOf(p.Document, n, part)
	exact := at.Len() == len(part.Text)
	for _, secret := range p.Secrets().Overlapping(at) {
		if !exact || !at.Contains(secret) {
			return redact.Mask
		}
	}
	return part.Text
}

// renameKey writes another name over the key part that names n.
func renameKey(n *document.Node, name string) document.Edit {
	return document.Edit{Span: n.Key(), Text: keyName(name)}
}

// replaceText writes a string over a string value, in its own quotes where they can hold it.
func replaceText(d *document.Document, n *document.Node, text string) document.Edit {
	at := n.Value()
	if at.Len() > 2 && d.Source[at.Start] == '\'' && d.Source[at.Start+1] != '\'' && !strings.ContainsAny(text, "'\n\r\t") {
		return document.Edit{Span: at, Text: "'" + text + "'"}
	}
	return document.Edit{Span: at, Text: string(document.AppendString(nil, text))}
}

// insertKey writes a line below a table's header, or before the first key of the root or of a
// table without one; false where there is no place for a line, as in an inline table.
func insertKey(d *document.Document, table *document.Node, line string) (document.Edit, bool) {
	switch {
	case table.Parent == nil:
		at := topOf(d)
		return document.Edit{Span: document.Span{Start: at, End: at}, Text: line + d.LineBreak()}, true
	case table.Kind != document.Table || table.Header().IsZero():
		return document.Edit{}, false
	}
	at := lineEnd(d, table.Header().End)
	return document.Edit{Span: document.Span{Start: at, End: at}, Text: d.LineBreak() + line}, true
}

// removeLine deletes key = value with its line; false when something else stands on its lines.
func removeLine(d *document.Document, n *document.Node) (document.Edit, bool) {
	if n.Expr().IsZero() {
		return document.Edit{}, false
	}
	start := bytes.LastIndexByte(d.Source[:n.Expr().Start], '\n') + 1
	end := lineEnd(d, n.Expr().End)
	before, after := d.Source[start:n.Expr().Start], bytes.TrimSpace(d.Source[n.Expr().End:end])
	if len(bytes.TrimSpace(before)) > 0 || len(after) > 0 && after[0] != '#' {
		return document.Edit{}, false
	}
	if end < len(d.Source) && d.Source[end] == '\r' {
		end++
	}
	if end < len(d.Source) {
		end++
	}
	return document.Edit{Span: document.Span{Start: start, End: end}}, true
}

// topOf is where a new top-level key may be: before the first key or header, below the
// comments that open the file.
func topOf(d *document.Document) int {
	top := len(d.Source)
	for _, n := range d.Root.Entries {
		for _, s := range [...]document.Span{n.Expr(), n.Header(), n.Key()} {
			if !s.IsZero() && s.Start < top {
				top = s.Start
			}
		}
	}
	return bytes.LastIndexByte(d.Source[:top], '\n') + 1
}

// lineEnd is the offset of the line break that ends the line of an offset.
func lineEnd(d *document.Document, offset int) int {
	i := bytes.IndexByte(d.Source[offset:], '\n')
	if i < 0 {
		return len(d.Source)
	}
	if end := offset + i; end > offset && d.Source[end-1] == '\r' {
		return end - 1
	}
	return offset + i
}

// isNamedOnce reports whether one key part alone names n, so that one edit renames it.
func isNamedOnce(n *document.Node) bool {
	return !n.Kind.IsTable() && n.Kind != document.ArrayOfTables || countMentions(n, n) <= 1
}

// countMentions counts the headers and dotted keys that name n, or that may; c is n or lies below it.
func countMentions(n, c *document.Node) int {
	count := 0
	switch {
	case !c.Header().IsZero():
		count++
	case !c.Expr().IsZero() && (c == n || c.Expr().Start < c.Key().Start):
		count++
	}
	if c.Kind == document.InlineTable {
		return count
	}
	for _, e := range c.Entries {
		count += countMentions(n, e)
	}
	return count
}

// safeIn is how safe a fix in a table is that does not change what the value means: beside saved
// profiles a [provider] table is compared with them as written (behaviour.md 2.4).
func safeIn(d *document.Document, n *document.Node) lint.Safety {
	top := n
	for top.Parent != nil && top.Parent.Parent != nil {
		top = top.Parent
	}
	if strings.HasPrefix(top.Name(), "provider") && d.Root.At("provider") != nil && d.Root.At("providers") != nil {
		return lint.Unsafe
	}
	return lint.Safe
}

// inHeader reports whether n is first named by a header, its own or that of a table below it.
func inHeader(n *document.Node) bool {
	for c := n; c != nil; {
		switch {
		case !c.Expr().IsZero():
			return !c.Expr().Contains(n.Key())
		case !c.Header().IsZero():
			return true
		case len(c.Entries) == 0:
			return false
		}
		c = c.Entries[0]
	}
	return false
}

// spanOf is a value's own span where it has one, else where it is named.
func spanOf(n *document.Node) document.Span {
	if n != nil && !n.Value().IsZero() {
		return n.Value()
	}
	return n.Place()
}

// joinAnd joins words: a, b and c.
func joinAnd(words []string) string { return joinWords(words, " and ") }

func joinWords(words []string, last string) string {
	n := len(words) - 1
	if n < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:n], ", ") + last + words[n]
}
