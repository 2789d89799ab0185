package main

import "fmt"

// registryFacts is facts/registries.json.
type registryFacts struct {
	Registries []struct {
		Path, What, Fails, Variable, Help string
		Values                            []string
		Error                             bool
		KnownOnly                         bool `json:"known_only"`
	}
	Servers, Routed []string
}

// makeRegistries writes the closed sets of names that loading does not check.
func makeRegistries(f *facts) ([]byte, error) {
	r, err := load[registryFacts](f, "registries")
	if err != nil {
		return nil, err
	}
	paths, err := loadPaths(f)
	if err != nil {
		return nil, err
	}
	w := &conditionWriter{facts: f, paths: paths}
	w.b.WriteString("import \"github.com/loonglint/loonglint/schema\"\n\nvar registries = [...]registry{\n{},\n")
	index := map[int]int{}
	for i, r := range r.Registries {
		for _, p := range w.places(r.Path) {
			index[p.id] = i + 1
		}
		fmt.Fprintf(&w.b, "{what: %q, values: []string%s, fails: %q, variable: %q", r.What, stringList(r.Values), r.Fails, r.Variable)
		if r.Help != "" {
			fmt.Fprintf(&w.b, ", help: %q", r.Help)
		}
		if r.KnownOnly {
			w.b.WriteString(", knownOnly: true")
		}
		if r.Error {
			w.b.WriteString(", err: true")
		}
		w.b.WriteString("},\n")
	}
	w.b.WriteString("}\n\n")
	for _, path := range r.Servers {
		for _, p := range w.places(path) {
			index[p.id] = serverNames
		}
	}
	for _, p := range w.places("acp.dispatch.allowed_channels") {
		index[p.id] = routedNames
	}
	fmt.Fprintf(&w.b, "const (\nserverNames = %d // the names of MCP servers\nroutedNames = %d // channels\n)\n\n", serverNames, routedNames)
	w.b.WriteString("// registryAt numbers the paths of names: an index of registries, or one of the numbers above.\n")
	w.index("registry", index)
	fmt.Fprintf(&w.b, "var routedChannels = [...]string%s\n", stringList(r.Routed))
	if w.err != nil {
		return nil, w.err
	}
	return goSource("rules", w.b.Bytes())
}

// What a path names that no registry lists.
const (
	serverNames = 100
	routedNames = 101
)
