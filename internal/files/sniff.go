package files

import (
	"bytes"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/schema"
)

// selecting are the top-level keys any of which makes a file a configuration of Loong.
var selecting = [...]string{"provider", "providers", "active_provider"}

// enoughSections is the number of Loong's other sections that does the same.
const enoughSections = 2

// IsConfig decides by content whether a parsed TOML file is a configuration of Loong
// (contract.md, "What is checked").
func IsConfig(doc *document.Document) bool {
	if len(doc.Problems) > 0 {
		return hasProviderLine(doc.Source)
	}
	for _, key := range selecting {
		if doc.Root.At(key) != nil {
			return true
		}
	}
	sections := 0
	for _, n := range doc.Root.Entries {
		if isSection(n.Name()) {
			sections++
		}
	}
	return sections >= enoughSections
}

// Answer is what a look at the bytes tells.
type Answer uint8

// The answers. Only Maybe needs IsConfig.
const (
	No Answer = iota
	Maybe
	Yes
)

// Look is a cheap look before parsing; it agrees with IsConfig unless it says Maybe.
func Look(src []byte) Answer {
	if hasProviderLine(src) && !bytes.Contains(src, []byte(`"""`)) && !bytes.Contains(src, []byte("'''")) {
		return Yes
	}
	var first string
	for line := range bytes.Lines(src) {
		key := string(firstKey(line))
		for _, s := range selecting {
			if key == s {
				return Maybe
			}
		}
		if key == "" || key == first || !isSection(key) {
			continue
		}
		if first != "" {
			return Maybe
		}
		first = key
	}
	if hasQuotedKey(src) {
		return Maybe
	}
	return No
}

// hasQuotedKey reports whether some line begins with a quoted key that holds an escape.
func hasQuotedKey(src []byte) bool {
	for line := range bytes.Lines(src) {
		line = bytes.TrimLeft(line, " \t[")
		if len(line) > 0 && line[0] == '"' && bytes.IndexByte(line, '\\') >= 0 {
			return true
		}
	}
	return false
}

// firstKey is the first part of a line's header or key, without quotes.
func firstKey(line []byte) []byte {
	line = bytes.TrimPrefix(line, []byte("\xef\xbb\xbf"))
	line = bytes.TrimLeft(line, " \t[")
	if len(line) > 0 && (line[0] == '"' || line[0] == '\'') {
		quote := line[0]
		line = line[1:]
		if end := bytes.IndexByte(line, quote); end >= 0 {
			return line[:end]
		}
		return nil
	}
	if end := bytes.IndexAny(line, " \t.=]\r\n"); end >= 0 {
		return line[:end]
	}
	return line
}

func hasProviderLine(src []byte) bool {
	for line := range bytes.Lines(src) {
		if bytes.HasPrefix(line, []byte("[providers.")) || bytes.HasPrefix(line, []byte("[provider]")) {
			return true
		}
	}
	return false
}

// isSection reports whether key is a table of Loong's configuration.
func isSection(key string) bool {
	f := schema.Types[0].Field(key)
	return f != nil && (f.Shape.Op == schema.OpType || f.Shape.Op == schema.OpMap)
}
