package loong

import (
	"slices"
	"strings"

	"github.com/loonglint/loonglint/schema"
)

// fieldForm is how a provider key is compared.
type fieldForm uint8

const (
	formText fieldForm = iota
	formKind
	formWord
	formSecret
	formList
	formTable
	formFloat
	formInteger
)

// providerField is one of the keys of a provider table with its default.
type providerField struct {
	key        schema.Key
	form       fieldForm
	hasDefault bool
	text       string
	number     float64
}

// sameProvider reports whether two provider tables are equal to Loong (behaviour.md 2.4, "What
// counts as equal"); kind is that of b.
func sameProvider(a, b schema.Value, kind *Kind) bool {
	if kindOf(a) != kind {
		return false
	}
	for i := range providerFields {
		f := &providerFields[i]
		x, y := a.At(f.key), b.At(f.key)
		if !x.Present() && !y.Present() {
			continue
		}
		if !f.equal(x, y, kind) {
			return false
		}
	}
	return true
}

func (f *providerField) equal(x, y schema.Value, kind *Kind) bool {
	switch f.form {
	case formKind:
		return true // compared before
	case formWord:
		return f.textOr(x.Word()) == f.textOr(y.Word())
	case formSecret:
		return sameSecret(x, y)
	case formList:
		return sameTexts(x, y)
	case formTable:
		return slices.Equal(pairs(x), pairs(y))
	case formFloat:
		return f.numberOr(x.Float()) == f.numberOr(y.Float())
	case formInteger:
		i, iok := x.Int()
		j, jok := y.Int()
		if f.hasDefault {
			if !iok {
				i = int64(f.number)
			}
			if !jok {
				j = int64(f.number)
			}
			return i == j
		}
		return iok == jok && i == j
	}
	switch f.key {
	case schema.KeyBaseURL:
		return sameKept(x, y, OpenAIBase, kind.BaseURL)
	case schema.KeyChatCompletionsPath:
		return sameKept(x, y, OpenAIPath, kind.ChatPath)
	}
	if f.hasDefault {
		return f.textOr(x.Text()) == f.textOr(y.Text())
	}
	s, sok := x.Text()
	t, tok := y.Text()
	return sok == tok && s == t
}

func (f *providerField) textOr(s string, ok bool) string {
	if !ok {
		return f.text
	}
	return s
}

func (f *providerField) numberOr(n float64, ok bool) float64 {
	if !ok {
		return f.number
	}
	return n
}

func sameTexts(x, y schema.Value) bool {
	a, _ := x.Texts()
	b, _ := y.Texts()
	return slices.Equal(a, b)
}

// sameKept compares a key whose absence is kept as marker: the texts, and the mark that an
// own text leaves (behaviour.md 2.4, 3.5).
func sameKept(x, y schema.Value, marker, kindDefault string) bool {
	s, sok := x.Text()
	t, tok := y.Text()
	if !sok {
		s = marker
	}
	if !tok {
		t = marker
	}
	return s == t && (sok == tok || marker == kindDefault)
}

func pairs(v schema.Value) [][2]string {
	var list [][2]string
	for _, e := range v.Entries() {
		s, _ := e.Value.Text()
		list = append(list, [2]string{e.Name, s})
	}
	slices.SortFunc(list, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	return list
}

// sameSecret compares secrets as decoded.
func sameSecret(x, y schema.Value) bool {
	if x.Target().KeepsSecretText() {
		s, sok := secretText(x)
		t, tok := secretText(y)
		return sok == tok && s == t
	}
	a, b := x.Secret(), y.Secret()
	if a.Form != b.Form {
		return false
	}
	switch a.Form {
	case schema.SecretFile:
		return slices.Equal(pathParts(a.Text), pathParts(b.Text))
	case schema.SecretExec:
		return slices.Equal(a.Args, b.Args)
	}
	return a.Text == b.Text
}

// secretText is a secret as it is written, and false where it is not.
func secretText(v schema.Value) (string, bool) {
	if !v.Present() {
		return "", false
	}
	return v.Node.Text(), true
}

// pathParts splits a path as Loong compares paths: repeated and final slashes and inner dots
// do not count.
func pathParts(path string) []string {
	var parts []string
	if strings.HasPrefix(path, "/") {
		parts = append(parts, "/")
	}
	for i, p := range strings.Split(path, "/") {
		if p == "" || p == "." && i > 0 {
			continue
		}
		parts = append(parts, p)
	}
	return parts
}
