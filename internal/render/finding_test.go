package render

import (
	"reflect"
	"testing"

	"github.com/loonglint/loonglint/internal/jsonwrite"
)

// TestAppendJSON holds that a finding is written as its tags say, whatever of it there is.
func TestAppendJSON(t *testing.T) {
	full := LinedFinding{}
	fill(reflect.ValueOf(&full).Elem())
	secret := full
	secret.Fix = &fixObject{Edits: []editObject{}}
	for _, f := range []LinedFinding{full, secret, {}} {
		want, err := Encode(f)
		if err != nil {
			t.Fatal(err)
		}
		var w jsonwrite.Writer
		if f.AppendJSON(&w, ""); string(w.Bytes) != string(want) {
			t.Errorf("a finding with lines is written as\n%s\nnot as\n%s", w.Bytes, want)
		}
		if want, err = Encode(f.Finding); err != nil {
			t.Fatal(err)
		}
		w.Bytes = nil
		if f.Finding.AppendJSON(&w, ""); string(w.Bytes) != string(want) {
			t.Errorf("a finding is written as\n%s\nnot as\n%s", w.Bytes, want)
		}
	}
}

// fill gives everything a value that is not left out; lists get two elements.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0))
		fill(v.Index(1))
	case reflect.String:
		v.SetString("a \"text\" <&>\n")
	case reflect.Int:
		v.SetInt(7)
	case reflect.Bool:
		v.SetBool(true)
	}
}
