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

// What is meant by a name that is not written as one.
func TestNamesThatAreMeant(t *testing.T) {
	for value, want := range map[string]string{ // kind and suggestion
		"": " ", " ": " ", "A": " ", "a-b.c": " ", "A=b": "assignment A", " export A = b": "assignment A", "set A=b": "assignment A", "SET A=b": "assignment A", "export=b": "assignment export", "A=": "invalid_name X", "=b": "invalid_name X", "A= ": "invalid_name X",
		"$": "dollar_prefix X", "$ ": "dollar_prefix X", "$A": "dollar_prefix A", "${A}": "dollar_prefix A", "${ A }": "dollar_prefix A", "${}": "dollar_prefix {}", "${ }": "dollar_prefix { }", "${": "dollar_prefix {", "${A": "dollar_prefix {A", "$A}": "dollar_prefix A}", "$}": "dollar_prefix }", "$ A": "dollar_prefix A",
		"%": "invalid_name X", "%%": "percent_wrapped X", "% %": "percent_wrapped X", "%A%": "percent_wrapped A", "%A": "invalid_name X", "A%": "invalid_name X",
		"sk-": "secret_literal ", "SK-x": "secret_literal ", "sk_": " ", "ya29.": "secret_literal ", "bearer x": "secret_literal ", "ghp_": "secret_literal ", "glpat-x": "secret_literal ", "sk": " ",
		"4b1d7e0c-93f2-4a68-8b1d-7e0c93f25a68": "secret_literal ", "4b1d7e0c-93f2-4a68-8b1d-7e0c93f25a6": " ", "4b1d7e0c-93f2-4a68-8b1d-7e0c93f25a6g": " ", "4b1d7e0c.93f2-4a68-8b1d-7e0c93f25a68": " ", "4b1d7e0c93f2-4a68-8b1d-7e0c93f25a6800": " ",
		"abcdefghijklmnopqrstuvw:": "secret_literal ", "abcdefghijklmnopqrstuv:": "invalid_name X", "abcdefghijklmnopqrstuvwx!": "invalid_name X", "abcdefghijklmnopqrstuvw+!": "secret_literal ", "abcdefghijklmnopqrstuvwxyz": " ",
	} {
		f := checkPointer(value, "X", false)
		if got := f.kind + " " + f.suggest; got != want || f.crash {
			t.Errorf("%q: %q, want %q", value, got, want)
		}
	}
	for value, want := range map[string]bool{
		"123456:abcdefghijkl": true, "12345:abcdefghijkl": false, "123456789012:abcdefghij_-": true, "1234567890123:abcdefghijkl": false, "123456:abcdefghijk": false, "12345a:abcdefghijkl": false, "123456:abcdefghij.l": false, "123456abcdefghijkl": false,
	} {
		if got := isBotToken(value); got != want {
			t.Errorf("%q is a token of a bot: %v", value, got)
		}
	}
}

// No beats Maybe beats Yes.
func TestAllOf(t *testing.T) {
	for _, a := range []Tri{No, Maybe, Yes} {
		for _, b := range []Tri{No, Maybe, Yes} {
			want := Yes
			if a == Maybe || b == Maybe {
				want = Maybe
			}
			if a == No || b == No {
				want = No
			}
			if got := allOf(a, b); got != want {
				t.Errorf("%v and %v: %v, want %v", a, b, got, want)
			}
		}
	}
}

// A world that is declared lists its variables, those without a value, too.
func TestDeclaredVariables(t *testing.T) {
	env := Declare(map[string]string{"B": "b", "A": ""}, []string{"C", "B"})
	if got := strings.Join(env.Names(), " "); got != "A B B C" {
		t.Errorf("names %s", got)
	}
	for name, want := range map[string]State{"A": Set, "B": Set, "C": Declared, "D": Unset} {
		text, state := env.Var(name)
		if state != want || (text == "b") != (name == "B") {
			t.Errorf("%s: %q, %v", name, text, state)
		}
	}
}
