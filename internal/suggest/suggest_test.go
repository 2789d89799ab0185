package suggest

import (
	"slices"
	"strings"
	"testing"
)

func TestNearest(t *testing.T) {
	legal := []string{"openai", "volcengine", "volcengine_coding", "anthropic", "xai", "zai", "groq", "base_url", "api_key", "api_key_env", "model", "github-copilot"}
	for word, want := range map[string][]string{
		"volcegine":             {"volcengine"},
		"OpenAI":                {"openai"},
		"open-ai":               {"openai"},
		"github_copilot":        {"github-copilot"},
		"antrhopic":             {"anthropic"},
		"yai":                   {"xai", "zai"},
		"baseurl":               {"base_url"},
		"apikey":                {"api_key"},
		"models":                {"model"},
		"xyz":                   nil,
		"something_else":        nil,
		"":                      nil,
		"é":                     nil,
		"ab":                    nil,
		"openai":                nil, // itself is no suggestion
		strings.Repeat("a", 70): nil,
	} {
		if got := Nearest(word, slices.Values(legal)); !slices.Equal(got, want) {
			t.Errorf("Nearest(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestNearestGivesAtMostThree(t *testing.T) {
	got := Nearest("abcz", slices.Values([]string{"abca", "abcb", "abcb", "abcc", "abcd"}))
	if want := []string{"abca", "abcb", "abcc"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestParts(t *testing.T) {
	legal := []string{"request_timeout_ms", "retry_max_attempts", "preferred_models", "model_hints_a", "model_hints_b", "model_hints_c", "model_hints_d"}
	for word, want := range map[string][]string{
		"timeout":         {"request_timeout_ms"},
		"max_attempts":    {"retry_max_attempts"},
		"model_hints":     nil,
		"request-timeout": {"request_timeout_ms"},
		"ms":              nil,
	} {
		if got := Parts(word, slices.Values(legal)); !slices.Equal(got, want) {
			t.Errorf("Parts(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestQuestion(t *testing.T) {
	for want, words := range map[string][]string{
		"":                              nil,
		`did you mean "a"?`:             {"a"},
		`did you mean "a", "b" or "c"?`: {"a", "b", "c"},
	} {
		if got := Question(words); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestFolded(t *testing.T) {
	if !Folded("Api-Key", "api_key") || !Folded("__", "-") || Folded("a", "b") || Folded("ab", "a") {
		t.Error("folding is wrong")
	}
}

// Distances are symmetric, never above the longer word, and zero only for equal words.
func FuzzDistance(f *testing.F) {
	f.Add("volcegine", "volcengine")
	f.Fuzz(func(t *testing.T, a, b string) {
		if len(a) > longest || len(b) > longest {
			return
		}
		d := distance([]byte(a), []byte(b), longest)
		if e := distance([]byte(b), []byte(a), longest); d != e {
			t.Fatalf("%q %q: %d and %d", a, b, d, e)
		}
		if d > max(len(a), len(b)) || (d == 0) != (a == b) {
			t.Fatalf("%q %q: %d", a, b, d)
		}
	})
}
