package view

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/loonglint/loonglint/internal/audit"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/redact"
	"github.com/loonglint/loonglint/internal/render"
)

// section is a part of an audit's summary: a table with its greatest rows.
type section struct {
	Title   string
	Columns []string
	Rows    [][]string
	Len     int    // of the whole list; 0: all rows are there
	More    int    // rows left out
	Table   string // the table that has them all
	Counts  bool   // the second column is a number, the others but the first, too
}

// auditSections are the parts of the summary, each of most rows; worstFirst puts rules with errors before those with more findings.
func auditSections(a *audit.Audit, most int, worstFirst bool) []section {
	t, levels := a.Totals, a.Levels
	tally := func(title, name, what, active, table string, list []audit.Tally) section {
		s := section{Title: title, Columns: []string{name, what, active, "files"}, Table: table, Counts: true}
		for _, x := range list {
			s.Rows = append(s.Rows, []string{x.Name, strconv.Itoa(x.Count), strconv.Itoa(x.Active), strconv.Itoa(x.Files)})
		}
		return s
	}
	rules := section{Title: "Findings by rule", Columns: []string{"rule", "findings", "level", "files"}, Table: "findings", Counts: true}
	byRule := slices.Clone(t.Rules)
	if worstFirst {
		slices.SortStableFunc(byRule, func(a, b audit.Tally) int { return int(levels[b.Name]) - int(levels[a.Name]) })
	}
	for _, x := range byRule {
		rules.Rows = append(rules.Rows, []string{x.Name, strconv.Itoa(x.Count), levels[x.Name].String(), strconv.Itoa(x.Files)})
	}
	all := []section{
		rules, filesByFindings(a), acrossFiles(a), notRead(a),
		tally("Provider kinds", "kind", "profiles", "active", "profiles", t.Kinds),
		tally("Hosts", "host", "profiles", "active", "profiles", t.Hosts),
		tally("Models", "model", "profiles", "active", "profiles", t.Models),
		tally("Where credentials come from", "source", "credentials", "in use", "credentials", t.Sources),
		tally("Variables", "variable", "credentials", "in use", "credentials", t.Variables),
		tally("Channels", "channel", "accounts", "enabled", "channels", t.Channels),
		wider(t.Access),
	}
	if a.Since != nil {
		all = append([]section{changes(a)}, all...)
	}
	all = slices.DeleteFunc(all, func(s section) bool { return len(s.Rows) == 0 })
	for i := range all {
		s := &all[i]
		n := max(s.Len, len(s.Rows))
		s.Rows = s.Rows[:min(most, len(s.Rows))]
		s.More = n - len(s.Rows)
	}
	return all
}

func wider(list []audit.Tally) section {
	s := section{Title: "Tools and gateways that widen access", Columns: []string{"what it means", "settings", "files"}, Table: "access", Counts: true}
	for _, x := range list {
		s.Rows = append(s.Rows, []string{x.Name, strconv.Itoa(x.Count), strconv.Itoa(x.Files)})
	}
	return s
}

func filesByFindings(a *audit.Audit) section {
	s := section{Title: "Files with most findings", Columns: []string{"file", "errors", "warnings", "infos", "verdict"}, Table: "files", Counts: true, Len: a.Worst.Len}
	for _, c := range a.Worst.First {
		s.Rows = append(s.Rows, []string{redact.Printable(c.Path), strconv.Itoa(c.Errors), strconv.Itoa(c.Warnings), strconv.Itoa(c.Infos), c.Verdict})
	}
	return s
}

// acrossFiles lists the findings of rules that compare files.
func acrossFiles(a *audit.Audit) section {
	s := section{Title: "Problems across files", Columns: []string{"place", "rule", "message"}, Table: "findings", Len: a.Across.Len}
	for _, f := range a.Across.First {
		s.Rows = append(s.Rows, []string{render.Where(f.File, f.Start), f.Rule.Name, f.Message})
	}
	return s
}

func notRead(a *audit.Audit) section {
	s := section{Title: "Could not be read", Columns: []string{"file", "problem"}, Table: "files", Len: a.Unread.Len}
	for _, u := range a.Unread.First {
		s.Rows = append(s.Rows, []string{redact.Printable(u.Path), u.Error})
	}
	return s
}

// changes lists what is new and what was fixed since the earlier audit.
func changes(a *audit.Audit) section {
	s := section{Title: "Since the earlier audit", Columns: []string{"change", "place", "level", "rule", "message"}, Table: "findings",
		Len: a.Since.New.Len + len(a.Since.Fixed)}
	row := func(change string, f *lint.Finding) {
		s.Rows = append(s.Rows, []string{change, render.Where(f.File, f.Start), f.Severity.String(), f.Rule.Name, f.Message})
	}
	for _, f := range a.Since.New.First {
		row("new", f)
	}
	for _, f := range a.Since.Fixed[:min(audit.Shown, len(a.Since.Fixed))] {
		row("fixed", f)
	}
	return s
}

// headline sums an audit up: files and verdicts, findings, changes, and what was not compared.
func headline(a *audit.Audit) []string {
	s := &a.Summary
	var verdicts []string
	for _, t := range a.Totals.Verdicts {
		verdicts = append(verdicts, fmt.Sprintf("%d %s", t.Count, verdictWord(t.Name, t.Count)))
	}
	lines := []string{fmt.Sprintf("%s: %s", plural(s.Files, "file"), strings.Join(verdicts, ", ")), s.String()}
	if a.Since != nil {
		lines = append(lines, fmt.Sprintf("since the earlier audit: %d new, %d fixed, %d unchanged", a.Since.New.Len, len(a.Since.Fixed), a.Since.Unchanged))
	}
	if n := a.Unjoined; n > 0 {
		lines = append(lines, fmt.Sprintf("%s could be guessed, so that no digest of them was made and files were not compared by them; audit --batch --join-key-file compares them, too", plural(n, "literal key")))
	}
	return lines
}

func verdictWord(verdict string, n int) string {
	switch {
	case n != 1 && verdict == string(loong.Loads):
		return "load"
	case n != 1 && verdict == string(loong.Crashes):
		return "crash"
	}
	return verdict
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
