package weburl

import (
	"strings"
	"testing"
)

// What the idna crate of Loong's build answers, "" where it refuses.
func TestHostnames(t *testing.T) {
	for name, want := range map[string]string{
		"EXAMPLE.test":                     "example.test",
		"bücher.test":                      "xn--bcher-kva.test",
		"a。b．c":                            "a.b.c",
		"faß.test":                         "xn--fa-hia.test",
		"STRAẞE":                           "xn--strae-oqa",
		"a\u2061b":                         "ab",
		"\u115f":                           "",
		"Ⅎ":                                "xn--73g",
		"a\u0897":                          "xn--a-nnd",
		"\u0897a":                          "",
		"Ᲊ.test":                           "xn--d4f.test",
		"xn--d4f":                          "xn--d4f",
		"xn--c4f":                          "", // punycode of the capital
		"xn--a-nnd":                        "xn--a-nnd",
		"xn--":                             "",
		"xn--a-":                           "",
		"aℵ":                               "", // two directions in one label
		"\U00010d4a":                       "xn--9f0d",
		"\U00010d4aℵ":                      "xn--4db3106k",
		"\U00010d4aa":                      "",
		"\U000323b0⼀":                      "xn--4gqt608o",
		"ص\u200cص":                         "xn--0gba859q",
		"x\u200cx":                         "",
		"\xff":                             "",
		"\u00ad":                           "",
		"é" + strings.Repeat("a", 999):     "xn--" + strings.Repeat("a", 999) + "-9y9f",
		"é" + strings.Repeat("a", 1000):    "",
		"xn--" + strings.Repeat("a", 2001): "",
	} {
		if got, ok := ASCIIHost(name); got != want && ok || ok != (want != "") {
			t.Errorf("%.40q: %.40q, want %.40q", name, got, want)
		}
	}
}

// A label of runes that are replaced is read in a time that grows with its length.
func TestManyNewerRunes(t *testing.T) {
	var b strings.Builder
	for r := rune(0x323B0); r <= 0x33479; r++ {
		b.WriteRune(r)
		if r%500 == 0 {
			b.WriteByte('.')
		}
	}
	got, ok := ASCIIHost(b.String())
	if again, _ := ASCIIHost(got); !ok || again != got {
		t.Errorf("%t, read again: %.80q, want %.80q", ok, again, got)
	}
}
