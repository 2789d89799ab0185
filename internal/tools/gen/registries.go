package main

import "fmt"

// registryFacts is facts/registries.json.
type registryFacts struct {
	Registries []struct {
		Path, ID, What, Fails, Passed, Variable, Help, Level string
		Values                                               []string
		KnownOnly                                            bool `json:"known_only"`
	}
	Variables       []struct{ Path, Variable, Registry, Unless string }
	Servers, Routed []string
}

// What a path names that no registry lists.
const (
	serverNames = 100
	routedNames = 101
)

// makeNames writes the closed sets of names that loading does not check, and the variables that come before the file.
func makeNames(f *facts) ([]byte, error) {
	r, w, err := registryWriter(f)
	if err != nil {
		return nil, err
	}
	w.b.WriteString("import \"github.com/loonglint/loonglint/schema\"\n\nvar registries = [...]registry{\n{},\n")
	index, number := map[int]int{}, map[string]int{}
	for i, r := range r.Registries {
		number[r.Path] = i + 1
		for _, p := range w.places(r.Path) {
			index[p.id] = i + 1
		}
		fmt.Fprintf(&w.b, "{entry: %q, values: []string%s", r.ID, stringList(r.Values))
		if r.Variable != "" {
			fmt.Fprintf(&w.b, ", variable: %q, knownOnly: %v", r.Variable, r.KnownOnly)
		}
		fmt.Fprintf(&w.b, ", passed: %q},\n", r.Passed)
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
	w.b.WriteString("// NamesAt numbers the paths of names: an index of registries, or one of the numbers above.\n")
	w.index("Names", index)
	fmt.Fprintf(&w.b, "var routedChannels = [...]string%s\n\n", stringList(r.Routed))
	w.overrides(r, number)
	if w.err != nil {
		return nil, w.err
	}
	return goSource("loong", w.b.Bytes())
}

// overrides writes the variables that come before a key.
func (w *conditionWriter) overrides(r *registryFacts, number map[string]int) {
	index := map[int]int{}
	n := 0
	w.b.WriteString("var overrides = [...]override{\n{},\n")
	write := func(path, variable string, known int, unless string) {
		n++
		for _, p := range w.places(path) {
			index[p.id] = n
		}
		fmt.Fprintf(&w.b, "{variable: %q, known: %d", variable, known)
		if unless != "" {
			_, key := cutLast(unless)
			fmt.Fprintf(&w.b, ", unless: schema.%s", keyName(key))
		}
		w.b.WriteString("},\n")
	}
	for i, r := range r.Registries {
		switch {
		case r.Variable == "":
		case r.KnownOnly:
			write(r.Path, r.Variable, i+1, "")
		default:
			write(r.Path, r.Variable, 0, "")
		}
	}
	for _, v := range r.Variables {
		write(v.Path, v.Variable, number[v.Registry], v.Unless)
	}
	w.b.WriteString("}\n\n// OverridesAt numbers the paths of keys that a variable comes before.\n")
	w.index("Overrides", index)
}

// makeRegistries writes what rules say of names that nothing has registered.
func makeRegistries(f *facts) ([]byte, error) {
	r, w, err := registryWriter(f)
	if err != nil {
		return nil, err
	}
	w.b.WriteString("import \"github.com/loonglint/loonglint/internal/lint\"\n\nvar registryTexts = [...]registryText{\n")
	for _, r := range r.Registries {
		if r.Level == "" {
			r.Level = "warning"
		}
		fmt.Fprintf(&w.b, "{entry: %q, what: %q, fails: %q, help: %q, level: %s},\n", r.ID, r.What, r.Fails, r.Help, w.level(r.Level))
	}
	w.b.WriteString("}\n")
	if w.err != nil {
		return nil, w.err
	}
	return goSource("rules", w.b.Bytes())
}

func registryWriter(f *facts) (*registryFacts, *conditionWriter, error) {
	r, err := load[registryFacts](f, "registries")
	if err != nil {
		return nil, nil, err
	}
	paths, err := loadPaths(f)
	if err != nil {
		return nil, nil, err
	}
	return r, &conditionWriter{facts: f, paths: paths}, nil
}
