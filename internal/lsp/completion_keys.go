package lsp

import (
	"strings"

	"github.com/loonglint/loonglint/internal/describe"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/sheet"
	"github.com/loonglint/loonglint/schema"
)

// keys offers the keys that a table lacks, and at the beginning of a line the headers of other tables.
func (w *completer) keys() {
	path := w.pathOf()
	t, table := path.Type(), w.tableAt()
	onlyKey := w.isKeyed()
	if t != nil && (t.Kind == schema.Struct || t.Kind == schema.Variants || t.Kind == schema.Secret) {
		v := schema.Value{Node: table, Path: path, Shape: path.Shape()}
		if table != nil {
			v = w.value(table)
		}
		for i := range t.Fields {
			f := &t.Fields[i]
			if f.Missing.Has(w.config.Target) || table.At(f.Name) != nil && !w.isWord(table.At(f.Name)) {
				continue
			}
			w.key(path.Child(f.Name), v, f, onlyKey)
		}
	}
	if w.context.word.Start == w.lineStart() && w.context.quote == 0 && !onlyKey {
		w.profiles("[providers.", "]")
	}
}

// isWord reports whether the key of a node is the word that is being written.
func (w *completer) isWord(n *document.Node) bool {
	return n.Key().Start == w.context.word.Start || w.context.quote != 0 && n.Key().Start == w.context.word.Start-1
}

// lineStart is the first place of the line that is no blank.
func (w *completer) lineStart() int {
	i := w.text.starts[w.text.line(w.offset)]
	for i < w.offset && (w.text.source[i] == ' ' || w.text.source[i] == '\t') {
		i++
	}
	return i
}

// isKeyed reports whether an equals sign follows already.
func (w *completer) isKeyed() bool {
	rest := w.text.source[w.offset:w.text.lineSpan(w.text.line(w.offset)).End]
	i := 0
	for i < len(rest) && (isWordByte(rest[i]) || rest[i] == ' ' || rest[i] == '"' || rest[i] == '\'') {
		i++
	}
	return i < len(rest) && rest[i] == '='
}

// key offers a key of a table.
func (w *completer) key(path schema.PathID, table schema.Value, f *schema.Field, onlyKey bool) {
	v := table.Field(f.Name)
	if v.Path == schema.NoPath {
		v = schema.Value{Path: path, Shape: path.Shape()}
	}
	item := completionItem{Label: f.Name, Kind: completionProperty, Detail: v.Describe(), Documentation: describe.Key(path)}
	if d := plainDefault(v); d != "" {
		item.Detail += ", default " + d
	}
	if f.Required {
		item.SortText = " " // first
	}
	switch {
	case onlyKey || w.context.quote != 0:
		w.add(item, f.Name)
	case isTableShape(path.Shape()):
		if w.context.word.Start == w.lineStart() {
			header := strings.ReplaceAll(tablePath(w.context.above, f.Name), "<id>", "")
			item.Label, item.FilterText, item.Kind, item.SortText = "["+header+"]", f.Name, completionModule, "y"
			w.add(item, "["+header+"]")
		}
	case w.snippets:
		item.InsertTextFormat = 2
		w.add(item, f.Name+" = "+w.placeholder(v))
	default:
		w.add(item, f.Name+" = ")
	}
}

// isTableShape reports whether a value is a table that is written with a header.
func isTableShape(s schema.Shape) bool {
	t := s.Type()
	return s.Op == schema.OpMap || s.Op == schema.OpType && t.Kind != schema.Enum
}

// tablePath is the path of a table in TOML.
func tablePath(above []string, name string) string {
	var b []byte
	for _, part := range above {
		b = append(document.AppendKey(b, part), '.')
	}
	return string(document.AppendKey(b, name))
}

// placeholder is a value to be filled in, as a snippet.
func (w *completer) placeholder(v schema.Value) string {
	d := plainDefault(v)
	switch t := v.Type(); {
	case v.Shape.Op == schema.OpSecret && !v.IsPlain():
		return `{ env = "${1:` + w.usualVariable(v.Path) + `}" }`
	case t != nil && t.Kind == schema.Enum:
		return `"$1"`
	case v.Shape.Op == schema.OpBool:
		if d == "true" {
			return "${1:false}"
		}
		return "${1:true}"
	case v.Shape.Op == schema.OpList:
		return "[$1]"
	case v.Shape.Op == schema.OpString, v.Shape.Op == schema.OpPath, v.Shape.Op == schema.OpSecret:
		return `"$1"`
	}
	if d == "" {
		return "$1"
	}
	return "${1:" + d + "}"
}

// headers offers tables by the keys above, and whole profiles.
func (w *completer) headers() {
	path, table := w.pathOf(), w.tableAt()
	t := path.Type()
	switch {
	case path.Shape().Op == schema.OpMap && table != nil:
		for _, n := range table.Entries {
			if n.Kind.IsTable() {
				w.add(completionItem{Label: n.Name(), Kind: completionModule}, w.keyText(n.Name()))
			}
		}
	case t != nil && t.Kind != schema.Enum:
		for i := range t.Fields {
			f := &t.Fields[i]
			child := path.Child(f.Name)
			if f.Missing.Has(w.config.Target) || !isTableShape(child.Shape()) || table.At(f.Name) != nil && !table.At(f.Name).Header().IsZero() {
				continue
			}
			w.add(completionItem{Label: f.Name, Kind: completionModule, Documentation: describe.Key(child)}, w.keyText(f.Name))
		}
	}
	switch {
	case w.context.quote != 0:
	case len(w.context.above) == 0:
		w.profiles("providers.", w.closing())
	case len(w.context.above) == 1 && path == schema.PathOf("providers"):
		w.profiles("", w.closing())
	}
}

// keyText is a part of a header in the quotes that are written already.
func (w *completer) keyText(name string) string {
	if w.context.quote != 0 {
		return name
	}
	return document.KeyText(name)
}

// closing is the bracket that ends a header where it is not written yet.
func (w *completer) closing() string {
	if w.offset < len(w.text.source) && w.text.source[w.offset] == ']' {
		return ""
	}
	return "]"
}

// profiles offers a whole profile of each kind; begin and end are the parts of its header around the id that are not
// written yet.
func (w *completer) profiles(begin, end string) {
	if !w.snippets || end == "" {
		return // what follows the header has no place before a bracket
	}
	for _, k := range loong.KindsOf(w.config.Target) {
		if w.document.Root.At("providers", k.ID) != nil {
			continue
		}
		_, body, _ := strings.Cut(sheet.MinimalConfig(k, w.config.Target, false), "[providers."+k.ID+"]\n")
		text := begin + "${1:" + k.ID + "}" + end + "\n" + snippetText(strings.TrimRight(body, "\n")) + "\n$0"
		w.add(completionItem{Label: "[providers." + k.ID + "]", Kind: completionSnippet, Detail: "a profile for " + k.DisplayName,
			FilterText: begin + k.ID, SortText: "z", InsertTextFormat: 2}, text)
	}
}

// snippetText keeps a text from being markup of a snippet.
func snippetText(text string) string {
	return strings.NewReplacer(`\`, `\\`, "$", `\$`, "}", `\}`).Replace(text)
}
