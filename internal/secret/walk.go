package secret

import (
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/weburl"
	"github.com/loonglint/loonglint/schema"
)

// walker collects what is secret of a document. Where the document is TOML it hides what is, or could
// be, secret; where it is not, it shows keys, punctuation and values that are known not to be secret, and
// hides all else.
type walker struct {
	src    string
	broken bool            // the document has problems
	shapes []document.Span // what is secret by itself, in order
	spans  []document.Span // of secrets, whose text is hidden wherever it stands again
	hidden []document.Span // of what could be secret
	texts  []string        // secrets as decoded, where that differs from the bytes

	statements []statement     // in a broken document: what was understood, in the order of the tree
	literals   []int           // where values end that are secret
	closed     []document.Span // arrays and inline tables with secrets
	sections   []section       // by their headers, in the order of the tree
	near       int             // how many keys were met that Loong does not know
	words      int             // how many words of lines that were not understood were looked at
}

// section is a header and what is expected of the values below it.
type section struct {
	start int
	at    place
}

// statement is a header, or a key with its value, that was understood.
type statement struct {
	document.Span
	key   *document.Node
	known bool // Loong has the key

	inSection bool // it is a header of a section of Loong
}

func walk(d *document.Document, keys []Match) *walker {
	w := &walker{src: d.Text(), broken: len(d.Problems) > 0}
	w.shapes = allSpans(keys, w.src)
	w.spans = w.shapes
	w.table(d.Root, schema.RootPath, public)
	if w.broken {
		w.notUnderstood(d)
	}
	w.comments(d.Comments)
	return w
}

func (w *walker) table(n *document.Node, path schema.PathID, at place) {
	for _, e := range n.Entries {
		p := path.ChildOf(e)
		w.node(e, p, w.placeBelow(at, e, path, p))
	}
}

// placeBelow says what is expected of an entry of a table, of which at is expected.
func (w *walker) placeBelow(at place, e *document.Node, table, path schema.PathID) place {
	name := e.Name()
	switch at {
	case names:
		return variable
	case values, literal:
		return literal
	case secret:
		switch {
		case name == "env" && !e.Kind.IsTable():
			return variable
		case name == "file", name == "exec":
			return public
		}
		return secret
	}
	if path == schema.NoPath || !e.Kind.IsTable() && holdsTables(path) || isStrayText(e, table, path) {
		return w.unknownPlace(e, table, name)
	}
	if p := knownPlace(path); p != public {
		return p
	}
	return scalarPlace(placeOf(name), e)
}

// isStrayText reports whether a text stands among numbers that any names may have: it may have come there from another table.
func isStrayText(e *document.Node, table, path schema.PathID) bool {
	op := path.Shape().Op
	return e.Kind == document.String && table.Shape().Op == schema.OpMap && op >= schema.OpBool && op <= schema.OpF64
}

// knownPlace says what a key of Loong holds.
func knownPlace(path schema.PathID) place {
	isMap := path.Shape().Op == schema.OpMap
	switch {
	case path.IsSecret():
		return secret
	case path.IsHeaders() || path.IsVariables():
		if isMap {
			return values
		}
		return literal
	case path.IsEnvPointer():
		return variable
	case path.IsAddress():
		return address
	}
	return public
}

// holdsTables reports whether nothing but a table makes sense at a path, which a secret does not replace.
func holdsTables(path schema.PathID) bool {
	if path.Shape().Op == schema.OpMap {
		return knownPlace(path) == public && placeOf(path.Name()) == public
	}
	t := path.Type()
	return t != nil && (t.Kind == schema.Struct || t.Kind == schema.Variants) && path.Shape().Op == schema.OpType
}

// scalarPlace is a place, or what is expected where a table should be and none is.
func scalarPlace(p place, e *document.Node) place {
	switch {
	case p != values || e.Kind.IsTable() || e.Kind.IsArray():
		return p
	case e.Name() == "env":
		return variable
	}
	return literal
}

// mostNames is how many names that Loong does not know are looked at; a file with more has others to worry about.
const mostNames = 10_000

