package view

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/loonglint/loonglint/internal/audit"
	"github.com/loonglint/loonglint/internal/redact"
	"github.com/loonglint/loonglint/internal/render"
)

// The page has the text of each part where the frame names it in double braces.
var (
	//go:embed html/audit.html
	auditFrame string
	//go:embed html/audit.css
	auditStyle string
	//go:embed html/audit.js
	auditScript string
)

// htmlRows is how many rows each part of the page's overview has.
const htmlRows = 10

// AuditHTML writes one page that needs nothing else: script and style are in it and are allowed
// by their hash, the data are JSON, and texts of files are never markup.
func AuditHTML(w io.Writer, a *audit.Audit, tool render.Tool, title string) error {
	if title == "" {
		title = "Audit of Loong configurations"
	}
	data, err := pageData(a)
	if err != nil {
		return err
	}
	parts := strings.NewReplacer(
		"{{title}}", escape(redact.Printable(title)),
		"{{version}}", escape(tool.Version), "{{loong}}", escape(tool.LoongVersion),
		"{{style}}", auditStyle, "{{style-hash}}", contentHash(auditStyle),
		"{{script}}", auditScript, "{{script-hash}}", contentHash(auditScript),
		"{{tiles}}", tiles(a), "{{levels}}", levelCounts(a), "{{stack}}", levelStack(a), "{{facts}}", facts(a), "{{sections}}", overview(a))
	before, after, _ := strings.Cut(auditFrame, "{{data}}") // the data are long, and the replacer would copy them
	if _, err := parts.WriteString(w, before); err != nil {
		return err
	}
	if _, err := w.Write(data); err != nil {
		return err
	}
	_, err = parts.WriteString(w, after)
	return err
}

// markup is a part of the page. Only the program's own text is markup; all other text goes through add.
type markup struct{ strings.Builder }

// add appends markup, in which each %s is the place of a text, in an element or in an attribute in double quotes.
func (m *markup) add(format string, texts ...string) {
	escaped := make([]any, len(texts))
	for i, text := range texts {
		escaped[i] = escape(text)
	}
	fmt.Fprintf(m, format, escaped...)
}

// addParts appends a text as pieces between which a line may end.
func (m *markup) addParts(text string) {
	for i, piece := range strings.SplitAfter(text, "/") {
		if i > 0 {
			m.add("<wbr>")
		}
		m.add("%s", piece)
	}
}

// escape makes a text safe in elements and in quoted attributes; + as html/template does, which made this page before.
func escape(text string) string { return strings.ReplaceAll(html.EscapeString(text), "+", "&#43;") }

// contentHash is what a content security policy knows an inline script or style by.
func contentHash(content string) string {
	sum := sha256.Sum256([]byte(content))
	return escape(base64.StdEncoding.EncodeToString(sum[:]))
}

// tiles are the counts at the top; each leads to what it counts.
func tiles(a *audit.Audit) string {
	var m markup
	tile := func(name string, n int, class, address string) {
		m.add("\n<div class=\"tile %s\"><dt>%s</dt><dd>", class, name)
		if n > 0 && address != "" {
			m.add(`<a href="%s">%s</a>`, address, thousands(n))
		} else {
			m.add("%s", thousands(n))
		}
		m.add("</dd></div>")
	}
	s := &a.Summary
	tile("errors", s.Errors, "error", pageAddress("findings", "level", "error"))
	tile("warnings", s.Warnings, "warning", pageAddress("findings", "level", "warning"))
	tile("infos", s.Infos, "info", pageAddress("findings", "level", "info"))
	if a.Since != nil {
		tile("new", a.Since.New.Len, "", pageAddress("findings", "status", "new"))
		tile("fixed", len(a.Since.Fixed), "", "")
	}
	tile("files", s.Files, "", "#files")
	tile("not readable", s.Unreadable, "", pageAddress("files", "verdict", "unreadable"))
	return m.String()
}

