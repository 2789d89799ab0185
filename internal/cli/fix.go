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

func (k *checkRun) checkFixFlags() error {
	if wanted, _ := k.fixing(); wanted && !k.cmd.Bool("diff") && slices.Contains(k.cmd.Args().Slice(), stdinPath) {
		return usagef("stdin cannot be repaired in place; --diff shows the repairs")
	}
	return nil
}

// fix repairs the files and checks them again, or prints what it would do.
func (k *checkRun) fix() error {
	wanted, unsafe := k.fixing()
	if !wanted {
		return nil
	}
	repaired, changed := 0, 0
	var failure error
	for i, r := range k.results {
		if !slices.ContainsFunc(r.Findings, func(f *lint.Finding) bool { return f.Fixable(unsafe) }) {
			continue
		}
		fixes, err := k.fixFile(k.input(k.results[i].Path), unsafe)
		if err != nil {
			k.note("%v", err)
			failure = exitWith(statusFailure)
			continue
		}
		if fixes > 0 {
			repaired, changed = repaired+fixes, changed+1
		}
	}
	if failure != nil {
		return failure
	}
	if k.cmd.Bool("diff") {
		k.out.silent = true
		k.noteLeft("left for --unsafe-fixes", func(f *lint.Finding) bool { return !f.Fixable(unsafe) })
		return nil
	}
	if changed > 0 {
		k.note("repaired %s in %s", count(repaired, "finding"), count(changed, "file"))
		k.run()
	}
	k.noteLeft("left for --unsafe-fixes", func(f *lint.Finding) bool { return !f.Fixable(unsafe) })
	again := "left for another run"
	if changed == 0 {
		again = "left, for other mistakes in the file must go first"
	}
	k.noteLeft(again, func(f *lint.Finding) bool { return f.Fixable(unsafe) })
	return nil
}

// noteLeft names the rules of findings whose repair was not made.
func (k *checkRun) noteLeft(why string, left func(*lint.Finding) bool) {
	counts := map[string]int{}
	for _, r := range k.results {
		for _, f := range r.Findings {
			if f.Fix() != nil && left(f) {
				counts[f.Rule.Name]++
			}
		}
	}
	if len(counts) == 0 {
		return
	}
	var names []string
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		names = append(names, fmt.Sprintf("%s (%d)", name, counts[name]))
	}
	k.note("%s: %s", why, strings.Join(names, ", "))
}

func (k *checkRun) input(path string) *lint.Input {
	i := slices.IndexFunc(k.inputs, func(in lint.Input) bool { return in.Path == path })
	return &k.inputs[i]
}

// fixFile reads a file again, repairs it, and writes it or prints the difference. It returns the
// number of findings repaired.
func (k *checkRun) fixFile(in *lint.Input, unsafe bool) (int, error) {
	src, err := in.Read()
	if err != nil {
		return 0, fmt.Errorf("%s: %w", in.Path, err)
	}
	options := *k.runner.Options
	options.NoLines = true
	before, after, repaired, err := lint.Alone(&options).Repair(in.Path, src, k.runner.Environment, unsafe)
	if err != nil {
		return 0, fmt.Errorf("%s: repairing: %w", in.Path, err)
	}
	n := len(repaired)
	if n == 0 {
		return 0, nil
	}
	if k.cmd.Bool("diff") {
		_, err := k.stdout.Write(difference(before, after))
		return n, err
	}
	if err := files.Rewrite(in.Path, after.Source); err != nil {
		return 0, fmt.Errorf("writing %w", err)
	}
	return n, nil
}

// difference is a unified diff without the secrets of either side.
func difference(before, after *document.Document) []byte {
	name := redact.Printable(filepath.ToSlash(before.Name))
	old := redact.Of(before)
	text := diff.Diff(name, shown(before, old), name, shown(after, old))
	_, unified, _ := bytes.Cut(text, []byte{'\n'}) // a line with both names goes ahead
	return unified
}

// shown is a document's text without its secrets and those of the document before a repair, line
// by line so that lines keep their numbers.
func shown(d *document.Document, old *redact.Document) []byte {
	var b bytes.Buffer
	at := 0
	secrets := redact.Of(d)
	for _, s := range secrets.Spans {
		if s.Start < at {
			continue
		}
		b.Write(d.Source[at:s.Start])
		b.WriteString(redact.Mask + strings.Repeat("\n"+redact.Mask, strings.Count(string(d.Source[s.Start:s.End]), "\n")))
		at = s.End
	}
	b.Write(d.Source[at:])
	var out bytes.Buffer
	for line := range strings.Lines(b.String()) {
		text, end := strings.CutSuffix(line, "\n")
		out.WriteString(old.Text(secrets.Text(strings.TrimSuffix(text, "\r"))))
		if end {
			out.WriteByte('\n')
		}
	}
	return out.Bytes()
}
