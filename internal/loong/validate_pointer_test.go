package loong

import (
	"strings"
	"testing"
)

func TestCheckPointerExamples(t *testing.T) {
	const example = "EXAMPLE"
	for _, e := range loadFacts[ruleExamples](t, "validation").Rules.EnvPointer.Examples {
		telegram := strings.HasSuffix(e.Where, "true")
		got := checkPointer(e.Value, example, telegram)
		suggest := e.Suggest
		if suggest == "" && strings.HasSuffix(e.Code, ".invalid_name") {
			suggest = example
		}
		if got.kind != strings.TrimPrefix(e.Code, "config.env_pointer.") || got.suggest != suggest {
			t.Errorf("%q: got %+v, want %s, %q", e.Value, got, e.Code, suggest)
		}
	}
}

func TestCheckPointerVectors(t *testing.T) {
	rows := loadFacts[pointerVectors](t, "vectors").Rows
	if len(rows) != 70 {
		t.Fatalf("%d rows, want 70", len(rows))
	}
	for _, r := range rows {
		for name, value := range r.Fields {
			if !strings.HasSuffix(name, "_env") {
				continue
			}
			if got := checkPointer(value, "X", false); got.crash || "config.env_pointer."+got.kind != r.Code && got.kind+r.Code != "" {
				t.Errorf("%q: got %+v, want %q", value, got, r.Code)
			}
		}
	}
}

func TestCheckPointerMore(t *testing.T) {
	for _, c := range []struct {
		value, kind, suggest string
		crash                bool
	}{
		{value: "éééé=x", crash: true},
		{value: "aaaé=1", crash: true},
		{value: "aaaaaaé=", crash: true}, // even where it would be no assignment
		{value: "éé=1", kind: "assignment", suggest: "éé"},
		{value: "aaé=1", kind: "assignment", suggest: "aaé"},
		{value: "EXPORT  A = b", kind: "assignment", suggest: "A"},
		{value: "export set A=b", kind: "assignment", suggest: "set A"}, // only one is dropped
		{value: "export é=b", kind: "assignment", suggest: "é"},
		{value: "export =b", kind: "assignment", suggest: "export"},
		{value: "$", kind: "dollar_prefix", suggest: "X"},
		{value: "${}", kind: "dollar_prefix", suggest: "{}"},
		{value: "%%", kind: "percent_wrapped", suggest: "X"},
		{value: "BEARER x", kind: "secret_literal"},
		{value: "12345:abcdefghijkl", kind: "invalid_name", suggest: "X"},
		{value: "123456:abcdefghijk", kind: "invalid_name", suggest: "X"},
		{value: "123456:abcdefghijkl", kind: "secret_literal"},
		{value: "9F479837-0a12-4b56-89ab-cdef01234567", kind: "secret_literal"},
		{value: "-aaaaaaaaaaaaaaaaaaaaaaa", kind: "secret_literal"},
		{value: "-aaaaaaaaaaaaaaaaaaaaaa", kind: "invalid_name", suggest: "X"},
		{value: "\u00a0A\u00a0"},
		{value: " \t"},
	} {
		got := checkPointer(c.value, "X", true)
		if got != (pointerFault{c.kind, c.suggest, c.crash}) {
			t.Errorf("%q: got %+v", c.value, got)
		}
	}
}
