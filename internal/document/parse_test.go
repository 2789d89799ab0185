package document

import (
	"slices"
	"strings"
	"testing"
)

// at is the source text of a span.
func at(d *Document, s Span) string { return string(d.Source[s.Start:s.End]) }

func TestSpans(t *testing.T) {
	d := Parse("x.toml", []byte("a.'b c' = 1 # c\n[ p . \"x y\" ] # d\nk = [ # e\n  \"s\", [1.5, [ ]], {b.c = true} , # f\n]\n[[l]]\nd = 2024-05-06 07:08\nd2 = \"\"\"\nx\\\n  y\"\"\"\n"))
	if len(d.Problems) != 0 {
		t.Fatal(d.Problems)
	}
	for _, c := range []struct {
		path                     []string
		kind                     Kind
		key, header, value, expr string
		text                     string
	}{
		{[]string{"a"}, Table, "a", "", "", "", ""},
		{[]string{"a", "b c"}, Integer, "'b c'", "", "1", "a.'b c' = 1", "1"},
		{[]string{"p"}, Table, "p", "", "", "", ""},
		{[]string{"p", "x y"}, Table, `"x y"`, `[ p . "x y" ]`, "", "", ""},
		{[]string{"p", "x y", "k", "[0]"}, String, "", "", `"s"`, "", "s"},
		{[]string{"p", "x y", "k", "[1]"}, Array, "", "", "[1.5, [ ]]", "", ""},
		{[]string{"p", "x y", "k", "[1]", "[1]"}, Array, "", "", "[ ]", "", ""},
		{[]string{"p", "x y", "k", "[2]"}, InlineTable, "", "", "{b.c = true}", "", ""},
		{[]string{"p", "x y", "k", "[2]", "b"}, Table, "b", "", "", "", ""},
		{[]string{"p", "x y", "k", "[2]", "b", "c"}, Bool, "c", "", "true", "b.c = true", "true"},
		{[]string{"l"}, ArrayOfTables, "l", "", "", "", ""},
		{[]string{"l", "[0]"}, Table, "", "[[l]]", "", "", ""},
		{[]string{"l", "[0]", "d"}, LocalDateTime, "d", "", "2024-05-06 07:08", "d = 2024-05-06 07:08", "2024-05-06 07:08"},
		{[]string{"l", "[0]", "d2"}, String, "d2", "", "\"\"\"\nx\\\n  y\"\"\"", "d2 = \"\"\"\nx\\\n  y\"\"\"", "xy"},
	} {
		n := d.Root.At(c.path...)
		if n == nil {
			t.Fatalf("no %q", c.path)
		}
		got := []string{at(d, n.Key()), at(d, n.Header()), at(d, n.Value()), at(d, n.Expr()), n.Text()}
		if want := []string{c.key, c.header, c.value, c.expr, c.text}; n.Kind != c.kind || !slices.Equal(got, want) {
			t.Errorf("%q: kind %d %q, want %d %q", c.path, n.Kind, got, c.kind, want)
		}
		if !slices.Equal(n.Path(), c.path) {
			t.Errorf("path %q, want %q", n.Path(), c.path)
		}
	}
	var comments []string
	for _, s := range d.Comments {
		comments = append(comments, at(d, s))
	}
	if want := []string{"# c", "# d", "# e", "# f"}; !slices.Equal(comments, want) {
		t.Errorf("comments %q, want %q", comments, want)
	}
}

