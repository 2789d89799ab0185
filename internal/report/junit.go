package report

import (
	"io"
	"strconv"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/redact"
	"github.com/loonglint/loonglint/internal/render"
)

// junit writes a test suite per file and a test case per finding, which fails unless the
// finding is an info; a file without findings has one that passes. The counts of the whole come before the suites.
type junit struct {
	w      io.Writer
	opt    *Options
	suites Spool
	xml    xmlWriter
	total  junitCounts
}

type junitCounts struct{ tests, failures, errors int }

// junitCase is a case of the suite; one that is not bad has passed.
type junitCase struct {
	name string
	info string // what it tells
	// bad is failure or error, with its message, type and text.
	bad, message, kind, text string
}

func newJUnit(w io.Writer, opt *Options) Writer {
	return &junit{w: w, opt: opt, suites: opt.spool(), xml: xmlWriter{depth: 1}}
}

func (j *junit) File(r *lint.FileResult) error {
	var counts junitCounts
	path := j.opt.path(r.Path)
	cases := make([]junitCase, 0, len(r.Findings))
	names := map[string]int{}
	for _, f := range r.Findings {
		c := junitCase{name: junitName(f, names)}
		text := render.WhereIn(path, f.Start) + ": " + long(f, "\n")
		if f.Severity == lint.Info {
			c.info = text
		} else {
			c.bad, c.message, c.kind, c.text = "failure", f.Message, f.Severity.String(), text
			counts.failures += 1 + f.More
		}
		counts.tests += f.More
		cases = append(cases, c)
	}
	switch {
	case r.Err != nil:
		cases = append(cases, junitCase{name: "read", bad: "error", message: redact.Printable(r.Err.Error()), kind: "unreadable"})
		counts.errors++
	case len(cases) == 0:
		cases = []junitCase{{name: "check"}}
	}
	counts.tests += len(cases)
	j.total.tests += counts.tests
	j.total.failures += counts.failures
	j.total.errors += counts.errors
	j.xml.start("testsuite", counts.attributes(path)...)
	for i := range cases {
		cases[i].write(&j.xml, path)
	}
	j.xml.end("testsuite")
	return j.xml.send(j.suites)
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

func (j *junit) Close(*lint.Summary) error {
	defer j.suites.Close()
	x := &xmlWriter{}
	x.text(xmlHead)
	x.start("testsuites", j.total.attributes("loonglint")...)
	x.inside = j.total.tests == 0
	if err := x.send(j.w); err != nil {
		return err
	}
	if _, err := j.suites.WriteTo(j.w); err != nil {
		return err
	}
	x.end("testsuites")
	x.text("\n")
	return x.send(j.w)
}

func (c *junitCounts) attributes(name string) []string {
	return []string{"name", name, "tests", strconv.Itoa(c.tests), "failures", strconv.Itoa(c.failures), "errors", strconv.Itoa(c.errors)}
}

func (c *junitCase) write(x *xmlWriter, class string) {
	x.start("testcase", "name", c.name, "classname", class)
	if c.bad != "" {
		x.element(c.bad, c.text, "message", c.message, "type", c.kind)
	}
	if c.info != "" {
		x.element("system-out", c.info)
	}
	x.end("testcase")
}
