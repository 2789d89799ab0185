package audit

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
)

// Entry is one configuration of an audit.
type Entry struct {
	*lint.FileResult
	Inventory
	Error    string   // why it could not be read; may be printed
	Unjoined int      // secrets in it that could not be compared with those of other files
	Order    [32]byte // orders entries of one path
}

// NewEntry takes over a result of a run with Inspect.
func NewEntry(r *lint.FileResult) *Entry {
	e := &Entry{FileResult: r}
	if in, ok := r.Inspected.(*Inspected); ok {
		e.Inventory = in.Inventory
	}
	return e
}

// Audit is the whole: entries by path, and what they come to.
type Audit struct {
	Entries []*Entry
	Summary lint.Summary
	Since   *Since // nil: nothing to compare with
}

// Since is the comparison with an earlier audit or report.
type Since struct {
	New, Unchanged int
	Fixed          []*lint.Finding
	IsNew          map[*lint.Finding]bool
}

// Build makes an audit of entries in any order.
func Build(opt *lint.Options, entries []*Entry) *Audit {
	slices.SortStableFunc(entries, func(a, b *Entry) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), bytes.Compare(a.Order[:], b.Order[:]))
	})
	results := make([]*lint.FileResult, len(entries))
	for i, e := range entries {
		e.Hide(opt.MinLevel, opt.AcrossMinLevel) // results of other processes hold all levels
		results[i] = e.FileResult
	}
	lint.Across(opt, results)
	a := &Audit{Entries: entries}
	for _, e := range entries {
		e.addLines()
		e.Inspected = nil
		a.Summary.Add(e.FileResult)
	}
	return a
}

// addLines gives findings across files their source lines.
func (e *Entry) addLines() {
	in, ok := e.Inspected.(*Inspected)
	if !ok {
		return
	}
	for _, f := range e.Findings {
		if f.Lines == nil {
			if l, ok := in.Places[f.Span.Start]; ok {
				f.Lines = []lint.Line{l}
			}
		}
	}
}

// Unjoined counts the secrets that could not be compared between files.
func (a *Audit) Unjoined() (n int) {
	for _, e := range a.Entries {
		n += e.Unjoined
	}
	return n
}

// Tally counts what has one name.
type Tally struct {
	Name   string `json:"name"`
	Count  int    `json:"count"`  // profiles, accounts, settings or findings
	Active int    `json:"active"` // of them, those of active profiles or enabled accounts
	Files  int    `json:"files"`

	last *Entry
}

// Tallies counts names.
type Tallies struct {
	index map[string]int
	list  []Tally
}

func (t *Tallies) add(e *Entry, name string, n int, active bool) {
	if t.index == nil {
		t.index = map[string]int{}
	}
	i, ok := t.index[name]
	if !ok {
		i = len(t.list)
		t.index[name] = i
		t.list = append(t.list, Tally{Name: name})
	}
	x := &t.list[i]
	x.Count += n
	if active {
		x.Active += n
	}
	if x.last != e {
		x.last = e
		x.Files++
	}
}

// Sorted lists the tallies, the greatest first, never nil.
func (t *Tallies) Sorted() []Tally {
	list := append([]Tally{}, t.list...)
	slices.SortFunc(list, func(a, b Tally) int { return cmp.Or(b.Count-a.Count, strings.Compare(a.Name, b.Name)) })
	return list
}

// Totals are the counts over all entries, each sorted.
type Totals struct {
	Verdicts  []Tally `json:"verdicts"`
	Rules     []Tally `json:"rules"`
	Kinds     []Tally `json:"kinds"`
	Hosts     []Tally `json:"hosts"`
	Models    []Tally `json:"models"`
	Sources   []Tally `json:"sources"`
	Variables []Tally `json:"variables"`
	Channels  []Tally `json:"channels"`
	Access    []Tally `json:"access"`
}

// Totals counts.
func (a *Audit) Totals() *Totals {
	var verdicts, byRule, kinds, hosts, models, sources, variables, channels, access Tallies
	for _, e := range a.Entries {
		verdicts.add(e, string(e.Verdict), 1, true)
		for _, f := range e.Findings {
			byRule.add(e, f.Rule.Name, 1+f.More, f.Severity == lint.Error)
		}
		for i := range e.Profiles {
			p := &e.Profiles[i]
			kinds.add(e, p.Kind, 1, p.Active)
			hosts.add(e, orNone(p.Host), 1, p.Active)
			models.add(e, orNone(p.Model), 1, p.Active)
		}
		for i := range e.Credentials {
			c := &e.Credentials[i]
			sources.add(e, c.Source, 1, c.Active)
			if c.Source == "variable" {
				variables.add(e, c.Name, 1, c.Active)
			}
		}
		for i := range e.Channels {
			channels.add(e, e.Channels[i].ID, 1, e.Channels[i].Enabled)
		}
		for i := range e.Access {
			access.add(e, e.Access[i].Text, 1, true)
		}
	}
	return &Totals{verdicts.Sorted(), byRule.Sorted(), kinds.Sorted(), hosts.Sorted(), models.Sorted(), sources.Sorted(),
		variables.Sorted(), channels.Sorted(), access.Sorted()}
}

func orNone(s string) string {
	if s == "" {
		return "(none)"
	}
	return s
}
