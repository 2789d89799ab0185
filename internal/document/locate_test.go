package document

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func describeSpot(d *Document, s Spot) string {
	part := [...]string{"blank", "comment", "header", "key", "value"}[s.Part]
	text := ""
	if !s.Span.IsZero() {
		text = " " + string(d.Source[s.Span.Start:s.Span.End])
	}
	return strings.TrimSpace(fmt.Sprintf("%s%s %s in [%s]", part, text, s.Node.KeyPath(), s.Table.KeyPath()))
}

func TestAt(t *testing.T) {
	for _, c := range []struct{ src, want string }{ // ^ is the place
		{"^", "blank  in []"},
		{"a = ^1", "value 1 a in []"},
		{"a^ = 1", "key a a in []"},
		{"a =^ 1", "blank  in []"},
		{"a = 1^", "value 1 a in []"},
		{"a = 1 ^", "blank  in []"},
		{"a = 1 # why^", "comment # why  in []"},
		{"# why\n^", "blank  in []"},
		{"[a]^\n", "header [a] a in [a]"},
		{"^[a]\n", "header [a] a in []"},
		{"[a]\n^", "blank  in [a]"},
		{"[a]\nb = 1\n\n^\n[c]\n", "blank  in [a]"},
		{"[providers.^x.headers]\nk = 1", "key x providers.x in []"},
		{"[ providers . \"x.^y\" . headers ]", `key "x.y" providers."x.y" in []`},
		{"[[a.b^]]\n[[a.b]]", "key b a.b in []"},
		{"[[a.b]]\n[[a.b]]\nc=^1", "value 1 a.b[1].c in [a.b[1]]"},
		{"[t]\na.b^.c = 1", "key b t.a.b in [t]"},
		{"[t]\na.b.c = 1\na.^b.d = 1", "key b t.a.b in [t]"},
		{"k = { e^nv = 'X' }", "key env k.env in [k]"},
		{"k = { ^env = 'X' }", "key env k.env in [k]"},
		{"k = { env = 'X'^ }", "value 'X' k.env in [k]"},
		{"k = { env = 'X' }^", "value { env = 'X' } k in []"},
		{"k = { env = '^X' }", "value 'X' k.env in [k]"},
		{"k = {^ }", "value { } k in [k]"},
		{"k = ^{ }", "value { } k in []"},
		{"k = [1, ^2]", "value 2 k[1] in []"},
		{"k = [1, { a.^b = 3 }]", "key b k[1].a.b in [k[1]]"},
		{"k = '''\n^x'''\n", "value '''\nx''' k in []"},
		{"\ufeffa^ = 1", "key a a in []"},
		{"[a]\r\nb = ^1\r\n", "value 1 a.b in [a]"},
		{"[a]\nki^\nb = 1", "key ki a.ki in [a]"},
		{`"a\"b".c^ = 1`, `key c "a\"b".c in []`},
	} {
		before, after, _ := strings.Cut(c.src, "^")
		doc := Parse("a.toml", []byte(before+after))
		spot := NewLocator(doc).At(len(before))
		if got := describeSpot(doc, spot); got != c.want {
			t.Errorf("%q: %q, not %q", c.src, got, c.want)
		}
	}
}

func TestMentions(t *testing.T) {
	src := "active = 'x'\n[providers.x]\nkind = 'a'\nheaders.a = 1\n[providers.\"x\".headers.b]\n[ providers . x . more ]\n[providers.y]\n"
	doc := Parse("a.toml", []byte(src))
	l := NewLocator(doc)
	var got []string
	for _, s := range l.Mentions(doc.Root.At("providers", "x")) {
		got = append(got, fmt.Sprintf("%d %s", doc.LineOf(s.Start), src[s.Start:s.End]))
	}
	if want := `2 x, 5 "x", 6 x`; strings.Join(got, ", ") != want {
		t.Errorf("got %q, not %q", got, want)
	}
}

// What is at each byte agrees with the tree: a key part says the name of its node, a value is that of its node.
func TestAtAgreesWithTheTree(t *testing.T) {
	files, _ := filepath.Glob("../../fixtures/*/*.toml")
	keys, values := 0, 0
	for i, path := range files {
		if i%7 != 0 {
			continue
		}
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		doc := Parse(path, src)
		l := NewLocator(doc)
		for at := range src {
			s := l.At(at)
			switch text := string(src[s.Span.Start:s.Span.End]); {
			case s.Table == nil || !s.Table.Kind.IsTable():
				t.Fatalf("%s:%d: no table", path, at)
			case s.Part == Key:
				if keys++; len(doc.Problems) == 0 && strings.Trim(text, `"'`) != s.Node.Name() && !strings.Contains(text, `\`) {
					t.Fatalf("%s:%d: key %s is %s", path, at, text, s.Node.Name())
				}
			case s.Part == Value:
				if values++; s.Span != s.Node.Value() {
					t.Fatalf("%s:%d: value %s", path, at, text)
				}
			}
		}
	}
	if keys < 1000 || values < 1000 {
		t.Errorf("only %d keys and %d values", keys, values)
	}
}
