package main

import (
	"bytes"
	"fmt"
	"strings"
)

// makeAccess writes the settings that widen access (facts/access.json), for the audit.
func makeAccess(f *facts) ([]byte, error) {
	t, err := load[struct {
		Settings []struct{ Path, When, Text string }
	}](f, "access")
	if err != nil {
		return nil, err
	}
	paths, err := loadPaths(f)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteString("var accessSettings = [...]accessSetting{\n")
	for _, s := range t.Settings {
		if _, err := paths.id(s.Path); err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "{path: [5]string%s, when: %q, text: %q},\n", stringList(strings.Split(s.Path, ".")), s.When, s.Text)
	}
	b.WriteString("}\n")
	return goSource("audit", b.Bytes())
}
