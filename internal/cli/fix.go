package cli

import (
	"bytes"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/urfave/cli/v3"

	"github.com/loonglint/loonglint/internal/document"
	"github.com/loonglint/loonglint/internal/files"
	"github.com/loonglint/loonglint/internal/lint"
	"github.com/loonglint/loonglint/internal/redact"
)

func fixFlags() []cli.Flag {
	return []cli.Flag{
		&cli.BoolFlag{Name: "fix", Usage: "repair what has a safe repair, then report the rest"},
		&cli.BoolFlag{Name: "unsafe-fixes", Usage: "repair also where the file may then mean something else"},
		&cli.BoolFlag{Name: "diff", Usage: "print the repairs as a diff and change nothing"},
	}
}

// fixing reports whether repairs are wanted, and which.
func (k *checkRun) fixing() (wanted, unsafe bool) {
	unsafe = k.cmd.Bool("unsafe-fixes")
	return k.cmd.Bool("fix") || unsafe || k.cmd.Bool("diff"), unsafe
}

// prepareFix sets up what is repaired.
func (k *checkRun) prepareFix() error {
	wanted, unsafe := k.fixing()
	if !wanted {
		return nil
	}
	k.runner.Repair = &lint.Repair{Unsafe: unsafe, Write: files.Rewrite}
	if !k.cmd.Bool("diff") {
		if slices.Contains(k.cmd.Args().Slice(), stdinPath) {
			return usagef("stdin cannot be repaired in place; --diff shows the repairs")
		}
		return nil
	}
	k.runner.Repair.Write, k.runner.Repair.Diff = nil, difference
	k.out.silent = true
	return nil
}

// repairs tells what became of the findings that have a fix.
type repairs struct {
	findings, files int            // that were repaired
	failures        []string       // why some were not
	unsafe, later   map[string]int // findings that are left, by rule: for --unsafe-fixes, and for another run
}

// countRepairs adds a file to the repairs, and hands over what it adds to the diff.
func (k *checkRun) countRepairs(r *lint.FileResult) {
	repair, c := k.runner.Repair, &k.repairs
	if repair == nil {
		return
	}
	if done := r.Repaired; done != nil {
		if done.Findings > 0 {
			c.findings, c.files = c.findings+done.Findings, c.files+1
		}
		if done.Err != nil {
			c.failures = append(c.failures, done.Err.Error())
		}
	}
	if c.unsafe == nil {
		c.unsafe, c.later = map[string]int{}, map[string]int{}
	}
	for _, f := range r.Findings {
		switch {
		case f.Fix() == nil:
		case f.Fixable(repair.Unsafe):
			c.later[f.Rule.Name]++
		default:
			c.unsafe[f.Rule.Name]++
		}
	}
}

// tellRepairs says what was repaired and what is left.
func (k *checkRun) tellRepairs() {
	c := &k.repairs
	for _, line := range c.failures {
		k.note("%s", line)
		k.broken = true
	}
	written := k.runner.Repair != nil && k.runner.Repair.Write != nil
	if written && c.files > 0 {
		k.note("repaired %s in %s", count(c.findings, "finding"), count(c.files, "file"))
	}
	k.noteLeft("left for --unsafe-fixes", c.unsafe)
	switch {
	case !written:
	case c.files > 0:
		k.noteLeft("left for another run", c.later)
	default:
		k.noteLeft("left, for other mistakes in the file must go first", c.later)
	}
}

// noteLeft names the rules of findings whose repair was not made.
func (k *checkRun) noteLeft(why string, counts map[string]int) {
	if len(counts) == 0 {
		return
	}
	var names []string
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		names = append(names, fmt.Sprintf("%s (%d)", name, counts[name]))
	}
	k.note("%s: %s", why, strings.Join(names, ", "))
}

// difference is a unified diff without the secrets of either side.
func difference(before, after *document.Document) []byte {
	name := redact.Printable(filepath.ToSlash(before.Name))
	old := redact.Of(before)
	shown := func(src []byte) []byte { return bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n")) }
	text := diff.Diff(name, shown(old.Source(before)), name, shown(redact.Of(after).Source(after, old)))
	_, unified, _ := bytes.Cut(text, []byte{'\n'}) // a line with both names goes ahead
	return unified
}
