package probe

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestLossy(t *testing.T) {
	const x = "\uFFFD"
	for in, want := range map[string]string{
		"abc": "abc", "é": "é", "\xe2\x82": x, "\xc0\xaf": x + x, "\xed\xa0\x80": x + x + x, "a\xffb": "a" + x + "b",
		"\xf0\x9f\x98": x, "\xf0\x9f\x98a": x + "a", "\xf4\x90\x80\x80": x + x + x + x, "\xe0\x80\x80": x + x + x, "\xc3": x, "\xc3\xc3": x + x,
		"\uFFFD": x, "\xf0\x9f\x98\x80": "😀",
	} {
		if got := string(lossy([]byte(in))); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestParse(t *testing.T) {
	for in, want := range map[string]string{
		"": "<nil>", "{}": "map[]", `{"a":1,"a":2}`: "map[a:2]", `[1e400]`: "<nil>", `[1e-400]`: "[1e-400]", `["\ud800"]`: "<nil>",
		`["\udc00"]`: "<nil>", `["\ud83d\ude00"]`: "[😀]", `["\ud83dx"]`: "<nil>", `["\ud83d\n"]`: "<nil>", `["\ud800\ud800"]`: "<nil>", `["\\ud800"]`: `[\ud800]`, `[01]`: "<nil>", "[1] x": "<nil>", "\ufeff{}": "<nil>",
		`["\u00`: "<nil>", `["\`: "<nil>", `["`: "<nil>",
		strings.Repeat("[", 127) + strings.Repeat("]", 127): strings.Repeat("[", 127) + strings.Repeat("]", 127),
		strings.Repeat("[", 128) + strings.Repeat("]", 128): "<nil>",
	} {
		if got := fmt.Sprint(parse([]byte(in))); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}

// FuzzAnswer: no answer makes the probe fail, or list what no model can be.
func FuzzAnswer(f *testing.F) {
	for _, s := range []string{listOfTwo, `["a"]`, `{"result":{"models":[{"name":"x","tags":["retired"]}]}}`, `{"data":[{"id":1,"model":"x","created":1e9}]}`, "\"\\ud83d\\ude00\"", "\xe2\x82"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		v := parse(body)
		if v != nil && !json.Valid(lossy(body)) {
			t.Error("taken for JSON")
		}
		seen := map[string]bool{}
		for _, id := range models(v) {
			if id == "" || strings.TrimSpace(id) != id || seen[id] || !utf8.ValidString(id) {
				t.Errorf("listed %q", id)
			}
			seen[id] = true
		}
	})
}
