package probe

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestLossy(t *testing.T) {
	const x = "\uFFFD"
	for in, want := range map[string]string{
		"abc": "abc", "é": "é", "\xe2\x82": x, "\xc0\xaf": x + x, "\xed\xa0\x80": x + x + x, "a\xffb": "a" + x + "b",
		"\xf0\x9f\x98": x, "\xf0\x90\x80": x, "\xe1\x80a": x + "a", "\xf0\x9f\x98a": x + "a", "\xf4\x90\x80\x80": x + x + x + x, "\xe0\x80\x80": x + x + x, "\xc3": x, "\xc3\xc3": x + x,
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
		if got := fmt.Sprint(tree(parse([]byte(in)))); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}

// tree is all of a value, as encoding/json has it.
func tree(v value) any {
	s, isText := v.text()
	n, isNumber := v.number()
	switch {
	case v == "" || v == "null":
		return nil
	case isText:
		return s
	case isNumber:
		return json.Number(n)
	case v.isArray():
		list := []any{}
		for e := range v.elements() {
			list = append(list, tree(e))
		}
		return list
	case v.isObject():
		o := map[string]any{}
		for key, member := range v.members() {
			o[key] = tree(member)
		}
		return o
	}
	return v == "true"
}

// FuzzAnswer: no answer makes the probe fail, or list what no model can be.
func FuzzAnswer(f *testing.F) {
	for _, s := range []string{listOfTwo, "[ 1 , -2.5e3,true ,null,\t{\"a\\u0062\" : [ ] , \"\" : { } , \"x\":false}\n]", " \"a\\\"b\\\\\" ", "12", " true", `["a"]`, `{"result":{"models":[{"name":"x","tags":["retired"]}]}}`, `{"data":[{"id":1,"model":"x","created":1e9}]}`, "\"\\ud83d\\ude00\"", "\xe2\x82"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		v := parse(body)
		if v != "" {
			d := json.NewDecoder(bytes.NewReader(lossy(body)))
			d.UseNumber()
			var want any
			if err := d.Decode(&want); err != nil || !reflect.DeepEqual(tree(v), want) {
				t.Errorf("%q is read as %v, not as %v, %v", v, tree(v), want, err)
			}
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

// TestLongLists: memory grows with the length of a list alone, whatever is in it.
func TestLongLists(t *testing.T) {
	for name, element := range map[string]string{
		"objects": `{"id":"m#"},`, "texts": `"#",`, "few ids": `"a",`, "newest first": `{"id":"m#","created":1#},`, "nothing": `{"x":1#},`,
	} {
		var b bytes.Buffer
		b.WriteString(`{"data":[`)
		n := 0
		for ; b.Len() < 1<<20; n++ {
			b.WriteString(strings.ReplaceAll(element, "#", fmt.Sprintf("%06d", n*7919%1000003)))
		}
		body := append(b.Bytes()[:b.Len()-1], "]}"...)
		before := allocated()
		ids := models(parse(body))
		if grown := (allocated() - before) >> 20; grown > 32 {
			t.Errorf("%s: %d MB for a list of %d models", name, grown, n)
		}
		want := n
		switch name {
		case "few ids":
			want = 1
		case "nothing":
			want = 0
		}
		if len(ids) != want {
			t.Errorf("%s: %d of %d models", name, len(ids), want)
		}
	}
}

// allocated counts the bytes that were ever allocated.
func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}
