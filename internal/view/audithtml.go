package view

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/loonglint/loonglint/internal/audit"
	"github.com/loonglint/loonglint/internal/redact"
	"github.com/loonglint/loonglint/internal/render"
)

//go:embed html/audit.tmpl html/audit.css html/audit.js
var htmlFiles embed.FS

// htmlRows is how many rows each part of the page's overview has.
const htmlRows = 10

// auditPage is what the template needs.
type auditPage struct {
	Title, Version, Loong string
	Style                 template.CSS
	Script                template.JS
	StyleHash, ScriptHash template.HTMLAttr
	Tiles                 []pageTile
	Stack                 []pageBar
	StackLabel            string
	Headline              []string
	Sections              []pageSection
}

// pageTile is a count; Address leads to what is counted.
type pageTile struct{ Name, Count, Class, Address string }

type pageBar struct{ Class, X, Width string }

type pageSection struct {
	Title, Table string
	Bars         bool
	Heads        []pageCell
	Rows         []pageRow
	More         int
}

type pageRow struct {
	Cells []pageCell
	Bar   string // percent of the greatest
	Docs  string // the address of a rule's documentation
	Level string // of a rule
}

type pageCell struct {
	Text         string
	Label        string // the head of the column
	Head, Number bool
	Level        string // the text, if it is a level
	Address      string // a fragment that shows the rows of the table it names
}

// Parts are the pieces of the text between which a line may end.
func (c pageCell) Parts() []string { return strings.SplitAfter(c.Text, "/") }

// AuditHTML writes one page that needs nothing else: script and style are in it and are allowed
// by their hash, the data are JSON, and texts of files are never markup.
func AuditHTML(w io.Writer, a *audit.Audit, tool render.Tool, title string) error {
	if title == "" {
		title = "Audit of Loong configurations"
	}
	t, err := template.ParseFS(htmlFiles, "html/audit.tmpl")
	if err != nil {
		return err
	}
	style, err := htmlFiles.ReadFile("html/audit.css")
	if err != nil {
		return err
	}
	script, err := htmlFiles.ReadFile("html/audit.js")
	if err != nil {
		return err
	}
	data, err := pageData(a)
	if err != nil {
		return err
	}
	p := auditPage{
		Title: redact.Printable(title), Version: tool.Version, Loong: tool.LoongVersion,
		Style: template.CSS(style), Script: template.JS(script), StyleHash: contentHash(style), ScriptHash: contentHash(script),
		Headline: headline(a),
	}
	p.count(a)
	for _, s := range auditSections(a, htmlRows, true) {
		p.Sections = append(p.Sections, pagePart(&s))
	}
	var frame bytes.Buffer
	if err := t.Execute(&frame, &p); err != nil {
		return err
	}
	before, after, _ := bytes.Cut(frame.Bytes(), []byte(dataHere))
	for _, part := range [][]byte{before, data, after} { // the data are long, and the template would copy them
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// dataHere is where the data of the page go, in its template.
const dataHere = `{"data":"here"}`

// contentHash is what a content security policy knows an inline script or style by.
func contentHash(b []byte) template.HTMLAttr {
	sum := sha256.Sum256(b)
	return template.HTMLAttr(base64.StdEncoding.EncodeToString(sum[:]))
}

// count fills in the tiles and the bar of levels.
func (p *auditPage) count(a *audit.Audit) {
	s := &a.Summary
	tile := func(name string, n int, class, address string) {
		if n == 0 {
			address = ""
		}
		p.Tiles = append(p.Tiles, pageTile{name, thousands(n), class, address})
	}
	tile("errors", s.Errors, "error", pageAddress("findings", "level", "error"))
	tile("warnings", s.Warnings, "warning", pageAddress("findings", "level", "warning"))
	tile("infos", s.Infos, "info", pageAddress("findings", "level", "info"))
	if a.Since != nil {
		tile("new", a.Since.New.Len, "", pageAddress("findings", "status", "new"))
		tile("fixed", len(a.Since.Fixed), "", "")
	}
	tile("files", s.Files, "", "#files")
	tile("not readable", s.Unreadable, "", pageAddress("files", "verdict", "unreadable"))
	total := max(1, s.Errors+s.Warnings+s.Infos)
	x := 0.0
	for _, part := range []struct {
		n     int
		class string
	}{{s.Errors, "error"}, {s.Warnings, "warning"}, {s.Infos, "info"}} {
		width := 1000 * float64(part.n) / float64(total)
		p.Stack = append(p.Stack, pageBar{part.class, decimal(x), decimal(width)})
		x += width
	}
	p.StackLabel = fmt.Sprintf("%d errors, %d warnings, %d infos", s.Errors, s.Warnings, s.Infos)
}

// pageAddress is the fragment of the page that shows the rows of a table with a value in a column.
func pageAddress(table, column, value string) string {
	return "#" + table + "?" + url.Values{column: {value}}.Encode()
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'f', 2, 64) }

// thousands writes 1234567 as 1,234,567.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// filterColumns are the columns of tables that rows of the overview lead to.
var filterColumns = [...]struct{ head, column string }{
	{"rule", "rule"}, {"file", "file"}, {"kind", "kind"}, {"host", "host"}, {"model", "model"}, {"source", "source"}, {"variable", "name"},
	{"channel", "channel"}, {"what it means", "means"},
}

func pagePart(s *section) pageSection {
	part := pageSection{Title: s.Title, Table: s.Table, Bars: s.Counts, More: s.More}
	filter := ""
	for _, f := range filterColumns {
		if f.head == s.Columns[0] {
			filter = f.column
		}
	}
	for i, c := range s.Columns {
		part.Heads = append(part.Heads, pageCell{Text: c, Number: s.number(i)})
	}
	greatest := 1
	for _, row := range s.Rows {
		greatest = max(greatest, s.weight(row))
	}
	for _, row := range s.Rows {
		r := pageRow{Bar: decimal(100 * float64(s.weight(row)) / float64(greatest))}
		for i, text := range row {
			c := pageCell{Text: text, Label: s.Columns[i], Head: i == 0, Number: s.number(i)}
			if i == 0 && text != "(none)" && filter != "" {
				c.Address = pageAddress(s.Table, filter, text)
			}
			if c.Label == "level" {
				c.Level, r.Level = text, text
			}
			r.Cells = append(r.Cells, c)
		}
		if filter == "rule" {
			r.Docs = render.RuleURL(row[0])
		}
		part.Rows = append(part.Rows, r)
	}
	return part
}

// number reports whether a column of a section holds counts.
func (s *section) number(column int) bool {
	return s.Counts && column > 0 && !slices.ContainsFunc(s.Rows, func(r []string) bool { return strings.Trim(r[column], "0123456789") != "" })
}

// weight is what the bar of a row shows: its first count, of files all findings.
func (s *section) weight(row []string) int {
	n, _ := strconv.Atoi(row[1])
	if s.Columns[0] == "file" && s.Counts {
		w, _ := strconv.Atoi(row[2])
		i, _ := strconv.Atoi(row[3])
		n += w + i
	}
	return n
}
