package document

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestPosition(t *testing.T) {
	src := "\uFEFFé = 'ü'\r\n\n" + strings.Repeat("ab漢", 700) + "\nlast"
	d := Parse("", []byte(src))
	for range 500 {
		at := rand.IntN(len(src) + 1)
		if at < len(src) && !utf8.RuneStart(src[at]) {
			continue
		}
		before := src[:at]
		line := strings.Count(before, "\n") + 1
		column := utf8.RuneCountInString(strings.TrimPrefix(before[strings.LastIndexByte(before, '\n')+1:], "\uFEFF")) + 1
		if got := d.Position(at); got != (Position{line, column, at}) {
			t.Errorf("offset %d is at %+v, want line %d column %d", at, got, line, column)
		}
		if got := d.Offset(line, column); at >= len(byteOrderMark) && got != at && src[got] != '\r' {
			t.Errorf("line %d column %d is offset %d, want %d", line, column, got, at)
		}
	}
	if got := d.Position(1 << 30); got.Offset != len(src) || got.Line != 4 {
		t.Errorf("an offset outside is at %+v", got)
	}
	if got := d.Position(-1); got != (Position{1, 1, 0}) {
		t.Errorf("offset -1 is at %+v", got)
	}
}

func TestLine(t *testing.T) {
	d := Parse("", []byte("a = 1\r\n\nb = 2\n"))
	for n, want := range map[int]string{0: "", 1: "a = 1", 2: "", 3: "b = 2", 4: "", 5: ""} {
		s := d.Line(n)
		if got := string(d.Source[s.Start:s.End]); got != want {
			t.Errorf("line %d is %q, want %q", n, got, want)
		}
	}
	if d.Lines() != 4 {
		t.Errorf("%d lines, want 4", d.Lines())
	}
}

func TestStatement(t *testing.T) {
	d := Parse("", []byte("\uFEFFa = 1 # one\n[b] # two\n  c.d = [\n {e = 1},\n] # three\n[[f]]\ng.h = 'x'"))
	for _, c := range []struct{ path, want string }{
		{"a", "a = 1 # one\n"},
		{"b", "[b] # two\n"},
		{"b c d", "  c.d = [\n {e = 1},\n] # three\n"},
		{"b c d [0] e", "  c.d = [\n {e = 1},\n] # three\n"},
		{"b c", ""},
		{"f", ""},
		{"f [0]", "[[f]]\n"},
		{"f [0] g h", "g.h = 'x'"},
	} {
		n := d.Root.At(strings.Fields(c.path)...)
		if n == nil {
			t.Fatalf("no %s", c.path)
		}
		s := d.Statement(n)
		if got := string(d.Source[s.Start:s.End]); got != c.want {
			t.Errorf("%s: statement %q, want %q", c.path, got, c.want)
		}
	}
}

func TestApply(t *testing.T) {
	src := []byte("abcdef")
	for _, c := range []struct {
		name  string
		edits []Edit
		want  string
	}{
		{"none", nil, "abcdef"},
		{"any order", []Edit{{Span{4, 5}, "E"}, {Span{0, 1}, "A"}}, "AbcdEf"},
		{"neighbours", []Edit{{Span{0, 2}, "x"}, {Span{2, 4}, "y"}}, "xyef"},
		{"insertions keep their order", []Edit{{Span{3, 3}, "1"}, {Span{3, 3}, "2"}}, "abc12def"},
		{"insertion before a replacement", []Edit{{Span{3, 4}, "D"}, {Span{3, 3}, "1"}}, "abc1Def"},
		{"at the end", []Edit{{Span{6, 6}, "g"}}, "abcdefg"},
	} {
		got, err := Apply(src, c.edits)
		if err != nil || string(got) != c.want {
			t.Errorf("%s: got %q, %v, want %q", c.name, got, err, c.want)
		}
	}
	if _, err := Apply(src, []Edit{{Span{0, 3}, ""}, {Span{2, 4}, ""}}); !errors.Is(err, ErrOverlap) {
		t.Errorf("overlap gives %v", err)
	}
	for _, s := range []Span{{-1, 2}, {3, 2}, {5, 7}} {
		if _, err := Apply(src, []Edit{{s, ""}}); err == nil || errors.Is(err, ErrOverlap) {
			t.Errorf("edit of %v gives %v", s, err)
		}
	}
	if string(src) != "abcdef" {
		t.Errorf("source became %q", src)
	}
}

func TestPositionsOfASpanAreThoseOfItsEnds(t *testing.T) {
	small := "\ufeffé = 1\r\nb = '語'\n\n# x"
	for _, src := range []string{small, small[3:], small + strings.Repeat("x", countBelow)} {
		d := Parse("", []byte(src))
		for from := -1; from < len(small)+2; from++ {
			for to := -1; to < len(small)+2; to++ {
				if start, end := d.Positions(Span{from, to}); start != d.Position(from) || end != d.Position(to) {
					t.Errorf("%d to %d: %+v to %+v, want %+v to %+v", from, to, start, end, d.Position(from), d.Position(to))
				}
			}
		}
	}
}

// Lines of small files are counted, those of others are looked up; both must agree.
func TestPositionsOfSmallAndLargeFilesAgree(t *testing.T) {
	small := "\ufeffé = 1\r\nb = '語'\n\n# x\n"
	a, b := Parse("", []byte(small)), Parse("", []byte(small+"# "+strings.Repeat("x", countBelow)))
	for i := range len(small) {
		if x, y := a.Position(i), b.Position(i); x != y || a.LineOf(i) != b.LineOf(i) {
			t.Errorf("offset %d is %+v and %+v, lines %d and %d", i, x, y, a.LineOf(i), b.LineOf(i))
		}
		if line := a.Line(a.LineOf(i)); a.LineAt(i) != line || b.LineAt(i) != line {
			t.Errorf("the line of offset %d is at %+v and %+v, not %+v", i, a.LineAt(i), b.LineAt(i), line)
		}
	}
}
