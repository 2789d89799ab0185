package audit

import (
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/policy"
	"github.com/loonglint/loonglint/internal/redact"
)

// Table is a part of an audit as rows of texts; all of them may be printed.
type Table struct {
	Name    string
	Title   string
	Columns []string
	// each calls row for every row of an entry.
	each func(e *Entry, row func(...string))
}

// tables lists all tables; numbers are columns named line, column and further.
var tables = [...]Table{
	{"findings", "Findings", []string{"file", "line", "column", "level", "rule", "key", "message", "help", "status", "fingerprint"}, findingRows},
	{"files", "Files", []string{"file", "verdict", "errors", "warnings", "infos", "profiles", "channels", "problem"}, fileRows},
	{"profiles", "Profiles", []string{"file", "line", "profile", "kind", "active", "scheme", "host", "model", "transport", "credential"}, profileRows},
	{"credentials", "Credentials", []string{"file", "line", "owner", "in_use", "source", "name", "state", "further"}, credentialRows},
	{"channels", "Channels", []string{"file", "line", "channel", "account", "enabled", "send", "serve"}, channelRows},
	{"access", "Wider access", []string{"file", "line", "key", "value", "means"}, accessRows},
	{"inventory", "Inventory", []string{"record", "file", "line", "name", "kind", "active", "host", "model", "source", "value", "state"}, inventoryRows},
}

// Tables lists the tables by name.
func Tables() []string {
	var names []string
	for i := range tables {
		names = append(names, tables[i].Name)
	}
	return names
}

// TableNamed returns a table, or nil.
func TableNamed(name string) *Table {
	for i := range tables {
		if tables[i].Name == name {
			return &tables[i]
		}
	}
	return nil
}

// Only is the table with some of its columns, in their order.
type Only struct {
	*Table
	Columns []string
	at      []int
	Where   []Where
}

// Select takes columns of a table, all of them when none is named, and the rows that all
// conditions keep; a column that it lacks is an error of the caller.
func (t *Table) Select(columns []string, where []Where) *Only {
	if len(columns) == 0 {
		columns = t.Columns
	}
	o := &Only{Table: t, Columns: columns, Where: where}
	for _, c := range columns {
		o.at = append(o.at, slices.Index(t.Columns, c))
	}
	return o
}

// Rows yields the selected cells. A row is valid until the next one.
func (o *Only) Rows(a *Audit) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		cells := make([]string, len(o.at))
		for row := range o.Table.Rows(a, o.Where) {
			for i, at := range o.at {
				cells[i] = row[at]
			}
			if !yield(cells) {
				return
			}
		}
	}
}

// Where keeps the rows whose text in a column matches a pattern (policy.Match, without regard to
// ASCII case), or with Not those whose text does not.
type Where struct {
	Column, Pattern string
	Not             bool
}

// Rows yields the rows that all conditions keep, by path. A row is valid until the next one.
func (t *Table) Rows(a *Audit, where []Where) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		on := true
		a.Each(func(e *Entry) bool {
			t.Of(e, func(row []string) {
				if on && t.keeps(row, where) {
					on = yield(row)
				}
			})
			return on
		})
	}
}

// Of yields the rows of an entry. A row is valid until the next one.
func (t *Table) Of(e *Entry, yield func([]string)) { t.each(e, func(row ...string) { yield(row) }) }

func (t *Table) keeps(row []string, where []Where) bool {
	for i := range where {
		w := &where[i]
		at := slices.Index(t.Columns, w.Column)
		if at >= 0 && policy.Match(strings.ToLower(w.Pattern), strings.ToLower(row[at])) == w.Not {
			return false
		}
	}
	return true
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func yes(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}

func findingRows(e *Entry, row func(...string)) {
	for i, f := range e.Findings {
		message := f.Message
		if f.More > 0 {
			message += " (and " + strconv.Itoa(f.More) + " more of this rule in this file)"
		}
		row(redact.Printable(e.Path), number(f.Start.Line), number(f.Start.Column), f.Severity.String(), f.Rule.Name, f.KeyPath, message, f.Help, e.Status(i), f.Fingerprint)
	}
}

// Levels counts the findings of an entry.
func (e *Entry) Levels() (errors, warnings, infos int) {
	var s lint.Summary
	s.Add(e.FileResult)
	return s.Errors, s.Warnings, s.Infos
}

func fileRows(e *Entry, row func(...string)) {
	errors, warnings, infos := e.Levels()
	row(redact.Printable(e.Path), string(e.Verdict), strconv.Itoa(errors), strconv.Itoa(warnings), strconv.Itoa(infos),
		strconv.Itoa(len(e.Profiles)), strconv.Itoa(len(e.Channels)), e.Error)
}

func profileRows(e *Entry, row func(...string)) {
	for i := range e.Profiles {
		p := &e.Profiles[i]
		row(redact.Printable(e.Path), number(p.Line), p.ID, p.Kind, yes(p.Active), p.Scheme, p.Host, p.Model, p.Transport, p.Ready)
	}
}

func credentialRows(e *Entry, row func(...string)) {
	for i := range e.Credentials {
		c := &e.Credentials[i]
		row(redact.Printable(e.Path), number(c.Line), c.Owner, yes(c.Active), c.Source, c.Name, c.State, strconv.Itoa(c.Others))
	}
}

func channelRows(e *Entry, row func(...string)) {
	for i := range e.Channels {
		c := &e.Channels[i]
		row(redact.Printable(e.Path), number(c.Line), c.ID, c.Account, yes(c.Enabled), c.Send, c.Serve)
	}
}

func accessRows(e *Entry, row func(...string)) {
	for i := range e.Access {
		a := &e.Access[i]
		row(redact.Printable(e.Path), number(a.Line), a.Key, a.Value, a.Text)
	}
}

// inventoryRows puts everything that is in use into one table.
func inventoryRows(e *Entry, row func(...string)) {
	path := redact.Printable(e.Path)
	row("file", path, "", "", "", "", "", "", "", e.Error, string(e.Verdict))
	for i := range e.Profiles {
		p := &e.Profiles[i]
		row("profile", path, number(p.Line), p.ID, p.Kind, yes(p.Active), p.Host, p.Model, "", p.Scheme, p.Ready)
	}
	for i := range e.Credentials {
		c := &e.Credentials[i]
		row("credential", path, number(c.Line), c.Owner, "", yes(c.Active), "", "", c.Source, c.Name, c.State)
	}
	for i := range e.Channels {
		c := &e.Channels[i]
		row("channel", path, number(c.Line), c.ID+"/"+c.Account, "", yes(c.Enabled), "", "", "", "send "+c.Send, "serve "+c.Serve)
	}
	for i := range e.Access {
		a := &e.Access[i]
		row("access", path, number(a.Line), a.Key, "", "", "", "", "", a.Value, a.Text)
	}
}
