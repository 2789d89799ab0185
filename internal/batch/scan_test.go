package batch

import (
	"reflect"
	"testing"
	"unicode/utf8"
)

func TestScansUsualRequests(t *testing.T) {
	for _, line := range []string{
		`{"id":"a/b","toml":"","env":{}}`,
		`{"id": 12, "toml": "a = \"b\"\n\tü\u00fc\u2028 \\ \/ \b\f\r", "env": {"A": "b", "": "\u0000"}, "target": "0.1.0-alpha.2"} `,
		`{"hex":"ff"}`, `{}`, `{"id":0}`,
	} {
		if _, ok := scanRequest([]byte(line)); !ok {
			t.Errorf("%s is left to encoding/json", line)
		}
	}
}

// FuzzScanRequest holds that what is scanned is as encoding/json reads it.
func FuzzScanRequest(f *testing.F) {
	for _, s := range []string{
		`{"id":"a","toml":"x = 1\n","env":{"A":"b","A":"c"},"target":"dev"}`, `{"id":[1, 2],"hex":"ff"}`, `{"id":1e3}`, `{"id":01}`, `{"id":-0}`,
		`{"toml":null}`, `{"TOML":"a"}`, `{"toml":"a","toml":"b"}`, `{"toml":"\ud83d\ude00"}`, `{"toml":"\u00e9\uD800"}`, `{"toml":"\u00\u0010"}`,
		`{"id":"a",}`, `{"id":"a" "toml":""}`, `{"id":"a"}x`, `{"id":"`, "{\"toml\":\"\t\"}", `{"toml":"\x"}`, `{"toml":"\`, `{"id": }`, `{"toml":"\u12`,
		"{\"toml\":\"\\u00\x10\x11\"}", `{"t\u006fml":"a"}`, `{"id":12345678901234567890}`, `{"id":"\u003c<\n"}`, ` {"id":1}`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, line string) {
		q, ok := scanRequest([]byte(line))
		if !ok || !utf8.ValidString(line) {
			return
		}
		want, err := decodeRequest([]byte(line))
		if err != nil || !reflect.DeepEqual(q, want) {
			t.Errorf("%s is scanned as %+v, and decoded as %+v, %v", line, q, want, err)
		}
	})
}
