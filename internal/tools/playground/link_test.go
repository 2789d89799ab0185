package playground

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"io"
	"strings"
	"testing"
)

// A browser reads what Fragment writes: the end of the stream is marked, and what is not known is not there.
func TestFragment(t *testing.T) {
	for want, state := range map[string]State{
		`{"text":"kind = \"🐉\" # <&>\n"}`:                                      {Text: "kind = \"🐉\" # <&>\n"},
		`{"text":"a","settings":"b","variables":[],"enable":["missing-kind"]}`: {Text: "a", Settings: "b", Variables: []string{}, Enable: []string{"missing-kind"}},
	} {
		compressed, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(Fragment(state), "#v1="))
		if err != nil {
			t.Fatal(err)
		}
		if text, err := io.ReadAll(flate.NewReader(bytes.NewReader(compressed))); err != nil || string(text) != want {
			t.Errorf("%s, %v, want %s", text, err, want)
		}
	}
}
