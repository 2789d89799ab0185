package document

import (
	"bytes"
	"strings"
)

// atValue explains a failure where a value belongs, or inside one that is not a string.
func (f *failure) atValue() Problem {
	inside := f.w.top() != 0
	switch {
	case f.ends() && f.w.top() == '[', inside && !f.shut && f.tok.first && f.tok.kind != tokenString:
		return f.notClosed()
	case f.tok.kind == '=' && f.prev.kind == '=':
		return fault(Span{f.prev.Start, f.tok.End}, "equals sign is written twice", "write key = value")
	case f.tok.kind == '=':
		return fault(f.one(), "equals sign inside an array", "write { key = value } for a table in a list")
	case f.tok.kind == ',' && f.prev.kind == '=', f.ends(), f.tok.kind == '}' && f.prev.kind == '=':
		return fault(f.prev.Span, "value is missing after the equals sign", `write key = value; empty text is ""`)
	case f.tok.kind == ',':
		return fault(f.one(), "comma without a value before it", "write one comma between values")
	case f.tok.kind == '}' && f.w.top() == '[', f.tok.kind == ']' && f.w.top() == '{':
		return f.mismatch()
	case f.tok.kind == ']' || f.tok.kind == '}':
		return f.closesNothing()
	}
	return f.badWord()
}

// badWord explains text that is no value.
func (f *failure) badWord() Problem {
	word := string(f.data[f.tok.Start:f.tok.End])
	at := f.unquoted()
	switch {
	case f.semicolon() && f.w.top() == 0:
		return fault(f.one(), "semicolon after the value", "end the line after the value")
	case f.semicolon():
		return fault(f.one(), "semicolon where a comma belongs", "write a comma between values")
	case f.w.top() == '[' && f.byteAt(f.blanksAfter(f.tok.End)) == '=':
		return fault(at, "key inside an array", "write { key = value } for a table in a list")
	}
	if at.End > f.tok.End {
		if strings.HasPrefix(word, ">") && f.prev.End == f.tok.Start {
			return fault(Span{f.prev.Start, f.tok.Start + 1}, "arrow where an equals sign belongs", "write key = value")
		}
		return fault(at, "text is not quoted", quoteHelp)
	}
	switch strings.ToLower(word) {
	case "true", "yes", "on":
		return fault(at, "not a boolean that TOML knows", "write true, in small letters")
	case "false", "no", "off":
		return fault(at, "not a boolean that TOML knows", "write false, in small letters")
	case "null", "none", "nil", "undefined", "~":
		return fault(at, "TOML has no word for nothing", "remove the key where there is no value")
	case "nan", "+nan", "-nan", "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity":
		return fault(at, "not a number that TOML knows", "write nan, inf or -inf, in small letters")
	}
	switch c := word[0]; {
	case c == '`':
		return fault(at, "backquotes do not make a string", `use straight quotes: "…" or '…'`)
	case c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.':
		return f.badNumber(at, word)
	}
	return fault(at, "text is not quoted", quoteHelp)
}

// semicolon reports whether go-toml stopped at a semicolon that ends a word.
func (f *failure) semicolon() bool {
	return f.tok.kind == tokenWord && f.at > f.tok.Start && f.at == f.tok.End-1 && f.data[f.at] == ';'
}

// blanksAfter is the offset of the first byte from offset on that is no blank.
func (f *failure) blanksAfter(offset int) int {
	for c := f.byteAt(offset); c == ' ' || c == '\t'; c = f.byteAt(offset) {
		offset++
	}
	return offset
}

// unquoted is the span of the text that stands where a value should: to the end of the line, or in
// brackets to the next comma or bracket.
func (f *failure) unquoted() Span {
	if f.w.top() == 0 {
		return f.line(f.tok.Start)
	}
	w, end := f.w, f.tok.End
	w.stage = afterHeader
	for t := w.next(); t.kind == tokenWord || t.kind == tokenString; t = w.next() {
		end = t.End
	}
	return Span{f.tok.Start, end}
}

