package document

import (
	"bytes"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/pelletier/go-toml/v2"
	"golang.org/x/tools/txtar"

	"github.com/loonglint/loonglint/internal/testing/hostile"
)

// checkSpans fails when a span of d lies outside the file or outside the span around it, when a key
// or value does not read as itself again, or when problems and comments are out of order.
func checkSpans(t *testing.T, d *Document) {
	t.Helper()
	whole := Span{0, len(d.Source)}
	for i, p := range d.Problems {
		if !whole.Contains(p.Span) || p.Span.Start > p.Span.End || p.Message == "" || p.Span.Len() == 0 && len(d.Source) > 0 {
			t.Errorf("problem %+v is no place in a file of %d bytes", p, len(d.Source))
		}
		if i > 0 && p.Span.Start < d.Problems[i-1].Span.Start {
			t.Errorf("problem %+v is out of order", p)
		}
		for _, r := range p.Related {
			if !whole.Contains(r.Span) || r.Span.Len() <= 0 {
				t.Errorf("problem %+v: related place outside the file", p)
			}
		}
	}
	for i, c := range d.Comments {
		if !whole.Contains(c) || d.Source[c.Start] != '#' || bytes.IndexByte(d.Source[c.Start:c.End], '\n') >= 0 {
			t.Errorf("comment %v is none", c)
		}
		if i > 0 && c.Start < d.Comments[i-1].End {
			t.Errorf("comment %v is out of order", c)
		}
	}
	if len(d.Problems) == 0 {
		checkComments(t, d)
	}
	checkNode(t, d, d.Root)
}

// checkComments fails when the number of comments is not what is left of # outside strings.
func checkComments(t *testing.T, d *Document) {
	t.Helper()
	w := walk(d.Source, 0)
	n := 0
	for k := w.next(); k.kind != tokenEnd; k = w.next() {
		if k.kind == tokenComment {
			if n >= len(d.Comments) || d.Comments[n] != k.Span {
				t.Fatalf("comment at %d is missing in %v", k.Start, d.Comments)
			}
			n++
		}
		w.accept(k)
	}
	if n != len(d.Comments) {
		t.Fatalf("%d comments, want %d", len(d.Comments), n)
	}
}

func checkNode(t *testing.T, d *Document, n *Node) {
	t.Helper()
	whole := Span{0, len(d.Source)}
	for _, s := range []Span{n.Key(), n.Header(), n.Value(), n.Expr()} {
		if s.Start < 0 || s.Start > s.End || !whole.Contains(s) {
			t.Fatalf("%s: span %v outside the file", n.KeyPath(), s)
		}
	}
	if !n.Expr().IsZero() && (!n.Expr().Contains(n.Key()) || !n.Expr().Contains(n.Value())) {
		t.Errorf("%s: key %v or value %v outside %v", n.KeyPath(), n.Key(), n.Value(), n.Expr())
	}
	if len(d.Problems) == 0 && n.Parent != nil {
		checkAgain(t, d, n)
	}
	for i, e := range n.Entries {
		if e.Parent != n || e.Index() != i {
			t.Fatalf("%s: entry %d has another parent or place", n.KeyPath(), i)
		}
		if at := n.Value(); !at.IsZero() && !holds(at, e.Key(), e.Value(), e.Expr()) {
			t.Errorf("%s: entry %d outside its %v", n.KeyPath(), i, at)
		}
		if n.Kind.IsTable() && (n.At(e.Name()) != e || e.Key().IsZero()) {
			t.Errorf("%s: entry %q is not found or has no key", n.KeyPath(), e.Name())
		}
		if n.Kind.IsArray() && n.At(e.Path()[len(e.Path())-1]) != e {
			t.Errorf("%s: entry %d is not found", n.KeyPath(), i)
		}
		checkNode(t, d, e)
	}
}

// holds reports whether all of spans that are set lie in s.
func holds(s Span, spans ...Span) bool {
	for _, in := range spans {
		if !in.IsZero() && !s.Contains(in) {
			return false
		}
	}
	return true
}

// checkAgain parses the key, header and value of a node alone.
func checkAgain(t *testing.T, d *Document, n *Node) {
	t.Helper()
	text := func(s Span) string { return string(d.Source[s.Start:s.End]) }
	if !n.Key().IsZero() {
		a := Parse("", []byte(text(n.Key())+" = 1"))
		if len(a.Problems) > 0 || a.Root.At(n.Name()) == nil {
			t.Errorf("%s: key reads %q again", n.KeyPath(), text(n.Key()))
		}
	}
	if !n.Header().IsZero() {
		if a := Parse("", []byte(text(n.Header()))); len(a.Problems) > 0 {
			t.Errorf("%s: header reads %q again", n.KeyPath(), text(n.Header()))
		}
	}
	// Values inside values are parsed with these; deep ones would be parsed too often.
	if !n.Value().IsZero() && len(n.Path()) < 8 {
		a := Parse("", []byte("k = "+text(n.Value()))).Root.At("k")
		if a == nil || a.Kind != n.Kind || a.Text() != n.Text() || len(a.Entries) != len(n.Entries) {
			t.Errorf("%s: value reads %q again", n.KeyPath(), text(n.Value()))
		}
	}
}

