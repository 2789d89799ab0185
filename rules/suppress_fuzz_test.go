package rules_test

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/testing/hostile"
	"github.com/loonglint/loonglint/rules"
)

// FuzzSuppressions holds that a comment takes away the findings of its rules on its lines and nothing
// else, that they are counted, that all are back without comments, and that a comment which does nothing
// is reported. pick chooses the finding that a comment is written for, form how.
func FuzzSuppressions(f *testing.F) {
	for i, r := range rules.All() {
		f.Add([]byte(r.Bad), uint8(i), uint8(i)) //nolint:gosec // any number will do
	}
	samples, err := hostile.Samples(fixtures)
	if err != nil {
		f.Fatal(err)
	}
	for i, src := range samples {
		f.Add(src, uint8(i), uint8(i)) //nolint:gosec // any number will do
	}
	f.Fuzz(func(t *testing.T, src []byte, pick, form uint8) {
		if len(src) > 4<<10 {
			return
		}
		src = withSuppression(src, int(pick), form)
		if why := breaksSuppressionLaw(src); why != "" {
			t.Fatalf("%s\n%s", why, src)
		}
	})
}

func lintIgnoring(src []byte, noIgnores bool) (*lint.FileResult, *document.Document) {
	doc := document.Parse("fuzz.toml", src)
	opt := &lint.Options{Rules: rules.All(), NoLines: true, NoIgnores: noIgnores, Today: "2026-05-04"}
	return lint.Check(doc, loong.Read(doc, loong.Static()), opt), doc
}

// withSuppression writes a comment about one of the findings of a file.
func withSuppression(src []byte, pick int, form uint8) []byte {
	all, doc := lintIgnoring(src, true)
	if len(all.Findings) == 0 {
		return src
	}
	f := all.Findings[pick%len(all.Findings)]
	line := doc.Line(f.Start.Line)
	name := f.Rule.Name
	at, text := line.End, " # loonglint: ignore["+name+"] agreed"
	switch form % 8 {
	case 1:
		at, text = line.Start, "# loonglint: ignore["+name+"] agreed\n"
	case 2:
		at, text = 0, "# loonglint: ignore-file["+name+"] agreed\n"
	case 3:
		at, text = line.Start, "\t## loonglint:ignore[ "+name+" ]\n"
	case 4:
		text = " # loonglint: ignore[" + name + "] until=2020-02-29 agreed"
	case 5:
		text = " # loonglint: ignore[" + name + ", unknown-key,no-such-rule] until=2027-01-01 agreed"
	case 6:
		at, text = line.Start, "# loonglint: ignore["+name+"] agreed\n# and a word about it\n"
	case 7:
		return src
	}
	return slices.Concat(src[:at], []byte(text), src[at:])
}

func breaksSuppressionLaw(src []byte) string {
	shown, doc := lintIgnoring(src, true)
	got, _ := lintIgnoring(src, false)
	left := slices.Clone(shown.Findings)
	var about []*lint.Finding
	for _, f := range got.Findings {
		if strings.Contains(f.Rule.Name, "suppression") {
			about = append(about, f)
			continue
		}
		i := slices.IndexFunc(left, func(g *lint.Finding) bool { return lint.Compare(f, g) == 0 && f.Severity == g.Severity })
		if i < 0 {
			return f.Rule.Name + " is there only with suppressions: " + f.Message
		}
		left = slices.Delete(left, i, i+1)
	}
	if len(left) != got.Suppressed {
		return fmt.Sprintf("%d findings are gone, %d are counted as suppressed", len(left), got.Suppressed)
	}
	written := readSuppressions(doc)
	for _, f := range left {
		if strings.Contains(f.Rule.Name, "suppression") {
			return f.Rule.Name + " is reported without suppressions"
		}
		if !slices.ContainsFunc(written, func(s suppression) bool { return s.covers(f) }) {
			return f.Rule.Name + " is suppressed by no comment"
		}
	}
	for _, s := range written {
		if why := s.unaccounted(about, left); why != "" {
			return why
		}
	}
	return ""
}

// suppression is a comment that begins like one, read without the code that is tested.
type suppression struct {
	at    document.Span
	names []string // nil: it is ill-formed
	void  bool     // it has no reason, or its day is past
	file  bool
	first int // the lines whose findings it takes away
	last  int
}

var suppressing = regexp.MustCompile(`^#+[ \t]*loonglint:[ \t]*(ignore(?:-file)?)\[([^\]]*)\][ \t]*(?:until=([^ \t]*))?(?s:(.*))$`)

func readSuppressions(doc *document.Document) []suppression {
	var out []suppression
	for _, c := range doc.Comments {
		text := string(doc.Source[c.Start:c.End])
		if !strings.HasPrefix(strings.TrimLeft(strings.TrimLeft(text, "#"), " \t"), "loonglint:") {
			continue
		}
		s := suppression{at: c, first: doc.LineOf(c.Start), last: doc.LineOf(c.Start)}
		if m := suppressing.FindStringSubmatch(text); m != nil {
			s.file = m[1] == "ignore-file"
			for name := range strings.SplitSeq(m[2], ",") {
				s.names = append(s.names, strings.Trim(name, " \t"))
			}
			s.void = strings.TrimSpace(m[4]) == "" || m[3] != "" && m[3] < "2026-05-04"
		}
		for alone := onlyComment(doc, s.first, c.Start); alone && s.last < doc.Lines(); alone = onlyComment(doc, s.last, doc.Line(s.last).End) {
			s.last++
		}
		out = append(out, s)
	}
	return out
}

// onlyComment reports whether nothing but blanks is in a line before a comment in it that begins at or
// before end.
func onlyComment(doc *document.Document, line, end int) bool {
	s := doc.Line(line)
	text := bytes.Trim(doc.Source[s.Start:end], " \t\r\ufeff")
	return end < s.End && len(text) == 0 || len(text) > 0 && text[0] == '#'
}

func (s *suppression) covers(f *lint.Finding) bool {
	return slices.Contains(s.names, f.Rule.Name) && !s.void && (s.file || s.first <= f.Start.Line && f.Start.Line <= s.last)
}

// unaccounted says which rule of a comment neither took anything away nor is reported, although it ran.
func (s *suppression) unaccounted(about, gone []*lint.Finding) string {
	if slices.ContainsFunc(about, func(f *lint.Finding) bool { return s.at.Contains(f.Span) }) {
		return ""
	}
	if s.names == nil || s.void {
		return "a comment that does nothing is not reported"
	}
	for _, name := range s.names {
		if name == "" || slices.ContainsFunc(gone, func(f *lint.Finding) bool { return f.Rule.Name == name && s.covers(f) }) {
			continue
		}
		i := slices.IndexFunc(rules.All(), func(r *lint.Rule) bool { return r.Name == name })
		if i < 0 {
			return "a comment names " + name + ", which is not reported"
		}
		if r := rules.All()[i]; r.Needs == lint.Static && r.Compare == nil && !r.OptIn {
			return "a comment about " + name + " does nothing and is not reported"
		}
	}
	return ""
}
