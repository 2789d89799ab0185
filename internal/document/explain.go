package document

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// fault is a Problem in the making.
func fault(at Span, message, help string, related ...Related) Problem {
	return Problem{Span: at, Message: message, Help: help, Related: related}
}

const (
	quoteHelp = `put it in quotes: "…"`
	keyHelp   = `bare keys are made of letters A to Z, digits, - and _; put others in quotes: "my key"`
	entryHelp = "write one key = value on each line; a comment begins with #"
)

// explain says what is wrong in words for people.
func (f *failure) explain() Problem {
	if len(f.w.open) > maxDepth {
		return tooDeep(f.w.open[maxDepth])
	}
	if f.tok.kind == tokenString && (!f.tok.closed || f.at > f.tok.Start) && f.w.stage != afterValue {
		return f.inString()
	}
	if at, ok := f.curlyQuote(); ok {
		return fault(at, "typographic quotes do not make a string", `use straight quotes: "…" or '…'`)
	}
	if at, ok := f.invisible(); ok {
		return fault(at, "invisible character, or a blank that TOML does not know", "remove it; TOML knows blanks and tabs")
	}
	switch f.w.stage {
	case inHeader:
		return f.inHeader()
	case afterHeader:
		return f.afterHeader()
	case atKey:
		if f.tok.kind == tokenWord && f.at > f.tok.Start {
			return f.afterKey()
		}
		return f.atKey()
	case afterKey:
		return f.afterKey()
	case atValue:
		return f.atValue()
	}
	return f.afterValue()
}

// byteAt is the byte at offset of the statement, 0 outside the file.
func (f *failure) byteAt(offset int) byte {
	if offset < 0 || offset >= len(f.data) {
		return 0
	}
	return f.data[offset]
}

// one is the span of the character at f.at.
func (f *failure) one() Span {
	_, n := utf8.DecodeRune(f.data[f.at:])
	return Span{f.at, f.at + max(n, 1)}
}

// line is the rest of the line from offset, without comment and blanks at its end.
func (f *failure) line(offset int) Span {
	w := walker{data: f.data, pos: offset, stage: afterHeader}
	end := offset
	for t := w.next(); t.kind != tokenEnd && t.kind != tokenLine && t.kind != tokenComment; t = w.next() {
		end = t.End
	}
	return Span{offset, end}
}

// ends reports whether nothing but a comment follows in the line.
func (f *failure) ends() bool {
	return f.tok.kind == tokenEnd || f.tok.kind == tokenLine || f.tok.kind == tokenComment
}

// curlyQuote is the place of a typographic quote at the failure, with the text up to the next one.
func (f *failure) curlyQuote() (Span, bool) {
	r, n := utf8.DecodeRune(f.data[f.at:])
	if !isCurly(r) {
		return Span{}, false
	}
	line := f.data[f.at+n : lineEnd(f.data, f.at)]
	if i := bytes.IndexFunc(line, isCurly); i >= 0 {
		_, m := utf8.DecodeRune(line[i:])
		return Span{f.at, f.at + n + i + m}, true
	}
	return Span{f.at, f.at + n}, true
}

func isCurly(r rune) bool {
	switch r {
	case '‘', '’', '‚', '‛', '“', '”', '„', '‟', '«', '»', '‹', '›', '＂', '＇', '″', '′':
		return true
	}
	return false
}

// inString explains a string that is not closed or holds what it must not.
func (f *failure) inString() Problem {
	quote := f.data[f.tok.Start]
	c := f.byteAt(f.at)
	switch {
	case !f.tok.closed && f.tok.multi:
		return fault(Span{f.tok.Start, f.tok.Start + 3}, "string in three quotes is not closed", "end it with the same three quotes")
	case !f.tok.closed && (f.at >= f.tok.End || c == '\n' || c == '\r'):
		help := "end it on the same line with the quote it begins with; text of several lines needs three quotes"
		if quote == '\'' {
			help = `end it on the same line with '; put text that holds ' itself in "…"`
		}
		return fault(Span{f.tok.Start, f.tok.End}, "string is not closed", help)
	case c == quote && f.tok.multi:
		end := f.at
		for f.byteAt(end) == quote {
			end++
		}
		return fault(Span{f.at, end}, "too many quotes at the end of a string", "at most two quotes may come before the three that close it; escape the others as \\\"")
	case c == '\n' || c == '\r':
		return fault(Span{f.tok.Start, f.at}, "string is not closed", "end it on the same line; text of several lines needs three quotes")
	}
	return f.escape()
}

