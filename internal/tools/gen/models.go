package main

import (
	"bytes"
	"fmt"
)

// modelFacts is facts/models.json.
type modelFacts struct {
	Plain []struct {
		Kind     string
		Prefixes []string
	}
	Prefixed []string
	OwnOnly  []string `json:"own_only"`
	Families []struct {
		Kind   string
		Begins []string
	}
}

// makeModels writes what is known of the names of models.
func makeModels(f *facts) ([]byte, error) {
	m, err := load[modelFacts](f, "models")
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteString("// plainModels are the prefixes that the names of a kind's own service do not have.\nvar plainModels = [...]modelWords{\n")
	for _, p := range m.Plain {
		fmt.Fprintf(&b, "{%q, %#v},\n", p.Kind, p.Prefixes)
	}
	b.WriteString("}\n\n// modelFamilies are what the names of a vendor's models begin with.\nvar modelFamilies = [...]modelWords{\n")
	for _, p := range m.Families {
		fmt.Fprintf(&b, "{%q, %#v},\n", p.Kind, p.Begins)
	}
	fmt.Fprintf(&b, "}\n\nvar prefixedModels = [...]string%s\n\nvar ownModelsOnly = [...]string%s\n", stringList(m.Prefixed), stringList(m.OwnOnly))
	return goSource("rules", b.Bytes())
}
