package rules

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/secret"
	"github.com/loonglint/loonglint/schema"
)

var keyInFile = lint.Rule{
	Name:    "key-in-file",
	Group:   lint.GroupCredentials,
	Summary: "a credential that is written in the file itself",
	Doc: `Loong works with a literal key, but everybody who can read the file, its backups and its history then has it. Put the
secret into a variable or a file and name that: { env = "NAME" }, { file = "/path" }. If the file was ever shared, replace the
key at the service.

Looked at are all secret fields of providers, channels and tools, headers and variables that are named like a secret, and the shapes
of known keys anywhere: in comments, unknown keys, addresses, lines that are not TOML. A program that only prints its argument is
a literal as well. Not seen: a short secret in a place that nobody expects it in. Placeholders are left to unreplaced-placeholder.`,
	Level:  lint.Warning,
	Levels: "info for numbers, where a service on your own machine gets a word that is no known key, where one on your network or of kind custom gets a dummy, and for ids, names and addresses without a secret part",
	Anyway: true,
	Since:  "0.1.0",
	Covers: []string{"X30"},
	Bad: `[telegram]
enabled = false
bot_token = "7204816326:AAKd2Lq9Zr4Xc8Vb1Nm5TyUi0OpAs3DfGh6"
`,
	Good: `[telegram]
enabled = false
bot_token = { env = "TELEGRAM_BOT_TOKEN" }
`,
	Keys: lint.Secrets | lint.Headers | lint.Variables | lint.Unknown,
	Key: func(p *lint.Pass, v, parent schema.Value) {
		k := searchOf(p)
		if s, ok := secretAt(p, v); ok {
			k.field(v, s)
		}
		if v.Node.Kind == document.String {
			k.named(v, parent)
		}
	},
	After: []string{"credentials-in-address"},
	End:   func(p *lint.Pass) { searchOf(p).shapes() },
}

// keySearch remembers what was reported, so that a key is reported once.
type keySearch struct {
	*lint.Pass
	done []document.Span // of values that were looked at as a whole
}

// searchOf is the search that a pass is at.
func searchOf(p *lint.Pass) *keySearch {
	k, ok := p.State.(*keySearch)
	if !ok {
		k = &keySearch{Pass: p}
		p.State = k
	}
	return k
}

// field looks at a secret field.
func (k *keySearch) field(v schema.Value, s schema.SecretValue) {
	switch s.Form {
	case schema.SecretAbsent:
		if n := v.Node; n.Kind == document.Integer || n.Kind == document.Float {
			k.Report(spanOf(n), "%s is written in the file", keyOf(v)).WithNode(n).WithSeverity(lint.Info).
				WithNote("it is a number and not a text, but still a credential").WithHelp("put it into a variable and write { env = %q }", k.usualVariable(v))
		}
	case schema.SecretLiteral:
		k.done = append(k.done, v.Node.Value())
		if unfilledSecret(s.Text) {
			return
		}
		f := k.Report(spanOf(v.Node), "%s is written in the file", fieldLabel(v, s.Text)).WithNode(v.Node).WithSeverity(k.levelOf(v, s.Text)).
			WithNote("everybody who can read the file, its backups or its history can read it")
		if v.Shape.Op != schema.OpSecret {
			name := variableFor(v)
			f.WithHelp(`put it into a variable and write "${NAME}"`).
				WithChoice("take it from the variable "+name+", which must be set first", replaceText(k.Document, v.Node, "${"+name+"}"))
		} else {
			f.WithHelp("put it into a variable and write %s = { env = %q }", keyName(keyOf(v)), k.usualVariable(v))
			k.offerPlaces(f, v)
		}
	case schema.SecretExec:
		if !onlyPrints(s.Args) || s.Node == nil {
			return
		}
		k.done = append(k.done, s.Node.Value())
		k.Report(spanOf(s.Node), "%s is written in the file, as what a program prints", keyOf(v)).WithNode(s.Node).
			WithNote("everybody who can read the file can read it").WithHelp("write { env = %q }", k.usualVariable(v))
	}
}

