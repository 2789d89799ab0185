package view

import (
	"io"

	"github.com/loonglint/loonglint/internal/audit"
	"github.com/loonglint/loonglint/internal/redact"
	"github.com/loonglint/loonglint/internal/render"
)

type auditFile struct {
	Path     string `json:"path"`
	Verdict  string `json:"verdict"`
	Target   string `json:"target,omitempty"` // where it is not that of the tool
	Error    string `json:"error,omitempty"`
	Errors   int    `json:"errors"`
	Warnings int    `json:"warnings"`
	Infos    int    `json:"infos"`
	*audit.Inventory
}

type auditSince struct {
	New       int              `json:"new"`
	Fixed     int              `json:"fixed"`
	Unchanged int              `json:"unchanged"`
	Gone      []render.Finding `json:"fixed_findings"`
}

// AuditJSON writes the document loonglint.audit.v1.
func AuditJSON(w io.Writer, a *audit.Audit, tool render.Tool) error {
	j := newLineWriter(w)
	j.text(`{"schema": "` + render.AuditSchema + "\",\n \"tool\": ")
	j.value(tool.Object())
	j.text(",\n \"summary\": ")
	j.value(struct {
		render.Summary
		With     int `json:"files_with_findings"`
		Unjoined int `json:"keys_not_compared"`
	}{render.SummaryOf(&a.Summary), a.Summary.With, a.Unjoined})
	j.text(",\n \"totals\": ")
	j.value(a.Totals)
	if s := a.Since; s != nil {
		since := auditSince{s.New.Len, len(s.Fixed), s.Unchanged, []render.Finding{}}
		for _, f := range s.Fixed {
			since.Gone = append(since.Gone, *render.FindingOf(f))
		}
		j.text(",\n \"since\": ")
		j.value(since)
	}
	j.text(",\n \"files\": [")
	n := 0
	a.Each(func(e *audit.Entry) bool {
		j.item(n)
		n++
		errors, warnings, infos := e.Levels()
		f := auditFile{redact.Printable(e.Path), string(e.Verdict), "", e.Error, errors, warnings, infos, &e.Inventory}
		if e.Targets != 0 && tool.Targets != 0 && e.Targets != tool.Targets {
			f.Target = e.Targets.String()
		}
		j.value(f)
		return j.err == nil
	})
	j.text("],\n \"findings\": [")
	n = 0
	a.Each(func(e *audit.Entry) bool {
		for i, f := range e.Findings {
			j.item(n)
			n++
			out := render.LinedFindingOf(f)
			out.Status = e.Status(i)
			j.value(out)
		}
		return j.err == nil
	})
	j.text("]}\n")
	return j.flush()
}
