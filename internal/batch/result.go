package batch

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/loonglint/loonglint/internal/audit"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/redact"
	"github.com/loonglint/loonglint/internal/render"
	"github.com/loonglint/loonglint/rules"
	"github.com/loonglint/loonglint/schema"
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
	Findings   []render.LinedFinding      `json:"findings"`
	Suppressed int                        `json:"suppressed,omitempty"`
	Baselined  int                        `json:"baselined,omitempty"`
	Inventory  *audit.Inventory           `json:"inventory,omitempty"`
	Facts      map[string]json.RawMessage `json:"facts,omitempty"`
	Places     map[int]render.Line        `json:"places,omitempty"` // lines that facts speak of, by offset
	Ignores    []lint.Ignore              `json:"ignores,omitempty"`
	Unjoined   int                        `json:"unjoined,omitempty"` // secrets that facts leave out, since they could be guessed
	Targets    string                     `json:"targets,omitempty"`  // the versions of Loong, where they are several
}

// printableInventory makes the texts of an inventory harmless, whoever wrote them.
func printableInventory(in *audit.Inventory) {
	for i := range in.Profiles {
		p := &in.Profiles[i]
		for _, t := range [...]*string{&p.ID, &p.Kind, &p.Scheme, &p.Host, &p.Model, &p.Transport, &p.Ready} {
			*t = redact.Printable(*t)
		}
	}
	for i := range in.Credentials {
		c := &in.Credentials[i]
		for _, t := range [...]*string{&c.Owner, &c.Source, &c.Name, &c.State} {
			*t = redact.Printable(*t)
		}
	}
	for i := range in.Channels {
		c := &in.Channels[i]
		for _, t := range [...]*string{&c.ID, &c.Account, &c.Send, &c.Serve} {
			*t = redact.Printable(*t)
		}
	}
	for i := range in.Access {
		a := &in.Access[i]
		for _, t := range [...]*string{&a.Key, &a.Value, &a.Text} {
			*t = redact.Printable(*t)
		}
	}
}

// AppendResult appends a line of check --batch; id is JSON.
func AppendResult(b []byte, id json.RawMessage, r *lint.FileResult, opt *lint.Options, tool render.Tool, key []byte) ([]byte, error) {
	w := jsonResult{Schema: resultSchema, Version: tool.Version, Loong: tool.LoongVersion, ID: id, Verdict: string(r.Verdict),
		Findings: []render.LinedFinding{}, Suppressed: r.Suppressed, Baselined: r.Baselined, Ignores: r.Ignores(opt)}
	if len(r.Targets.List()) > 1 {
		w.Targets = r.Targets.String()
	}
	if r.Err != nil {
		w.Error = redact.Printable(r.Err.Error())
	}
	for _, f := range r.Findings {
		w.Findings = append(w.Findings, render.LinedFindingOf(f))
	}
	if in, ok := r.Inspected.(*audit.Inspected); ok {
		w.Inventory = &in.Inventory
		if len(in.Places) > 0 {
			w.Places = make(map[int]render.Line, len(in.Places))
			for at, l := range in.Places {
				w.Places[at] = render.LineOf(l)
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
	Options *lint.Options // what is shown of the results, and how they are compared
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
		return nil, fmt.Errorf("not a %s document but %q", resultSchema, redact.Printable(w.Schema))
	}
	target, known := schema.ParseTarget(w.Loong)
	if w.Version != rr.Tool.Version || !known {
		rr.Other = redact.Printable(w.Version + ", Loong " + w.Loong)
	}
	if !render.IsVerdict(w.Verdict) {
		return nil, fmt.Errorf("no verdict is %q", redact.Printable(w.Verdict))
	}
	r := &lint.FileResult{Path: ResultName(w.ID), Verdict: loong.Verdict(w.Verdict), Suppressed: w.Suppressed, Baselined: w.Baselined}
	if known {
		r.Targets = r.Targets.With(target)
	}
	if several, err := schema.ParseTargets(w.Targets); err == nil && w.Targets != "" {
		r.Targets = several
	}
	for i := range w.Findings {
		f, err := w.Findings[i].Restore(rr.Rule)
		if err != nil {
			return nil, err
		}
		f.Lines = make([]lint.Line, len(w.Findings[i].Lines))
		for k, l := range w.Findings[i].Lines {
			f.Lines[k] = l.Restore()
		}
		if len(f.Lines) == 0 {
			f.Lines = nil
		}
		f.File = r.Path
		for k := range f.Related {
			f.Related[k].File = redact.Printable(f.Related[k].File)
		}
		r.Findings = append(r.Findings, f)
		r.Failed = r.Failed || f.Rule.Name == lint.InternalError.Name
	}
	r.SetIgnores(w.Ignores)
	in := &audit.Inspected{}
	if w.Inventory != nil {
		in.Inventory = *w.Inventory
		printableInventory(&in.Inventory)
	}
	if len(w.Places) > 0 {
		in.Places = make(map[int]lint.Line, len(w.Places))
		for at, l := range w.Places {
			in.Places[at] = l.Restore()
		}
	}
	r.Inspected = in // Entry.Complete lets go of it
	e := audit.NewEntry(r)
	e.Error, e.Unjoined = redact.Printable(w.Error), w.Unjoined
	return e, nil
}

// facts reads what a line has for rules across files.
func (rr *ResultReader) facts(line []byte) (*lint.FileResult, error) {
	var w struct {
		ID    json.RawMessage            `json:"id"`
		Facts map[string]json.RawMessage `json:"facts"`
	}
	if err := json.Unmarshal(line, &w); err != nil {
		return nil, errNoResult
	}
	r := &lint.FileResult{Path: ResultName(w.ID)}
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
	return r, nil
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