// equalDecoded compares a node with what toml.Unmarshal makes of it.
func equalDecoded(t *testing.T, n *Node, want any) {
	t.Helper()
	same := false
	switch want := want.(type) {
	case map[string]any:
		same = n.Kind.IsTable() && len(n.Entries) == len(want)
		for _, e := range n.Entries {
			if w, ok := want[e.Name()]; same && ok {
				equalDecoded(t, e, w)
			}
		}
	case []any:
		same = n.Kind.IsArray() && len(n.Entries) == len(want)
		for i := 0; same && i < len(want); i++ {
			equalDecoded(t, n.Entries[i], want[i])
		}
	case string:
		same = n.Kind == String && n.Text() == want
	case int64:
		same = n.Kind == Integer && n.Int() == want
	case float64:
		f := n.Float()
		same = n.Kind == Float && (f == want || math.IsNaN(f) && math.IsNaN(want))
	case bool:
		same = n.Kind == Bool && n.Bool() == want
	case time.Time:
		same = n.Kind == OffsetDateTime
	case toml.LocalDateTime:
		same = n.Kind == LocalDateTime
	case toml.LocalDate:
		same = n.Kind == LocalDate
	case toml.LocalTime:
		same = n.Kind == LocalTime
	}
	if !same {
		t.Errorf("%q: kind %d %q, want %#v", n.Path(), n.Kind, n.Text(), want)
	}
}

// onlyOurs are the messages for what go-toml accepts and Loong refuses (dialect.md).
var onlyOurs = []string{
	"value is nested more than 80 brackets deep", "key has more than 80 parts",
	"integer does not fit 64 bits", "number is too large",
}

// checkAgainstUnmarshal compares d with go-toml's own decoder, apart from what dialect.md lists.
func checkAgainstUnmarshal(t *testing.T, d *Document) {
	t.Helper()
	var want map[string]any
	err := toml.Unmarshal(d.Source, &want)
	switch {
	case err == nil && len(d.Problems) == 0:
		if want == nil {
			want = map[string]any{}
		}
		equalDecoded(t, d.Root, want)
	case err == nil:
		if !slices.Contains(onlyOurs, d.Problems[0].Message) {
			t.Errorf("go-toml accepts what has the problems %v", d.Problems)
		}
	case len(d.Problems) == 0 && !looserThanGoTOML(d):
		t.Errorf("no problems, but go-toml says: %v", err)
	}
}

// looserThanGoTOML reports whether d uses one of the things that only Loong accepts (dialect.md).
func looserThanGoTOML(d *Document) bool {
	if addsFromElsewhere(d, d.Root) {
		return true
	}
	if bytes.HasPrefix(d.Source, []byte(byteOrderMark)) || bytes.Contains(d.Source, []byte(":60")) {
		return true
	}
	p := &parser{doc: d}
	p.data = append(bytes.Clone(d.Source), '\n')
	before := bytes.Clone(p.data)
	p.doc = &Document{Source: d.Source}
	p.joinLines()
	return !bytes.Equal(before, p.data)
}

// addsFromElsewhere reports whether a dotted key below n adds to a table that was made below another header.
func addsFromElsewhere(d *Document, n *Node) bool {
	made := n.Place().Start
	for _, e := range n.Entries {
		own := n.Kind == Table && (e.state == valued || e.state == dotted)
		if own && d.headerBefore(e.Key().Start) != d.headerBefore(made) || addsFromElsewhere(d, e) {
			return true
		}
	}
	return false
}

// headerBefore is the last header that begins at or before offset; zero without one.
func (d *Document) headerBefore(offset int) Span {
	var last Span
	var look func(n *Node)
	look = func(n *Node) {
		if h := n.Header(); h.Start <= offset && h.Start >= last.Start && !h.IsZero() {
			last = h
		}
		for _, e := range n.Entries {
			look(e)
		}
	}
	look(d.Root)
	return last
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"a = 1\n[b.c]\nd = [1, {e = 'f'}] # g\n[[h]]\n", "a = { b # c\n=\n1 }", "\xEF\xBB\xBFa = 23:59:60", "a = \"\"\"\nb = 1\n[c]\n",
		"[a\nb = 1", "a = [1\nb = 2", "a = \"C:\\Users\"", "a.b = 1\n[a]\n", "[[a.b]]\n[a.c.d]\n[a]\nb.c.d = 1\nc.e = 1\n", "a = \"\xff\"\rb = \x00", "a = {b = [[{c = 1e400}]]}",
		"{[{\nN=2},\"\"\"\n#\"\"\"#", // a comment within one, when the text is read again
	} {
		f.Add([]byte(s))
	}
	archive, err := txtar.ParseFile("testdata/messages.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range archive.Files {
		f.Add(file.Data)
	}
	samples, err := hostile.Samples("../../fixtures")
	if err != nil {
		f.Fatal(err)
	}
	for _, src := range samples {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		if len(src) > 4<<10 {
			return
		}
		kept := bytes.Clone(src)
		d := Parse("fuzz.toml", src)
		if !bytes.Equal(kept, src) {
			t.Fatal("the source was changed")
		}
		checkSpans(t, d)
		checkPlain(t, "fuzz.toml", src)
		checkAgainstUnmarshal(t, d)
		checkLines(t, d)
	})
}

// checkLines fails when lines do not tile the file or a position does not lead back.
func checkLines(t *testing.T, d *Document) {
	t.Helper()
	for n := 1; n <= d.Lines(); n++ {
		s := d.Line(n)
		if d.LineOf(s.Start) != n || d.LineOf(s.End) != n {
			t.Fatalf("line %d is %v", n, s)
		}
	}
	for i := range len(d.Source) + 1 {
		p := d.Position(i)
		if p.Column < 1 || p.Line < 1 {
			t.Fatalf("offset %d is at %+v", i, p)
		}
	}
}
