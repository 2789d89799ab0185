package lsp

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/describe"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/sheet"
	"github.com/loonglint/loonglint/rules"
	"github.com/loonglint/loonglint/schema"
)

// The kinds of completions (CompletionItemKind).
const (
	completionModule   = 9
	completionProperty = 10
	completionValue    = 12
	completionEnum     = 20
	completionSnippet  = 15
	completionVariable = 6
	completionRef      = 18
)

type completionItem struct {
	Label            string    `json:"label"`
	Kind             int       `json:"kind"`
	Detail           string    `json:"detail,omitempty"`
	Documentation    string    `json:"documentation,omitempty"`
	SortText         string    `json:"sortText,omitempty"`
	FilterText       string    `json:"filterText,omitempty"`
	InsertTextFormat int       `json:"insertTextFormat,omitempty"` // 2: a snippet
	TextEdit         *textEdit `json:"textEdit"`
}

type completionList struct {
	IsIncomplete bool             `json:"isIncomplete"`
	Items        []completionItem `json:"items"`
}

type completionOptions struct {
	TriggerCharacters []string `json:"triggerCharacters"`
}

// completionTriggers are the characters after which something else can be written than before.
var completionTriggers = [...]string{"[", ".", "=", "\"", "'", "{", ","}

// complete answers what can be written at a place.
func (s *Server) complete(p *placeParams) (*completionList, error) {
	at, err := s.placeOf(p)
	if at == nil {
		return nil, err
	}
	w := &completer{place: at, snippets: s.client.TextDocument.Completion.CompletionItem.SnippetSupport}
	if at.spot.Part == document.Comment {
		w.ruleNames()
		return &completionList{Items: w.items}, nil
	}
	start := at.statementStart()
	table := at.spot.Table
	for table != nil && table.Kind == document.InlineTable {
		table = table.Parent
	}
	c, ok := contextAt(at.text.source, start, at.offset, table.Path())
	if !ok {
		return nil, nil
	}
	w.context = c
	w.find()
	return &completionList{Items: w.items}, nil
}

// statementStart is where the statement begins that is being written: in the line of the place, or earlier if a value of
// several lines is.
func (at *place) statementStart() int {
	start := at.text.starts[at.text.line(at.offset)]
	all := at.locate().Statements
	for i := len(all) - 1; i >= 0; i-- {
		if st := &all[i]; st.Span.Start < start {
			if at.offset <= st.Span.End {
				return st.Span.Start
			}
			break
		}
	}
	return start
}

// completer lists what can be written.
type completer struct {
	*place
	context  completionContext
	snippets bool
	items    []completionItem
}

func (w *completer) find() {
	c := &w.context
	switch {
	case w.settings != nil:
		w.ofSettings()
	case c.header:
		w.headers()
	case c.value:
		w.values()
	default:
		w.keys()
	}
}

// add offers a text in place of the word that is being written. A label that is or holds a secret is not offered; what
// text has beside it is never from the document.
func (w *completer) add(item completionItem, text string) {
	if !w.mayShow(item.Label) {
		return
	}
	if !w.snippets && item.InsertTextFormat != 0 {
		return
	}
	item.SortText = fmt.Sprintf("%s%04d", item.SortText, len(w.items)) // in the order in which they are offered
	item.TextEdit = &textEdit{w.text.rangeOf(w.context.word), text}
	w.items = append(w.items, item)
}

// addText offers a string as a value.
func (w *completer) addText(item completionItem, text string) {
	if item.Label == "" {
		item.Label = text
	}
	quoted := string(document.AppendString(nil, text))
	switch {
	case w.context.quote == '\'' && strings.ContainsAny(text, "'\n"):
		return
	case w.context.quote == '\'':
		quoted = text
	case w.context.quote == '"':
		quoted = quoted[1 : len(quoted)-1]
	}
	w.add(item, quoted)
}

// pathOf is the path of the keys that are above what is being written.
func (w *completer) pathOf() schema.PathID {
	path := schema.RootPath
	for _, name := range w.context.above {
		if name != "[]" {
			path = path.Child(name)
		}
	}
	return path.In(w.config.Target)
}

// tableAt is the table above what is being written as far as it is in the document, or nil.
func (w *completer) tableAt() *document.Node {
	if slices.Contains(w.context.above, "[]") {
		return nil
	}
	return w.document.Root.At(w.context.above...)
}

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

// usualVariable is the variable that Loong reads for a secret where the file names none; "NAME" where it reads none.
func (w *completer) usualVariable(path schema.PathID) string {
	if names := w.variables(path); len(names) > 0 {
		return names[0]
	}
	return "NAME"
}

// variables lists the variables that Loong reads for the secret at a path or the names at a pointer to one.
func (w *completer) variables(path schema.PathID) []string {
	if pr := w.profileAround(w.tableAbove()); pr != nil {
		names := slices.Clone(pr.Kind.EnvNames)
		if strings.HasPrefix(path.Name(), "oauth") && pr.Kind.OAuthEnv != "" { // the token's own first
			i := slices.Index(names, pr.Kind.OAuthEnv)
			names = slices.Concat([]string{pr.Kind.OAuthEnv}, slices.Delete(names, max(i, 0), i+1))
		}
		return names
	}
	var names []string
	for _, p := range [...]schema.PathID{path, path.Parent().Child(path.Name() + "_env")} {
		if f := p.Field(); f != nil && p.IsEnvPointer() {
			for _, text := range [...]string{f.Default, f.AbsentDefault} {
				var name string
				if json.Unmarshal([]byte(text), &name) == nil && name != "" && !slices.Contains(names, name) {
					names = append(names, name)
				}
			}
		}
	}
	return names
}

