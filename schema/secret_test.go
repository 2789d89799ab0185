package schema_test

import (
	"fmt"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/schema"
)

// Which texts name a variable to the newest release, and which are the secret itself.
func TestReferencesToVariables(t *testing.T) {
	for text, want := range map[string]string{ // the name, or "-"
		"$A": "A", " $ A ": "A", "${A}": "A", "${ A }": "A", "env:A": "A", "ENV: A": "A", "%A%": "A", "% A %": "A", "$a_Z09": "a_Z09", "$_": "_", "$A0": "A0", "$A9": "A9", "$Az": "Az", "$AZ": "AZ",
		"$": "-", "${}": "-", "${A": "-", "$A}": "-", "$0A": "-", "$9A": "-", "$A/": "-", "$A:": "-", "$A@": "-", "$A[": "-", "$A`": "-", "$A{": "-", "$é": "-", "env:": "-", "env": "-", "env:A B": "-", "envA": "-",
		"%": "-", "%%": "-", "%A": "-", "A%": "-", "A": "-", "": "-", "x$A": "-", "$A-B": "-", "$A.B": "-", "$$A": "-", "${${A}}": "-",
	} {
		got, ok := schema.EnvReference(text, 0)
		if !ok {
			got = "-"
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	for name, want := range map[string]bool{
		"A": true, "a": true, "z": true, "Z": true, "_": true, "0": true, "9": true, "A-": true, "A.b": true, "-A": false, ".A": false, "": false, "A/": false, "A:": false, "A@": false, "A[": false, "A`": false, "A{": false, "A B": false, "é": false,
	} {
		if got := schema.PointerName(name); got != want {
			t.Errorf("%q may be a name: %v", name, got)
		}
	}
}

// What a secret is in each form, and what none is.
func TestFormsOfSecrets(t *testing.T) {
	for value, want := range map[string]string{
		`"text"`: "2 text []", `" "`: "1   []", `"${A}"`: "3 A []", `{ env = "A" }`: "3 A []", `{ env = " A " }`: "3 A []", `{ file = "/x" }`: "4 /x []", `{ exec = ["a", "b"] }`: "5  [a b]", `{ exec = ["a", " "] }`: "5  [a  ]",
		`{ env = "" }`: "0  []", `{ env = " ", file = "/x" }`: "4 /x []", `{ env = "A", file = "/x" }`: "0  []", `{ env = "A", exec = ["a"] }`: "0  []", `{ exec = [] }`: "0  []", `{ exec = [" "] }`: "0  []", `{ exec = "a" }`: "0  []",
		`{ env = 1 }`: "0  []", `{ env = 1, file = "/x" }`: "4 /x []", `{}`: "0  []", `5`: "0  []", `["a"]`: "0  []", `{ other = "A" }`: "0  []",
	} {
		s := root(t, "[provider]\napi_key = "+value).Get("provider", "api_key").Secret()
		if got := fmt.Sprintf("%d %s %v", s.Form, s.Text, s.Args); got != want {
			t.Errorf("%s: %q, want %q", value, got, want)
		}
		if s.Configured() != (s.Form != schema.SecretAbsent && s.Form != schema.SecretBlank) {
			t.Errorf("%s: configured %v", value, s.Configured())
		}
	}
}

// Of a table whose text is not understood nobody knows what it says: it is no secret, and no mistake either.
func TestSecretsThatAreNotUnderstood(t *testing.T) {
	d := document.Parse("a.toml", []byte("[provider]\napi_key = { env = \"A\", file = x }\n"))
	if s := schema.Root(d.Root, 0).Get("provider", "api_key").Secret(); s.Form != schema.SecretAbsent {
		t.Errorf("it is %v", s)
	}
}

func TestPortableNames(t *testing.T) {
	for name, want := range map[string]bool{"a": true, "_": true, "A1": true, "a_Z9": true, "": false, "1a": false, "a-b": false, "a b": false, "é": false, "@": false, "[": false, "{": false, "a.": false} {
		if got := schema.PortableName(name); got != want {
			t.Errorf("%q is a name: %t", name, got)
		}
	}
}
