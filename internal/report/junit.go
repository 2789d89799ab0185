package report

import (
	"encoding/xml"
	"io"

	"github.com/loonglint/loonglint/internal/lint"
)

// junit writes a test suite per file and a test case per finding, which fails unless the
// finding is an info; a file without findings has one that passes.
type junit struct {
	w   io.Writer
	doc junitDoc
}

type junitDoc struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name    string      `xml:"name,attr"`
	Class   string      `xml:"classname,attr"`
	Failure *junitText  `xml:"failure,omitempty"`
	Error   *junitText  `xml:"error,omitempty"`
	Output  *junitPlain `xml:"system-out,omitempty"`
}

type junitText struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}

type junitPlain struct {
	Text string `xml:",chardata"`
}

func newJUnit(w io.Writer, _ *Options) Writer { return &junit{w: w, doc: junitDoc{Name: "loonglint"}} }

func (j *junit) File(r *lint.FileResult) error {
	s := junitSuite{Name: shown(r.Path)}
	for _, f := range r.Findings {
		c := junitCase{Name: f.Rule.Name + " " + where(f.File, f.Start), Class: s.Name}
		text := where(f.File, f.Start) + ": " + long(f, "\n")
		if f.Severity == lint.Info {
			c.Output = &junitPlain{text}
		} else {
			c.Failure = &junitText{f.Message, f.Severity.String(), text}
			s.Failures++
		}
		s.Cases = append(s.Cases, c)
	}
	switch {
	case r.Err != nil:
		s.Cases = append(s.Cases, junitCase{Name: "read", Class: s.Name, Error: &junitText{shown(r.Err.Error()), "unreadable", ""}})
		s.Errors++
	case len(s.Cases) == 0:
		s.Cases = []junitCase{{Name: "check", Class: s.Name}}
	}
	s.Tests = len(s.Cases)
	j.doc.Tests += s.Tests
	j.doc.Failures += s.Failures
	j.doc.Errors += s.Errors
	j.doc.Suites = append(j.doc.Suites, s)
	return nil
}

func (j *junit) Close(*lint.Summary) error { return writeXML(j.w, j.doc) }
