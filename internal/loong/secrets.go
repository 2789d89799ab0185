package loong

// SplitSecret cuts a secret into the keys it holds (behaviour.md 4.2, split).
func SplitSecret(text string) []string { return splitSecret(nil, text) }