// unknownPlace says what a key that Loong does not know may hold: what it holds elsewhere, or what another key of
// the table holds that is one slip away, else anything.
func (w *walker) unknownPlace(e *document.Node, table schema.PathID, name string) place {
	known := isKey(name)
	if w.near++; w.near > mostNames && !known {
		return unknown
	}
	written, shown := name, known
	switch near, ok := nearKeyIn(table, name); {
	case ok:
		name, shown = near, true
	case !known:
		if near, ok = nearOther(name); ok {
			name = near
		} else if namesSecret(name) {
			return secret
		}
	}
	p := scalarPlace(placeOf(name), e)
	if known {
		if own := scalarPlace(placeOf(written), e); p == public || own == secret || own == values || own == literal {
			p = own // code may be itself, and no misspelled mode
		}
	}
	switch {
	case e.Parent.Name() != "" && SecretName(e.Parent.Name()+"_"+name):
		return secret
	case (p == public || p == address) && (w.broken || !shown || endsSecretKey(name) || written != name && endsSecretKey(written)):
		// url may be what is left of webhook_url
		return unknown
	}
	return p
}

func (w *walker) node(n *document.Node, path schema.PathID, at place) {
	if w.broken {
		w.understand(n, path)
	}
	if h := n.Header(); h.Len() > 0 {
		w.sections = append(w.sections, section{h.Start, at})
	}
	switch key := n.Key(); {
	case path.Field() != nil: // the name of a key of Loong is no secret
	case key.Len() >= shortestSecret && (InName(n.Name()) || w.broken && strings.Contains(n.Name(), "://") && !isPlainAddress(n.Name())):
		w.addText(n.Name(), key) // an escape may hide the shape from the scan of the bytes
		w.name(n.Name())
	case path == schema.NoPath && key.Len() > 0 && strings.IndexByte("\"'", w.src[key.Start]) >= 0 && !w.showsName(n.Name()):
		if w.near > mostNames { // so many texts take too long to look for
			w.hide(key)
		} else {
			w.addText(n.Name(), unquoted(w.src, key)) // a value, before which a line break or a separator is too many
		}
	}
	found := len(w.spans) + len(w.hidden)
	blank := false
	switch {
	case n.Kind.IsTable():
		w.table(n, path, at)
	case n.Kind.IsArray():
		w.array(n, path, at)
	case n.Kind == document.String:
		w.text(n, at)
		text := strings.TrimSpace(n.Text())
		blank = text == "" || at == address && strings.IndexByte("?#;&=:@", text[len(text)-1]) >= 0
	case n.Kind == document.Invalid, n.Kind == document.Bool:
	case at == secret || at == values || at == literal:
		w.add(n.Value())
	case (at == unknown || at == variable) && (w.broken || n.Value().Len() >= shortestHidden):
		w.hide(n.Value())
	}
	if at == secret || at == values || at == literal || at == unknown || at == address {
		if s := n.Value(); s.Len() > 0 && (blank || found < len(w.spans)+len(w.hidden)) {
			w.literals = append(w.literals, s.End)
			if n.Kind.IsArray() || n.Kind.IsTable() {
				w.closed = append(w.closed, s)
			}
		}
	}
}

// InName reports whether a part of a name is secret by itself.
func InName(name string) bool { return len(In(name)) > 0 || len(wholeAddress(name, false)) > 0 }

// shortestHidden is as many bytes as a value has that could be secret where no secret is expected.
const shortestHidden = 6

// shortestSecret is fewer bytes than any text has that is secret by itself: an address with user-info,
// a key of known shape.
const shortestSecret = 4

// array looks at the items of an array, of which at is expected; a flag may say that the next is secret.
func (w *walker) array(n *document.Node, path schema.PathID, at place) {
	if at == values || at == names {
		at = map[place]place{values: literal, names: variable}[at]
	}
	flag := false
	for i, e := range n.Entries {
		p := path.Item(i)
		item := at
		if at == public && p != path && p != schema.NoPath {
			item = scalarPlace(max(knownPlace(p), placeOf(p.Name())), e)
		}
		if flag && item == public {
			item = literal
		}
		flag = e.Kind == document.String && secretFlag(e.Text())
		w.node(e, p, item)
	}
}

// secretFlag reports whether an argument of a program says that the next one is secret: --token.
func secretFlag(arg string) bool {
	name := strings.TrimLeft(arg, "-/")
	return name != arg && !strings.ContainsAny(name, "=: /") && namesSecret(name)
}

