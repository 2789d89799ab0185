package view

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/probe"
	"github.com/loonglint/loonglint/internal/redact"
)

// Probe writes results as a table, one profile a line; below a line what more there is to say.
// Package probe has masked every text.
func Probe(w io.Writer, results []*probe.Result) error {
	rows := make([]wideRow, 0, len(results)+1)
	rows = append(rows, wideRow{cells: []string{"RESULT", "PROFILE", "KIND", "HOST", "CREDENTIAL", "TIME", "DETAIL"}})
	one := true // file; then its name says nothing
	for _, r := range results {
		one = one && r.File == results[0].File
	}
	for _, r := range results {
		name := profile(&r.Entry)
		if one && r.Profile != "" {
			name = redact.Printable(r.Profile)
		}
		detail, rest := redact.Printable(r.Detail), notes(r)
		rows = append(rows, wideRow{below: rest, cells: []string{
			outcome(r.Outcome), name, orDash(r.Kind), orDash(r.Host), used(r), took(r), detail}})
	}
	return wideTable(w, rows)
}

// outcome is the word for people.
func outcome(o probe.Outcome) string { return strings.ReplaceAll(string(o), "-", " ") }

func profile(e *probe.Entry) string {
	if e.Profile == "" {
		return redact.Printable(e.File)
	}
	return redact.Printable(e.File) + ": " + redact.Printable(e.Profile)
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return redact.Printable(s)
}

func used(r *probe.Result) string {
	if r.Asked == 0 {
		return "-"
	}
	return redact.Printable(r.Used.String())
}

func took(r *probe.Result) string {
	if r.Asked == 0 {
		return "-"
	}
	return r.Elapsed.Round(time.Millisecond).String()
}

// notes are the lines below a result.
func notes(r *probe.Result) (list []string) {
	if r.Advice != "" {
		list = append(list, "help: "+redact.Printable(r.Advice))
	}
	if r.Model == loong.No {
		list = append(list, "the configured model is not among them")
	}
	if len(r.Missing) > 0 {
		list = append(list, "preferred, and not among them: "+redact.Printable(strings.Join(r.Missing, ", ")))
	}
	return list
}

// ProbePlan writes what a run would send: for each profile host and route, the credentials, and
// why it is allowed or refused.
func ProbePlan(w io.Writer, entries []probe.Entry) error {
	var b strings.Builder
	send := 0
	for i := range entries {
		e := &entries[i]
		if i > 0 {
			b.WriteString("\n")
		}
		b.WriteString(profile(e))
		if e.Active {
			b.WriteString(" (active)")
		}
		b.WriteString("\n")
		line := func(label, text string) {
			if text != "" {
				fmt.Fprintf(&b, "  %-11s %s\n", label, redact.Printable(text))
			}
		}
		line("kind", e.Kind)
		if e.Host != "" {
			line("models", "GET "+e.Scheme+"://"+e.Host+e.Route)
		}
		line("host", e.Approval)
		if e.Looked && e.Send {
			line("addresses", "judged when they are dialed: only public ones, and those that --allow-host opens")
		}
		if e.Exchange != "" {
			line("first", "GET https://"+e.Exchange)
		}
		line("proxy", e.Proxy)
		for _, c := range e.Credentials {
			line("credential", planned(c))
		}
		line("headers", sentHeaders(e.Headers))
		if len(e.LeftOut) > 0 {
			line("left out", strings.Join(e.LeftOut, ", ")+": a config does not frame the probe's messages")
		}
		if e.Send {
			send++
			line("would send", count(e.Requests, "request")+" at most")
		} else {
			line("not sent", e.Message)
			line("help", e.Help)
		}
	}
	fmt.Fprintf(&b, "\n%d of %s would be asked; nothing was sent\n", send, count(len(entries), "profile"))
	_, err := io.WriteString(w, b.String())
	return err
}

// sentHeaders names the configured headers that go along, secret ones first.
func sentHeaders(headers []probe.SentHeader) string {
	var secret, other []string
	for _, h := range headers {
		if h.Secret {
			secret = append(secret, h.Name+" (secret)")
		} else {
			other = append(other, h.Name)
		}
	}
	return strings.Join(append(secret, other...), ", ")
}

// planned is a credential of a plan in words.
func planned(c probe.Credential) string {
	text := c.String()
	if c.Header != "" && c.From != probe.FromNowhere {
		text += " in " + c.Header
	}
	switch {
	case !c.Allowed:
		text += ", refused"
	case c.From != probe.FromNowhere:
		text += ", allowed"
	}
	if c.Why != "" {
		text += ": " + c.Why
	}
	if !c.Known {
		text += "; whether it is set is not known here"
	}
	return text
}

// wideRow is a line of a table that holds any characters, and the lines below it.
type wideRow struct {
	cells []string
	below []string
}

// wideTable writes rows in columns two blanks apart.
func wideTable(w io.Writer, rows []wideRow) error {
	var widths []int
	for _, row := range rows {
		for i, cell := range row.cells {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row.cells {
			line.WriteString(cell + strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)+2))
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
		for _, text := range row.below {
			b.WriteString("    " + text + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