// levelCounts describes the bar of levels.
func levelCounts(a *audit.Audit) string {
	s := &a.Summary
	return fmt.Sprintf("%d errors, %d warnings, %d infos", s.Errors, s.Warnings, s.Infos)
}

// levelStack is the bar of levels, 1000 wide.
func levelStack(a *audit.Audit) string {
	var m markup
	s := &a.Summary
	total := max(1, s.Errors+s.Warnings+s.Infos)
	x := 0.0
	for _, part := range []struct {
		n     int
		class string
	}{{s.Errors, "error"}, {s.Warnings, "warning"}, {s.Infos, "info"}} {
		width := 1000 * float64(part.n) / float64(total)
		m.add(`<rect class="%s" x="%s" y="0" width="%s" height="14"></rect>`, part.class, decimal(x), decimal(width))
		x += width
	}
	return m.String()
}

func facts(a *audit.Audit) string {
	var m markup
	for _, line := range headline(a) {
		m.add("\n<li>%s</li>", line)
	}
	return m.String()
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

// overview is all sections of the summary.
func overview(a *audit.Audit) string {
	var m markup
	for i, s := range auditSections(a, htmlRows, true) {
		m.section("s"+strconv.Itoa(i), &s)
	}
	return m.String()
}

func (m *markup) section(id string, s *section) {
	card, kind := "card wide", "plain"
	if s.Counts {
		card, kind = "card", "bars"
	}
	m.add("\n<section class=\"%s\" aria-labelledby=\"%s\">\n<h3 id=\"%s\">%s</h3>\n", card, id, id, s.Title)
	m.add("<table class=\"%s\">\n<thead><tr>", kind)
	for i, head := range s.Columns {
		if s.number(i) {
			m.add(`<th scope="col" class="n">%s</th>`, head)
		} else {
			m.add(`<th scope="col">%s</th>`, head)
		}
	}
	if s.Counts {
		m.add(`<th scope="col" class="bar"><span class="sr">share</span></th>`)
	}
	m.add("</tr></thead>\n<tbody>")
	greatest := 1
	for _, row := range s.Rows {
		greatest = max(greatest, s.weight(row))
	}
	for _, row := range s.Rows {
		m.row(s, row, 100*float64(s.weight(row))/float64(greatest))
	}
	m.add("\n</tbody>\n</table>")
	if s.More > 0 {
		m.add("\n<p class=\"rest\">%s more; <a href=\"#%s\">see all</a></p>", strconv.Itoa(s.More), s.Table)
	}
	m.add("\n</section>")
}

// row appends a row of a section; its bar is a percentage of the longest.
func (m *markup) row(s *section, row []string, bar float64) {
	m.add("\n<tr>")
	m.rowHead(s, row[0])
	level := ""
	for i := 1; i < len(row); i++ {
		class := ""
		if s.number(i) {
			class = "n"
		}
		if s.Columns[i] == "level" {
			level = row[i]
			class += "level-" + level
		}
		m.add(`<td class="%s" data-label="%s">`, class, s.Columns[i])
		m.addParts(row[i])
		m.add("</td>")
	}
	if s.Counts {
		m.add(`<td class="bar"><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">`)
		m.add(`<rect class="%s" x="0" y="0" width="%s" height="10"></rect></svg></td>`, level, decimal(bar))
	}
	m.add("</tr>")
}

// rowHead appends the first cell of a row, with an address of the rows of the table that it names.
func (m *markup) rowHead(s *section, text string) {
	filter := ""
	for _, f := range filterColumns {
		if f.head == s.Columns[0] {
			filter = f.column
		}
	}
	m.add(`<th scope="row">`)
	if text != "(none)" && filter != "" {
		m.add(`<a href="%s">`, pageAddress(s.Table, filter, text))
		m.addParts(text)
		m.add("</a>")
	} else {
		m.addParts(text)
	}
	if filter == "rule" {
		m.add(` <a class="docs" href="%s" target="_blank" rel="noopener noreferrer" aria-label="documentation of %s">docs</a>`, render.RuleURL(text), text)
	}
	m.add("</th>")
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
