package main

import (
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"
)

const sample = `package p

func f(a, b int, ok bool) (n int) {
	if a < b && ok {
		return 1
	}
	switch a {
	case 3, 4:
		n = b
		g(true)
	}
	switch {
	case a == b:
		n++
	}
	return n
}
`

func TestMutantsOfASample(t *testing.T) {
	list, err := mutantsOf("p.go", []byte(sample), func(int, int) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range list {
		text := string(m.text())
		if _, err := parser.ParseFile(token.NewFileSet(), "", text, 0); err != nil {
			t.Errorf("%s: %v", m.What, err)
		}
		if strings.Count(text, "\n") != strings.Count(sample, "\n") {
			t.Errorf("%s: lines have other numbers", m.What)
		}
		got = append(got, strings.TrimSpace(strings.Split(text, "\n")[m.Line-1]))
	}
	slices.Sort(got)
	want := []string{"", "", "", "case !(a == b):", "case 3, 5:", "case 3:", "case 4, 4:", "case 4:", "case a != b:", "g(false)",
		"if !(a < b && ok) {", "if a <= b && ok {", "if a < b || ok {", "if false && (a < b && ok) {", "return 2"}
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("the changed lines are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestOnlyCoveredCodeIsChanged(t *testing.T) {
	covered := coveredBlocks("mode: set\nm/p.go:3.36,4.17 1 1\nm/p.go:4.17,6.3 1 0\nm/p.go:7.2,7.10 1 0\n")["m/p.go"]
	list, err := mutantsOf("p.go", []byte(sample), covered.cover)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range list {
		if m.Line != 4 {
			t.Errorf("line %d: %s", m.Line, m.What)
		}
	}
	if len(list) != 4 {
		t.Errorf("%d changes in line 4, want 4", len(list))
	}
}

func TestSameSeedSameSample(t *testing.T) {
	order := func(seed uint64) string {
		list, err := mutantsOf("p.go", []byte(sample), func(int, int) bool { return true })
		if err != nil {
			t.Fatal(err)
		}
		shuffle(list, seed)
		var b strings.Builder
		for _, m := range list {
			b.WriteString(m.diff())
		}
		return b.String()
	}
	if first := order(1); first != order(1) || first == order(2) {
		t.Error("the order does not follow from the seed")
	}
}
