package report

import (
	"io"
	"strconv"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/redact"
	"github.com/loonglint/loonglint/internal/render"
)

// junit writes a test suite per file and a test case per finding, which fails unless the
// finding is an info; a file without findings has one that passes.
type junit struct {
	w   io.Writer
	opt *Options
	doc junitDoc
}

type junitDoc struct {
	junitCounts
	suites []junitSuite
}

type junitCounts struct{ tests, failures, errors int }

type junitSuite struct {
	junitCounts
	name  string
	cases []junitCase
}

// junitCase is a case of the suite; a plain one has passed.
type junitCase struct {
	name  string
	plain string // what it tells
	// bad is failure or error, with its message, type and text.
	bad, message, kind, text string
}

func newJUnit(w io.Writer, opt *Options) Writer { return &junit{w: w, opt: opt} }

func (j *junit) File(r *lint.FileResult) error {
	s := junitSuite{name: j.opt.path(r.Path)}
	names := map[string]int{}
	for _, f := range r.Findings {
		c := junitCase{name: junitName(f, names)}
		text := render.Where(j.opt.path(f.File), f.Start) + ": " + long(f, "\n")
		if f.Severity == lint.Info {
			c.plain = text
		} else {
			c.bad, c.message, c.kind, c.text = "failure", f.Message, f.Severity.String(), text
			s.failures += 1 + f.More
		}
		s.tests += f.More
		s.cases = append(s.cases, c)
	}
	switch {
	case r.Err != nil:
		s.cases = append(s.cases, junitCase{name: "read", bad: "error", message: redact.Printable(r.Err.Error()), kind: "unreadable"})
		s.errors++
	case len(s.cases) == 0:
		s.cases = []junitCase{{name: "check"}}
	}
	s.tests += len(s.cases)
	j.doc.tests += s.tests
	j.doc.failures += s.failures
	j.doc.errors += s.errors
	j.doc.suites = append(j.doc.suites, s)
	return nil
}

// junitName is rule and key: it stays the same when lines move. Repeats are numbered.
func junitName(f *lint.Finding, taken map[string]int) string {
	name := f.Rule.Name
	if f.KeyPath != "" {
		name += " " + f.KeyPath
	}
	taken[name]++
	if n := taken[name]; n > 1 {
		return name + " #" + strconv.Itoa(n)
	}
	return name
}

// Close writes all, for the counts stand before what they count.
func (j *junit) Close(*lint.Summary) error {
	x := newXML()
	x.start("testsuites", j.doc.attributes("loonglint")...)
	for i := range j.doc.suites {
		s := &j.doc.suites[i]
		x.start("testsuite", s.attributes(s.name)...)
		for k := range s.cases {
			s.cases[k].write(x, s.name)
		}
		x.end("testsuite")
	}
	x.end("testsuites")
	return x.writeTo(j.w)
}

func (c *junitCounts) attributes(name string) []string {
	return []string{"name", name, "tests", strconv.Itoa(c.tests), "failures", strconv.Itoa(c.failures), "errors", strconv.Itoa(c.errors)}
}

func (c *junitCase) write(x *xmlWriter, class string) {
	x.start("testcase", "name", c.name, "classname", class)
	if c.bad != "" {
		x.element(c.bad, c.text, "message", c.message, "type", c.kind)
	}
	if c.plain != "" {
		x.element("system-out", c.plain)
	}
	x.end("testcase")
}