// escape explains a backslash that begins no escape.
func (f *failure) escape() Problem {
	start := f.at
	for f.data[start] != '\\' && start > f.tok.Start && start > f.at-9 {
		start--
	}
	digits := 0
	switch f.byteAt(start + 1) {
	case 'x':
		digits = 2
	case 'u':
		digits = 4
	case 'U':
		digits = 8
	default:
		_, n := utf8.DecodeRune(f.data[start+1:])
		end := start + 1 + n
		if c := f.byteAt(start + 1); c == '\n' || c == '\r' || c == ' ' || c == '\t' {
			end = start + 1
		}
		return fault(Span{start, end}, "backslash begins an escape that TOML does not have", `write \\ for a backslash, or put the text in '…', where backslashes are plain`)
	}
	end := start + 2
	for end < start+2+digits && isHex(f.byteAt(end)) {
		end++
	}
	if end < start+2+digits {
		return fault(Span{start, end}, "escape has too few hexadecimal digits",
			`\x takes two, \u four, \U eight; write \\ for a backslash, or put the text in '…', where backslashes are plain`)
	}
	return fault(Span{start, end}, "escape does not name a character", "write the character itself, or its code point from 0 to 10FFFF without D800 to DFFF")
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// inHeader explains a failure between the brackets of a header.
func (f *failure) inHeader() Problem {
	double := f.byteAt(f.start+1) == '['
	closing := "]"
	if double {
		closing = "]]"
	}
	before := bytes.TrimRight(f.data[f.start:f.at], " \t")
	prev := before[len(before)-1]
	c := f.byteAt(f.at)
	switch {
	case c == '.', prev == '.' && (f.ends() || c == ']'):
		return fault(f.one(), "header lacks a name beside a dot", "write names between the dots: [a.b.c]")
	case f.tok.kind == ']' && prev == '[':
		return fault(Span{f.start, f.tok.End}, "header has no name", "write the table's name between the brackets")
	case f.tok.kind == ']':
		return fault(Span{f.start, f.tok.End}, "header begins with two brackets and ends with one", "write [[name]] for an entry of a list of tables, otherwise [name]")
	case f.ends() && prev == '[':
		return fault(Span{f.start, f.at}, "header has no name", "write the table's name and "+closing)
	case f.ends():
		return fault(Span{f.start, f.start + len(before)}, "header is not closed", "end it with "+closing)
	case c == '=' && !double:
		return fault(Span{f.start, f.start + len(before)}, "header is not closed", "end it with ], and write key = value below it")
	case c == '[':
		return fault(f.one(), "bracket inside a header", "write [name] for a table, [[name]] for an entry of a list of tables")
	case f.data[f.at-1] == ' ' || f.data[f.at-1] == '\t':
		return fault(f.word(), "name in a header has a blank", `put the name in quotes: [a."my name"]`)
	}
	return fault(f.one(), "name in a header has a character that needs quotes", `bare names are made of letters A to Z, digits, - and _; put others in quotes: [a."my/name"]`)
}

// word is the token at the failure from there on, or one character.
func (f *failure) word() Span {
	if f.tok.kind == tokenWord || f.tok.kind == tokenString {
		return Span{f.at, f.tok.End}
	}
	return f.one()
}

func (f *failure) afterHeader() Problem {
	switch {
	case f.tok.kind == ']':
		return fault(Span{f.start, f.tok.End}, "header ends with more brackets than it begins with", "write [[name]] for an entry of a list of tables, otherwise [name]")
	case f.slashes():
		return fault(f.line(f.at), "comment begins with slashes", "a comment begins with #")
	case f.tok.kind == '=' || f.tok.kind == tokenWord && f.data[f.at] == '.':
		return fault(f.line(f.start), "header is used as a key", "a key has no brackets; a header is alone on its line")
	}
	return fault(f.line(f.at), "text after a header", "write key = value on the lines below it; a comment begins with #")
}

// slashes reports whether // begins at the failure.
func (f *failure) slashes() bool { return bytes.HasPrefix(f.data[f.at:], []byte("//")) }

// atKey explains a failure where a key should begin.
func (f *failure) atKey() Problem {
	c := f.byteAt(f.at)
	if f.w.top() == '{' {
		return f.atInlineKey()
	}
	rest := f.data[f.at:]
	switch {
	case c == '.':
		return fault(f.one(), "key lacks a name beside a dot", "write names between the dots: a.b.c")
	case f.isHeaderInBraces():
		return fault(f.line(f.start), "header is in braces", "write a header as [name]")
	case bytes.HasPrefix(rest, []byte("<<<<<<<")), bytes.HasPrefix(rest, []byte("=======")), bytes.HasPrefix(rest, []byte(">>>>>>>")):
		return fault(f.line(f.at), "mark of an unresolved merge", "choose one of the two sides and remove the marks")
	case c == '=':
		return fault(f.one(), "key is missing", "write key = value")
	case f.slashes(), c == ';':
		return fault(f.line(f.at), "comment does not begin with #", "a comment begins with #")
	case f.template():
		return f.unfilled()
	case bytes.HasPrefix(rest, []byte("```")):
		return fault(f.line(f.at), "mark of a code block", "remove it; only what is between the marks is the file")
	case c == '{':
		return fault(f.one(), "brace without a key", "TOML puts no braces around the file; write key = value, or a [header]")
	case c == '}' || c == ']':
		return f.closesNothing()
	case c == ',':
		return fault(f.one(), "comma without a value before it", entryHelp)
	}
	return fault(f.keyWord(), "key begins with a character that needs quotes", keyHelp)
}

// template reports whether the mark of a template begins at the failure: {{ or {%.
func (f *failure) template() bool {
	next := f.byteAt(f.at + 1)
	return f.byteAt(f.at) == '{' && (next == '{' || next == '%')
}

// unfilled reports a template that was not filled in.
func (f *failure) unfilled() Problem {
	return fault(f.line(f.at), "template that is not filled in", "fill it in first: TOML has no templates")
}

// closesNothing reports a closing bracket without an opening one.
func (f *failure) closesNothing() Problem {
	return fault(f.one(), "bracket closes nothing", "remove it, or look above for the bracket that it should close")
}

// keyWord is the text from the failure to the blank or equals sign after it.
func (f *failure) keyWord() Span {
	if f.tok.kind != tokenWord {
		return f.one()
	}
	return f.tok.Span
}

// atInlineKey explains a failure where a key of an inline table should begin.
func (f *failure) atInlineKey() Problem {
	switch {
	case !f.shut:
		return f.notClosed()
	case f.tok.kind == ',':
		return fault(f.one(), "comma without an entry before it", "write one comma between entries")
	case f.tok.kind == '=':
		return fault(f.one(), "key is missing", "write { key = value }")
	case f.tok.kind == ']':
		return f.mismatch()
	case f.tok.kind == '{' && f.data[f.at-1] == '{':
		f.at--
		return f.unfilled()
	case f.tok.kind == '{' || f.tok.kind == '[':
		return fault(f.one(), "value without a key in an inline table", "write { key = value }, or [ … ] for a list")
	}
	return fault(f.keyWord(), "key begins with a character that needs quotes", keyHelp)
}

// notClosed reports the innermost bracket that is open at the failure.
func (f *failure) notClosed() Problem {
	at := f.w.open[len(f.w.open)-1]
	related := []Related(nil)
	if f.tok.kind != tokenEnd && f.tok.kind != tokenLine && f.tok.first {
		related = []Related{{f.clip(f.tok.Span), "something else begins here"}}
	}
	if f.data[at] == '{' {
		return fault(Span{at, at + 1}, "inline table is not closed", "end it with }", related...)
	}
	return fault(Span{at, at + 1}, "array is not closed", "end it with ]", related...)
}

// mismatch reports a closing bracket of the wrong form.
func (f *failure) mismatch() Problem {
	at := f.w.open[len(f.w.open)-1]
	opened := []Related{{Span{at, at + 1}, "opened here"}}
	if f.data[at] == '{' {
		return fault(f.one(), "inline table ends with a bracket", "what begins with { ends with }", opened...)
	}
	return fault(f.one(), "array ends with a brace", "what begins with [ ends with ]", opened...)
}

// afterKey explains a failure where the equals sign belongs.
func (f *failure) afterKey() Problem {
	key := Span{f.start, f.start + len(bytes.TrimRight(f.data[f.start:f.at], " \t\r\n"))}
	if f.w.top() == '{' {
		key = f.prev.Span
	}
	if f.w.stage == atKey {
		key = Span{f.tok.Start, f.at}
	}
	c := f.byteAt(f.at)
	line := f.data[f.at:f.line(f.at).End]
	equals := bytes.IndexByte(line, '=')
	apart := f.data[f.at-1] == ' ' || f.data[f.at-1] == '\t'
	switch {
	case f.data[key.End-1] == '.' && !isBareByte(c):
		return fault(Span{key.End - 1, key.End}, "key lacks a name beside a dot", "write names between the dots: a.b.c")
	case f.data[key.Start] == '-' && key.Len() < 3 && apart:
		return f.dash(key)
	case f.lacksBracket():
		if f.byteAt(f.tok.End) == ']' {
			return fault(Span{key.Start, f.tok.End + 1}, "header lacks its opening brackets", "begin it with [[")
		}
		return fault(Span{key.Start, f.tok.End}, "header lacks its opening bracket", "begin it with [")
	case f.lacksBrackets():
		return fault(key, "header lacks its brackets", "write a header as [name]")
	case f.ends(), f.tok.kind == ',' || f.tok.kind == '}' || f.tok.kind == ']':
		return fault(key, "key has no value", "write key = value")
	case c == ':' && equals == 1:
		return fault(Span{f.at, f.at + 2}, "colon before the equals sign", "write key = value")
	case c == ':' && (equals < 0 || f.isColonValue(line)):
		return fault(f.one(), "colon where an equals sign belongs", "write key = value")
	case equals == 1 && bytes.IndexByte([]byte("+-?|&*!"), c) >= 0:
		return fault(Span{f.at, f.at + 2}, "assignment that TOML does not know", "write key = value")
	case equals > 0 && apart && string(f.data[key.Start:key.End]) == "export":
		return fault(Span{key.Start, f.at + len(bytes.TrimRight(line[:equals], " \t"))}, "assignment of a shell", "TOML sets no variables; write key = value")
	case equals > 0 && apart && c != '"' && c != '\'':
		return fault(Span{key.Start, f.at + len(bytes.TrimRight(line[:equals], " \t"))}, "key has a blank", `put the key in quotes: "my key" = …`)
	case apart || c == '"' || c == '\'' || f.tok.kind == '{' || f.tok.kind == '[':
		return fault(f.one(), "equals sign is missing between key and value", "write key = value")
	}
	return fault(f.one(), "key has a character that needs quotes", keyHelp)
}

// lacksBracket reports whether the statement is a header except for the bracket it begins with.
func (f *failure) lacksBracket() bool {
	return f.tok.kind == ']' && f.w.top() == 0 && f.w.stage == afterKey && f.line(f.at).End <= f.tok.End+1
}

// dash explains a line that begins with one or two dashes.
func (f *failure) dash(key Span) Problem {
	if key.Len() == 2 {
		return fault(f.line(key.Start), "comment does not begin with #", "a comment begins with #")
	}
	return fault(key, "dash in front of a list item", `lists are written key = ["a", "b"]`)
}

// isColonValue reports whether a colon at the start of line is followed by a value rather than by more of a key.
func (f *failure) isColonValue(line []byte) bool {
	rest := bytes.TrimLeft(line[1:], " \t")
	return len(rest) > 0 && (len(rest) < len(line)-1 || bytes.IndexByte([]byte(`"'[{`), rest[0]) >= 0)
}

// invisible is the place of a character at the failure that nobody sees, or that looks like a blank.
func (f *failure) invisible() (Span, bool) {
	r, n := utf8.DecodeRune(f.data[f.at:])
	return Span{f.at, f.at + n}, r >= 0x80 && (unicode.IsSpace(r) || unicode.Is(unicode.Cf, r))
}