// tableAbove is the nearest table of the document around what is being written.
func (w *completer) tableAbove() *document.Node {
	n := w.document.Root
	for _, name := range w.context.above {
		next := n.At(name)
		if next == nil || !next.Kind.IsTable() {
			break
		}
		n = next
	}
	return n
}

// values offers what a key can have.
func (w *completer) values() {
	path := w.pathOf()
	t := path.Type()
	shape := path.Shape()
	if n := len(w.context.above); n > 0 && w.context.above[n-1] == "[]" {
		shape = shape.Item()
		t = shape.Type()
	}
	switch {
	case path == schema.NoPath:
	case t != nil && t.Kind == schema.Enum:
		w.words(t)
	case shape.Op == schema.OpBool && w.context.quote == 0:
		for _, word := range [...]string{"true", "false"} {
			w.add(completionItem{Label: word, Kind: completionValue}, word)
		}
	case path.IsEnvPointer() || w.isEnvOfSecret(path):
		w.variableNames(path)
	case shape.Op == schema.OpSecret && w.context.quote == 0:
		w.secretForms(path)
	case shape.Op == schema.OpString:
		w.texts(path)
	}
}

// isEnvOfSecret reports whether the value is env in the table form of a secret.
func (w *completer) isEnvOfSecret(path schema.PathID) bool {
	n := len(w.context.above)
	return n > 0 && w.context.above[n-1] == "env" && path.Parent().Shape().Op == schema.OpSecret
}

// words offers the words of an enum.
func (w *completer) words(t *schema.Type) {
	for _, word := range t.Words(w.config.Target) {
		item := completionItem{Kind: completionEnum, Documentation: describe.Word(t, word.Value)}
		if len(word.Aliases) > 0 {
			item.Detail = "also " + strings.Join(word.Aliases, ", ")
			item.FilterText = word.Value + " " + strings.Join(word.Aliases, " ")
		}
		if isKindType(t) {
			if k := loong.KindByName(word.Value); k != nil {
				item.Detail = strings.TrimSuffix(k.Group+"; "+item.Detail, "; ")
			}
		}
		w.addText(item, word.Value)
	}
}

// variableNames offers the names of variables.
func (w *completer) variableNames(path schema.PathID) {
	secretPath := path
	if w.isEnvOfSecret(path) {
		secretPath = path.Parent()
	}
	names := w.variables(secretPath)
	for _, name := range names {
		_, state := w.config.Environment.Var(name)
		w.addText(completionItem{Kind: completionVariable, Detail: "Loong's own name for it, which " + stateText(state)}, name)
	}
	if w.config.Environment == nil || w.config.Environment.Names == nil {
		return
	}
	for _, name := range w.config.Environment.Names() {
		if !slices.Contains(names, name) {
			w.addText(completionItem{Kind: completionVariable, Detail: "a variable that there is"}, name)
		}
	}
}

// secretForms offers the tables that say where a secret is.
func (w *completer) secretForms(path schema.PathID) {
	name := w.usualVariable(path)
	for _, form := range [...]struct{ label, text, snippet string }{
		{"{ env = … }", "{ env = \"" + name + "\" }", "{ env = \"${1:" + name + "}\" }"},
		{"{ file = … }", "", "{ file = \"$1\" }"},
	} {
		item := completionItem{Label: form.label, Kind: completionValue}
		if w.snippets {
			item.InsertTextFormat = 2
			w.add(item, form.snippet)
		} else if form.text != "" {
			w.add(item, form.text)
		}
	}
}

// texts offers what is known of the texts that a key can have.
func (w *completer) texts(path schema.PathID) {
	root, key := w.document.Root, path.Field()
	pr := w.profileAround(w.tableAbove())
	switch {
	case key == nil:
	case path.Parent() == schema.RootPath && (key.Key == schema.KeyActiveProvider || key.Key == schema.KeyLastProvider):
		for i := range w.config.Profiles {
			if p := &w.config.Profiles[i]; !p.Legacy {
				w.addText(completionItem{Kind: completionRef, Detail: p.Kind.ID}, p.ID)
			}
		}
	case key.Key == schema.KeyDefaultAccount:
		if accounts := root.At(slices.Concat(w.context.above[:len(w.context.above)-1], []string{"accounts"})...); accounts != nil {
			for _, n := range accounts.Entries {
				w.addText(completionItem{Kind: completionRef}, loong.NormalAccountID(n.Name()))
			}
		}
	case pr == nil:
	case key.Key == schema.KeyModel:
		w.models(pr.Kind)
	case key.Key == schema.KeyBaseURL:
		w.addresses(pr.Kind)
	}
}

func (w *completer) models(k *loong.Kind) {
	var told []string
	offer := func(model, detail string) {
		if model != "" && !slices.Contains(told, model) {
			told = append(told, model)
			w.addText(completionItem{Kind: completionValue, Detail: detail}, model)
		}
	}
	offer(k.DefaultModel, "the kind's default")
	offer(k.OnboardingModel, "recommended by Loong")
	if k.Advice != nil {
		offer(k.Advice.Model, k.Advice.ModelNote)
	}
	offer("auto", "Loong takes a model from the service's list")
}

func (w *completer) addresses(k *loong.Kind) {
	var told []string
	offer := func(address, detail string) {
		if address != "" && !slices.Contains(told, address) {
			told = append(told, address)
			w.addText(completionItem{Kind: completionValue, Detail: detail}, address)
		}
	}
	if k.Region != nil {
		for _, v := range k.Region.Variants {
			offer(v.BaseURL, v.Label)
		}
	}
	offer(k.OwnBase(), "of kind "+k.ID)
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
	return string(document.AppendKey(nil, name))
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
