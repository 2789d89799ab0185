package lint

import (
	"strings"
	"time"

	"github.com/loonglint/loonglint/internal/document"
)

// directive is a comment that suppresses findings (contract.md, "Suppressions").
type directive struct {
	span    document.Span // of the comment
	rules   []named
	file    bool // ignore-file
	until   string
	untilAt document.Span
	reason  string
	problem string // why it is none
	at      document.Span
	line    int // whose findings it suppresses; 0: none
	used    []bool
}

// named is a rule's name where it is in a directive.
type named struct {
	name string
	span document.Span
}

const marker = "loonglint:"

// readDirectives finds the directives among the comments of a document.
func readDirectives(doc *document.Document) []*directive {
	var out []*directive
	top := topComments(doc)
	t := targets{doc: doc}
	names := 0 // so far
	for i, c := range doc.Comments {
		d := readDirective(doc.Source, c, maxNames-names)
		if d == nil {
			continue
		}
		if names += max(1, len(d.rules)); names > maxNames {
			d = &directive{span: c}
			return append(out, d.fail(c, "suppressions do nothing from here on: those of a file may name at most 1,000 rules"))
		}
		if d.file && i >= top && d.problem == "" {
			d.fail(c, "ignore-file counts only above the first key or table of the file: move it there")
		}
		if !d.file {
			d.line = t.of(c)
		}
		out = append(out, d)
	}
	return out
}

// maxNames is how many names of rules count in the suppressions of a file. Nobody writes so many.
const maxNames = 1000

// readDirective reads one comment, and no further than its name after so many; nil when it is no directive.
func readDirective(src []byte, c document.Span, most int) *directive {
	s := cursor{text: string(src[c.Start:c.End]), base: c.Start}
	s.skip("#")
	s.blanks()
	if !s.take(marker) {
		return nil
	}
	d := &directive{span: c}
	s.blanks()
	verb := s.until(func(r rune) bool { return r == '[' || r == ' ' || r == '\t' })
	switch verb.name {
	case "ignore":
	case "ignore-file":
		d.file = true
	default:
		return d.fail(c, "a suppression is written \"# loonglint: ignore[rule] reason\" or \"# loonglint: ignore-file[rule] reason\"")
	}
	if !s.take("[") {
		return d.fail(verb.span, "write the rules of a suppression in brackets, as ignore[unknown-key]")
	}
	for {
		s.blanks()
		n := s.until(func(r rune) bool { return r == ',' || r == ']' || r == ' ' || r == '\t' })
		if n.name != "" {
			d.rules = append(d.rules, n)
		}
		if len(d.rules) > most {
			return d
		}
		s.blanks()
		if s.take(",") {
			continue
		}
		if !s.take("]") {
			return d.fail(c, "write the rules of a suppression in brackets, separated by commas")
		}
		break
	}
	if len(d.rules) == 0 {
		return d.fail(c, "the suppression names no rule: write one in the brackets")
	}
	d.used = make([]bool, len(d.rules))
	d.rest(&s)
	return d
}

// rest reads the date and the reason.
func (d *directive) rest(s *cursor) {
	s.blanks()
	if s.take("until=") {
		date := s.until(func(r rune) bool { return r == ' ' || r == '\t' })
		d.until, d.untilAt = date.name, date.span
		if _, err := time.Parse(time.DateOnly, date.name); err != nil {
			d.fail(date.span, "until= takes a date such as 2026-12-31")
		}
		s.blanks()
	}
	d.reason = strings.TrimSpace(s.text[s.at:])
}

func (d *directive) fail(at document.Span, why string) *directive {
	d.problem, d.at = why, at
	return d
}

// cursor walks over the text of a comment.
type cursor struct {
	text     string
	at, base int
}

func (c *cursor) take(s string) bool {
	if strings.HasPrefix(c.text[c.at:], s) {
		c.at += len(s)
		return true
	}
	return false
}

func (c *cursor) skip(s string) {
	for c.take(s) {
	}
}

func (c *cursor) blanks() {
	for c.take(" ") || c.take("\t") {
	}
}

// until reads up to a rune of a kind.
func (c *cursor) until(stop func(rune) bool) named {
	start := c.at
	if i := strings.IndexFunc(c.text[c.at:], stop); i >= 0 {
		c.at += i
	} else {
		c.at = len(c.text)
	}
	return named{c.text[start:c.at], document.Span{Start: c.base + start, End: c.base + c.at}}
}

// topComments counts the comments above the first key or table.
func topComments(doc *document.Document) int {
	n, line := 0, 0
	for _, c := range doc.Comments {
		at := doc.LineOf(c.Start)
		for l := line + 1; l < at; l++ {
			if !blank(doc, doc.Line(l)) {
				return n
			}
		}
		if !blank(doc, document.Span{Start: doc.Line(at).Start, End: c.Start}) {
			return n
		}
		n, line = n+1, at
	}
	return n
}

func blank(doc *document.Document, s document.Span) bool {
	return strings.Trim(string(doc.Source[s.Start:s.End]), " \t\r\ufeff") == ""
}

// targets finds the lines that directives are about.
type targets struct {
	doc      *document.Document
	from, to int // lines known to be comments, up to the one before to
}

// of is the line that a directive's comment is about: its own, or when it stands alone the next one
// that is no comment; 0 when there is none.
func (t *targets) of(c document.Span) int {
	line := t.doc.LineOf(c.Start)
	if !blank(t.doc, document.Span{Start: t.doc.Line(line).Start, End: c.Start}) {
		return line
	}
	if line++; line < t.from || t.to < line {
		t.from, t.to = line, line
		for t.to <= t.doc.Lines() && t.isComment(t.to) {
			t.to++
		}
	}
	if t.to > t.doc.Lines() {
		return 0
	}
	return t.to
}

func (t *targets) isComment(line int) bool {
	s := t.doc.Line(line)
	return strings.HasPrefix(strings.TrimLeft(string(t.doc.Source[s.Start:min(s.End, s.Start+64)]), " \t"), "#")
}
