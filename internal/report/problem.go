package report

import (
	"bufio"
	"fmt"
	"io"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/redact"
)

// problem writes what Loong's own validate-config writes as problem-json: of each file the
// findings that Loong's validation reports. One file gives an object, several an array of them.
type problem struct {
	w     *bufio.Writer
	first *problemDoc // which is the whole report, unless another file follows
	list  list
}

type problemDoc struct {
	Type         string         `json:"type"`
	Title        string         `json:"title"`
	Detail       string         `json:"detail"`
	Instance     string         `json:"instance"`
	Valid        bool           `json:"valid"`
	ErrorCount   int            `json:"error_count"`
	WarningCount int            `json:"warning_count"`
	Locale       string         `json:"locale"`
	Locales      []string       `json:"supported_locales"`
	Version      int            `json:"diagnostics_schema_version"`
	Errors       []problemError `json:"errors"`
}

type problemError struct {
	Severity         string   `json:"severity"`
	Code             string   `json:"code"`
	ProblemType      string   `json:"problem_type"`
	Title            string   `json:"title"`
	FieldPath        string   `json:"field_path"`
	InlineFieldPath  string   `json:"inline_field_path"`
	ExampleEnvName   string   `json:"example_env_name"`
	SuggestedEnvName *string  `json:"suggested_env_name"`
	Message          string   `json:"message"`
	MessageLocale    string   `json:"message_locale"`
	Line             int      `json:"line,omitempty"`
	Column           int      `json:"column,omitempty"`
	MessageVariables struct{} `json:"message_variables"`
}

// problemURN is what Loong's problem types begin with (validation.json, "outcome").
const problemURN = "urn:loong:problem:"

func newProblem(w io.Writer, _ *Options) Writer {
	p := &problem{w: bufio.NewWriter(w)}
	p.list = list{w: p.w, before: "[\n  ", separator: ",\n  ", prefix: "  ", indent: "  "}
	return p
}

func (p *problem) File(r *lint.FileResult) error {
	d := problemDoc{Instance: redact.Printable(r.Path), Locale: "en", Locales: []string{"en"}, Version: 1, Errors: []problemError{}}
	for _, f := range r.Findings {
		if f.Diagnostic == nil {
			continue
		}
		e := problemError{Severity: f.Diagnostic.Severity, Code: f.Diagnostic.Code, ProblemType: problemURN + f.Diagnostic.Code, Title: f.Rule.Summary,
			FieldPath: redact.Printable(f.Diagnostic.FieldPath), InlineFieldPath: redact.Printable(f.Diagnostic.InlineFieldPath), ExampleEnvName: redact.Printable(f.Diagnostic.ExampleEnvName),
			Message: f.Message, MessageLocale: "en", Line: f.Start.Line, Column: f.Start.Column}
		if e.Title == "" {
			e.Title = f.Rule.Name
		}
		if s := redact.Printable(f.Diagnostic.SuggestedEnvName); s != "" {
			e.SuggestedEnvName = &s
		}
		if e.Severity == "error" {
			d.ErrorCount++
		} else {
			d.WarningCount++
		}
		d.Errors = append(d.Errors, e)
	}
	d.conclude(r.Verdict)
	if p.list.n == 0 && p.first == nil {
		p.first = &d
		return nil
	}
	if first := p.first; first != nil {
		p.first = nil
		if err := p.list.add(first); err != nil {
			return err
		}
	}
	return p.list.add(&d)
}

func (d *problemDoc) conclude(v loong.Verdict) {
	d.Valid = v == loong.Loads
	d.Detail = fmt.Sprintf("%d configuration diagnostic(s)", len(d.Errors))
	switch {
	case v == loong.Loads && len(d.Errors) == 0:
		d.Type, d.Title = problemURN+"none", "configuration valid"
	case v == loong.Loads:
		d.Type, d.Title = problemURN+"config.validation_warning", "configuration valid, with warnings"
	case v == loong.Refused:
		d.Type, d.Title = problemURN+"config.validation_failed", "configuration refused"
	default: // Loong itself stops before it has any diagnostic
		d.Type, d.Title, d.Detail = problemURN+"config."+string(v), "configuration "+string(v), "Loong's validation does not get to run"
	}
}

func (p *problem) Close(*lint.Summary) error {
	switch {
	case p.first != nil:
		one := list{w: p.w, indent: "  ", end: "\n"}
		if err := one.add(p.first); err != nil {
			return err
		}
	case p.list.n == 0:
		p.w.WriteString("[]\n")
	default:
		p.w.WriteString("\n]\n")
	}
	return p.w.Flush()
}
