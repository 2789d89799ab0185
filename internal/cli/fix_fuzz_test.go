package cli

import (
	"bytes"
	"slices"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/testing/hostile"
	"github.com/loonglint/loonglint/internal/testing/meaning"
	"github.com/loonglint/loonglint/rules"
)

// samples hands over the examples of the rules and the small hostile files, as seeds.
func samples(f *testing.F, add func(i int, src []byte)) {
	f.Helper()
	all, err := hostile.Samples("../../fixtures")
	if err != nil {
		f.Fatal(err)
	}
	for _, r := range rules.All() {
		all = append(all, []byte(r.Bad))
	}
	for i, src := range all {
		add(i, src)
	}
}

// longestSample is the length above which a fuzzed file tells nothing new.
const longestSample = 4 << 10

// FuzzFix repairs a file until nothing is left to repair, which must end: every step gives a file that is
// no worse TOML and keeps the comments; a safe one also leaves what Loong makes of the file.
func FuzzFix(f *testing.F) {
	samples(f, func(i int, src []byte) { f.Add(src, i%2 == 0) })
	f.Add([]byte("[elegam]\n[telegr]\n"), true) // both become telegram
	f.Add([]byte("[elegam\n[telegr"), true)
	f.Add([]byte("[tools\nshell_default_mode =0\"\xffeny\""), false) // the repair of 0 would break the line more
	f.Fuzz(func(t *testing.T, src []byte, unsafe bool) {
		if len(src) > longestSample {
			return
		}
		for range 50 {
			fixed := repairOnce(t, src, unsafe)
			if fixed == nil {
				return
			}
			if bytes.Equal(fixed, src) {
				t.Fatalf("a repair changes nothing:\n%s", src)
			}
			src = fixed
		}
		t.Fatalf("the repairs do not end:\n%s", src)
	})
}

// repairOnce makes the repairs of one run; nil when there are none.
func repairOnce(t *testing.T, src []byte, unsafe bool) []byte {
	t.Helper()
	doc, repaired, list, err := lint.Alone(&lint.Options{Rules: rules.All(), NoLines: true}).Repair("fuzz.toml", src, loong.Static(), unsafe)
	if doc == nil { // beyond a limit
		return nil
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
	if len(list) == 0 {
		return nil
	}
	fixed := repaired.Source
	before, after := loong.Read(doc, loong.Static()), loong.Read(repaired, loong.Static())
	var edits []document.Edit
	for _, f := range list {
		edits = append(edits, f.Fix().Edits...)
	}
	switch {
	case len(after.Document.Problems) > len(doc.Problems):
		t.Fatalf("the result is no TOML: %v\n%s\nbecomes\n%s", after.Document.Problems, src, fixed)
	case len(doc.Problems) == 0 && !slices.Equal(comments(doc, edits), comments(after.Document, nil)):
		t.Fatalf("a comment is lost\n%s\nbecomes\n%s", src, fixed)
	case !unsafe && before.Verdict == loong.Loads && meaning.Difference(before, after) != "":
		t.Fatalf("a safe repair changes what Loong does\n%s\nbecomes\n%s\n%s", src, fixed, meaning.Difference(before, after))
	}
	return fixed
}

// comments lists the comments of a file that no edit is about.
func comments(doc *document.Document, edits []document.Edit) (list []string) {
	for _, c := range doc.Comments {
		if !slices.ContainsFunc(edits, func(e document.Edit) bool { return e.Span.Start < c.End && c.Start < e.Span.End }) {
			list = append(list, string(doc.Source[c.Start:c.End]))
		}
	}
	return list
}
