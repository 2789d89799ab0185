package lsp

import (
	"bytes"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/document"
)

// completionContext is what is being written at a place. While it is, the text is seldom TOML, so this is read from the bytes
// before the place and not from the tree.
type completionContext struct {
	header bool     // a [header]; else a key or a value
	value  bool     // a value; else a key
	above  []string // the table that the key or header is in, or the key that the value is of; an entry of a list is "[]"
	quote  byte     // the quote that the word is in; 0: none
	word   document.Span
}

// contextAt reads what is being written at an offset, for a statement that begins at start in a table. It is false within
// a comment, or where nothing can be made of it.
func contextAt(src []byte, start, offset int, table []string) (c completionContext, ok bool) {
	line := src[start:offset]
	trimmed := bytes.TrimLeft(line, " \t")
	at := start + len(line) - len(trimmed)
	if bytes.HasPrefix(trimmed, []byte("[")) {
		at++
		if bytes.HasPrefix(trimmed, []byte("[[")) {
			at++
		}
		r := reader{src: src[:offset], at: at}
		parts, ok := r.key()
		return completionContext{header: true, above: parts, quote: r.quote, word: r.word}, ok
	}
	r := reader{src: src[:offset], at: at}
	return r.statement(table)
}

// reader reads a statement up to where it ends, which is the place.
type reader struct {
	src   []byte
	at    int
	quote byte
	word  document.Span // that is being written
}

func (r *reader) blanks(lines bool) {
	for r.at < len(r.src) {
		switch c := r.src[r.at]; {
		case c == ' ' || c == '\t' || lines && (c == '\n' || c == '\r'):
			r.at++
		case lines && c == '#':
			for r.at < len(r.src) && r.src[r.at] != '\n' {
				r.at++
			}
		default:
			return
		}
	}
}

// key reads a dotted key, and returns the parts before the last one if that is still being written; false if the key is
// complete or is none.
func (r *reader) key() (parts []string, ok bool) {
	for {
		r.blanks(false)
		name, done := r.part()
		if !done {
			return parts, true
		}
		r.blanks(false)
		if name == "" || r.at == len(r.src) {
			return append(parts, name), false
		}
		parts = append(parts, name)
		if r.src[r.at] != '.' {
			return parts, false
		}
		r.at++
	}
}

// part reads a part of a key or a word; it is false where the text ends in it.
func (r *reader) part() (name string, done bool) {
	start := r.at
	r.word, r.quote = document.Span{Start: start, End: len(r.src)}, 0
	if r.at < len(r.src) && (r.src[r.at] == '"' || r.src[r.at] == '\'') {
		return r.text()
	}
	for r.at < len(r.src) && isWordByte(r.src[r.at]) {
		r.at++
	}
	return string(r.src[start:r.at]), r.at < len(r.src)
}

func isWordByte(c byte) bool {
	return c == '_' || c == '-' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// text reads a string of one line.
func (r *reader) text() (text string, done bool) {
	quote, start := r.src[r.at], r.at+1
	r.word, r.quote = document.Span{Start: start, End: len(r.src)}, quote
	for i := start; i < len(r.src) && r.src[i] != '\n'; i++ {
		switch {
		case r.src[i] == '\\' && quote == '"':
			i++
		case r.src[i] == quote:
			r.at = i + 1
			return string(r.src[start:i]), true
		}
	}
	r.at = len(r.src)
	return string(r.src[min(start, len(r.src)):]), false
}

// statement reads keys and values, as deep as the place is.
func (r *reader) statement(table []string) (completionContext, bool) {
	parts, writing := r.key()
	if writing {
		return completionContext{above: slices.Concat(table, parts), quote: r.quote, word: r.word}, true
	}
	if r.at >= len(r.src) || r.src[r.at] != '=' || len(parts) == 0 {
		return completionContext{}, false
	}
	r.at++
	return r.value(slices.Concat(table, parts))
}

// value reads a value; it is false where the text goes on after it.
func (r *reader) value(of []string) (completionContext, bool) {
	r.blanks(false)
	here := completionContext{value: true, above: of}
	if r.at == len(r.src) {
		here.word = document.Span{Start: r.at, End: r.at}
		return here, true
	}
	switch r.src[r.at] {
	case '{':
		r.at++
		return r.inlineTable(of)
	case '[':
		r.at++
		return r.list(of)
	case '"', '\'':
		if bytes.HasPrefix(r.src[r.at:], []byte(`"""`)) || bytes.HasPrefix(r.src[r.at:], []byte("'''")) {
			return here, r.long()
		}
		_, done := r.text()
		here.quote, here.word = r.quote, r.word
		return here, !done
	}
	start := r.at
	for r.at < len(r.src) && !strings.ContainsRune(" \t\r\n,]}#", rune(r.src[r.at])) {
		r.at++
	}
	here.word = document.Span{Start: start, End: r.at}
	return here, r.at == len(r.src)
}

// long passes a string of several lines; nothing is completed in one.
func (r *reader) long() bool {
	quotes := r.src[r.at : r.at+3]
	if i := bytes.Index(r.src[r.at+3:], quotes); i >= 0 {
		r.at += i + 6
	} else {
		r.at = len(r.src)
	}
	return false
}

func (r *reader) inlineTable(of []string) (completionContext, bool) {
	for {
		r.blanks(true)
		if c, here := r.statement(of); here || r.at == len(r.src) {
			return c, here
		}
		r.blanks(true)
		if r.at == len(r.src) || r.src[r.at] != ',' {
			return completionContext{}, r.closes('}')
		}
		r.at++
	}
}

func (r *reader) list(of []string) (completionContext, bool) {
	item := slices.Concat(of, []string{"[]"})
	for {
		r.blanks(true)
		if r.at < len(r.src) && r.src[r.at] == ']' {
			return completionContext{}, r.closes(']')
		}
		if c, here := r.value(item); here || r.at == len(r.src) {
			return c, here
		}
		r.blanks(true)
		if r.at == len(r.src) || r.src[r.at] != ',' {
			return completionContext{}, r.closes(']')
		}
		r.at++
	}
}

// closes passes a closing bracket; it is always false, for nothing is being written there.
func (r *reader) closes(with byte) bool {
	if r.at < len(r.src) && r.src[r.at] == with {
		r.at++
	}
	return false
}
