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
	More    int    // rows left out
	Table   string // the table that has them all
	Counts  bool   // the second column is a number, the others but the first, too
}

// auditSections are the parts of the summary, each of most rows; worstFirst puts rules with errors before those with more findings.
func auditSections(a *audit.Audit, most int, worstFirst bool) []section {
	t := a.Totals()
	levels := ruleLevels(a)
	tally := func(title, name, what, active, table string, list []audit.Tally) section {
		s := section{Title: title, Columns: []string{name, what, active, "files"}, Table: table, Counts: true}
		for _, x := range list {
			s.Rows = append(s.Rows, []string{x.Name, strconv.Itoa(x.Count), strconv.Itoa(x.Active), strconv.Itoa(x.Files)})
		}
		return s
	}
	rules := section{Title: "Findings by rule", Columns: []string{"rule", "findings", "level", "files"}, Table: "findings", Counts: true}
	if worstFirst {
		slices.SortStableFunc(t.Rules, func(a, b audit.Tally) int { return int(levels[b.Name]) - int(levels[a.Name]) })
	}
	for _, x := range t.Rules {
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
		if n := len(all[i].Rows); n > most {
			all[i].Rows, all[i].More = all[i].Rows[:most], n-most
		}
	}
	return all
}

// ruleLevels is the highest level that findings of each rule have.
func ruleLevels(a *audit.Audit) map[string]lint.Level {
	levels := map[string]lint.Level{}
	for _, e := range a.Entries {
		for _, f := range e.Findings {
			levels[f.Rule.Name] = max(levels[f.Rule.Name], f.Severity)
		}
	}
	return levels
}

func wider(list []audit.Tally) section {
	s := section{Title: "Tools and gateways that widen access", Columns: []string{"what it means", "settings", "files"}, Table: "access", Counts: true}
	for _, x := range list {
		s.Rows = append(s.Rows, []string{x.Name, strconv.Itoa(x.Count), strconv.Itoa(x.Files)})
	}
	return s
}

func filesByFindings(a *audit.Audit) section {
	s := section{Title: "Files with most findings", Columns: []string{"file", "errors", "warnings", "infos", "verdict"}, Table: "files", Counts: true}
	type row struct {
		entry   *audit.Entry
		e, w, i int
	}
	var rows []row
	for _, e := range a.Entries {
		if len(e.Findings) > 0 {
			r := row{entry: e}
			r.e, r.w, r.i = e.Levels()
			rows = append(rows, r)
		}
	}
	slices.SortStableFunc(rows, func(x, y row) int {
		if x.e != y.e {
			return y.e - x.e
		}
		return y.e + y.w + y.i - x.e - x.w - x.i
	})
	for _, r := range rows {
		s.Rows = append(s.Rows, []string{redact.Printable(r.entry.Path), strconv.Itoa(r.e), strconv.Itoa(r.w), strconv.Itoa(r.i), string(r.entry.Verdict)})
	}
	return s
}

// acrossFiles lists the findings of rules that compare files.
func acrossFiles(a *audit.Audit) section {
	s := section{Title: "Problems across files", Columns: []string{"place", "rule", "message"}, Table: "findings"}
	for _, e := range a.Entries {
		for _, f := range e.Findings {
			if f.Rule.Compare != nil && slices.ContainsFunc(f.Related, func(r lint.Related) bool { return r.File != "" && r.File != f.File }) {
				s.Rows = append(s.Rows, []string{render.Where(f.File, f.Start), f.Rule.Name, f.Message})
			}
		}
	}
	return s
}

func notRead(a *audit.Audit) section {
	s := section{Title: "Could not be read", Columns: []string{"file", "problem"}, Table: "files"}
	for _, e := range a.Entries {
		if e.Verdict == loong.Unreadable {
			s.Rows = append(s.Rows, []string{redact.Printable(e.Path), e.Error})
		}
	}
	return s
}

// changes lists what is new and what was fixed since the earlier audit.
func changes(a *audit.Audit) section {
	s := section{Title: "Since the earlier audit", Columns: []string{"change", "place", "level", "rule", "message"}, Table: "findings"}
	row := func(change string, f *lint.Finding) {
		s.Rows = append(s.Rows, []string{change, render.Where(f.File, f.Start), f.Severity.String(), f.Rule.Name, f.Message})
	}
	for _, e := range a.Entries {
		for _, f := range e.Findings {
			if a.Since.IsNew[f] {
				row("new", f)
			}
		}
	}
	for _, f := range a.Since.Fixed {
		row("fixed", f)
	}
	return s
}

// headline sums an audit up: files and verdicts, findings, changes, and what was not compared.
func headline(a *audit.Audit) []string {
	s := &a.Summary
	var verdicts []string
	for _, t := range a.Totals().Verdicts {
		verdicts = append(verdicts, fmt.Sprintf("%d %s", t.Count, verdictWord(t.Name, t.Count)))
	}
	lines := []string{fmt.Sprintf("%s: %s", plural(s.Files, "file"), strings.Join(verdicts, ", ")), s.String()}
	if a.Since != nil {
		lines = append(lines, fmt.Sprintf("since the earlier audit: %d new, %d fixed, %d unchanged", a.Since.New, len(a.Since.Fixed), a.Since.Unchanged))
	}
	if n := a.Unjoined(); n > 0 {
		lines = append(lines, fmt.Sprintf("%s could be guessed, so that no digest of them was made and files were not compared by them; check --batch --join-key-file compares them, too", plural(n, "literal key")))
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
