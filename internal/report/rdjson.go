package report

import (
	"bufio"
	"io"
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/render"
)

// rdjson writes the Reviewdog Diagnostic Format, which counts columns in bytes.
type rdjson struct {
	w    *bufio.Writer
	opt  *Options
	list list
}

type rdPosition struct {
	Line   int `json:"line"`
	Column int `json:"column,omitempty"`
}

type rdRange struct {
	Start rdPosition  `json:"start"`
	End   *rdPosition `json:"end,omitempty"`
}

type rdLocation struct {
	Path  string   `json:"path"`
	Range *rdRange `json:"range,omitempty"`
}

type rdCode struct {
	Value string `json:"value"`
	URL   string `json:"url"`
}

type rdDiagnostic struct {
	Message  string     `json:"message"`
	Location rdLocation `json:"location"`
	Severity string     `json:"severity"`
	Code     rdCode     `json:"code"`

	Suggestions []rdSuggestion `json:"suggestions,omitempty"`
}

type rdSuggestion struct {
	Range rdRange `json:"range"`
	Text  string  `json:"text"`
}

func newRDJSON(w io.Writer, opt *Options) Writer {
	r := &rdjson{w: bufio.NewWriter(w), opt: opt}
	r.list = list{w: r.w, before: `{"source": {"name": "loonglint", "url": "` + render.Home + `"},` + "\n \"diagnostics\": [", separator: ",\n  "}
	return r
}

func (r *rdjson) File(res *lint.FileResult) error {
	path := r.opt.path(res.Path)
	for _, f := range res.Findings {
		d := rdDiagnostic{Message: long(f, "\n"), Severity: strings.ToUpper(f.Severity.String()), Code: rdCode{f.Rule.Name, render.RuleURL(f.Rule.Name)}}
		d.Location.Path = path
		if f.Start.Line > 0 {
			d.Location.Range = &rdRange{Start: rdPosition{f.Start.Line, f.StartByte}, End: &rdPosition{f.End.Line, f.EndByte}}
		}
		// Each suggestion is offered by itself, so only a repair of one edit is one.
		if x := f.Fix(); x != nil && !x.Secret && len(x.Places) == 1 {
			p := x.Places[0]
			d.Suggestions = []rdSuggestion{{rdRange{rdPosition{p.StartLine, p.StartByte}, &rdPosition{p.EndLine, p.EndByte}}, x.Edits[0].Text}}
		}
		if err := r.list.add(d); err != nil {
			return err
		}
	}
	return nil
}

func (r *rdjson) Close(*lint.Summary) error {
	r.w.WriteString(r.list.close("]}\n")) // a bufio.Writer keeps the first error for Flush
	return r.w.Flush()
}
