package jsonwrite

import (
	"bytes"
	"encoding/json"
	"testing"
)

func TestWriter(t *testing.T) {
	w := Writer{Bytes: []byte("{}\n")}
	fill(&w)
	const want = "{}\n" + `{"text":"","any_text":"a","list":[{"number":0},{"number":1,"any_number":1},-3,"[",""],"true":true,"empty":{},"raw":null}`
	if got := string(w.Bytes); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// TestIndent holds that lines are those of encoding/json.
func TestIndent(t *testing.T) {
	var short Writer
	fill(&short)
	var want bytes.Buffer
	if err := json.Indent(&want, short.Bytes, "> ", "\t"); err != nil {
		t.Fatal(err)
	}
	long := Writer{Bytes: []byte("> "), Prefix: "> ", Indent: "\t"}
	fill(&long)
	if got := string(long.Bytes); got != "> "+want.String() {
		t.Errorf("%s\nwant\n%s", got, want.String())
	}
}

// fill writes a value with everything in it.
func fill(w *Writer) {
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
}

// FuzzAppendText holds that a string is written as encoding/json does it.
func FuzzAppendText(f *testing.F) {
	for _, s := range []string{"", "plain <&> 'text' ~\x7f", "\"\\", "a\tb\nc\x00\b\f\r\x1f\v", "\xff", "ü\u2028\u2029\ufffd\U0001f600"} {
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