// fieldLabel names a field, and the shape of the key in it where it is known.
func fieldLabel(v schema.Value, text string) string {
	if name, ok := secret.KeyShape(text); ok {
		return keyOf(v) + " (" + name + ")"
	}
	return keyOf(v)
}

// levelOf is info for what is hardly secret.
func (k *keySearch) levelOf(v schema.Value, text string) lint.Level {
	text = strings.TrimSpace(text)
	if secret.IsKey(text) || len(secret.Find(text)) > 0 {
		return lint.Warning
	}
	name := keyOf(v)
	switch {
	case strings.HasSuffix(name, "_id"), strings.HasSuffix(name, "_username"):
		return lint.Info
	case v.Path.IsAddress() && !strings.ContainsAny(text, "?@") && !hasRandomSegment(text):
		return lint.Info
	}
	if kind := kindAround(k.Pass, v.Node); kind != nil && !kind.RequiresAuth || isDummyKey(text) && takesAnyKey(k.Config.ProfileOf(v.Node.Parent)) {
		return lint.Info
	}
	return lint.Warning
}

// hasRandomSegment reports whether a part of an address's path could be a token.
func hasRandomSegment(address string) bool {
	for _, s := range segments(pathOf(address)) {
		if secret.IsKey(s) {
			return true
		}
	}
	return false
}

// usualVariable is the variable to name instead of a literal.
func (k *keySearch) usualVariable(v schema.Value) string {
	kind := kindAround(k.Pass, v.Node)
	switch {
	case kind == nil:
	case v.Node.Name() == "oauth_access_token" && kind.OAuthEnv != "":
		return kind.OAuthEnv
	case v.Node.Name() == "api_key" && kind.APIKeyEnv != "":
		return kind.APIKeyEnv
	}
	return "NAME"
}

// offerPlaces offers the places that a literal can be moved to. The text itself is not in the file then, so nobody but the
// person who has put it there may choose one.
func (k *keySearch) offerPlaces(f *lint.Finding, v schema.Value) {
	name := k.usualVariable(v)
	if name == "NAME" {
		name = variableFor(v)
	}
	path := "/run/secrets/" + ascii.Lower(name)
	f.WithChoice("take it from the variable "+name+", which must be set first", envTable(v.Node, name)).
		WithChoice("take it from the file "+path+", which must be written first",
			document.Edit{Span: v.Node.Value(), Text: "{ file = " + string(document.AppendString(nil, path)) + " }"})
}

// variableFor is a name for the variable of a secret: the one that Loong reads where none is written, or one made of its path.
func variableFor(v schema.Value) string {
	if pointer := v.Path.Parent().Child(v.Node.Name() + "_env").Field(); pointer != nil {
		if name, err := strconv.Unquote(pointer.Default); err == nil && schema.PortableName(name) {
			return name
		}
	}
	var name []byte
	for _, part := range v.Node.Path() {
		if part == "providers" || part == "provider" || part == "accounts" || strings.HasPrefix(part, "[") || secret.InName(part) {
			continue
		}
		if len(name) > 0 {
			name = append(name, '_')
		}
		for i := range len(part) {
			c := part[i]
			if 'a' <= c && c <= 'z' {
				c -= 'a' - 'A'
			} else if !schema.PortableName("_" + part[i:i+1]) {
				c = '_'
			}
			name = append(name, c)
		}
	}
	if !schema.PortableName(string(name)) {
		return "SECRET_" + string(name)
	}
	return string(name)
}

// onlyPrints reports whether a program of a secret does no more than print its arguments.
func onlyPrints(args []string) bool {
	if _, ok := loong.ProgramText(args); ok {
		return true
	}
	if len(args) < 2 {
		return false
	}
	program := strings.TrimSpace(args[0])
	program = program[strings.LastIndexByte(program, '/')+1:]
	return program == "echo" || program == "printf"
}

