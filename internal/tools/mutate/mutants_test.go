package main

import (
	"go/parser"
	"go/token"
	"maps"
	"os"
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
	list, err := mutantsOf("p.go", []byte(sample))
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
		both := sample[:m.start] + m.with("mutateAt(1)") + sample[m.end:]
		if _, err := parser.ParseFile(token.NewFileSet(), "", both, 0); err != nil || strings.Count(both, "\n") != strings.Count(sample, "\n") {
			t.Errorf("%s, to be switched on: %v\n%s", m.What, err, both)
		}
		got = append(got, strings.TrimSpace(strings.Split(text, "\n")[m.Line-1]))
	}
	slices.Sort(got)
	want := []string{"", "", "", "case !(a == b):", "case 3, 5:", "case 3:", "case 4, 4:", "case 4:", "case (a != b):", "g(false)",
		"if !(a < b && ok) {", "if (a <= b) && ok {", "if (a < b || ok) {", "if false && (a < b && ok) {", "return 2"}
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("the changed lines are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestSameSeedSameSample(t *testing.T) {
	order := func(seed uint64) string {
		list, err := mutantsOf("p.go", []byte(sample))
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

func TestWhatTheCompilerRefusesIsLeftOut(t *testing.T) {
	list, err := mutantsOf("p.go", []byte(sample))
	if err != nil {
		t.Fatal(err)
	}
	for complaint, lines := range map[string][]int{
		"./p.go:4:7: mismatched types\n": {8, 9, 10, 13, 14, 5},
		"./p.go:17:1: missing return\n":  {4, 5, 8, 10, 13}, // a removed statement may have been the end of the function
		"./other.go:4:7: mismatched\n":   nil,               // about none: there is no way on
	} {
		got := map[int]bool{}
		for _, m := range accepted(list, complaint) {
			got[m.Line] = true
		}
		want := map[int]bool{}
		for _, line := range lines {
			want[line] = true
		}
		if !maps.Equal(got, want) {
			t.Errorf("%safter this, changes are left in lines %v, want %v", complaint, got, want)
		}
	}
}

func TestAnEquivalentChangeIsKnownByItsLine(t *testing.T) {
	for entry := range strings.Lines(equivalentText) {
		file, rest, ok := strings.Cut(strings.TrimSuffix(entry, "\n"), " | ")
		source, err := os.ReadFile("../../../" + file)
		if err != nil || !ok {
			t.Errorf("%q: %v", entry, err)
			continue
		}
		list, err := mutantsOf("/"+file, source)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(list, knownEquivalent) {
			t.Errorf("%s has no change that is %q", file, rest)
		}
	}
}
