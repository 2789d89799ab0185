package batch

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/loonglint/loonglint/internal/audit"
	"github.com/loonglint/loonglint/internal/jsonwrite"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/redact"
	"github.com/loonglint/loonglint/internal/render"
	"github.com/loonglint/loonglint/rules"
	"github.com/loonglint/loonglint/schema"
)

// resultSchema names a line of check --batch and of audit --batch.
const resultSchema = "loonglint.result.v1"

// jsonResult is what a batch tells of one configuration. AppendResult writes it.
type jsonResult struct {
	Schema     string                `json:"schema"`
	Version    string                `json:"version"`
	Loong      string                `json:"loong"`
	ID         json.RawMessage       `json:"id"`
	Verdict    string                `json:"verdict"`
	Error      string                `json:"error,omitempty"`
	Findings   []render.LinedFinding `json:"findings"`
	Suppressed int                   `json:"suppressed,omitempty"`
	Baselined  int                   `json:"baselined,omitempty"`
	Targets    string                `json:"targets,omitempty"` // the versions of Loong, where they are several

	// What an audit needs besides; only audit --batch tells it.
	Inventory *audit.Inventory           `json:"inventory,omitempty"`
	Facts     map[string]json.RawMessage `json:"facts,omitempty"`
	Places    map[int]render.Line        `json:"places,omitempty"` // lines that facts speak of, by offset
	Ignores   []lint.Ignore              `json:"ignores,omitempty"`
	Unjoined  int                        `json:"unjoined,omitempty"` // secrets that facts leave out, since they could be guessed
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

// AppendResult appends a result, as jsonResult has it, with what the run gathered for an audit; id is JSON.
func AppendResult(b []byte, id json.RawMessage, r *lint.FileResult, opt *lint.Options, tool render.Tool, key []byte) ([]byte, error) {
	w := jsonwrite.Writer{Bytes: b}
	w.Begin("", '{')
	w.Text("schema", resultSchema)
	w.Text("version", tool.Version)
	w.Text("loong", tool.LoongVersion)
	w.Raw("id", id)
	w.Text("verdict", string(r.Verdict))
	if r.Err != nil {
		w.TextIfAny("error", redact.Printable(r.Err.Error()))
	}
	w.Begin("findings", '[')
	for _, f := range r.Findings {
		finding := render.LinedFindingOf(f)
		finding.AppendJSON(&w, "")
	}
	w.End(']')
	w.NumberIfAny("suppressed", r.Suppressed)
	w.NumberIfAny("baselined", r.Baselined)
	in, _ := r.Inspected.(*audit.Inspected)
	if in != nil {
		in.Inventory.AppendJSON(&w, "inventory")
	}
	seal := rules.Seal{Key: key}
	if err := appendFacts(&w, r, opt, &seal); err != nil {
		return b, err
	}
	if in != nil {
		appendPlaces(&w, in.Places)
	}
	if ignores := r.Ignores(opt); len(ignores) > 0 {
		raw, err := render.Encode(ignores)
		if err != nil {
			return b, err
		}
		w.Raw("ignores", raw)
	}
	w.NumberIfAny("unjoined", seal.Unable)
	if len(r.Targets.List()) > 1 {
		w.Text("targets", r.Targets.String())
	}
	w.End('}')
	return append(w.Bytes, '\n'), nil
}

// appendFacts appends what the rules across files need of a file, by rule; seal counts the secrets that it leaves out.
func appendFacts(w *jsonwrite.Writer, r *lint.FileResult, opt *lint.Options, seal *rules.Seal) error {
	any := false
	for rule, is := range r.Facts(opt) {
		facts, err := rules.PackFacts(is, seal)
		if err != nil {
			return err
		}
		if len(facts) == 0 {
			continue
		}
		if !any {
			any = true
			w.Begin("facts", '{')
		}
		facts.AppendJSON(w, rule.Name)
	}
	if any {
		w.End('}')
	}
	return nil
}

func appendPlaces(w *jsonwrite.Writer, places []audit.Place) {
	if len(places) == 0 {
		return
	}
	w.Begin("places", '{')
	for i := range places {
		render.LineOf(places[i].Line).AppendJSON(w, strconv.Itoa(places[i].Offset))
	}
	w.End('}')
}

// ResultReader reads lines of audit --batch.
type ResultReader struct {
	Options *lint.Options // what is shown of the results, and how they are compared
	Rule    func(name string) *lint.Rule
	Tool    render.Tool
	// Other is set when a line was made by another version.
	Other string
}

var errNoResult = errors.New("not a line of audit --batch")

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
	for at, l := range w.Places {
		in.AddPlace(at, l.Restore())
	}
	r.Inspected = in // Entry.Complete lets go of it
	e := audit.NewEntry(r)
	e.Error, e.Unjoined = redact.Printable(w.Error), w.Unjoined
	return e, nil
}

// facts reads what a line has for rules across files. It comes before Entry, so this refuses a result that has nothing for an
// audit; of a file that could not be read no result has more.
func (rr *ResultReader) facts(line []byte) (*lint.FileResult, error) {
	var w struct {
		ID        json.RawMessage            `json:"id"`
		Verdict   loong.Verdict              `json:"verdict"`
		Inventory *struct{}                  `json:"inventory"`
		Facts     map[string]json.RawMessage `json:"facts"`
	}
	if err := json.Unmarshal(line, &w); err != nil {
		return nil, errNoResult
	}
	if w.Inventory == nil && w.Verdict != loong.Unreadable {
		return nil, errors.New("the result has no inventory; make it with loonglint audit --batch")
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
