package document

import "bytes"

// keepHeader opens the table of a header that was refused, where its name can be read.
func (f *failure) keepHeader() bool {
	text := bytes.Clone(bytes.TrimRight(f.data[f.start:f.line(f.start).End], " \t\r\n"))
	from := 0
	for from < len(text) && (text[from] == '[' || text[from] == '{' || text[from] == ' ') {
		from++
	}
	end := from + bytes.IndexAny(text[from:], "]}=")
	if end < from {
		end = len(text)
	}
	lead, closing := "[", "]"
	if from > 0 {
		fillBlank(text[:from])
		text[from-1], lead = '[', ""
	}
	if from > 1 && end == len(text) && f.data[f.start+1] == '[' {
		text[from-2], closing = '[', "]]"
	}
	mendName(text[from:end])
	return end > from && f.read(text[:end], lead, closing, Span{})
}

// mendName writes characters that a name in a header may not have as _, and blanks where there is nothing
// between dots. A name in quotes is left alone.
func mendName(name []byte) {
	if bytes.ContainsAny(name, `"'`) {
		return
	}
	empty := true // since the last dot
	for i, c := range name {
		switch {
		case c == '.' && (empty || len(bytes.Trim(name[i+1:], " \t.")) == 0):
			name[i] = ' '
		case c == '.':
			empty = true
		case isBareByte(c):
			empty = false
		case c != ' ' && c != '\t', !empty && i+1 < len(name) && isBareByte(name[i+1]):
			name[i], empty = '_', false
		}
	}
}

// isHeaderInBraces reports whether the statement is a name in braces: {a.b}.
func (f *failure) isHeaderInBraces() bool {
	if f.byteAt(f.start) != '{' {
		return false
	}
	line := f.data[f.start:f.line(f.start).End]
	if len(line) < 3 || line[len(line)-1] != '}' {
		return false
	}
	rest, ok := cutKey(line[1:])
	return ok && len(rest) == 1
}

// lacksBrackets reports whether the statement is a name alone that looks like a header: the line above has no
// statement, or the name has parts; and a key = value follows.
func (f *failure) lacksBrackets() bool {
	if f.equal > 0 || !f.ends() || f.w.top() != 0 {
		return false
	}
	rest, ok := cutKey(f.data[f.start:f.line(f.start).End])
	if !ok || len(rest) > 0 || !begins(f.data, afterLines(f.data, nextLine(f.data, f.start)), false) {
		return false
	}
	return bytes.IndexByte(f.data[f.start:f.line(f.start).End], '.') > 0 || f.belowNothing()
}

// belowNothing reports whether there is no line above the statement, or one that is empty or a comment.
func (f *failure) belowNothing() bool {
	above := bytes.TrimRight(f.data[:f.start], " \t")
	above = bytes.TrimSuffix(above, []byte{'\n'})
	above = bytes.TrimSpace(above[bytes.LastIndexByte(above, '\n')+1:])
	return len(above) == 0 || above[0] == '#'
}
