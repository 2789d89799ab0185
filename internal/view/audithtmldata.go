package view

import (
	"encoding/json"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/loonglint/loonglint/internal/audit"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/render"
)

// pageColumn is how a column of a table looks on the page.
type pageColumn struct {
	Name   string   `json:"name"`
	Title  string   `json:"title"`
	Width  string   `json:"width"` // a class: w-s, w-m, w-l, or w-auto
	Place  string   `json:"place"` // on narrow screens: main, path, after, or rest
	Number bool     `json:"number,omitempty"`
	Order  []string `json:"order,omitempty"` // sorts by it, the last word first
	Pick   []string `json:"pick,omitempty"`  // values to filter by
}

// pageTables lists the tables of the page with their columns.
var pageTables = [...]struct {
	table   string
	columns []pageColumn
}{
	{"findings", []pageColumn{
		{Name: "level", Title: "level", Width: "w-s", Place: "rest", Order: []string{"info", "warning", "error"}},
		{Name: "rule", Title: "rule", Width: "w-l", Place: "rest"}, {Name: "message", Title: "message", Width: "w-auto", Place: "main"},
		{Name: "file", Title: "file", Width: "w-xl", Place: "path"}, {Name: "line", Title: "line", Width: "w-s", Place: "after", Number: true},
		{Name: "status", Title: "status", Width: "w-s", Place: "after"}}},
	{"files", []pageColumn{
		{Name: "file", Title: "file", Width: "w-auto", Place: "main"}, {Name: "verdict", Title: "verdict", Width: "w-m", Place: "rest"},
		{Name: "errors", Title: "errors", Width: "w-s", Place: "after", Number: true}, {Name: "warnings", Title: "warnings", Width: "w-s", Place: "after", Number: true},
		{Name: "infos", Title: "infos", Width: "w-s", Place: "after", Number: true}, {Name: "profiles", Title: "profiles", Width: "w-s", Place: "after", Number: true},
		{Name: "channels", Title: "channels", Width: "w-s", Place: "after", Number: true}, {Name: "problem", Title: "problem", Width: "w-m", Place: "path"}}},
	{"profiles", []pageColumn{
		{Name: "profile", Title: "profile", Width: "w-m", Place: "rest"}, {Name: "kind", Title: "kind", Width: "w-m", Place: "rest"},
		{Name: "active", Title: "active", Width: "w-s", Place: "after"}, {Name: "scheme", Title: "scheme", Width: "w-s", Place: "after"},
		{Name: "host", Title: "host", Width: "w-l", Place: "main"}, {Name: "model", Title: "model", Width: "w-m", Place: "rest"},
		{Name: "credential", Title: "credential", Width: "w-s", Place: "after"}, {Name: "file", Title: "file", Width: "w-auto", Place: "path"}, {Name: "line", Title: "line", Width: "w-s", Place: "after", Number: true}}},
	{"credentials", []pageColumn{
		{Name: "source", Title: "source", Width: "w-s", Place: "rest"}, {Name: "name", Title: "name", Width: "w-l", Place: "main"},
		{Name: "owner", Title: "owner", Width: "w-l", Place: "rest"}, {Name: "in_use", Title: "in use", Width: "w-s", Place: "after"},
		{Name: "state", Title: "state", Width: "w-s", Place: "after"}, {Name: "further", Title: "further", Width: "w-s", Place: "after", Number: true},
		{Name: "file", Title: "file", Width: "w-auto", Place: "path"}, {Name: "line", Title: "line", Width: "w-s", Place: "after", Number: true}}},
	{"channels", []pageColumn{
		{Name: "channel", Title: "channel", Width: "w-m", Place: "main"}, {Name: "account", Title: "account", Width: "w-m", Place: "rest"},
		{Name: "enabled", Title: "enabled", Width: "w-s", Place: "after"}, {Name: "send", Title: "send", Width: "w-m", Place: "after"},
		{Name: "serve", Title: "serve", Width: "w-m", Place: "after"}, {Name: "file", Title: "file", Width: "w-auto", Place: "path"}, {Name: "line", Title: "line", Width: "w-s", Place: "after", Number: true}}},
	{"access", []pageColumn{
		{Name: "key", Title: "key", Width: "w-l", Place: "main"}, {Name: "value", Title: "value", Width: "w-m", Place: "rest"},
		{Name: "means", Title: "what it means", Width: "w-l", Place: "rest"}, {Name: "file", Title: "file", Width: "w-auto", Place: "path"}, {Name: "line", Title: "line", Width: "w-s", Place: "after", Number: true}}},
}

// pickMost is how many values a column may have to be a filter.
const pickMost = 150

// pageTable is a table as the script reads it: rows are indexes of strings, one after the other.
type pageTable struct {
	Name    string          `json:"name"`
	Title   string          `json:"title"`
	Columns []pageColumn    `json:"columns"`
	Rows    json.RawMessage `json:"rows"`
	Details json.RawMessage `json:"details,omitempty"`
}

