package lsp

import (
	"strings"

	"github.com/loonglint/loonglint/internal/describe"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/rules"
	"github.com/loonglint/loonglint/schema"
)

// ruleNames offers the rules that a comment can suppress.
func (w *completer) ruleNames() {
	_, text, ok := strings.Cut(string(w.text.source[w.spot.Span.Start:w.offset]), "loonglint:")
	if !ok || strings.Count(text, "[") != 1 || strings.Contains(text, "]") {
		return
	}
	w.context.word = wordAt(w.text.source, w.offset)
	told := map[string]bool{}
	offer := func(r *lint.Rule, sort string) {
		if !r.Mandatory && !told[r.Name] {
			told[r.Name] = true
			w.add(completionItem{Label: r.Name, Kind: completionEnum, Detail: r.Level.String(), Documentation: r.Summary, SortText: sort}, r.Name)
		}
	}
	line := w.text.line(w.offset)
	for _, f := range w.findings { // those of the line, or of the next one, are what is meant
		if at := w.text.line(f.Span.Start); at == line || at == line+1 {
			offer(f.Rule, " ")
		}
	}
	for _, r := range rules.All() {
		offer(r, "")
	}
}

// ofSettings offers what can be written in a loonglint.toml.
func (w *completer) ofSettings() {
	var path []string
	for _, name := range w.context.above {
		if name == "[]" {
			name = "[0]"
		}
		path = append(path, name)
	}
	if w.context.header {
		w.settingKeys(settingTable(path), "", func(k *describe.Setting) bool { return k.Type() == "object" || k.Item().Type() == "object" })
		return
	}
	if !w.context.value {
		after := " = "
		if w.isKeyed() || w.context.quote != 0 {
			after = ""
		}
		w.settingKeys(settingTable(path), after, func(k *describe.Setting) bool { return k.Type() != "object" && k.Item().Type() != "object" })
		return
	}
	key := settingAt(path)
	for _, word := range key.Words() {
		w.addText(completionItem{Kind: completionEnum}, word)
	}
	switch key.Type() {
	case "boolean":
		for _, word := range [...]string{"true", "false"} {
			w.add(completionItem{Label: word, Kind: completionValue}, word)
		}
	case "string":
		if len(path) > 0 && path[len(path)-1] == "target-loong" {
			for _, name := range schema.TargetNames() {
				w.addText(completionItem{Kind: completionEnum}, name)
			}
		}
	}
}

// settingTable is a table of loonglint.toml by its path: where that is a list, of its entries.
func settingTable(path []string) *describe.Setting {
	if k := settingAt(path); k.Item() == nil {
		return k
	}
	return settingAt(path).Item()
}

// settingKeys offers the keys of a table of loonglint.toml.
func (w *completer) settingKeys(table *describe.Setting, after string, fits func(*describe.Setting) bool) {
	for _, name := range table.Keys() {
		k := table.At(name)
		if !fits(k) {
			continue
		}
		item := completionItem{Label: name, Kind: completionProperty, Documentation: k.Text()}
		if r := rules.ByName(name); r != nil {
			item.Detail = r.Level.String()
		}
		w.add(item, name+after)
	}
}
