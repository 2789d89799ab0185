package schema

import (
	"strings"

	"github.com/loonglint/loonglint/internal/ascii"
	"github.com/loonglint/loonglint/internal/document"
)

// SecretForm is a way to give a secret (behaviour.md 1.5).
type SecretForm uint8

// The forms. A secret is configured unless it is absent or blank.
const (
	SecretAbsent  SecretForm = iota // not written, or it does not decode
	SecretBlank                     // a string of nothing but white space
	SecretLiteral                   // the string is the secret
	SecretEnv                       // Text is the variable's name
	SecretFile                      // Text is the path
	SecretExec                      // Args are the program and its arguments
)

// SecretValue is a secret field as decoded.
type SecretValue struct {
	Form SecretForm
	Text string         // name or path, trimmed, or the literal as written; a literal must never be printed
	Args []string       // of SecretExec, as written
	Node *document.Node // what gives Text or Args: the string, or the value in the table form
}

// Configured reports whether the secret is given at all, even by a reference that leads nowhere.
func (s SecretValue) Configured() bool { return s.Form > SecretBlank }

// Secret decodes a secret field.
func (v Value) Secret() SecretValue {
	if v.Node == nil || v.Shape.Op != OpSecret {
		return SecretValue{}
	}
	switch n := v.Node; {
	case n.Kind == document.String:
		return stringSecret(n, v.target)
	case n.Kind.IsTable() && !v.IsPlain():
		s, _ := v.tableSecret()
		return s
	}
	return SecretValue{}
}

// IsPlain reports whether the version takes nothing but a text for the secret v.
func (v Value) IsPlain() bool {
	f := v.Decl()
	return f != nil && f.Plain.Has(v.target)
}

func stringSecret(n *document.Node, target Target) SecretValue {
	if blank(n.Text()) {
		return SecretValue{Form: SecretBlank, Text: n.Text(), Node: n}
	}
	if name, ok := EnvReference(n.Text(), target); ok {
		return SecretValue{Form: SecretEnv, Text: name, Node: n}
	}
	return SecretValue{Form: SecretLiteral, Text: n.Text(), Node: n}
}

// tableSecret decodes the table form; on failure it says what is wrong.
func (v Value) tableSecret() (s SecretValue, wrong string) {
	given, empty := 0, false
	for _, n := range v.Node.Entries {
		key := v.keyOf(n)
		if key != KeyEnv && key != KeyFile && key != KeyExec {
			continue
		}
		text := textIn(n)
		switch {
		case n.Kind == document.Invalid:
			return SecretValue{}, "" // what it says is not known
		case key == KeyExec:
			given++
			args, _ := v.At(KeyExec).Texts()
			empty = len(args) == 0 || blank(args[0])
			s = SecretValue{Form: SecretExec, Args: args, Node: n}
		case text == "":
		case key == KeyEnv:
			given++
			s = SecretValue{Form: SecretEnv, Text: text, Node: n}
		default:
			given++
			s = SecretValue{Form: SecretFile, Text: text, Node: n}
		}
	}
	switch {
	case empty:
		return SecretValue{}, "exec names no program"
	case given == 0:
		return SecretValue{}, "none of env, file and exec is given"
	case given > 1:
		return SecretValue{}, "more than one of env, file and exec is given"
	}
	return s, ""
}

// keyOf is the key of an entry of the table v; 0 where the version has none of this name.
func (v Value) keyOf(n *document.Node) Key {
	t := v.Type()
	if i := t.indexOf(n); i >= 0 && !t.Fields[i].Missing.Has(v.target) {
		return t.Fields[i].Key
	}
	return 0
}

// textIn is the text of a node, trimmed; empty where there is none.
func textIn(n *document.Node) string {
	if n == nil || n.Kind != document.String {
		return ""
	}
	return strings.TrimSpace(n.Text())
}

// Program is the program and its arguments of a secret field's node with an exec.
func Program(n *document.Node) []string {
	args, _ := Value{Node: n.At(KeyExec.String()), Shape: Shape{Op: OpList}}.Texts()
	return args
}

// EnvReference returns the variable that a string in a secret field refers to: $NAME, ${NAME},
// env:NAME or %NAME% with a portable name; any other string is no reference (behaviour.md 1.5). An older
// version takes other names, too (versions.md).
func EnvReference(text string, target Target) (name string, ok bool) {
	s := strings.TrimSpace(text)
	switch {
	case strings.HasPrefix(s, "$"):
		s = strings.TrimSpace(s[1:])
		if strings.HasPrefix(s, "{") && strings.HasSuffix(s, "}") {
			s = strings.TrimSpace(s[1 : len(s)-1])
		}
	case len(s) >= 4 && ascii.Lower(s[:4]) == "env:":
		s = strings.TrimSpace(s[4:])
	case len(s) >= 2 && s[0] == '%' && s[len(s)-1] == '%':
		s = strings.TrimSpace(s[1 : len(s)-1])
	default:
		return "", false
	}
	if target.ReadsAnyReference() {
		return s, PointerName(s)
	}
	return s, PortableName(s)
}

// PointerName reports whether Loong takes s for the name of a variable in a *_env key: ASCII letters, digits
// and _, and after the first also - and . (behaviour.md 1.6).
func PointerName(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		plain := c == '_' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
		if !plain && (i == 0 || c != '-' && c != '.') {
			return false
		}
	}
	return s != ""
}

// PortableName reports whether s may be the name of a variable in a reference: [A-Za-z_][A-Za-z0-9_]* (behaviour.md 1.5).
func PortableName(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		letter := c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return s != ""
}
