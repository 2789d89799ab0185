package audit

import (
	"cmp"
	"slices"
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/report"
)

// Entry is one configuration of an audit.
type Entry struct {
	*lint.FileResult
	Inventory
	Error    string // why it could not be read; may be printed
	Unjoined int    // secrets in it that could not be compared with those of other files

	isNew []bool // by finding; nil: there is nothing to compare with
}

// NewEntry takes over a result of a run with Inspect.
func NewEntry(r *lint.FileResult) *Entry {
	e := &Entry{FileResult: r}
	if in, ok := r.Inspected.(*Inspected); ok {
		e.Inventory = in.Inventory
	}
	return e
}

// Complete leaves out what is not shown, and adds the findings that the file shares with others, with their source lines.
// An error is one of the store of across.
func (e *Entry) Complete(opt *lint.Options, across *lint.Comparison) error {
	e.Hide(opt.MinLevel, opt.AcrossMinLevel)
	if err := across.Complete(e.FileResult); err != nil {
		return err
	}
	in, ok := e.Inspected.(*Inspected)
	if !ok {
		return nil
	}
	for _, f := range e.Findings {
		if f.Lines == nil {
			if i, ok := in.find(f.Span.Start); ok {
				f.Lines = []lint.Line{in.Places[i].Line}
			}
		}
	}
	e.Inspected = nil
	return nil
}

// Status is "new" or "unchanged"; empty where there is nothing to compare with.
func (e *Entry) Status(finding int) string {
	switch {
	case e.isNew == nil:
		return ""
	case e.isNew[finding]:
		return "new"
	}
	return "unchanged"
}

// Source hands over complete entries by path, as often as it is asked to. An entry is dropped after that.
type Source func(yield func(*Entry) bool) error

// Shown is how many rows of each of its longest lists an Audit holds; Source has all of them.
const Shown = 20

// Longest is the beginning of a list.
type Longest[T any] struct {
	First []T // at most Shown
	Len   int // of the whole list
}

func (l *Longest[T]) add(item T) {
	if l.Len < Shown {
		l.First = append(l.First, item)
	}
	l.Len++
}

// FileCount is how many findings a file has.
type FileCount struct {
	Path, Verdict           string
	Errors, Warnings, Infos int
}

// Unread is a file that could not be read.
type Unread struct{ Path, Error string }

// Audit is what all entries come to. It holds none of them.
type Audit struct {
	Summary  lint.Summary
	Totals   *Totals
	Levels   map[string]lint.Level  // the highest that findings of each rule have
	Worst    Longest[FileCount]     // files with findings, those with most errors first
	Across   Longest[*lint.Finding] // that name a place in another file
	Unread   Longest[Unread]
	Unjoined int        // secrets that could not be compared between files
	Since    *Since     // nil: nothing to compare with
	Highest  lint.Level // of findings, with Since of new ones; 0: there is none

	source Source
	old    *report.Result
	err    error
}

// Since is the comparison with an earlier audit or report.
type Since struct {
	New       Longest[*lint.Finding]
	Unchanged int
	Fixed     []*lint.Finding
}

// Build goes through all entries; old, which may be nil, is an earlier report to compare with.
func Build(source Source, old *report.Result) (*Audit, error) {
	a := &Audit{source: source, old: old, Levels: map[string]lint.Level{}}
	var t tallies
	since := a.each(func(e *Entry) bool {
		a.add(e)
		t.add(e)
		return true
	})
	if since != nil {
		a.Since.Fixed = since.Fixed()
	}
	a.Totals = t.sorted()
	a.Worst.First = slices.Clip(a.Worst.First[:min(Shown, len(a.Worst.First))])
	return a, a.err
}

// Each goes through all entries by path. What goes wrong is told by Err.
func (a *Audit) Each(yield func(*Entry) bool) { a.each(yield) }

// Err is what went wrong while going through entries.
func (a *Audit) Err() error { return a.err }

