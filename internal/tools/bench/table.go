package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"
)

// row is a comparison.
type row struct {
	what, than  string
	took, other time.Duration
	memory      int64 // bytes at most
	ratio       float64
	limit       float64 // 0: none
}

// add prints a row and notes whether it is above its limit.
func (b *bench) add(r *row) {
	b.rows = append(b.rows, r)
	fmt.Printf("%s: %s; %s: %s; ratio %.2f", r.what, short(r.took), r.than, short(r.other), r.ratio)
	if r.limit > 0 {
		fmt.Printf(" (limit %.1f)", r.limit)
	}
	fmt.Printf(", %d MB\n", r.memory>>20)
	if r.limit > 0 && r.ratio > r.limit {
		b.above = append(b.above, r.what)
	}
}

// short is a duration with three digits.
func short(d time.Duration) string {
	switch {
	case d < 10*time.Millisecond:
		return fmt.Sprintf("%.2f ms", d.Seconds()*1e3)
	case d < time.Second:
		return fmt.Sprintf("%.0f ms", d.Seconds()*1e3)
	}
	return fmt.Sprintf("%.2f s", d.Seconds())
}

// table is all rows in Markdown.
func (b *bench) table() string {
	var t strings.Builder
	t.WriteString("| loonglint checks | takes | compared with | takes | ratio | limit | memory |\n|---|--:|---|--:|--:|--:|--:|\n")
	for _, r := range b.rows {
		limit := ""
		if r.limit > 0 {
			limit = fmt.Sprintf("%.1f", r.limit)
		}
		fmt.Fprintf(&t, "| %s | %s | %s | %s | %.2f | %s | %d MB |\n", r.what, short(r.took), r.than, short(r.other), r.ratio, limit, r.memory>>20)
	}
	return t.String()
}

// brief is a row for each input: what loonglint takes, and what the other linters take that are installed.
func (b *bench) brief() string {
	var t strings.Builder
	t.WriteString("| | loonglint | memory |")
	for _, name := range b.tools {
		t.WriteString(" " + name + " |")
	}
	t.WriteString("\n|---|--:|--:|" + strings.Repeat("--:|", len(b.tools)) + "\n")
	for _, in := range b.inputs {
		own := b.row(in.what, "")
		fmt.Fprintf(&t, "| %s | %s | %d MB |", in.what, short(own.took), own.memory>>20)
		for _, name := range b.tools {
			fmt.Fprintf(&t, " %s |", short(b.row(in.what, name).other))
		}
		t.WriteByte('\n')
	}
	return t.String()
}

// row finds the comparison of an input with a program; the first one for "".
func (b *bench) row(what, than string) *row {
	i := slices.IndexFunc(b.rows, func(r *row) bool { return r.what == what && (than == "" || r.than == than) })
	return b.rows[i]
}

// A document has the whole table between the first and the last of these, or the brief one between the
// second and the last.
const begin, beginBrief, end = "<!-- bench -->\n", "<!-- bench: brief -->\n", "<!-- /bench -->\n"

// write replaces the table of a document, with the command and the machine.
func (b *bench) write(path, cmd string) error {
	old, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	machine := fmt.Sprintf("%s, %d processors, %s/%s, %s", processor(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version())
	marker, text := begin, fmt.Sprintf("`%s` on %s:\n\n%s", cmd, machine, b.table())
	if bytes.Contains(old, []byte(beginBrief)) {
		marker, text = beginBrief, fmt.Sprintf("Medians on %s:\n\n%s", machine, b.brief())
	}
	from, to := bytes.Index(old, []byte(marker)), bytes.Index(old, []byte(end))
	if from < 0 || to < from {
		return fmt.Errorf("%s: has no %s… %s", path, strings.TrimSpace(marker), strings.TrimSpace(end))
	}
	out := append(bytes.Clone(old[:from+len(marker)]), text...)
	return os.WriteFile(path, append(out, old[to:]...), 0o644) //nolint:gosec // a document
}

// processor is what the machine calls its processor, where that can be told.
func processor() string {
	text, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(text)) {
		if name, ok := strings.CutPrefix(line, "model name"); ok {
			return strings.TrimSpace(strings.TrimLeft(name, " \t:"))
		}
	}
	return "a processor without a name"
}
