package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

// row is a comparison.
type row struct {
	what, than string
	cpu, other time.Duration // of processors; of both alike elapsed time, where a program only starts
	took       time.Duration // elapsed
	memory     int64         // bytes at most
	ratio      float64
	limit      float64 // of the ratio; 0: none
	most       int64   // of the memory; 0: no limit
}

// add prints a row and notes whether it is above its limits.
func (b *bench) add(r *row) {
	b.rows = append(b.rows, r)
	fmt.Printf("%s: %s (%s elapsed); %s: %s; ratio %.2f", r.what, short(r.cpu), short(r.took), r.than, short(r.other), r.ratio)
	if r.limit > 0 {
		fmt.Printf(" (limit %.2f)", r.limit)
	}
	fmt.Printf(", %s\n", r.megabytes())
	if r.limit > 0 && r.ratio > r.limit {
		b.above = append(b.above, r.what)
	}
	if r.most > 0 && r.memory > r.most {
		b.above = append(b.above, "memory for "+r.what)
	}
}

// megabytes is the memory, with its limit.
func (r *row) megabytes() string {
	text := fmt.Sprintf("%d MB", r.memory>>20)
	if r.most > 0 {
		text += fmt.Sprintf(" of %d", r.most>>20)
	}
	return text
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
	t.WriteString("| loonglint | processor | elapsed | compared with | processor | ratio | limit | memory |\n|---|--:|--:|---|--:|--:|--:|--:|\n")
	for _, r := range b.rows {
		limit := ""
		if r.limit > 0 {
			limit = fmt.Sprintf("%.2f", r.limit)
		}
		fmt.Fprintf(&t, "| %s | %s | %s | %s | %s | %.2f | %s | %s |\n", r.what, short(r.cpu), short(r.took), r.than, short(r.other), r.ratio, limit, r.megabytes())
	}
	if len(b.counts) > 0 {
		t.WriteString("\n| one process | million instructions |\n|---|--:|\n")
		for _, c := range b.counts {
			fmt.Fprintf(&t, "| %s | %.2f |\n", c.what, float64(c.n)/1e6)
		}
	}
	return t.String()
}

// A document has the table between these.
const begin, end = "<!-- bench -->\n", "<!-- /bench -->\n"

// write replaces the table of a document, with the command and the machine.
func (b *bench) write(path, cmd string) error {
	old, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	machine := fmt.Sprintf("%s, %d processors, %s/%s, %s", processor(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version())
	text := fmt.Sprintf("`%s` on %s:\n\n%s", cmd, machine, b.table())
	from, to := bytes.Index(old, []byte(begin)), bytes.Index(old, []byte(end))
	if from < 0 || to < from {
		return fmt.Errorf("%s: has no %s… %s", path, strings.TrimSpace(begin), strings.TrimSpace(end))
	}
	out := append(bytes.Clone(old[:from+len(begin)]), text...)
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
