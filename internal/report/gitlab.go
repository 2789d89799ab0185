package report

import (
	"bufio"
	"io"

	"github.com/loonglint/loonglint/internal/lint"
)

// gitlab writes a Code Quality report.
type gitlab struct {
	w    *bufio.Writer
	opt  *Options
	list list
}

type gitlabIssue struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string `json:"path"`
	Lines struct {
		Begin int `json:"begin"`
		End   int `json:"end"`
	} `json:"lines"`
}

func newGitLab(w io.Writer, opt *Options) Writer {
	g := &gitlab{w: bufio.NewWriter(w), opt: opt}
	g.list = list{w: g.w, before: "[", separator: ",\n  "}
	return g
}

func (g *gitlab) File(r *lint.FileResult) error {
	path := g.opt.path(r.Path)
	for _, f := range r.Findings {
		i := gitlabIssue{Description: long(f, "; "), CheckName: f.Rule.Name, Fingerprint: f.Fingerprint, Severity: gitlabSeverity(f.Severity)}
		i.Location.Path = path
		i.Location.Lines.Begin = max(1, f.Start.Line)
		i.Location.Lines.End = max(1, f.Start.Line, f.End.Line)
		if err := g.list.add(i); err != nil {
			return err
		}
	}
	return nil
}

func gitlabSeverity(l lint.Level) string {
	switch l {
	case lint.Error:
		return "major"
	case lint.Warning:
		return "minor"
	}
	return "info"
}

func (g *gitlab) Close(*lint.Summary) error {
	g.w.WriteString(g.list.close("]\n")) // a bufio.Writer keeps the first error for Flush
	return g.w.Flush()
}
