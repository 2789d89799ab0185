package main

import (
	"fmt"
	"strings"
)

// textFacts is facts/texts.json.
type textFacts struct {
	Free, Home, Written, Child, Shells, Elsewhere []string
	EvenOff                                       []string `json:"written_even_off"`
	NoPath                                        []string `json:"no_path"`
}

// textUses are the names of the numbers that makeTexts writes, from 1.
var textUses = []string{"usedAsText", "usedAsAddress", "usedAsModel", "usedAsPreference", "usedAsHomePath", "usedAsPath", "usedAsPathEvenOff", "usedByChild"}

// makeTexts writes which keys hold a text that is used as it is written, by their type; facts/texts.json has what the
// type does not tell.
func makeTexts(f *facts) ([]byte, error) {
	t, err := load[textFacts](f, "texts")
	if err != nil {
		return nil, err
	}
	paths, err := loadPaths(f)
	if err != nil {
		return nil, err
	}
	classes, err := loadClasses(f, paths)
	if err != nil {
		return nil, err
	}
	w := &conditionWriter{facts: f, paths: paths}
	w.b.WriteString("import \"github.com/loonglint/loonglint/schema\"\n\n// What a text is used as, by the number in textAt.\nconst (\n")
	for i, name := range textUses {
		fmt.Fprintf(&w.b, "%s = %d\n", name, i+1)
	}
	w.b.WriteString(")\n\n")
	listed := map[int]string{}
	for _, group := range [...]struct {
		use   string
		paths []string
	}{{"", t.Free}, {"", t.Elsewhere}, {"usedAsHomePath", t.Home}, {"usedAsPath", t.Written}, {"usedAsPathEvenOff", t.EvenOff}, {"usedByChild", t.Child}} {
		for _, path := range group.paths {
			for _, p := range w.places(path) {
				listed[p.id] = group.use
			}
		}
	}
	index := map[int]int{}
	for _, p := range paths.all {
		for i, name := range textUses {
			if name == textUse(p, listed, classes[p.id]) {
				index[p.id] = i + 1
			}
		}
	}
	w.b.WriteString("// textAt numbers the paths of texts that Loong uses as they are written.\n")
	w.index("text", index)
	fmt.Fprintf(&w.b, "var noPath = [...]string%s\n\nvar shells = [...]string%s\n", stringList(t.NoPath), stringList(t.Shells))
	if w.err != nil {
		return nil, w.err
	}
	return goSource("rules", w.b.Bytes())
}

// textUse is the name of what the text at a path is used as, or "".
func textUse(p *schemaPath, listed map[int]string, classes string) string {
	if !isText(p) {
		return ""
	}
	for up := p; up != nil; up = up.parent {
		if use, ok := listed[up.id]; ok {
			return use
		}
		if up.expr.Op == "secret_ref" {
			return ""
		}
	}
	switch {
	case strings.Contains(classes, "ClassAddress") && !strings.Contains(classes, "ClassSecret"):
		return "usedAsAddress"
	case classes != "":
		return ""
	case p.decl != nil && p.decl.Name == "model" && strings.HasPrefix(p.owner, "Provider"):
		return "usedAsModel"
	case p.decl != nil && p.decl.Name == "preferred_models":
		return "usedAsPreference"
	}
	return "usedAsText"
}

// isText reports whether a path holds a string or a list of strings.
func isText(p *schemaPath) bool {
	e := p.expr
	return e.Op == "string" || e.Op == "path" || e.Op == "list" && e.Elem.Op == "string"
}
