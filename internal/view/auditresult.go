package view

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unique"

	"github.com/loonglint/loonglint/internal/audit"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/redact"
	"github.com/loonglint/loonglint/internal/render"
	"github.com/loonglint/loonglint/rules"
)

// resultSchema names a line of check --batch.
const resultSchema = "loonglint.result.v1"

// jsonResult is what check --batch tells of one configuration: all that an audit needs.
type jsonResult struct {
	Schema     string                     `json:"schema"`
	Version    string                     `json:"version"`
	Loong      string                     `json:"loong"`
	ID         json.RawMessage            `json:"id"`
	Verdict    string                     `json:"verdict"`
	Error      string                     `json:"error,omitempty"`
	Findings   []auditFinding             `json:"findings"`
	Suppressed int                        `json:"suppressed,omitempty"`
	Baselined  int                        `json:"baselined,omitempty"`
	Inventory  *audit.Inventory           `json:"inventory,omitempty"`
	Facts      map[string]json.RawMessage `json:"facts,omitempty"`
	Places     map[int]jsonLine           `json:"places,omitempty"` // lines that facts speak of, by offset
	Ignores    []lint.Ignore              `json:"ignores,omitempty"`
	Unjoined   int                        `json:"unjoined,omitempty"` // secrets that facts leave out, since they could be guessed
}

// auditFinding is a finding of loonglint.v1 with its source lines.
type auditFinding struct {
	render.Finding
	Lines  render.Few[jsonLine] `json:"lines,omitempty"`
	Status string               `json:"status,omitempty"` // new or unchanged, with --since
}

// jsonLine is a masked source line; marks are in bytes of text.
type jsonLine struct {
	Number int                  `json:"line"`
	Text   string               `json:"text"`
	Marks  render.Few[jsonMark] `json:"marks,omitempty"`
}

type jsonMark struct {
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Label   string `json:"label,omitempty"`
	Primary bool   `json:"primary,omitempty"`
}

func wireLine(l lint.Line) jsonLine {
	w := jsonLine{Number: l.Number, Text: l.Text}
	for _, m := range l.Marks {
		w.Marks = append(w.Marks, jsonMark(m))
	}
	return w
}

func (w jsonLine) line() lint.Line {
	l := lint.Line{Number: w.Number, Text: shared(w.Text)}
	if len(w.Marks) > 0 {
		l.Marks = make([]lint.Mark, len(w.Marks))
	}
	for i, m := range w.Marks {
		m.Label = shared(m.Label)
		m.Start = min(max(m.Start, 0), len(l.Text))
		m.End = min(max(m.End, m.Start), len(l.Text))
		l.Marks[i] = lint.Mark(m)
	}
	return l
}

// shared is a text that another process made, harmless and kept once, however often it is read: a fleet
// repeats itself.
func shared(s string) string { return unique.Make(render.Shown(s)).Value() }

// share keeps the texts of a finding once.
func share(path string, f *lint.Finding) {
	f.File = path
	for _, t := range [...]*string{&f.Message, &f.Label, &f.Note, &f.HelpText, &f.Key} {
		*t = shared(*t)
	}
	for i := range f.Relateds {
		f.Relateds[i].Message, f.Relateds[i].File = shared(f.Relateds[i].Message), shared(f.Relateds[i].File)
	}
	if f.Fixes != nil {
		f.Fixes.Message = shared(f.Fixes.Message)
	}
}

// shareInventory keeps the texts of an inventory once.
func shareInventory(in *audit.Inventory) {
	for i := range in.Profiles {
		p := &in.Profiles[i]
		for _, t := range [...]*string{&p.ID, &p.Kind, &p.Scheme, &p.Host, &p.Model, &p.Transport, &p.Ready} {
			*t = shared(*t)
		}
	}
	for i := range in.Credentials {
		c := &in.Credentials[i]
		for _, t := range [...]*string{&c.Owner, &c.Source, &c.Name, &c.State} {
			*t = shared(*t)
		}
	}
	for i := range in.Channels {
		c := &in.Channels[i]
		for _, t := range [...]*string{&c.ID, &c.Account, &c.Send, &c.Serve} {
			*t = shared(*t)
		}
	}
	for i := range in.Access {
		a := &in.Access[i]
		for _, t := range [...]*string{&a.Key, &a.Value, &a.Text} {
			*t = shared(*t)
		}
	}
}

func wireAuditFinding(f *lint.Finding) auditFinding {
	w := auditFinding{Finding: *render.FindingOf(f)}
	for _, l := range f.Lines {
		w.Lines = append(w.Lines, wireLine(l))
	}
	return w
}

