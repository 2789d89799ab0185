package main

import (
	"fmt"
	"slices"
	"strings"
)

// makeUnused writes what Loong reads and does nothing with.
func makeUnused(f *facts) ([]byte, error) {
	t, err := load[traps](f, "traps")
	if err != nil {
		return nil, err
	}
	paths, err := loadPaths(f)
	if err != nil {
		return nil, err
	}
	w := &conditionWriter{facts: f, paths: paths}
	w.b.WriteString("import \"github.com/loonglint/loonglint/schema\"\n\n")
	w.inert()
	w.unusedACP()
	w.needs(t)
	w.b.WriteString("var offSections = [...]offSection{\n")
	for _, s := range t.Off {
		w.places(s.Section + ".enabled")
		fmt.Fprintf(&w.b, "{%q, schema.%s},\n", s.ID, keyName(s.Section))
	}
	w.b.WriteString("}\n\n")
	fmt.Fprintf(&w.b, "var aboutTheUser = [...]string%s\n\n", stringList(t.AboutTheUser))
	for _, key := range t.AboutTheUser {
		w.places("memory.personalization." + key)
	}
	if w.err != nil {
		return nil, w.err
	}
	return goSource("loong", w.b.Bytes())
}

// inert writes the keys that nothing reads; tables among them are entry X22 of traps.md and not
// meant here.
func (w *conditionWriter) inert() {
	index, texts := map[int]int{}, []string{""}
	for _, p := range w.paths.all {
		text, ok := w.unread(p)
		if !ok || p.expr.Op == "ref" && p.decl.Name == "acp" {
			continue
		}
		i := slices.Index(texts, text)
		if i < 0 || text == "" {
			i, texts = len(texts), append(texts, text)
		}
		index[p.id] = i
	}
	fmt.Fprintf(&w.b, "// InertTexts say more of the keys of InertAt, by its numbers.\nvar InertTexts = [...]string{\n")
	for _, t := range texts {
		fmt.Fprintf(&w.b, "%q,\n", t)
	}
	w.b.WriteString("}\n\n")
	w.b.WriteString("// InertAt numbers the paths of keys that Loong reads and does not use.\n")
	w.index("Inert", index)
}

// typeTexts are the descriptions of a type's keys.
type typeTexts struct{ Fields map[string]string }

// unread reports whether descriptions.json marks a key as read by nothing, and what else it says.
func (w *conditionWriter) unread(p *schemaPath) (text string, ok bool) {
	if w.texts == nil {
		d, err := load[struct{ Types map[string]typeTexts }](w.facts, "descriptions")
		if err != nil {
			w.err = err
			return "", false
		}
		w.texts = d.Types
	}
	if p.decl == nil {
		return "", false
	}
	text = w.texts[p.owner].Fields[p.decl.Name]
	i := strings.Index(strings.ToLower(text), inertMark)
	if i < 0 {
		return "", false
	}
	before, after := text[:i], text[i+len(inertMark):]
	return strings.Trim(before+after, ",; "), true
}

// unusedACP writes the acp tables that nothing reads, as descriptions.json marks them (X22).
func (w *conditionWriter) unusedACP() {
	type typeText struct{ Fields map[string]string }
	d, err := load[struct{ Types map[string]typeText }](w.facts, "descriptions")
	if err != nil {
		w.err = err
		return
	}
	index := map[int]int{}
	for _, p := range w.paths.all {
		if p.decl != nil && p.decl.Name == "acp" && strings.HasPrefix(d.Types[p.owner].Fields["acp"], "Read but not used") {
			index[p.id] = 1
		}
	}
	w.b.WriteString("// UnusedACPAt marks the paths of acp tables that no channel applies (X22).\n")
	w.index("UnusedACP", index)
}
