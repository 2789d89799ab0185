package jsonwrite

import (
	"bytes"
	"encoding/json"
	"testing"
)

func TestWriter(t *testing.T) {
	w := Writer{Bytes: []byte("{}\n")}
	w.Begin("", '{')
	w.Text("text", "")
	w.TextIfAny("no_text", "")
	w.TextIfAny("any_text", "a")
	w.Begin("list", '[')
	for i := range 2 {
		w.Begin("", '{')
		w.Number("number", i)
		w.NumberIfAny("any_number", i)
		w.End('}')
	}
	w.Number("", -3)
	w.Text("", "[")
	w.Text("", "")
	w.End(']')
	w.TrueIf("true", true)
	w.TrueIf("false", false)
	w.Begin("empty", '{')
	w.End('}')
	w.Raw("raw", []byte("null"))
	w.End('}')
	const want = "{}\n" + `{"text":"","any_text":"a","list":[{"number":0},{"number":1,"any_number":1},-3,"[",""],"true":true,"empty":{},"raw":null}`
	if got := string(w.Bytes); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// FuzzAppendText holds that a string is written as encoding/json does it.
func FuzzAppendText(f *testing.F) {
	for _, s := range []string{"", "plain <&> 'text' ~\x7f", "\"\\", "a\tb\nc\x00", "\xff", "ü\u2028\u2029\ufffd\U0001f600"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var want bytes.Buffer
		e := json.NewEncoder(&want)
		e.SetEscapeHTML(false)
		if err := e.Encode(s); err != nil {
			t.Fatal(err)
		}
		if got := append(AppendText([]byte("x"), s), '\n'); string(got) != "x"+want.String() {
			t.Errorf("%q is written as %s, not %s", s, got, want.Bytes())
		}
	})
}
