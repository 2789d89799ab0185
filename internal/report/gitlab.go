package report

import (
	"bytes"
	"io"

	"github.com/loonglint/loonglint/internal/lint"
)

// gitlab writes a Code Quality report.
type gitlab struct {
	w    io.Writer
	opt  *Options
	list bytes.Buffer
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

func newGitLab(w io.Writer, opt *Options) Writer { return &gitlab{w: w, opt: opt} }

func (g *gitlab) File(r *lint.FileResult) error {
	for _, f := range r.Findings {
		i := gitlabIssue{Description: long(f, "; "), CheckName: f.Rule.Name, Fingerprint: f.Fingerprint, Severity: gitlabSeverity(f.Severity)}
		i.Location.Path = g.opt.path(f.File)
		i.Location.Lines.Begin = max(1, f.Start.Line)
		i.Location.Lines.End = max(1, f.Start.Line, f.End.Line)
		if err := listItem(&g.list, i); err != nil {
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
	_, err := io.WriteString(g.w, "["+g.list.String()+"]\n")
	return err
}
