package main

import (
	"fmt"
	"slices"
	"strings"
)

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
	fmt.Fprintf(&w.b, "var inertTexts = [...]string{\n")
	for _, t := range texts {
		fmt.Fprintf(&w.b, "%q,\n", t)
	}
	w.b.WriteString("}\n\n")
	w.index("inert", index)
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
