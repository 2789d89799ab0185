package main

import (
	_ "embed"
	"path/filepath"
	"strings"
)

// equivalentText lists changes that no test can notice, each after somebody read the code: file, line, change, reason.
//
//go:embed equivalent.txt
var equivalentText string

// knownEquivalent reports whether a change is in that list. A line of code is named by what it says, so that it keeps its
// entry when others come before it.
func knownEquivalent(m *mutant) bool {
	lines := strings.Split(string(m.source), "\n")
	for entry := range strings.Lines(equivalentText) {
		// The line of code may have bars in it; the other fields have none.
		file, rest, _ := strings.Cut(entry, " | ")
		if last := strings.LastIndex(rest, " | "); last >= 0 && strings.HasSuffix(filepath.ToSlash(m.Path), "/"+file) &&
			rest[:last] == strings.TrimSpace(lines[m.Line-1])+" | "+m.What {
			return true
		}
	}
	return false
}
