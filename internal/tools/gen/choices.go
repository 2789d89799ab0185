package main

import (
	"bytes"
	"fmt"
	"strings"
)

// choiceFacts is facts/choices.json.
type choiceFacts struct {
	Aliases []struct{ Alias, Chosen, Instead string }
	Places  []struct {
		Kind, Text string
		Names      []string
	}
}

// makeChoices writes the aliases that hide a choice and the places of placeholders' values.
func makeChoices(f *facts) ([]byte, error) {
	c, err := load[choiceFacts](f, "choices")
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteString("var aliasChoices = [...]aliasChoice{\n")
	for _, a := range c.Aliases {
		fmt.Fprintf(&b, "{%q, %q, %q},\n", a.Alias, a.Chosen, a.Instead)
	}
	b.WriteString("}\n\n// names are divided and enclosed by blanks.\nvar valuePlaces = [...]valuePlace{\n")
	for _, p := range c.Places {
		fmt.Fprintf(&b, "{kind: %q, names: %q, text: %q},\n", p.Kind, " "+strings.Join(p.Names, " ")+" ", p.Text)
	}
	b.WriteString("}\n")
	return goSource("rules", b.Bytes())
}
