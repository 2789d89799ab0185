package secret

import (
	"slices"
	"strings"
	"sync/atomic"

	"github.com/loonglint/loonglint/internal/document"
)

func walk(d *document.Document) *walker {
	w := &walker{src: d.Text()}
	w.spans = allSpans(FindIn(d), w.src)
	w.table(d.Root, plain)
	w.comments(d.Comments)
	w.broken(d)
	w.spans = merge(w.spans)
	return w
}

// Within reports whether a span touches any of the secret ones.
func Within(spans []document.Span, s document.Span) bool {
	i, _ := slices.BinarySearchFunc(spans, s.Start, func(a document.Span, at int) int {
		if a.End <= at {
			return -1
		}
		return 1
	})
	return i < len(spans) && spans[i].Start < max(s.End, s.Start+1)
}

// place says what is expected of the values below a key.
type place uint8

const (
	plain    place = iota
	secret         // a secret, or a table that says where it comes from
	values         // a table whose values are secret
	variable       // the name of a variable
	names          // a table whose values name variables
	address        // an address, or the end of one
)

// shortestSecret is fewer bytes than any text has that is secret by itself: an address with user-info,
// a key of known shape.
const shortestSecret = 4

type walker struct {
	src   string
	spans []document.Span
	exprs []document.Span // of keys with values
	blank []document.Span // of values that were not understood
	texts []string        // secrets as decoded, where that differs from the bytes
}

func (w *walker) table(n *document.Node, at place) {
	for _, e := range n.Entries {
		w.node(e, below(at, e))
	}
}

// below says what is expected of an entry, by its key and by what is expected of its table.
func below(at place, e *document.Node) place {
	switch {
	case at == names:
		return variable
	case at == values:
		return secret
	case at == secret && e.Name() == "env" && !e.Kind.IsTable():
		return variable
	case at == secret && (e.Name() == "file" || e.Name() == "exec"):
		return plain
	case at == secret && e.Name() != "":
		return secret
	}
	p := placeOf(e.Name())
	if e.Name() == "" {
		p = at // an element of an array
	}
	if p == values && !e.Kind.IsTable() && !e.Kind.IsArray() {
		if e.Name() == "env" {
			return variable
		}
		return secret
	}
	return p
}

// cutLast cuts the last word off a key; words are divided by separators.
func cutLast(key string) (rest, last string) {
	end := len(key)
	for end > 0 && isKeySeparator(key[end-1]) {
		end--
	}
	i := end
	for i > 0 && !isKeySeparator(key[i-1]) {
		i--
	}
	return key[:i], key[i:end]
}

func isKeySeparator(c byte) bool { return c == '_' || c == '-' || c == '.' || c == ' ' }

// placeOf says what a key's value is, by the surface's tables and else by the key's last word.
func placeOf(key string) place {
	if key == "" {
		return plain
	}
	hash := keyHash(key)
	i := hash % uint32(len(places))
	if known := places[i].Load(); known != nil && known.key == key {
		return known.at
	}
	at := findPlace(key)
	if len(key) < 64 && met[i].Swap(hash) == hash {
		places[i].Store(&keyPlace{strings.Clone(key), at})
	}
	return at
}

// places remembers what keys were met lately, for most files have the same ones; met has the hashes of
// those met last, for a key that comes once is not worth it.
var (
	places [512]atomic.Pointer[keyPlace]
	met    [512]atomic.Uint32
)

type keyPlace struct {
	key string
	at  place
}

func keyHash(key string) uint32 {
	h := uint32(2166136261)
	for i := range len(key) {
		h = (h ^ uint32(key[i])) * 16777619
	}
	return h ^ h>>15
}

func findPlace(key string) place {
	if _, ok := slices.BinarySearch(secretFields[:], key); ok {
		return secret
	}
	if _, ok := slices.BinarySearch(secretMaps[:], key); ok {
		return values
	}
	if _, ok := slices.BinarySearch(nameMaps[:], key); ok {
		return names
	}
	rest, last := cutLast(strings.ToLower(key))
	switch last {
	case "":
		return plain
	case "env", "var":
		return variable
	case "url", "endpoint", "address", "server", "proxy", "uri", "host", "path":
		return address
	case "headers":
		return values
	default:
		_, before := cutLast(rest)
		switch {
		case secretWord(last), misspeltSecret(before, last):
			return secret
		case misspelt(last, "headers"):
			return values
		}
	}
	return plain
}

// secretWord reports whether a key that ends with a word names a secret.
func secretWord(word string) bool {
	switch word {
	case "key", "apikey", "token", "secret", "secrets", "password", "passwd", "passphrase", "pwd", "credential", "credentials",
		"bearer", "authorization", "cookie", "pass", "pin":
		return true
	}
	for _, end := range [...]string{"key", "token", "secret", "password"} {
		if len(word) > len(end) && strings.HasSuffix(word, end) && word != "pubkey" {
			return true
		}
	}
	return false
}

func (w *walker) node(n *document.Node, at place) {
	if !n.Expr().IsZero() {
		w.exprs = append(w.exprs, n.Expr())
	}
	if n.Key().Len() >= shortestSecret && len(In(n.Name())) > 0 {
		w.add(n.Key()) // an escape may hide the shape from the scan of the bytes
	}
	switch {
	case n.Kind.IsTable():
		w.table(n, at)
	case n.Kind.IsArray():
		for _, e := range n.Entries {
			w.node(e, below(at, e))
		}
	case n.Kind == document.String:
		w.text(n, at)
	case n.Kind == document.Invalid:
		w.blank = append(w.blank, n.Value())
	case n.Kind != document.Bool && (at == secret || at == values):
		w.add(n.Value())
	}
}

// text adds what is secret of a string.
func (w *walker) text(n *document.Node, at place) {
	inner := unquoted(w.src, n.Value())
	switch at {
	case secret, values:
		if !Shown(n.Text()) {
			w.add(inner)
			w.decoded(n.Text(), inner)
		}
		return
	case variable:
		if cut, ok := secretInName(n.Text()); ok {
			w.cut(n, inner, cut)
		}
		return
	}
	if q := strings.IndexByte(n.Text(), '?'); q >= 0 && q+1 < len(n.Text()) && (at == address || strings.Contains(n.Text()[:q], "://")) {
		w.cut(n, inner, q+1)
	}
	if w.src[inner.Start:inner.End] != n.Text() && len(In(n.Text())) > 0 {
		w.add(inner)
		w.decoded(n.Text(), inner)
	}
}

// cut hides a string from a place of its decoded text on.
func (w *walker) cut(n *document.Node, inner document.Span, from int) {
	if w.src[inner.Start:inner.End] == n.Text() {
		inner.Start += from
	}
	w.add(inner)
	w.decoded(n.Text()[from:], inner)
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
}

func (w *walker) add(s document.Span) {
	if s.Len() > 0 {
		w.spans = append(w.spans, s)
	}
}

// unquoted is the part of a string between its quotes.
func unquoted(src string, s document.Span) document.Span {
	for _, q := range [...]string{`"""`, "'''", `"`, "'"} {
		if n := len(q); s.Len() >= 2*n && src[s.Start:s.Start+n] == q && src[s.End-n:s.End] == q {
			return document.Span{Start: s.Start + n, End: s.End - n}
		}
	}
	return s
}