// pool numbers strings, each once.
type pool struct {
	index map[string]int
	list  []string
}

func (p *pool) id(s string) int {
	i, ok := p.index[s]
	if !ok {
		i = len(p.list)
		p.index[s] = i
		p.list = append(p.list, s)
	}
	return i
}

// pageData is all tables as JSON.
func pageData(a *audit.Audit) (json.RawMessage, error) {
	p := &pool{index: map[string]int{}}
	p.id("")
	out := struct {
		Docs    string      `json:"docs"` // what a rule's name is appended to
		Tables  []pageTable `json:"tables"`
		Strings []string    `json:"strings"`
	}{Docs: render.RuleURL("")}
	for i := range pageTables {
		t := audit.TableNamed(pageTables[i].table)
		columns := slices.Clone(pageTables[i].columns)
		if a.Since == nil {
			columns = slices.DeleteFunc(columns, func(c pageColumn) bool { return c.Name == "status" })
		}
		wire := pageTable{Name: t.Name, Title: t.Title, Columns: columns}
		wire.Rows = p.rows(a, t, columns)
		if t.Name == "findings" {
			wire.Details = p.details(a)
		}
		out.Tables = append(out.Tables, wire)
	}
	out.Strings = p.list
	return render.Encode(out)
}

// rows encodes the rows of a table and finds the columns with few values.
func (p *pool) rows(a *audit.Audit, t *audit.Table, columns []pageColumn) json.RawMessage {
	from := make([]int, len(columns))
	values := make([]map[string]bool, len(columns))
	for i := range columns {
		from[i] = slices.Index(t.Columns, columns[i].Name)
		if !columns[i].Number && columns[i].Name != "file" && columns[i].Name != "message" {
			values[i] = map[string]bool{}
		}
	}
	b := []byte{'['}
	for row := range t.Rows(a, nil) {
		for i := range columns {
			if len(b) > 1 {
				b = append(b, ',')
			}
			text := row[from[i]]
			b = strconv.AppendInt(b, int64(p.id(text)), 10)
			if len(values[i]) <= pickMost && values[i] != nil {
				values[i][text] = true
			}
		}
	}
	for i := range columns {
		if n := len(values[i]); n > 1 && n <= pickMost {
			for v := range values[i] {
				if v != "" {
					columns[i].Pick = append(columns[i].Pick, v)
				}
			}
			slices.Sort(columns[i].Pick)
		}
	}
	return append(b, ']')
}

// details encodes what the dialog shows of each finding: key, note, help, place, lines, related.
func (p *pool) details(a *audit.Audit) json.RawMessage {
	b := []byte{'['}
	number := func(n int) { b = strconv.AppendInt(b, int64(n), 10) }
	for _, e := range a.Entries {
		for _, f := range e.Findings {
			if len(b) > 1 {
				b = append(b, ',')
			}
			b = append(b, '[')
			for _, s := range [...]string{f.KeyPath, f.Note, f.Help, render.Where(f.File, f.Start)} {
				number(p.id(s))
				b = append(b, ',')
			}
			b = append(b, '[')
			for i, l := range f.Lines {
				if i > 0 {
					b = append(b, ',')
				}
				b = p.line(b, l)
			}
			b = append(b, "],["...)
			for i, s := range relatedElsewhere(f) {
				if i > 0 {
					b = append(b, ',')
				}
				number(p.id(s))
			}
			b = append(b, "]]"...)
		}
	}
	return append(b, ']')
}

// relatedElsewhere lists the places in other files that a finding names.
func relatedElsewhere(f *lint.Finding) []string {
	var list []string
	for _, r := range f.Related {
		if r.File != "" && r.File != f.File {
			list = append(list, render.Where(r.File, r.Start)+"  "+r.Message)
		}
	}
	return list
}

// line encodes a source line: its number, its text, and marks in UTF-16 units.
func (p *pool) line(b []byte, l lint.Line) []byte {
	b = append(b, '[')
	b = strconv.AppendInt(b, int64(l.Number), 10)
	b = append(b, ',')
	b = strconv.AppendInt(b, int64(p.id(l.Text)), 10)
	for _, m := range l.Marks {
		b = append(b, ",["...)
		b = strconv.AppendInt(b, int64(units(l.Text, m.Start)), 10)
		b = append(b, ',')
		b = strconv.AppendInt(b, int64(units(l.Text, m.End)), 10)
		b = append(b, ',')
		b = strconv.AppendInt(b, int64(p.id(m.Label)), 10)
		b = append(b, ',')
		primary := int64(0)
		if m.Primary {
			primary = 1
		}
		b = strconv.AppendInt(b, primary, 10)
		b = append(b, ']')
	}
	return append(b, ']')
}

// units counts the UTF-16 code units of the first n bytes of s.
func units(s string, n int) (count int) {
	for i, r := range s {
		if i >= n {
			break
		}
		count++
		if r > 0xffff && r != utf8.RuneError {
			count++
		}
	}
	return count
}