func (a *Audit) each(yield func(*Entry) bool) *report.Since {
	var since *report.Since
	if a.old != nil {
		since = report.NewSince(a.old)
		if a.Since == nil {
			a.Since = &Since{}
		}
	}
	err := a.source(func(e *Entry) bool {
		if since != nil {
			e.isNew = make([]bool, len(e.Findings))
			for i, f := range e.Findings {
				e.isNew[i] = since.IsNew(f)
			}
		}
		return yield(e)
	})
	if a.err == nil {
		a.err = err
	}
	return since
}

// add counts an entry.
func (a *Audit) add(e *Entry) {
	a.Summary.Add(e.FileResult)
	a.Unjoined += e.Unjoined
	for i, f := range e.Findings {
		a.Levels[f.Rule.Name] = max(a.Levels[f.Rule.Name], f.Severity)
		if f.Rule.Compare != nil && slices.ContainsFunc(f.Related, func(r lint.Related) bool { return r.File != "" && r.File != f.File }) {
			a.Across.add(f)
		}
		if e.isNew != nil {
			if !e.isNew[i] {
				a.Since.Unchanged++
				continue
			}
			a.Since.New.add(f)
		}
		a.Highest = max(a.Highest, f.Severity)
	}
	if e.Verdict == loong.Unreadable {
		a.Unread.add(Unread{e.Path, e.Error})
	}
	if len(e.Findings) > 0 {
		a.addWorst(e)
	}
}

// addWorst keeps the worst files; of equal ones the first.
func (a *Audit) addWorst(e *Entry) {
	c := FileCount{Path: e.Path, Verdict: string(e.Verdict)}
	c.Errors, c.Warnings, c.Infos = e.Levels()
	w := &a.Worst
	w.Len++
	at, _ := slices.BinarySearchFunc(w.First, c, func(x, c FileCount) int {
		if order := cmp.Or(c.Errors-x.Errors, c.Errors+c.Warnings+c.Infos-x.Errors-x.Warnings-x.Infos); order != 0 {
			return order
		}
		return -1
	})
	if at < Shown {
		w.First = slices.Insert(w.First[:min(len(w.First), Shown-1)], at, c)
	}
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
		name = strings.Clone(name) // the entry is dropped
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
	for i := range list {
		list[i].last = nil
	}
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

// tallies are the counts of Totals in the making.
type tallies struct {
	verdicts, byRule, kinds, hosts, models, sources, variables, channels, access Tallies
}

// add counts an entry.
func (t *tallies) add(e *Entry) {
	t.verdicts.add(e, string(e.Verdict), 1, true)
	for _, f := range e.Findings {
		t.byRule.add(e, f.Rule.Name, 1+f.More, f.Severity == lint.Error)
	}
	for i := range e.Profiles {
		p := &e.Profiles[i]
		t.kinds.add(e, p.Kind, 1, p.Active)
		t.hosts.add(e, orNone(p.Host), 1, p.Active)
		t.models.add(e, orNone(p.Model), 1, p.Active)
	}
	for i := range e.Credentials {
		c := &e.Credentials[i]
		t.sources.add(e, c.Source, 1, c.Active)
		if c.Source == "variable" {
			t.variables.add(e, c.Name, 1, c.Active)
		}
	}
	for i := range e.Channels {
		t.channels.add(e, e.Channels[i].ID, 1, e.Channels[i].Enabled)
	}
	for i := range e.Access {
		t.access.add(e, e.Access[i].Text, 1, true)
	}
}

func (t *tallies) sorted() *Totals {
	return &Totals{t.verdicts.Sorted(), t.byRule.Sorted(), t.kinds.Sorted(), t.hosts.Sorted(), t.models.Sorted(), t.sources.Sorted(),
		t.variables.Sorted(), t.channels.Sorted(), t.access.Sorted()}
}

func orNone(s string) string {
	if s == "" {
		return "(none)"
	}
	return s
}
