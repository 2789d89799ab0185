package report

import (
	"io"
	"strconv"

	"github.com/loonglint/loonglint/internal/lint"
)

// checkstyle writes the XML of the Java tool of that name, which many CI servers read.
type checkstyle struct {
	w     io.Writer
	opt   *Options
	xml   xmlWriter
	begun bool
}

func newCheckstyle(w io.Writer, opt *Options) Writer { return &checkstyle{w: w, opt: opt} }

func (c *checkstyle) begin() {
	if !c.begun {
		c.begun = true
		c.xml.text(xmlHead)
		c.xml.start("checkstyle", "version", "4.3")
	}
}

func (c *checkstyle) File(r *lint.FileResult) error {
	c.begin()
	c.xml.start("file", "name", c.opt.path(r.Path))
	for _, f := range r.Findings {
		var attributes []string
		if f.Start.Line != 0 {
			attributes = append(attributes, "line", strconv.Itoa(f.Start.Line))
		}
		if f.Start.Column != 0 {
			attributes = append(attributes, "column", strconv.Itoa(f.Start.Column))
		}
		c.xml.element("error", "", append(attributes, "severity", f.Severity.String(), "message", long(f, "; "), "source", "loonglint."+f.Rule.Name)...)
	}
	c.xml.end("file")
	return c.xml.send(c.w)
}

func (c *checkstyle) Close(*lint.Summary) error {
	c.begin()
	c.xml.end("checkstyle")
	c.xml.text("\n")
	return c.xml.send(c.w)
}
