package document

import (
	"bytes"
	"fmt"
)

// isForeign reports whether the file is written in another language, which is then its only problem.
func (p *parser) isForeign() bool {
	if p.sniffed {
		return false
	}
	p.sniffed = true
	language, help := foreign(p.doc.Source)
	if language == "" {
		return false
	}
	at := afterLines(p.data, 0)
	for at < len(p.data) && p.data[at] == '#' {
		at = afterLines(p.data, nextLine(p.data, at))
	}
	end := lineEnd(p.data, min(at, len(p.data)-1))
	p.doc.Problems, p.broken = nil, 0
	p.report(fault(p.clip(Span{at, end}), fmt.Sprintf("file is %s, not TOML", language), help))
	p.full, p.doc.Root.form = true, p.doc.Root.form|torn
	p.close()
	p.doc.Root.branch = &p.doc.leaf // what was read up to here means nothing
	return true
}

const writeTOML = `write [headers] and key = "value" below them; loonglint init prints a file to begin with`

// foreign tells the language of a file that is not TOML, with what to do, or "".
func foreign(src []byte) (language, help string) {
	text := bytes.TrimSpace(bytes.TrimPrefix(src, []byte(byteOrderMark)))
	switch {
	case bytes.HasPrefix(text, []byte("<")) && !bytes.HasPrefix(text, []byte("<<")):
		return "XML or HTML", writeTOML
	case isJSON(text):
		return "JSON", writeTOML
	}
	n := countLines(text)
	switch {
	case n.headers > 0 && n.bare > 1 && n.quoted+n.open == 0 && n.bare >= n.colons:
		return "INI", `put each text in quotes: key = "value"`
	case n.headers+n.quoted+n.open > 0:
	case n.bare > 1 && n.bare == n.variables:
		return "a list of variables", writeTOML
	case n.names > 1 && n.names == n.colons:
		return "JSON", writeTOML
	case n.colons > 1 && n.colons+n.dashes > n.other:
		return "YAML", writeTOML
	}
	return "", ""
}

// isJSON reports whether text begins as JSON does: a brace, then a name in double quotes or nothing.
func isJSON(text []byte) bool {
	inside, ok := bytes.CutPrefix(text, []byte{'{'})
	inside = bytes.TrimSpace(inside)
	if !ok || len(inside) == 0 || inside[0] != '"' && inside[0] != '}' {
		return false
	}
	return inside[0] == '}' || bytes.IndexByte(inside, ':') > 0
}

// lineCount is how many lines of a file look like something.
type lineCount struct {
	headers   int // [name]
	quoted    int // key = a text in quotes
	open      int // key = [ or {
	bare      int // key = a text without quotes
	variables int // of these NAME=text
	colons    int // key: text
	names     int // of these with the key in double quotes
	dashes    int // - text
	other     int // something else
}

func countLines(text []byte) (n lineCount) {
	for len(text) > 0 {
		end := lineEnd(text, 0)
		line := bytes.TrimSpace(text[:end])
		text = text[min(len(text), nextLine(text, end)):]
		if len(line) > 0 && line[0] != '#' {
			n.add(line)
		}
	}
	return n
}

func (n *lineCount) add(line []byte) {
	if isHeader(line) {
		n.headers++
		return
	}
	if bytes.HasPrefix(line, []byte("- ")) {
		n.dashes++
		line = bytes.TrimSpace(line[2:])
	}
	key, ok := cutKey(bytes.TrimPrefix(line, []byte("export ")))
	if !ok || len(key) == 0 {
		n.other++
		return
	}
	value := bytes.TrimLeft(key[1:], " \t")
	switch {
	case key[0] == ':' && (len(key) == 1 || key[1] == ' ' || key[1] == '\t'):
		n.colons++
		if line[0] == '"' {
			n.names++
		}
	case key[0] != '=' || len(value) == 0:
		n.other++
	case value[0] == '"' || value[0] == '\'':
		n.quoted++
	case value[0] == '[' || value[0] == '{':
		n.open++
	case isBareText(value):
		n.bare++
		if name := line[:bytes.IndexByte(line, '=')]; bytes.Equal(name, bytes.ToUpper(name)) {
			n.variables++
		}
	}
}

// isBareText reports whether a value is a word that TOML does not know.
func isBareText(value []byte) bool {
	switch word, _, _ := bytes.Cut(value, []byte{' '}); string(word) {
	case "true", "false", "inf", "nan":
		return false
	}
	return value[0] >= 'A'
}