// named looks at a text in headers, among variables for other programs, or under an unknown key that
// is named like a secret.
func (k *keySearch) named(v, parent schema.Value) {
	n := v.Node
	what := ""
	switch {
	case v.Path.IsHeaders() && parent.Path.IsHeaders():
		if carriesSecret(&header{name: ascii.Lower(n.Name()), text: n.Text()}) {
			what = "header " + n.Name()
		}
	case v.Path.IsVariables() && parent.Path.IsVariables():
		if secret.SecretName(n.Name()) && strings.TrimSpace(n.Text()) != "" && !strings.ContainsAny(n.Text()[:1], "/~.") {
			what = "variable " + n.Name()
		}
	case v.Path == schema.NoPath && secret.SecretName(n.Name()):
		if secret.IsKey(n.Text()) {
			what = "the key " + quoted(n.Name()) + ", which Loong does not read,"
		}
	}
	if what == "" || unfilledSecret(n.Text()) || holdsReference(n.Text()) {
		return
	}
	k.done = append(k.done, n.Value())
	f := k.Report(spanOf(n), "%s holds a credential", what).WithNode(n)
	if v.Path.IsHeaders() && inProvider(v.Path) && isFieldOfProvider(n.Name()) {
		f.Message = n.Name() + " is written in the file" // a key of the profile, by mistake among its headers
	}
	f.WithNote("everybody who can read the file, its backups or its history can read it")
	switch {
	case v.Path.IsHeaders():
		f.WithHelp("headers cannot use variables: write the key as api_key where the service accepts it")
		if !inProvider(v.Path) {
			f.WithHelp("remove it from the file")
		}
	case v.Path.IsVariables():
		f.WithHelp("set the variable outside of the file")
	default:
		f.WithHelp("remove it, and rotate the key at the service")
	}
}

// shapes looks for keys of known shape everywhere else.
func (k *keySearch) shapes() {
	slices.SortFunc(k.done, func(a, b document.Span) int { return a.Start - b.Start })
	var list []shapeFound
	for _, m := range k.KeyShapes() {
		if at := (document.Span{Start: m.Start, End: m.End}); !within(k.done, at) {
			list = append(list, shapeFound{Span: at, name: m.Name})
		}
	}
	if len(list) == 0 {
		return
	}
	findValues(k.Document.Root, list)
	for i := range list {
		if !k.isTold(&list[i]) {
			k.reportShape(&list[i])
		}
	}
}

// shapeFound is a key of known shape in the file.
type shapeFound struct {
	document.Span
	name string
	node *document.Node // the value it is in, or nil
}

func (k *keySearch) reportShape(m *shapeFound) {
	where := "outside of any value"
	switch {
	case m.node != nil:
		where = "in " + nameOf(m.node)
	case within(k.Document.Comments, m.Span):
		where = "in a comment"
	}
	k.Report(m.Span, "%s %s %s", aOrAn(m.name), m.name, where).WithNode(m.node).
		WithNote("everybody who can read the file, its backups or its history can read it").
		WithHelp("remove it, and rotate the key at the service")
}

// within reports whether a span lies in one of some spans, which are in order.
func within(spans []document.Span, s document.Span) bool {
	i, _ := slices.BinarySearchFunc(spans, s.Start+1, func(a document.Span, at int) int { return a.Start - at })
	return i > 0 && s.End <= spans[i-1].End
}

// findValues names the scalar that each key is in.
func findValues(n *document.Node, list []shapeFound) {
	for _, e := range n.Entries {
		if len(e.Entries) > 0 {
			findValues(e, list)
			continue
		}
		for i := firstIn(list, e.Value()); i < len(list) && list[i].End <= e.Value().End; i++ {
			list[i].node = e
		}
	}
}

// firstIn is the index of the first key that begins in a span or after it.
func firstIn(list []shapeFound, s document.Span) int {
	i, _ := slices.BinarySearchFunc(list, s.Start, func(m shapeFound, at int) int { return m.Start - at })
	return i
}

// isTold reports whether another rule, or Loong's own validation, reports a key: one that stands for the name of a
// variable, or before the @ of an address.
func (k *keySearch) isTold(m *shapeFound) bool {
	if k.Told(m.node, aUser) {
		user, _, found := bytes.Cut(k.Document.Source[m.End:m.node.Value().End], []byte("@"))
		return found && !bytes.ContainsAny(user, "/?#\"' ")
	}
	return k.ToldAt(m.node) || k.Config.Reports(m.node)
}

func aOrAn(name string) string {
	if strings.ContainsRune("AEIOaeio", rune(name[0])) {
		return "an"
	}
	return "a"
}
