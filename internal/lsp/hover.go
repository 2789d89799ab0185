package lsp

import (
	"bytes"
	"strings"

	"github.com/loonglint/loonglint/internal/describe"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/render"
	"github.com/loonglint/loonglint/internal/sheet"
	"github.com/loonglint/loonglint/rules"
	"github.com/loonglint/loonglint/schema"
)

type hover struct {
	Contents markup `json:"contents"`
	Range    *Range `json:"range,omitempty"`
}

// markup is a text for people (MarkupContent).
type markup struct {
	Kind  string `json:"kind"` // plaintext or markdown
	Value string `json:"value"`
}

// hover answers what is at a place: what a key is for, what Loong makes of a value, what a rule reports.
func (s *Server) hover(p *placeParams) (*hover, error) {
	at, err := s.placeOf(p)
	if at == nil {
		return nil, err
	}
	w := &prose{markdown: takesMarkdown(s.client.TextDocument.Hover.ContentFormat)}
	if at.settings != nil {
		at.aboutSetting(w)
	} else {
		at.about(w)
	}
	if w.b.Len() == 0 {
		return nil, nil
	}
	h := &hover{Contents: w.markup()}
	if !at.spot.Span.IsZero() {
		r := at.text.rangeOf(at.spot.Span)
		h.Range = &r
	}
	return h, nil
}

// about writes what there is to say of a place in a configuration.
func (at *place) about(w *prose) {
	n := at.spot.Node
	if at.spot.Part == document.Comment {
		at.aboutComment(w)
	}
	if n == nil {
		return
	}
	v := at.value(n)
	at.aboutKey(w, n, v)
	if at.spot.Part == document.Value {
		at.aboutValue(w, n, v)
	}
	at.aboutFindings(w)
	if at.spot.Part != document.Key || n.Kind == document.Table {
		at.aboutProfile(w, n, v)
	}
	if w.world {
		w.paragraph(worldText(at.config.Environment) + ".")
	}
}

// aboutKey writes what a key or table is for.
func (at *place) aboutKey(w *prose, n *document.Node, v schema.Value) {
	path := v.Path
	if other := schema.PathOfNode(n); path == schema.NoPath && other != schema.NoPath {
		w.paragraph(at.config.Target.Title() + " does not have this key; " + (schema.AllTargets &^ other.Lacking()).Title() + " does.")
		path = other
	}
	text := describe.Key(path)
	if text == "" {
		text = describe.Table(path)
	}
	if text == "" {
		return
	}
	if name := path.String(); at.mayShow(name) {
		w.code(name)
	}
	w.paragraph(strings.TrimSuffix(text, ".") + ".")
	facts := ""
	if !n.Kind.IsTable() && n.Kind != document.ArrayOfTables && v.Path != schema.NoPath {
		facts = "Takes " + v.Describe() + "."
		if d := plainDefault(v); d != "" {
			facts += " Default: " + d + "."
		}
	}
	if since := path.Since(); since != schema.AllOf()[0] {
		facts = strings.TrimSpace(facts + " Since " + since.Title() + ".")
	}
	w.paragraph(facts)
}

// plainDefault is the default of a key as TOML; "" where there is none, or none that can be written so.
func plainDefault(v schema.Value) string {
	d := v.Default()
	if strings.HasPrefix(d, "{") || d == "null" {
		return ""
	}
	return d
}

// aboutValue writes what a value means.
func (at *place) aboutValue(w *prose, n *document.Node, v schema.Value) {
	t := v.Type()
	if t != nil && t.Kind == schema.Enum {
		if word, ok := v.Word(); ok {
			w.sentence("", word, ": "+describe.Word(t, word)+".")
			if k := loong.KindByName(word); k != nil && isKindType(t) {
				at.aboutKind(w, k)
			}
		}
	}
	if at.namesVariable(n, v) {
		name := strings.TrimSpace(n.Text())
		_, state := at.config.Environment.Var(name)
		if name != "" && at.mayShow(name) {
			w.world = true
			w.sentence("", name, " "+stateText(state)+".")
		}
	}
}

// aboutKind writes what is known of a kind of provider.
func (at *place) aboutKind(w *prose, k *loong.Kind) {
	k = k.As(at.config.Target)
	text := k.DisplayName + " (" + k.Group + ")."
	if also := k.AliasesIn(at.config.Target); len(also) > 0 {
		text += " Also written " + strings.Join(also, ", ") + "."
	}
	w.paragraph(text)
	w.sentence("Chat goes to ", k.Endpoints.Request, " by default.")
	if len(k.EnvNames) > 0 {
		w.paragraph("Variables for the credential: " + strings.Join(k.EnvNames, ", ") + ".")
	}
}

// aboutFindings writes about the rules whose findings are at the place.
func (at *place) aboutFindings(w *prose) {
	told := map[string]bool{}
	for _, f := range at.findings {
		if f.Span.Start <= at.offset && at.offset <= f.Span.End && !told[f.Rule.Name] {
			told[f.Rule.Name] = true
			aboutRule(w, f.Rule.Name)
		}
	}
}

// aboutRule writes what a rule reports.
func aboutRule(w *prose, name string) {
	if r := rules.ByName(name); r != nil {
		w.link(r.Name, render.RuleURL(r.Name), ": "+r.Summary+".")
	}
}

// ruleURL is the page of a rule, "" where there is no such rule.
func ruleURL(name string) string {
	if rules.ByName(name) == nil {
		return ""
	}
	return render.RuleURL(name)
}

