package report

import (
	"encoding/xml"
	"io"

	"github.com/loonglint/loonglint/internal/lint"
)

// checkstyle writes the XML of the Java tool of that name, which many CI servers read.
type checkstyle struct {
	w   io.Writer
	doc checkstyleDoc
}

type checkstyleDoc struct {
	XMLName xml.Name         `xml:"checkstyle"`
	Version string           `xml:"version,attr"`
	Files   []checkstyleFile `xml:"file"`
}

type checkstyleFile struct {
	Name   string            `xml:"name,attr"`
	Errors []checkstyleError `xml:"error"`
}

type checkstyleError struct {
	Line     int    `xml:"line,attr,omitempty"`
	Column   int    `xml:"column,attr,omitempty"`
	Severity string `xml:"severity,attr"`
	Message  string `xml:"message,attr"`
	Source   string `xml:"source,attr"`
}

func newCheckstyle(w io.Writer, _ *Options) Writer {
	return &checkstyle{w: w, doc: checkstyleDoc{Version: "4.3"}}
}

func (c *checkstyle) File(r *lint.FileResult) error {
	file := checkstyleFile{Name: shown(r.Path)}
	for _, f := range r.Findings {
		file.Errors = append(file.Errors, checkstyleError{f.Start.Line, f.Start.Column, f.Severity.String(), long(f, "; "), "loonglint." + f.Rule.Name})
	}
	c.doc.Files = append(c.doc.Files, file)
	return nil
}

func (c *checkstyle) Close(*lint.Summary) error { return writeXML(c.w, c.doc) }

func writeXML(w io.Writer, v any) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", " ")
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
