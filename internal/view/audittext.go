package view

import (
	"encoding/csv"
	"io"
	"slices"
	"strings"

	"github.com/clipperhouse/displaywidth"

	"github.com/loonglint/loonglint/internal/audit"
	"github.com/loonglint/loonglint/internal/render"
)

// The rows that each part of a summary shows.
const (
	textRows     = 12
	markdownRows = 20
)

// AuditText writes the summary for a terminal.
func AuditText(w io.Writer, a *audit.Audit, color bool) error {
	l := newLineWriter(w)
	p := render.NewPaint(color)
	for _, line := range headline(a) {
		l.text(render.In(p.Bold, line) + "\n")
	}
	for _, s := range auditSections(a, textRows, false) {
		l.text("\n" + render.In(p.Bold, s.Title) + "\n")
		writeColumns(l, s.Columns, s.Rows, s.Counts)
		if s.More > 0 {
			l.printf("  … and %d more: --table %s\n", s.More, s.Table)
		}
	}
	return l.flush()
}

// writeColumns writes rows below their heads; counts are set to the right.
func writeColumns(l *lineWriter, columns []string, rows [][]string, counts bool) {
	const widest = 60
	widths := make([]int, len(columns))
	for _, row := range append([][]string{columns}, rows...) {
		for i, cell := range row {
			widths[i] = max(widths[i], min(displaywidth.String(cell), widest))
		}
	}
	right := func(i int) bool {
		return counts && i > 0 && !slices.ContainsFunc(rows, func(r []string) bool { return strings.Trim(r[i], "0123456789") != "" })
	}
	for _, row := range append([][]string{columns}, rows...) {
		line := " "
		for i, cell := range row {
			space := strings.Repeat(" ", max(0, widths[i]-displaywidth.String(cell)))
			if right(i) {
				line += " " + space + cell
			} else {
				line += " " + cell + space
			}
			line += " "
		}
		l.text(strings.TrimRight(line, " ") + "\n")
	}
}

// AuditMarkdown writes the summary for a pull request or a ticket.
func AuditMarkdown(w io.Writer, a *audit.Audit) error {
	l := newLineWriter(w)
	l.text("# Audit of Loong configurations\n\n")
	for _, line := range headline(a) {
		l.text("- " + line + "\n")
	}
	for _, s := range auditSections(a, markdownRows, false) {
		l.text("\n## " + s.Title + "\n\n")
		markdownTable(l, s.Columns, s.Rows)
		if s.More > 0 {
			l.printf("\n… and %d more (`--table %s`)\n", s.More, s.Table)
		}
	}
	return l.flush()
}

func markdownTable(l *lineWriter, columns []string, rows [][]string) {
	l.text("| " + strings.Join(columns, " | ") + " |\n|" + strings.Repeat(" --- |", len(columns)) + "\n")
	for _, row := range rows {
		l.text("|")
		for _, cell := range row {
			l.text(" " + markdownText(cell) + " |")
		}
		l.text("\n")
	}
}

// markdownText makes a text of the user's plain: what is not a plain word is in a code span,
// where nothing is markup, a link or a mention.
func markdownText(s string) string {
	plain := func(r rune) bool {
		return r == ' ' || r == ',' || r == ':' || r == '(' || r == ')' || '0' <= r && r <= '9' || 'a' <= r|0x20 && r|0x20 <= 'z'
	}
	if strings.IndexFunc(s, func(r rune) bool { return !plain(r) }) < 0 {
		return s
	}
	s = strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, s)
	fence := "`"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	pad := ""
	if len(fence) > 1 {
		pad = " "
	}
	return fence + pad + strings.ReplaceAll(s, "|", `\|`) + pad + fence
}

// AuditTable writes a table of an audit in a format: text, markdown, csv or json.
func AuditTable(w io.Writer, a *audit.Audit, t *audit.Only, format string) error {
	switch format {
	case "csv":
		return auditCSV(w, a, t)
	case "json":
		return auditRows(w, a, t)
	}
	var rows [][]string
	for row := range t.Rows(a) {
		rows = append(rows, slices.Clone(row))
	}
	l := newLineWriter(w)
	if format == "markdown" {
		markdownTable(l, t.Columns, rows)
	} else {
		writeColumns(l, t.Columns, rows, false)
	}
	return l.flush()
}

// auditCSV writes RFC 4180 with line ends as most programs take them.
func auditCSV(w io.Writer, a *audit.Audit, t *audit.Only) error {
	c := csv.NewWriter(w)
	if err := c.Write(t.Columns); err != nil {
		return err
	}
	cells := make([]string, len(t.Columns))
	for row := range t.Rows(a) {
		for i, cell := range row {
			cells[i] = csvCell(cell)
		}
		if err := c.Write(cells); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// csvCell keeps spreadsheets from running a text as a formula.
func csvCell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

// auditRows writes one object a line, with the columns as keys in their order.
func auditRows(w io.Writer, a *audit.Audit, t *audit.Only) error {
	l := newLineWriter(w)
	for row := range t.Rows(a) {
		for i, cell := range row {
			l.text(map[bool]string{true: "{", false: ","}[i == 0])
			l.value(t.Columns[i])
			l.text(":")
			l.value(cell)
		}
		l.text("}\n")
	}
	return l.flush()
}