// aboutProfile writes what Loong does with the profile that a place is in, or names.
func (at *place) aboutProfile(w *prose, n *document.Node, v schema.Value) {
	pr := at.profileAround(n)
	if pr == nil && at.refersTo(n, v) == toProfile {
		pr = at.profileNamed(n.Text())
	}
	if pr == nil {
		return
	}
	w.block(sheet.Profile(at.config, pr, at.redactor()))
	w.world = true
}

// worldText says what is known of variables.
func worldText(env *loong.Environment) string {
	switch {
	case env.Static():
		return "Nothing is known about variables here (static world)"
	case env.Files != nil:
		return "Variables are those of the editor's process (live world)"
	}
	return "Variables are those that were declared"
}

func stateText(s loong.State) string {
	switch s {
	case loong.Set:
		return "is set"
	case loong.Declared:
		return "is declared"
	case loong.Unset:
		return "is not set"
	}
	return "may be set or not"
}

// namesVariable reports whether a value is the name of a variable that Loong reads.
func (at *place) namesVariable(n *document.Node, v schema.Value) bool {
	return n.Kind == document.String && (v.Path.IsEnvPointer() || isPartOfSecret(n, "env"))
}

// isPartOfSecret reports whether n is a key of the table form of a secret.
func isPartOfSecret(n *document.Node, key string) bool {
	return n.Name() == key && n.Parent != nil && schema.PathOfNode(n.Parent).Shape().Op == schema.OpSecret
}

// isKindType reports whether the words of an enum are the kinds of providers.
func isKindType(t *schema.Type) bool { return t == schema.PathOf("provider.kind").Type() }

// aboutComment writes about the rule that a comment names where the place is.
func (at *place) aboutComment(w *prose) {
	if !bytes.Contains(at.text.source[at.spot.Span.Start:at.spot.Span.End], []byte("loonglint:")) {
		return
	}
	word := wordAt(at.text.source, at.offset)
	aboutRule(w, string(at.text.source[word.Start:word.End]))
}

// wordAt is the word of letters and dashes around an offset.
func wordAt(src []byte, offset int) document.Span {
	is := func(c byte) bool { return c == '-' || 'a' <= c && c <= 'z' }
	start, end := offset, offset
	for start > 0 && is(src[start-1]) {
		start--
	}
	for end < len(src) && is(src[end]) {
		end++
	}
	return document.Span{Start: start, End: end}
}

// aboutSetting writes what a key of loonglint.toml is for.
func (at *place) aboutSetting(w *prose) {
	n := at.spot.Node
	if n == nil {
		return
	}
	key := settingAt(n.Path())
	w.paragraph(key.Text())
	if words := key.Words(); len(words) > 0 {
		w.paragraph("Takes " + sheet.Or(words) + ".")
	}
	if parent := n.Parent; parent != nil && parent.Name() == "rules" {
		aboutRule(w, n.Name())
	}
}

// settingAt is a key of loonglint.toml by its path.
func settingAt(path []string) *describe.Setting {
	key := describe.Settings()
	for _, name := range path {
		if strings.HasPrefix(name, "[") {
			key = key.Item()
		} else {
			key = key.At(name)
		}
	}
	return key
}

// takesMarkdown reports whether the client shows markdown, by the formats that it names.
func takesMarkdown(formats []string) bool {
	for _, f := range formats {
		if f == "markdown" {
			return true
		}
	}
	return false
}

// prose is a text under way, as markdown or plain. What is written is shown as it is: nothing of it is markup.
type prose struct {
	b        strings.Builder
	markdown bool
	world    bool // it depends on what is known of variables
}

func (w *prose) markup() markup {
	kind := "plaintext"
	if w.markdown {
		kind = "markdown"
	}
	return markup{kind, strings.TrimRight(w.b.String(), "\n")}
}

// escape keeps text from being markup. An underscore within a word is none anyway.
func (w *prose) escape(text string) string {
	if !w.markdown {
		return text
	}
	var b strings.Builder
	for i := range len(text) {
		c := text[i]
		within := i > 0 && i+1 < len(text) && isWordByte(text[i-1]) && isWordByte(text[i+1])
		if strings.IndexByte("\\`*[<#|", c) >= 0 || c == '_' && !within {
			b.WriteByte('\\')
		}
		b.WriteByte(c)
	}
	return b.String()
}

func (w *prose) paragraph(text string) {
	if text != "" {
		w.b.WriteString(w.escape(text) + "\n\n")
	}
}

// sentence writes a name or address between words.
func (w *prose) sentence(before, name, after string) {
	w.b.WriteString(w.escape(before) + w.inCode(name) + w.escape(after) + "\n\n")
}

func (w *prose) inCode(name string) string {
	if !w.markdown {
		return name
	}
	return "`" + strings.ReplaceAll(name, "`", "'") + "`"
}

func (w *prose) link(text, url, after string) {
	if w.markdown {
		w.b.WriteString("[" + w.escape(text) + "](" + url + ")" + w.escape(after) + "\n\n")
		return
	}
	w.b.WriteString(text + after + " " + url + "\n\n")
}

// code writes a name.
func (w *prose) code(text string) { w.sentence("", text, "") }

// block writes lines in a fixed width.
func (w *prose) block(text string) {
	text = strings.TrimRight(text, "\n") + "\n"
	if w.markdown {
		text = "```text\n" + strings.ReplaceAll(text, "```", "'''") + "```\n"
	}
	w.b.WriteString(text + "\n")
}
