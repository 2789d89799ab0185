package main

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
)

// toolFacts is facts/tools.json.
type toolFacts struct{ Tools []toolFact }

type toolFact struct {
	Name, Kind, Lists, Child, Where, Instead string
	Spellings, Limits                        []string
	Asks, Low                                bool
	OwnLimit                                 bool `json:"own_limit"`
}

// makeTools writes the tools of Loong, and which settings look at them.
func makeTools(f *facts) ([]byte, error) {
	t, err := load[toolFacts](f, "tools")
	if err != nil {
		return nil, err
	}
	words := map[string]string{
		"core": "CoreTool", "app": "AppTool", "facade": "FacadeTool",
		"never": "NeverLooked", "denied-first": "DeniedFirst", "by-profile": "LookedByProfile", "programs": "LookedByProgram",
		"child never": "NeverGiven", "child name": "GivenByName", "child shell": "GivenBySwitch",
	}
	list := slices.Clone(t.Tools)
	slices.SortFunc(list, func(a, b toolFact) int { return cmp.Compare(a.Name, b.Name) })
	var b bytes.Buffer
	b.WriteString("var tools = [...]Tool{\n")
	for _, t := range list {
		for _, word := range []string{t.Kind, t.Lists, "child " + t.Child} {
			if words[word] == "" {
				return nil, fmt.Errorf("facts/tools.json: %s has no known %q", t.Name, word)
			}
		}
		fmt.Fprintf(&b, "{Name: %q, Kind: %s, Lists: %s, Child: %s", t.Name, words[t.Kind], words[t.Lists], words["child "+t.Child])
		for _, text := range [...]struct{ field, value string }{{"Where", t.Where}, {"Instead", t.Instead}} {
			if text.value != "" {
				fmt.Fprintf(&b, ", %s: %q", text.field, text.value)
			}
		}
		for _, list := range [...]struct {
			field string
			words []string
		}{{"Spellings", t.Spellings}, {"Limits", t.Limits}} {
			if len(list.words) > 0 {
				fmt.Fprintf(&b, ", %s: %#v", list.field, list.words)
			}
		}
		for _, flag := range [...]struct {
			field string
			on    bool
		}{{"Asks", t.Asks}, {"Low", t.Low}, {"OwnLimit", t.OwnLimit}} {
			if flag.on {
				fmt.Fprintf(&b, ", %s: true", flag.field)
			}
		}
		b.WriteString("},\n")
	}
	b.WriteString("}\n")
	return goSource("loong", b.Bytes())
}
