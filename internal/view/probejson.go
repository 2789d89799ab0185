package view

import (
	"encoding/json"
	"io"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/probe"
	"github.com/loonglint/loonglint/internal/redact"
	"github.com/loonglint/loonglint/internal/render"
)

// Names of the documents of the probe.
const (
	probeSchema = "loonglint.probe.v1"
	planSchema  = "loonglint.probe-plan.v1"
)

type probeCredential struct {
	From    string `json:"from"`
	Name    string `json:"name,omitempty"`
	Header  string `json:"header,omitempty"`
	Allowed bool   `json:"allowed"`
	Why     string `json:"why,omitempty"`
	Known   bool   `json:"known"`
}

type probeHeader struct {
	Name   string `json:"name"`
	Secret bool   `json:"secret"`
}

type planEntry struct {
	File        string            `json:"file"`
	Profile     string            `json:"profile"`
	Kind        string            `json:"kind"`
	Active      bool              `json:"active"`
	Send        bool              `json:"send"`
	Reason      *string           `json:"reason"`
	Message     *string           `json:"message"`
	Help        *string           `json:"help"`
	Method      string            `json:"method"`
	Scheme      *string           `json:"scheme"`
	Host        *string           `json:"host"`
	Route       *string           `json:"route"`
	Approval    *string           `json:"approval"`
	Exchange    *string           `json:"exchange"`
	Proxy       *string           `json:"proxy"`
	Looked      bool              `json:"addresses_judged_when_dialled"`
	Credentials []probeCredential `json:"credentials"`
	Headers     []probeHeader     `json:"headers"`
	LeftOut     []string          `json:"headers_left_out"`
	Requests    int               `json:"max_requests"`
}

type probeResult struct {
	File       string           `json:"file"`
	Profile    string           `json:"profile"`
	Kind       string           `json:"kind"`
	Active     bool             `json:"active"`
	Outcome    string           `json:"outcome"`
	Reason     *string          `json:"reason"`
	Detail     string           `json:"detail"`
	Help       *string          `json:"help"`
	Scheme     *string          `json:"scheme"`
	Host       *string          `json:"host"`
	Route      *string          `json:"route"`
	Credential *probeCredential `json:"credential"`
	Status     *int             `json:"status"`
	Cause      *string          `json:"cause"`
	Requests   int              `json:"requests"`
	ElapsedMS  *int64           `json:"elapsed_ms"`
	Models     *int             `json:"models"`
	Model      *bool            `json:"model_listed"`
	Missing    []string         `json:"preferred_models_not_listed"`
}

// ProbeJSON writes results as a loonglint.probe.v1 document, with all findings of the files as in
// loonglint.v1.
func ProbeJSON(w io.Writer, results []*probe.Result, files []*lint.FileResult) error {
	list := make([]probeResult, len(results))
	for i, r := range results {
		list[i] = wireProbe(r)
	}
	findings := []*render.Finding{}
	for _, f := range files {
		for _, finding := range f.Findings {
			findings = append(findings, render.FindingOf(finding))
		}
	}
	return writeJSON(w, struct {
		Schema   string            `json:"schema"`
		Results  []probeResult     `json:"results"`
		Findings []*render.Finding `json:"findings"`
	}{probeSchema, list, findings})
}

// ProbePlanJSON writes a plan as a loonglint.probe-plan.v1 document.
func ProbePlanJSON(w io.Writer, entries []probe.Entry) error {
	list := make([]planEntry, len(entries))
	for i := range entries {
		list[i] = wirePlan(&entries[i])
	}
	return writeJSON(w, struct {
		Schema  string      `json:"schema"`
		Entries []planEntry `json:"profiles"`
	}{planSchema, list})
}

func writeJSON(w io.Writer, document any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(document)
}

func wirePlan(e *probe.Entry) planEntry {
	p := planEntry{
		File: redact.Printable(e.File), Profile: redact.Printable(e.Profile), Kind: e.Kind, Active: e.Active, Send: e.Send,
		Reason: nullable(string(e.Reason)), Message: nullable(e.Message), Help: nullable(e.Help), Method: "GET",
		Scheme: nullable(e.Scheme), Host: nullable(e.Host), Route: nullable(e.Route), Approval: nullable(e.Approval),
		Exchange: nullable(e.Exchange), Proxy: nullable(e.Proxy), Requests: e.Requests, Credentials: []probeCredential{},
		Looked: e.Looked && e.Send, Headers: []probeHeader{}, LeftOut: []string{},
	}
	for _, h := range e.Headers {
		p.Headers = append(p.Headers, probeHeader{redact.Printable(h.Name), h.Secret})
	}
	for _, name := range e.LeftOut {
		p.LeftOut = append(p.LeftOut, redact.Printable(name))
	}
	for _, c := range e.Credentials {
		p.Credentials = append(p.Credentials, wireCredential(c))
	}
	return p
}

func wireProbe(r *probe.Result) probeResult {
	p := probeResult{
		File: redact.Printable(r.File), Profile: redact.Printable(r.Profile), Kind: r.Kind, Active: r.Active,
		Outcome: string(r.Outcome), Reason: nullable(string(r.Reason)), Detail: redact.Printable(r.Detail), Help: nullable(r.Advice),
		Scheme: nullable(r.Scheme), Host: nullable(r.Host), Route: nullable(r.Route),
		Cause: nullable(string(r.Cause)), Requests: r.Asked, Missing: []string{},
	}
	if r.Asked > 0 {
		c, ms := wireCredential(r.Used), r.Elapsed.Milliseconds()
		p.Credential, p.ElapsedMS = &c, &ms
	}
	if r.Status > 0 {
		p.Status = &r.Status
	}
	if r.Outcome == probe.OK {
		p.Models = &r.Count
		if r.Model != loong.Maybe {
			listed := r.Model == loong.Yes
			p.Model = &listed
		}
		for _, m := range r.Missing {
			p.Missing = append(p.Missing, redact.Printable(m))
		}
	}
	return p
}

func wireCredential(c probe.Credential) probeCredential {
	return probeCredential{string(c.From), redact.Printable(c.Name), c.Header, c.Allowed, redact.Printable(c.Why), c.Known}
}

// nullable is null for an empty text.
func nullable(s string) *string {
	if s == "" {
		return nil
	}
	s = redact.Printable(s)
	return &s
}
