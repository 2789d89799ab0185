package rules

import (
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/suggest"
	"github.com/loonglint/loonglint/schema"
)

var notAKey = lint.Rule{
	Name:    "not-a-key",
	Group:   lint.GroupCredentials,
	Summary: "a text in a secret field that is not a key, and is sent as one",
	Doc: `In a secret field Loong knows $NAME, ${NAME}, env:NAME and %NAME%, and the tables { env }, { file } and { exec }. Every
other text is the secret itself. So what other programs read as a reference (op://team/openai/key, vault:kv/openai,
os.environ/NAME, {env:NAME}, !pass show openai), what they encrypted (enc2:…), what they show instead of a key (sk-...wxyz,
***, [REDACTED]) and words such as null and undefined are sent to the service.

Words such as none and null are not reported where a service takes any key: on your own machine or network, and for kind
custom. The text is not shown, because it may hold a secret.`,
	Level:    lint.Error,
	Levels:   "warning outside of the provider tables, and for services on your own machine",
	Since:    "0.1.0",
	Silences: []string{"key-in-file", "unreplaced-placeholder", "name-used-as-key"},
	Bad: `[providers.main]
kind = "openai"
model = "gpt-4.1"
api_key = "{env:OPENAI_API_KEY}"
`,
	Good: `[providers.main]
kind = "openai"
model = "gpt-4.1"
api_key = { env = "OPENAI_API_KEY" }
`,
	Keys: lint.Secrets,
	Key: func(p *lint.Pass, v, _ schema.Value) {
		s, ok := secretAt(p, v)
		if !ok || s.Form != schema.SecretLiteral || unfilledSecret(s.Text) {
			return
		}
		text := strings.TrimSpace(s.Text)
		lower := ascii.Lower(text)
		for i := range notKeyForms {
			if form := &notKeyForms[i]; form.matches(text, lower) && !(form.dummy && takesAnyKey(p.Config.ProfileOf(v.Node.Parent))) {
				reportNotAKey(p, v, form, text)
				return
			}
		}
	},
}

// notKeyMatch says how a form is met.
type notKeyMatch uint8

const (
	notKeyPrefix notKeyMatch = iota // begins with it
	notKeyMask                      // has it somewhere
	notKeyMiddle                    // has it between a beginning and an end of a key
	notKeyWord                      // is it
)

// notKeyRest says what must follow a prefix.
type notKeyRest uint8

const (
	restAny notKeyRest = iota
	restName
	restPath
	restCommand // words with blanks between them
)

// notKeyForm is a row of facts/notkeys.json.
type notKeyForm struct {
	match     notKeyMatch
	text, end string
	rest      notKeyRest
	what      string
	gives     string // "env", "file": the form of Loong that means the same
	help      string
	dummy     bool // a word that services without keys are given
	whole     bool // the prefix is part of what it gives
}

// matches reports whether a text, trimmed, has the form; lower is the text in lower case.
func (f *notKeyForm) matches(text, lower string) bool {
	switch f.match {
	case notKeyWord:
		return lower == f.text
	case notKeyMask:
		return strings.Contains(lower, f.text)
	case notKeyMiddle:
		const most = 24 // of a key that is shortened
		before, after, found := strings.Cut(text, f.text)
		return found && before != "" && len(text) <= most && isWord(before) && isWord("_"+after)
	}
	rest, ok := f.restOf(text)
	if !ok {
		return false
	}
	switch f.rest {
	case restName:
		return schema.PortableName(rest)
	case restPath:
		return strings.Contains(rest, "/")
	case restCommand:
		return strings.Contains(rest, " ") && isLetters(rest[:1])
	}
	return true
}

// restOf is what stands between the prefix and the end; false where there is nothing.
func (f *notKeyForm) restOf(text string) (string, bool) {
	if len(text) <= len(f.text)+len(f.end) || ascii.LowerByte(text[0]) != f.text[0] || ascii.Lower(text[:len(f.text)]) != f.text || !strings.HasSuffix(text, f.end) {
		return "", false
	}
	return strings.TrimSpace(text[len(f.text) : len(text)-len(f.end)]), true
}

func reportNotAKey(p *lint.Pass, v schema.Value, form *notKeyForm, text string) {
	f := p.Report(spanOf(v.Node), "%s holds %s: Loong sends this text as the secret", keyOf(v), form.what).WithNode(v.Node).
		WithNote("a text in this field is the secret, unless it is a variable in a form that Loong knows")
	if kind := kindAround(p, v.Node); !inProvider(v.Path) || kind != nil && !kind.RequiresAuth {
		f.WithSeverity(lint.Warning)
	}
	rest, _ := form.restOf(text)
	if form.whole {
		rest = text
	}
	switch {
	case v.Shape.Op != schema.OpSecret:
		f.WithHelp(`write "${NAME}" with the name of a variable`)
	case form.gives == "env":
		f.WithHelp("write { env = %q }", rest).WithFix(lint.Unsafe, "read the variable", envTable(v.Node, rest))
	case form.gives == "file":
		f.WithHelp("write { file = \"/…\" } with the whole path")
		if isAbsolute(rest) {
			f.WithFix(lint.Unsafe, "read the file", document.Edit{Span: v.Node.Value(), Text: `{ file = ` + string(document.AppendString(nil, rest)) + ` }`})
		}
	case form.help != "":
		f.WithHelp("write %s", form.help)
	default:
		f.WithHelp(`write { env = "NAME" }, { file = "/…" } or { exec = ["program", "argument"] }`)
	}
}

// isDummyKey reports whether a text is what people write where a key is asked for and not wanted.
func isDummyKey(text string) bool {
	text = strings.TrimSpace(text)
	for _, d := range dummyKeys {
		if suggest.Folded(d, text) {
			return true
		}
	}
	return false
}

// takesAnyKey reports whether the service that a profile asks is one that may want no key.
func takesAnyKey(pr *loong.Profile) bool {
	if pr == nil {
		return false
	}
	u := pr.ReadURL(pr.Request.Val)
	return !pr.Kind.RequiresAuth || pr.Kind.ID == "custom" || u == nil || !u.HasHost || u.Loopback() || u.Unspecified() || u.Private() || isInsideName(u.Host)
}
