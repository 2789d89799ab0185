package secret

import (
	"slices"
	"strings"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"github.com/loonglint/loonglint/schema"
)

// place says what is expected of the value of a key.
type place uint8

const (
	public   place = iota
	secret         // a secret, or a table that says where it comes from
	values         // a table whose values are secret
	literal        // a secret in which nothing is resolved: a header, a variable of another program
	variable       // the name of a variable
	names          // a table whose values name variables
	address        // an address, or the end of one
	unknown        // of a key that Loong does not know, so it may be anything
)

// SecretName reports whether a key or header is named like one that holds a secret: by the
// surface's tables, and else by its last word.
func SecretName(key string) bool { return placeOf(key) == secret }

// Header reports whether a header holds a secret, by its name or its value.
func Header(name, value string) bool {
	return HeaderName(name) || len(Find(value)) > 0
}

// HeaderName reports whether a header is named like a credential. Keys that only tell requests
// apart are none.
func HeaderName(name string) bool {
	name = strings.ToLower(name)
	for _, word := range [...]string{"idempotency", "cache", "partition", "routing", "sec-", "public"} {
		if strings.Contains(name, word) {
			return false
		}
	}
	return SecretName(name)
}

// misspelledSecret reports whether the last words of a key are one slip away from naming a secret:
// api_kye, bot_tokn. Who writes api_keyy has written a key after it.
func misspelledSecret(before, last string) bool {
	if before == "api" && misspelled(last, "key") {
		return true
	}
	for _, word := range [...]string{"token", "secret", "password", "passwd", "passphrase", "credential", "apikey"} {
		if misspelled(last, word) {
			return last != "tokens" // max_tokens is a number
		}
	}
	return false
}

// misspelled reports whether a becomes b by one letter more, less, changed or swapped with the next.
func misspelled(a, b string) bool {
	if d := len(a) - len(b); d < -1 || d > 1 || a == b {
		return false
	}
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	a, b = a[i:], b[i:]
	switch {
	case len(a) > len(b):
		return a[1:] == b
	case len(a) < len(b):
		return a == b[1:]
	}
	return a[1:] == b[1:] || len(a) > 1 && a[0] == b[1] && a[1] == b[0] && a[2:] == b[2:]
}

// sharesAnEnd reports whether two words begin or end with the same two bytes. One slip leaves one end of a word of shortestEnds
// bytes and more as it is, so this turns down most words.
func sharesAnEnd(a, b string) bool {
	i, j := len(a)-1, len(b)-1
	return a[0] == b[0] && a[1] == b[1] || a[i] == b[j] && a[i-1] == b[j-1]
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
		return public
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
	places [2048]atomic.Pointer[keyPlace]
	met    [2048]atomic.Uint32
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
		return public
	case "env", "var":
		return variable
	case "url", "endpoint", "address", "server", "proxy", "uri", "host", "path":
		return address
	case "headers":
		return values
	default:
		_, before := cutLast(rest)
		switch {
		case secretWord(last), misspelledSecret(before, last):
			return secret
		case misspelled(last, "headers"):
			return values
		}
	}
	return public
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

// namesSecret reports whether any word of a key names a secret: api_key_2, dsn, 密码. It is for keys that
// Loong does not know; SecretName is narrower.
func namesSecret(key string) bool {
	if len(key) > longestKey {
		return true
	}
	if placeOf(key) == secret {
		return true
	}
	key = splitCapitals(key)
	var holds [256]bool // which bytes the key has: most parts begin or end with another one
	for i := range len(key) {
		holds[key[i]] = true
	}
	for _, part := range secretParts {
		if holds[part[0]] && holds[part[len(part)-1]] && strings.Contains(key, part) {
			return true
		}
	}
	for word := range strings.FieldsFuncSeq(key, func(r rune) bool { return r < unicode.MaxASCII && (r < 'a' || r > 'z') }) {
		if _, ok := slices.BinarySearch(secretWords[:], word); ok {
			return true
		}
	}
	return false
}

// longestKey is more bytes than a key has that is looked at word by word.
const longestKey = 128

// splitCapitals is a key in lower case, with _ before the capitals of camelCase.
func splitCapitals(key string) string {
	if !strings.ContainsFunc(key, func(r rune) bool { return r < 'a' && r != '_' || r > 'z' }) {
		return key
	}
	var b strings.Builder
	lower := false
	for _, r := range key {
		if unicode.IsUpper(r) && lower {
			b.WriteByte('_')
		}
		lower = unicode.IsLower(r)
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// isKey reports whether some table of Loong has a key of that name.
func isKey(name string) bool {
	if len(name) >= len(keysOfLength) {
		return false
	}
	_, ok := slices.BinarySearch(keysOfLength[len(name)], name)
	return ok
}

// nearKey is the key of Loong that a name is, or is one slip away from.
func nearKey(name string) (key string, ok bool) {
	if isKey(name) {
		return name, true
	}
	return nearOther(name)
}

// nearOther is the first key of Loong, by name, that a name is one slip away from.
func nearOther(name string) (near string, ok bool) {
	if len(name) < shortestNear || len(name) > longestKey {
		return "", false
	}
	short := len(name) < shortestEnds
	for n := len(name) - 1; n <= len(name)+1 && n < len(keysOfLength); n++ {
		for _, key := range keysOfLength[n] { // of three bytes and more
			if (short || sharesAnEnd(name, key)) && misspelled(name, key) {
				if near == "" || key < near {
					near = key
				}
				break
			}
		}
	}
	return near, near != ""
}

// nearKeyIn is nearOther for the keys of one table.
func nearKeyIn(table schema.PathID, name string) (near string, ok bool) {
	t := table.Type()
	switch {
	case table.Shape().Op == schema.OpMap:
		return nearOther(name)
	case t == nil || len(name) < shortestNear || len(name) > longestKey:
		return "", false
	}
	short := len(name) < shortestEnds
	for i := range t.Fields {
		key := t.Fields[i].Name
		if d := len(name) - len(key); d < -1 || d > 1 || len(key) < shortestNear {
			continue
		}
		if (short || sharesAnEnd(name, key)) && misspelled(name, key) && (near == "" || key < near) {
			near = key
		}
	}
	return near, near != ""
}

// shortestNear is as many bytes as words have at least that are compared for a slip.
const shortestNear = 3

// shortestEnds is as many bytes as words have at least of which one slip leaves an end as it is.
const shortestEnds = 5

// showsName reports whether the name of a key that Loong may not know cannot be a secret: apart from words of
// Loong's own keys it has at most 4 letters, and nothing but letters.
func (w *walker) showsName(name string) bool {
	if isKey(name) || KnownVariable(name) || IsKind(name) {
		return true
	}
	if w.near++; w.near > mostNames || len(name) > longestKey {
		return false
	}
	if _, ok := nearKey(name); ok {
		return true
	}
	letters := 0
	for word := range strings.FieldsFuncSeq(name, func(r rune) bool { return r == '_' || r == '-' || r == '.' }) {
		if isKeyWord(word) {
			continue
		}
		letters += utf8.RuneCountInString(word)
		if strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
			return false
		}
	}
	return letters <= 4
}

// isKeyWord reports whether a word is one of those that keys of Loong are made of.
func isKeyWord(word string) bool {
	return slices.ContainsFunc(keys[:], func(key string) bool {
		i := strings.Index(key, word)
		return i >= 0 && (i == 0 || key[i-1] == '_') && (i+len(word) == len(key) || key[i+len(word)] == '_')
	})
}