// badNumber explains a word that begins like a number.
func (f *failure) badNumber(at Span, word string) Problem {
	digits := strings.TrimLeft(word, "+-")
	switch {
	case digits == "":
		return fault(at, "sign without a number", "write 5, +5 or -5; text needs quotes")
	case isDateLike(digits):
		return fault(at, "not a date or time that exists", "dates are written 2024-05-06, times 07:08:09, both 2024-05-06T07:08:09Z; other text needs quotes")
	case len(digits) > 1 && digits[0] == '0' && strings.IndexByte("xXoObB", digits[1]) >= 0:
		return fault(at, "not a number that TOML knows", "hexadecimal, octal and binary numbers are written 0xff, 0o17 and 0b11, without sign")
	case strings.Count(digits, ".") > 1 || strings.ContainsAny(digits, ":/"):
		return fault(at, "text is not quoted", quoteHelp)
	case len(digits) > 1 && digits[0] == '0' && isDigits(digits):
		return fault(at, "number begins with a zero", "remove the zeros in front; octal numbers are written 0o17, text needs quotes")
	case strings.Contains(digits, "_") && isDigits(strings.ReplaceAll(digits, "_", "")):
		return fault(at, "underscore without a digit on both sides", "write an underscore between two digits: 1_000")
	case strings.Count(digits, ".") == 1 && isDigits(strings.Replace(digits, ".", "", 1)):
		return fault(at, "decimal point without a digit on both sides", "write 0.5 or 5.0")
	case isDigits(digits):
		return fault(at, "number has more than one sign", "write 5, +5 or -5")
	case strings.Trim(digits, "0123456789._+-eE") == "" && !isDigits(digits[len(digits)-1:]):
		return fault(at, "number lacks digits at its end", "write 1e3, 1e-3 or 5.0")
	case strings.HasSuffix(digits, "%"), isDigits(strings.TrimRight(digits, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")):
		return fault(at, "number with a unit", "write a number alone: 42, 1_000, 0.5; text needs quotes")
	}
	return fault(at, "neither a number nor quoted text", "numbers are written 42, 1_000, 0.5, 1e3, 0xff; text needs quotes")
}

// isDateLike reports whether s begins with a year and a dash, or an hour and a colon.
func isDateLike(s string) bool {
	return len(s) > 4 && isDigits(s[:4]) && s[4] == '-' || len(s) > 2 && isDigits(s[:2]) && s[2] == ':'
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// afterValue explains a failure after a value.
func (f *failure) afterValue() Problem {
	switch f.w.top() {
	case '[':
		return f.afterItem()
	case '{':
		return f.afterEntry()
	}
	c := f.byteAt(f.at)
	rest := f.line(f.at)
	switch {
	case f.tok.kind == ',' && f.prev.kind == tokenWord && f.at+1 < rest.End && isDigits(string(f.data[f.at+1:f.at+2])):
		return fault(f.one(), "comma inside a number", "write 1_000 or 1000, and a decimal point as .")
	case f.tok.kind == ',' && rest.Len() == 1:
		return fault(f.one(), "comma after the value", "end the line after the value; commas belong inside brackets only")
	case c == ';' && rest.Len() == 1:
		return fault(f.one(), "semicolon after the value", "end the line after the value")
	case f.slashes():
		return fault(rest, "comment begins with slashes", "a comment begins with #")
	case f.innerQuote(rest):
		return fault(Span{f.prev.End - 1, f.prev.End}, "quote inside a string ends it", f.innerHelp())
	case f.tok.kind == '=':
		return fault(f.one(), "second equals sign in a line", "write one key = value on each line; text needs quotes")
	case f.tok.kind == ']' || f.tok.kind == '}':
		return f.closesNothing()
	case f.tok.kind == tokenWord && bytes.IndexByte(f.data[f.at:rest.End], '=') > 0:
		return fault(rest, "second key in a line", entryHelp)
	}
	return fault(rest, "text after the value", entryHelp)
}

// innerQuote reports whether the string before the failure seems to have been ended by a quote that belongs to its text.
func (f *failure) innerQuote(rest Span) bool {
	if f.prev.kind != tokenString || f.prev.multi || f.prev.Len() < 2 || f.tok.Start != f.prev.End {
		return false
	}
	text := f.data[rest.Start:rest.End]
	return len(text) > 0 && text[len(text)-1] == f.data[f.prev.Start]
}

func (f *failure) innerHelp() string {
	if f.data[f.prev.Start] == '"' {
		return `write \" for a quote inside the string, or put the text in '…'`
	}
	return `put the text in "…", where ' is plain`
}

// afterItem explains a failure after a value in an array.
func (f *failure) afterItem() Problem {
	switch {
	case f.tok.kind == '}':
		return f.mismatch()
	case !f.shut:
		return f.notClosed()
	case f.tok.kind == '=' || f.byteAt(f.at) == ':':
		return fault(f.one(), "key inside an array", "write { key = value } for a table in a list")
	case f.tok.kind == tokenWord && f.byteAt(f.at) == ';':
		return fault(f.one(), "semicolon where a comma belongs", "write a comma between values")
	}
	return fault(f.afterPrevious(), "comma is missing between two values", "write a comma between values", f.here())
}

// afterEntry explains a failure after a value in an inline table.
func (f *failure) afterEntry() Problem {
	switch {
	case f.tok.kind == ']':
		return f.mismatch()
	case !f.shut:
		return f.notClosed()
	case f.tok.kind == '=':
		return fault(f.one(), "second equals sign in an entry", "write { key = value, key = value }; text needs quotes")
	case f.tok.kind == tokenWord && f.byteAt(f.at) == ';':
		return fault(f.one(), "semicolon where a comma belongs", "write a comma between entries")
	}
	return fault(f.afterPrevious(), "comma is missing between two entries", "write { key = value, key = value }", f.here())
}

// afterPrevious is the last character of the token before the failure: a comma belongs after it.
func (f *failure) afterPrevious() Span { return Span{f.prev.End - 1, f.prev.End} }

// here marks the token at the failure as the next of two.
func (f *failure) here() Related { return Related{f.clip(f.tok.Span), "the next one begins here"} }