func TestKeyPath(t *testing.T) {
	d := Parse("", []byte("[providers.\"a.b\"]\nstop = ['x']\n\"\" = {\"é\\n\" = 1}"))
	for _, c := range []struct {
		path []string
		want string
	}{
		{nil, ""},
		{[]string{"providers", "a.b", "stop", "[0]"}, `providers."a.b".stop[0]`},
		{[]string{"providers", "a.b", "", "é\n"}, `providers."a.b"."".` + `"é\n"`},
	} {
		if got := d.Root.At(c.path...).KeyPath(); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
	for _, path := range [][]string{{"x"}, {"providers", "x", "y"}, {"providers", "a.b", "stop", "[1]"}, {"providers", "a.b", "stop", "0"}} {
		if n := d.Root.At(path...); n != nil {
			t.Errorf("%q is there", path)
		}
	}
}

// TestLimits holds the limits of dialect.md, each at the limit and beyond.
func TestLimits(t *testing.T) {
	key := func(n int) string { return "a" + strings.Repeat(".a", n-1) }
	list := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	deep, parts := "value is nested more than 80 brackets deep", "key has more than 80 parts"
	for _, c := range []struct{ name, src, want string }{
		{"80 arrays", "x = " + list(80), ""},
		{"81 arrays", "x = " + list(81), deep},
		{"9,000 arrays", "x = " + list(9_000), deep},
		{"20,000 arrays", "x = " + list(20_000), deep},
		{"table in 80 arrays", "x = " + strings.Repeat("[", 80) + "{}" + strings.Repeat("]", 80), deep},
		{"40 of each", "x = " + strings.Repeat("[{x=", 40) + "1" + strings.Repeat("}]", 40), ""},
		{"80 parts", key(80) + " = 1", ""},
		{"81 parts", key(81) + " = 1", parts},
		{"header of 80", "[" + key(80) + "]\n" + key(80) + " = " + list(80), ""},
		{"header of 81", "[" + key(81) + "]\nx = 1", parts},
		{"entry of 81", "[[" + key(81) + "]]", parts},
		{"81 parts in a table", "x = {" + key(81) + " = 1}", parts},
		{"largest", "x = [9223372036854775807, -9223372036854775808, 0x7fff_ffff_ffff_ffff]", ""},
		{"too large", "x = 9223372036854775808", "integer does not fit 64 bits"},
		{"too small", "x = [-9223372036854775809]", "integer does not fit 64 bits"},
		{"too large, hexadecimal", "x = 0x8000000000000000", "integer does not fit 64 bits"},
		{"too large, octal", "x = 0o1000000000000000000000", "integer does not fit 64 bits"},
		{"too large, binary", "x = 0b1" + strings.Repeat("0", 63), "integer does not fit 64 bits"},
		{"small float", "x = 1e-400", ""},
		{"large float", "x = -1.8e308", "number is too large"},
		{"long float", "x = 1" + strings.Repeat("0", 309) + ".0", "number is too large"},
		{"second 60", "x = [23:59:60, 1979-05-27T23:59:60Z]", ""},
		{"second 61", "x = 23:59:61", "not a date or time that exists"},
		{"year 0", "x = 0000-02-29", ""},
		{"year 1900", "x = 1900-02-29", "not a date or time that exists"},
		{"line breaks in a table", "x = { a # why\n=\n# because\n1 , 'b'\r\n=2}", ""},
		{"line break before a dot", "x = { a\n.b = 1}", "key has no value"},
		{"line break outside", "x =\n1", "value is missing after the equals sign"},
	} {
		d := Parse("", []byte(c.src))
		checkSpans(t, d)
		got := ""
		if len(d.Problems) > 0 {
			got = d.Problems[0].Message
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestProblemsAreCapped(t *testing.T) {
	for _, src := range []string{strings.Repeat("a = 1\n", 300), strings.Repeat("?\n", 300), strings.Repeat("a = \"\xff\"\n", 300)} {
		if d := Parse("", []byte(src)); len(d.Problems) != MaxProblems {
			t.Errorf("%.8q…: %d problems, want %d", src, len(d.Problems), MaxProblems)
		}
	}
}

// TestManyNames looks every name up again, in tables with and without a map of their names.
func TestManyNames(t *testing.T) {
	for _, n := range []int{indexFrom - 1, indexFrom, indexFrom + 1, 5000} {
		d := Parse("", []byte(many(n, "[providers.x%d]\n")+"[inline]\nt = {"+many(n, "x%d = 1, ")+"}"))
		checkSpans(t, d)
		if got := len(d.Root.At("providers").Entries) + len(d.Root.At("inline", "t").Entries); got != 2*n || len(d.Problems) > 0 {
			t.Errorf("%d entries of %d, problems %v", got, 2*n, d.Problems)
		}
		if d := Parse("", []byte(many(n, "x%d = 1\n")+"x0 = 2\n")); len(d.Problems) != 1 {
			t.Errorf("a name used twice among %d gives %v", n, d.Problems)
		}
	}
}

func TestIsBrokenAt(t *testing.T) {
	doc := Parse("loong.toml", []byte("a = \"x\" y\nb = \"z\"\n"))
	for key, want := range map[string]bool{"a": true, "b": false} {
		if got := doc.IsBrokenAt(doc.Root.Child(key)); got != want {
			t.Errorf("%s: %v", key, got)
		}
	}
}
