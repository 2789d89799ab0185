// Command extract asks a checkout of Loong for the facts that loonglint rests on: it builds the part of the program that
// loads a config, asks it for its structure, words, kinds and channels, sends the recorded files and a set of probes
// through it, and reports what differs. The checkout is only read. It needs git and Cargo.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

type options struct {
	loong, rev string // the checkout, and the commit of it to ask
	work       string // where the program is built
	root       string // of this module
	write      bool   // record the structure and the sources
	rows       string // where rows that differ are written, with the new results
	fuzz       int    // how many files are changed at random, in place of the report
	seed       uint64
}

func main() {
	var o options
	flag.StringVar(&o.loong, "loong", "", "`folder` of a checkout or bare clone of Loong")
	flag.StringVar(&o.rev, "rev", "HEAD", "`commit` to ask")
	flag.StringVar(&o.work, "work", filepath.Join(os.TempDir(), "loonglint-facts"), "`folder` for the copy and the build; kept, so that a later run is fast")
	flag.StringVar(&o.root, "root", ".", "`folder` of this module")
	flag.StringVar(&o.rows, "rows", "", "write recorded rows whose results differ to this `file`, with the new results")
	flag.BoolVar(&o.write, "write", false, "record the structure and the sources found")
	flag.IntVar(&o.fuzz, "fuzz", 0, "compare this `number` of recorded files, changed at random, and nothing else")
	flag.Uint64Var(&o.seed, "seed", 1, "`number` that decides how they are changed")
	flag.Parse()
	differs, err := run(&o, os.Stdout)
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "extract:", err)
		os.Exit(2)
	case differs:
		os.Exit(1)
	}
}

// run does all and reports to out whether something differs from what is recorded.
func run(o *options, out io.Writer) (differs bool, err error) {
	if o.loong == "" {
		return false, errors.New("which checkout? make facts LOONG=/path/to/checkout")
	}
	p, err := build(o, out)
	if err != nil {
		return false, err
	}
	r := &report{out: out}
	fmt.Fprintf(out, "Loong at %s\n", p.commit)
	fixtures := filepath.Join(o.root, "fixtures", "loong")
	if o.fuzz > 0 {
		err := p.fuzz(r, fixtures, o.fuzz, o.seed)
		return r.differs, err
	}
	shapes, found, err := p.structure(filepath.Join(o.root, "facts"))
	if err != nil {
		return false, err
	}
	for _, part := range []struct {
		file  string
		lines []string
		title string
	}{
		{structureFile, found, "Structure, words, kinds and channels"},
		{sourcesFile, p.sources, "Source files that hand-written facts rest on"},
	} {
		path := filepath.Join(o.root, part.file)
		old, err := os.ReadFile(path)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return false, err
		}
		r.compare(part.title, strings.Split(strings.TrimSpace(string(old)), "\n"), part.lines)
		if o.write {
			if err := os.WriteFile(path, []byte(strings.Join(part.lines, "\n")+"\n"), 0o644); err != nil { //nolint:gosec // a file of the repository
				return false, err
			}
		}
	}
	if err := p.probes(r, shapes); err != nil {
		return false, err
	}
	err = p.recorded(r, fixtures, o.rows)
	return r.differs, err
}

// What a run leaves in the repository, which the ordinary tests hold the facts to.
const (
	structureFile = "facts/extract/testdata/structure.txt"
	sourcesFile   = "facts/extract/testdata/sources.txt"
)
