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

func TestPartsReady(t *testing.T) {
	legal := []string{"request_timeout_ms", "retry_max_attempts", "preferred_models", "model_hints_a", "model_hints_b", "model_hints_c", "model_hints_d"}
	for word, want := range map[string][]string{
		"timeout":         {"request_timeout_ms"},
		"max_attempts":    {"retry_max_attempts"},
		"model_hints":     nil,
		"request-timeout": {"request_timeout_ms"},
		"ms":              nil,
	} {
		if got := PartsReady(word, Ready(legal), func(int) bool { return true }); !slices.Equal(got, want) {
			t.Errorf("PartsReady(%q) = %q, want %q", word, got, want)
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

// FuzzDistance compares the distance with that of the usual table.
func FuzzDistance(f *testing.F) {
	f.Add("volcegine", "volcengine")
	f.Add("abcabc", "acbbca")
	f.Add(strings.Repeat("ab", longest/2), strings.Repeat("ba", longest/2))
	f.Add("\xff\x00", "\x00\xff")
	f.Fuzz(func(t *testing.T, a, b string) {
		if len(a) > longest || len(b) > longest {
			return
		}
		if d, want := Apart(a, b, longest), tableDistance(a, b); d != want {
			t.Fatalf("%q %q: %d, want %d", a, b, d, want)
		}
	})
}

// TestDistanceOfAllShortWords compares the distances of all words of at most 4 bytes of three letters.
func TestDistanceOfAllShortWords(t *testing.T) {
	words := []string{""}
	for from := 0; len(words[from]) < 4; from++ {
		for _, letter := range [...]string{"a", "b", "c"} {
			words = append(words, words[from]+letter)
		}
	}
	for _, a := range words {
		for _, b := range words {
			if d, want := Apart(a, b, longest), tableDistance(a, b); d != want {
				t.Fatalf("%q %q: %d, want %d", a, b, d, want)
			}
		}
	}
}

// tableDistance is the optimal string alignment distance as it is defined.
func tableDistance(a, b string) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		for j := range rows[i] {
			switch {
			case i == 0 || j == 0:
				rows[i][j] = i + j
				continue
			case a[i-1] == b[j-1]:
				rows[i][j] = rows[i-1][j-1]
			default:
				rows[i][j] = 1 + min(rows[i-1][j], rows[i][j-1], rows[i-1][j-1])
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