// AppendResult appends a line of check --batch; id is JSON.
func AppendResult(b []byte, id json.RawMessage, r *lint.FileResult, opt *lint.Options, tool render.Tool, key []byte) ([]byte, error) {
	w := jsonResult{Schema: resultSchema, Version: tool.Version, Loong: tool.LoongVersion, ID: id, Verdict: string(r.Verdict),
		Findings: []auditFinding{}, Suppressed: r.Suppressed, Baselined: r.Baselined, Ignores: r.Ignores(opt)}
	if r.Err != nil {
		w.Error = render.Shown(r.Err.Error())
	}
	for _, f := range r.Findings {
		w.Findings = append(w.Findings, wireAuditFinding(f))
	}
	if in, ok := r.Inspected.(*audit.Inspected); ok {
		w.Inventory = &in.Inventory
		if len(in.Places) > 0 {
			w.Places = make(map[int]jsonLine, len(in.Places))
			for at, l := range in.Places {
				w.Places[at] = wireLine(l)
			}
		}
	}
	seal := rules.Seal{Key: key}
	for rule, is := range r.Facts(opt) {
		raw, err := rules.PackFact(is, &seal, redact.None().Text)
		if err != nil {
			return b, err
		}
		if raw != nil {
			if w.Facts == nil {
				w.Facts = map[string]json.RawMessage{}
			}
			w.Facts[rule.Name] = raw
		}
	}
	w.Unjoined = seal.Unable
	raw, err := render.Encode(w)
	return append(append(b, raw...), '\n'), err
}

// ResultReader reads lines of check --batch.
type ResultReader struct {
	Options *lint.Options
	Rule    func(name string) *lint.Rule
	Tool    render.Tool
	// Other is set when a line was made by another version.
	Other string
}

var errNoResult = errors.New("not a line of check --batch")

// Entry reads a line.
func (rr *ResultReader) Entry(line []byte) (*audit.Entry, error) {
	var w jsonResult
	if err := json.Unmarshal(line, &w); err != nil {
		return nil, errNoResult
	}
	if w.Schema != resultSchema {
		return nil, fmt.Errorf("not a %s document but %q", resultSchema, render.Shown(w.Schema))
	}
	if v := w.Version + ", Loong " + w.Loong; v != rr.Tool.Version+", Loong "+rr.Tool.LoongVersion {
		rr.Other = render.Shown(v)
	}
	if !render.IsVerdict(w.Verdict) {
		return nil, fmt.Errorf("no verdict is %q", render.Shown(w.Verdict))
	}
	r := &lint.FileResult{Path: ResultName(w.ID), Verdict: loong.Verdict(w.Verdict), Suppressed: w.Suppressed, Baselined: w.Baselined}
	for i := range w.Findings {
		f, err := w.Findings[i].Restore(rr.Rule)
		if err != nil {
			return nil, err
		}
		f.Lines = make([]lint.Line, len(w.Findings[i].Lines))
		for k, l := range w.Findings[i].Lines {
			f.Lines[k] = l.line()
		}
		if len(f.Lines) == 0 {
			f.Lines = nil
		}
		share(r.Path, f)
		r.Findings = append(r.Findings, f)
	}
	for _, rule := range rr.Options.Rules {
		raw := w.Facts[rule.Name]
		if raw == nil {
			continue
		}
		is, err := rules.UnpackFact(rule, raw)
		if err != nil {
			return nil, err
		}
		r.SetFact(rr.Options, rule, is)
	}
	r.SetIgnores(w.Ignores)
	in := &audit.Inspected{}
	if w.Inventory != nil {
		in.Inventory = *w.Inventory
		shareInventory(&in.Inventory)
	}
	if len(w.Places) > 0 {
		in.Places = make(map[int]lint.Line, len(w.Places))
		for at, l := range w.Places {
			in.Places[at] = l.line()
		}
	}
	r.Inspected = in // Build lets go of it
	e := audit.NewEntry(r)
	e.Error, e.Unjoined = shared(w.Error), w.Unjoined
	e.Order = sha256.Sum256(bytes.TrimSpace(line))
	return e, nil
}

// ResultName is the path that a configuration of a batch has in findings: its id when that is a
// text, else the id's JSON.
func ResultName(id json.RawMessage) string {
	var text string
	if json.Unmarshal(id, &text) == nil && text != "" {
		return text
	}
	if len(id) == 0 {
		return "null"
	}
	return string(id)
}

type auditFile struct {
	Path     string `json:"path"`
	Verdict  string `json:"verdict"`
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
	}{render.SummaryOf(&a.Summary), a.Summary.With, a.Unjoined()})
	j.text(",\n \"totals\": ")
	j.value(a.Totals())
	if s := a.Since; s != nil {
		since := auditSince{s.New, len(s.Fixed), s.Unchanged, []render.Finding{}}
		for _, f := range s.Fixed {
			since.Gone = append(since.Gone, *render.FindingOf(f))
		}
		j.text(",\n \"since\": ")
		j.value(since)
	}
	j.text(",\n \"files\": [")
	for i, e := range a.Entries {
		j.item(i)
		errors, warnings, infos := e.Levels()
		j.value(auditFile{render.Shown(e.Path), string(e.Verdict), e.Error, errors, warnings, infos, &e.Inventory})
	}
	j.text("],\n \"findings\": [")
	n := 0
	for _, e := range a.Entries {
		for _, f := range e.Findings {
			j.item(n)
			n++
			out := wireAuditFinding(f)
			out.Status = a.Since.Status(f)
			j.value(out)
		}
	}
	j.text("]}\n")
	return j.flush()
}
