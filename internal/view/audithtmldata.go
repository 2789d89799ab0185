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

// How much a page holds, so that browsers stay quick: findings of each rule, and rows of each other table. What is left
// out is in the tables that the command writes.
const (
	pageFindings = 5_000
	pageRows     = 50_000
)

// pageTable is a table as the script reads it: rows are indexes of strings, one after the other.
type pageTable struct {
	Name    string          `json:"name"`
	Title   string          `json:"title"`
	Columns []pageColumn    `json:"columns"`
	Total   int             `json:"total,omitempty"` // rows, where some are left out
	Rest    string          `json:"rest,omitempty"`  // what is left out, and where it is
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

// tableMaker collects the rows of a table.
type tableMaker struct {
	*audit.Table
	columns []pageColumn
	from    []int             // columns of the table
	values  []map[string]bool // of columns with few of them
	rows    []byte            // JSON, without brackets
	details []byte
	count   int
	total   int
	byRule  map[string]int // findings
}

// pageData is all tables as JSON.
func pageData(a *audit.Audit) (json.RawMessage, error) {
	p := &pool{index: map[string]int{}}
	p.id("")
	var makers []*tableMaker
	for i := range pageTables {
		m := &tableMaker{Table: audit.TableNamed(pageTables[i].table), columns: slices.Clone(pageTables[i].columns), byRule: map[string]int{}}
		if a.Since == nil {
			m.columns = slices.DeleteFunc(m.columns, func(c pageColumn) bool { return c.Name == "status" })
		}
		m.prepare()
		makers = append(makers, m)
	}
	a.Each(func(e *audit.Entry) bool {
		for _, m := range makers {
			m.add(p, e)
		}
		return true
	})
	out := struct {
		Docs    string      `json:"docs"` // what a rule's name is appended to
		Tables  []pageTable `json:"tables"`
		Strings []string    `json:"strings"`
	}{Docs: render.RuleURL(""), Strings: p.list}
	for _, m := range makers {
		out.Tables = append(out.Tables, m.table())
	}
	raw, err := json.Marshal(out) // it escapes what HTML could take for an end of the script
	if err == nil {
		err = a.Err()
	}
	return raw, err
}

func (m *tableMaker) prepare() {
	m.from, m.values = make([]int, len(m.columns)), make([]map[string]bool, len(m.columns))
	for i, c := range m.columns {
		m.from[i] = slices.Index(m.Columns, c.Name)
		if !c.Number && c.Name != "file" && c.Name != "message" {
			m.values[i] = map[string]bool{}
		}
	}
}

// add adds the rows of an entry, as far as the page holds them.
func (m *tableMaker) add(p *pool, e *audit.Entry) {
	isFindings, i := m.Name == "findings", -1
	m.Of(e, func(row []string) {
		i++
		m.total++
		if isFindings {
			rule := e.Findings[i].Rule.Name
			if m.byRule[rule] == pageFindings {
				return
			}
			m.byRule[rule]++
			m.details = p.detail(m.details, e.Findings[i])
		} else if m.count == pageRows {
			return
		}
		m.count++
		m.addRow(p, row)
	})
}

func (m *tableMaker) addRow(p *pool, row []string) {
	for i, from := range m.from {
		if len(m.rows) > 0 {
			m.rows = append(m.rows, ',')
		}
		text := row[from]
		m.rows = strconv.AppendInt(m.rows, int64(p.id(text)), 10)
		if len(m.values[i]) <= pickMost && m.values[i] != nil {
			m.values[i][text] = true
		}
	}
}

// table returns what was collected.
func (m *tableMaker) table() pageTable {
	for i := range m.columns {
		if n := len(m.values[i]); n > 1 && n <= pickMost {
			for v := range m.values[i] {
				if v != "" {
					m.columns[i].Pick = append(m.columns[i].Pick, v)
				}
			}
			slices.Sort(m.columns[i].Pick)
		}
	}
	t := pageTable{Name: m.Name, Title: m.Title, Columns: m.columns, Rows: array(m.rows)}
	if m.Name == "findings" {
		t.Details = array(m.details)
	}
	if m.total > m.count {
		t.Total = m.total
		held := thousands(pageRows) + " rows"
		if m.Name == "findings" {
			held = thousands(pageFindings) + " findings of each rule"
		}
		t.Rest = "This page holds the first " + held + "; loonglint audit --table " + m.Name + " writes all " + thousands(m.total) + "."
	}
	return t
}

func array(elements []byte) json.RawMessage {
	return append(append([]byte{'['}, elements...), ']')
}

// detail encodes what the dialog shows of a finding: key, note, help, place, lines, related.
func (p *pool) detail(b []byte, f *lint.Finding) []byte {
	number := func(n int) { b = strconv.AppendInt(b, int64(n), 10) }
	if len(b) > 0 {
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
	return append(b, "]]"...)
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