// text looks at a string.
func (w *walker) text(n *document.Node, at place) {
	inner := unquoted(w.src, n.Value())
	text := n.Text()
	switch at {
	case secret, values:
		if !Shown(text) {
			w.addText(text, inner)
			if strings.HasSuffix(n.Name(), "_id") {
				w.name(text)
			}
		}
		return
	case literal:
		if !shownLiteral(text) {
			w.addText(text, inner)
		}
		return
	case unknown:
		switch t := strings.TrimSpace(text); {
		case t == "" || IsKind(t) || upperSnake(t) && isVariableName(t):
		case w.broken:
			w.addText(text, inner)
		case len(t) < shortestHidden:
		default:
			w.hide(inner)
		}
		return
	case variable:
		if from, ok := secretInName(text); ok {
			w.cut(n, inner, from, len(text))
			if name, _, assigned := strings.Cut(text, "="); assigned && from == 0 {
				w.texts = append(w.texts, strings.TrimSpace(name)) // Loong suggests it
			}
		}
		return
	}
	isAddress := at == address || strings.Contains(text, "://")
	if isAddress {
		w.address(n, inner, text, at == address)
	}
	if at != address && Within(w.shapes, inner) {
		w.name(text)
	}
	if w.broken {
		cutOff := isAddress && !isPlainAddress(text) && text != ""
		unclosed := inner == n.Value() && strings.Trim(w.src[inner.Start:inner.End], `"'`) != text // there is more than was read
		if cutOff || unclosed || strings.ContainsAny(w.src[inner.Start:inner.End], "\r\n") {
			w.addText(text, inner) // a quote that is missing or too many may have made it so
			w.name(text)
			if u, ok := weburl.Parse(text); ok {
				w.texts = append(w.texts, u.Host)
			}
			if i := strings.Index(text, "://"); i >= 0 {
				w.texts = append(w.texts, text[i+len("://"):authorityEnd(text)]) // a fix may change the scheme
			}
			return
		}
	}
	// The line end after three quotes is no part of the text.
	if before, ok := strings.CutSuffix(w.src[inner.Start:inner.End], text); ok && strings.Trim(before, "\r\n") == "" {
		w.lines(document.Span{Start: inner.Start + len(before), End: inner.End})
	} else if len(In(text)) > 0 || assigns(text) || holdsStatement(text) {
		w.addText(text, inner)
		w.name(text)
	}
}

// address hides user-info, query and fragment of a string that is an address.
func (w *walker) address(n *document.Node, inner document.Span, text string, only bool) {
	hidden := wholeAddress(text, only)
	for _, s := range hidden {
		w.cut(n, inner, s.Start, s.End)
	}
	if len(hidden) > 0 && !only {
		w.name(text)
	}
	if hidesHost(text, hidden) {
		if u, ok := weburl.Parse(text); ok {
			w.texts = append(w.texts, u.Host)
		}
	}
}

// cut hides a part of a string by its place in the decoded text.
func (w *walker) cut(n *document.Node, inner document.Span, from, to int) {
	if w.src[inner.Start:inner.End] == n.Text() {
		inner = document.Span{Start: inner.Start + from, End: inner.Start + to}
	}
	text := n.Text()[from:to]
	w.add(inner)
	w.decoded(text, inner)
	if i := strings.LastIndexAny(text, ":/"); i >= 0 {
		w.texts = append(w.texts, text[i+1:]) // a password may be shown without the name before it
	}
}

func (w *walker) addText(text string, inner document.Span) {
	w.add(inner)
	w.decoded(text, inner)
}

// decoded remembers a secret whose escapes hide it in the bytes, or with blanks around it,
// which messages may leave out.
func (w *walker) decoded(text string, inner document.Span) {
	if t := strings.TrimSpace(text); t != w.src[inner.Start:inner.End] {
		w.texts = append(w.texts, t)
		if t != text {
			w.texts = append(w.texts, text)
		}
	}
	if t := strings.Trim(text, "\"'` \t\r\n"); t != strings.TrimSpace(text) {
		w.texts = append(w.texts, t) // a fix may take quotes away
	}
}

// name remembers what Loong makes of a text, if that names something: the id of an account, or the text in lower case.
func (w *walker) name(text string) {
	for _, made := range [...]string{ascii.AccountID(text), strings.ToLower(strings.TrimSpace(text))} {
		if made != text && len(made) >= shortestSecret {
			w.texts = append(w.texts, made)
		}
	}
}

func (w *walker) add(s document.Span) {
	if s.Len() > 0 {
		w.spans = append(w.spans, s)
	}
}

func (w *walker) hide(s document.Span) {
	if s.Len() > 0 {
		w.hidden = append(w.hidden, s)
	}
}

// unquoted is the part of a string between its quotes.
func unquoted(src string, s document.Span) document.Span {
	text := src[s.Start:s.End]
	n := 1
	switch {
	case len(text) < 2 || text[0] != '"' && text[0] != '\'' || text[len(text)-1] != text[0]:
		return s
	case len(text) >= 6 && (text[:3] == `"""` || text[:3] == "'''") && strings.HasSuffix(text, text[:3]):
		n = 3
	}
	return document.Span{Start: s.Start + n, End: s.End - n}
}
