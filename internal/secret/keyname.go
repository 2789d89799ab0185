package secret

import "strings"

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

// misspeltSecret reports whether the last words of a key are one slip away from naming a secret:
// api_kye, bot_tokn. Who writes api_keyy has written a key behind it.
func misspeltSecret(before, last string) bool {
	if before == "api" && misspelt(last, "key") {
		return true
	}
	for _, word := range [...]string{"token", "secret", "password", "passwd", "passphrase", "credential", "apikey"} {
		if misspelt(last, word) {
			return last != "tokens" // max_tokens is a number
		}
	}
	return false
}

// misspelt reports whether a becomes b by one letter more, less, changed or swapped with the next.
func misspelt(a, b string) bool {
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
