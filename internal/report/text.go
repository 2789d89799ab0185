package report

import (
	"io"
	"strconv"
	"strings"

	"github.com/clipperhouse/displaywidth"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/redact"
	"github.com/loonglint/loonglint/internal/render"
)

// text writes findings for people, as contract.md shows them.
type text struct {
	w       io.Writer
	b       []byte // what is written of a file
	paint   render.Paint
	links   bool
	most    int // findings of a rule and level in a file; 0: all
	written bool
	file    string // of the latest finding
	name    string // what is shown of it
}

func newText(w io.Writer, opt *Options) Writer {
	return &text{w: w, paint: render.NewPaint(opt.Color), links: opt.Links, most: opt.MaxPerRule}
}

func (t *text) File(r *lint.FileResult) error {
	shown, more := limit(r.Findings, t.most)
	t.b = t.b[:0]
	for _, f := range shown {
		if t.written {
			t.b = append(t.b, '\n')
		}
		t.written = true
		t.finding(f, more[f])
	}
	return send(t.w, t.b)
}

// limit takes the first findings of each rule and level, all for 0, and says how many there are after the
// last one taken.
func limit(findings []*lint.Finding, most int) (taken []*lint.Finding, more map[*lint.Finding]int) {
	if most == 0 || len(findings) <= most {
		return findings, nil
	}
	type kind struct {
		rule  *lint.Rule
		level lint.Level
	}
	counts, last := map[kind]int{}, map[kind]*lint.Finding{}
	more = map[*lint.Finding]int{}
	for _, f := range findings {
		k := kind{f.Rule, f.Severity}
		if counts[k]++; counts[k] > most {
			more[last[k]] += 1 + f.More
			continue
		}
		last[k] = f
		taken = append(taken, f)
	}
	return taken, more
}

func (t *text) Close(*lint.Summary) error { return nil }

// finding writes one; more of its kind in the file are left out.
func (t *text) finding(f *lint.Finding, more int) {
	if t.name == "" || t.file != f.File {
		t.file, t.name = f.File, redact.Printable(f.File)
	}
	level := t.paint.Level(f.Severity)
	t.head(level, f)
	t.in(t.paint.Bold, ": ", f.Message)
	t.line(fixMark(f))
	pad := strings.Repeat(" ", gutter(f))
	t.b = append(t.b, pad...)
	t.in(t.paint.Gutter, "-->")
	t.b = append(t.b, ' ')
	t.b = render.AppendWhere(t.b, t.name, f.Start)
	t.line()
	bar := pad + " " + render.In(t.paint.Gutter, "|")
	if len(f.Lines) > 0 {
		t.line(bar)
		t.source(f, pad, bar)
		t.line(bar)
	}
	for _, r := range f.Related {
		if r.File != "" && r.File != f.File {
			t.remark(pad, "see", render.Where(r.File, r.Start)+": "+r.Message)
		}
	}
	if f.Note != "" {
		t.remark(pad, "note", f.Note)
	}
	if f.More > 0 {
		t.remark(pad, "note", notHeld(f))
	}
	if f.Help != "" {
		t.remark(pad, "help", f.Help)
	}
	if more > 0 {
		t.line()
		t.head(level, f)
		t.line(": ", strconv.Itoa(more), " more in ", t.name, " (--max-per-rule 0 shows all)")
	}
}

// head writes level and rule of a finding.
func (t *text) head(level render.Color, f *lint.Finding) {
	t.in(level, f.Severity.String(), "[", t.rule(f.Rule), "]")
}

// fixMark says that a repair is there, and of which kind.
func fixMark(f *lint.Finding) string {
	switch {
	case f.Fix() == nil:
		return ""
	case f.Fix().Safety == lint.Safe:
		return " [fix]"
	}
	return " [unsafe fix]"
}

// notHeld says how many findings were counted and not kept.
func notHeld(f *lint.Finding) string {
	return strconv.Itoa(f.More) + " more of " + f.Rule.Name + " in this file are counted, not listed"
}

// rule is a rule's name, as a link if links are wanted.
func (t *text) rule(r *lint.Rule) string {
	if !t.links || r.Doc == "" {
		return r.Name
	}
	return "\x1b]8;;" + render.RuleURL(r.Name) + "\x1b\\" + r.Name + "\x1b]8;;\x1b\\"
}

// gutter is the width of the widest line number, at least 1.
func gutter(f *lint.Finding) int {
	n := 1
	if k := len(f.Lines); k > 0 {
		n = max(n, len(strconv.Itoa(f.Lines[k-1].Number)))
	}
	return n
}

// source writes the lines of a finding with their marks.
func (t *text) source(f *lint.Finding, pad, bar string) {
	last := 0
	for _, l := range f.Lines {
		if last > 0 && l.Number > last+1 {
			t.in(t.paint.Gutter, strings.Repeat(".", len(pad)+1))
			t.line()
		}
		last = l.Number
		number := strconv.Itoa(l.Number)
		t.in(t.paint.Gutter, pad[len(number):], number, " |")
		t.line(" ", expand(l.Text))
		for _, m := range l.Marks {
			t.b = append(t.b, bar...)
			t.mark(f, l.Text, m)
		}
	}
}

// mark underlines a part of a line by its display width.
func (t *text) mark(f *lint.Finding, line string, m lint.Mark) {
	before := displaywidth.String(expand(line[:m.Start]))
	under := max(1, displaywidth.String(expand(line[:m.End]))-before)
	sign, c := "-", t.paint.Second
	if m.Primary {
		sign, c = "^", t.paint.Level(f.Severity)
	}
	parts := [...]string{strings.Repeat(sign, under), " ", m.Label}
	n := len(parts)
	if m.Label == "" {
		n = 1
	}
	t.b = append(t.b, strings.Repeat(" ", 1+before)...)
	t.in(c, parts[:n]...)
	t.line()
}

func (t *text) remark(pad, word, s string) {
	t.b = append(t.b, pad...)
	t.b = append(t.b, ' ')
	t.in(t.paint.Gutter, "=")
	t.b = append(t.b, ' ')
	t.in(t.paint.Bold, word, ":")
	t.line(" ", s)
}

// in writes a text of several parts in a color.
func (t *text) in(c render.Color, parts ...string) {
	if c == (render.Color{}) {
		t.write(parts)
		return
	}
	t.b = append(t.b, c.Begin...)
	t.write(parts)
	t.b = append(t.b, c.End...)
}

// line writes the last parts of a line.
func (t *text) line(parts ...string) {
	t.write(parts)
	t.b = append(t.b, '\n')
}

func (t *text) write(parts []string) {
	for _, part := range parts {
		t.b = append(t.b, part...)
	}
}

// tab is how wide a tab is shown; terminals disagree, so tabs become blanks.
const tab = "    "

func expand(s string) string { return strings.ReplaceAll(s, "\t", tab) }
