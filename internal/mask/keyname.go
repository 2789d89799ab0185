package mask

// SecretName reports whether a key or header is named like one that holds a secret: by the
// surface's tables, and else by its last word.
func SecretName(key string) bool { return placeOf(key) == secret }
