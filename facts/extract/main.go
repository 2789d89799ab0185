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
	"slices"
	"strings"
)

type options struct {
	loong, rev string // the checkout, and the commit of it to ask
	work       string // where the program is built
	root       string // of this module
	write      bool   // write the version into the facts
	probes     bool   // only compare probes of checks with loonglint
	report     string // where the report is written besides the output; the end of it with probes
	read       string // entries that were read at this commit, in place of the report
	fuzz       int    // how many files are changed at random, in place of the report
	seed       uint64
}

func main() {
	var o options
	flag.StringVar(&o.loong, "loong", "", "`folder` of a checkout or bare clone of Loong")
	flag.StringVar(&o.rev, "rev", "HEAD", "`commit` to ask")
	flag.StringVar(&o.work, "work", filepath.Join(os.TempDir(), "loonglint-facts"), "`folder` for the copy and the build; kept, so that a later run is fast")
	flag.StringVar(&o.root, "root", ".", "`folder` of this module")
	flag.StringVar(&o.report, "report", "", "write the report to this `file`, too")
	flag.BoolVar(&o.write, "write", false, "write the version into the facts")
	flag.BoolVar(&o.probes, "probes", false, "only compare probes of checks with loonglint, which is to be done after go generate")
	flag.StringVar(&o.read, "read", "", "note the source files of these `entries` of facts/sources.json as read at this commit; new: of those not in it")
	flag.IntVar(&o.fuzz, "fuzz", 0, "compare this `number` of recorded files, changed at random, and nothing else")
	flag.Uint64Var(&o.seed, "seed", 1, "`number` that decides how they are changed")
	flag.Parse()
	differs, err := run(&o, os.Stdout)
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "extract:", err)
		os.Exit(2)
	case differs && !o.write:
		os.Exit(1)
	}
}

// run does all and reports to out whether something differs from what is recorded.
func run(o *options, out io.Writer) (differs bool, err error) {
	if o.loong == "" {
		return false, errors.New("which checkout? make facts LOONG=/path/to/checkout")
	}
	p, err := build(o, os.Stderr)
	if err != nil {
		return false, err
	}
	if o.report != "" {
		mode := os.O_TRUNC
		if o.probes {
			mode = os.O_APPEND
		}
		f, err := os.OpenFile(o.report, os.O_CREATE|os.O_WRONLY|mode, 0o644) //nolint:gosec // for people to read
		if err != nil {
			return false, err
		}
		defer f.Close()
		out = io.MultiWriter(out, f)
	}
	r := &report{out: out}
	switch {
	case o.fuzz > 0:
		err = p.fuzz(r, filepath.Join(o.root, recordings), o.fuzz, o.seed)
	case o.read != "":
		hashes, texts, failed := sourceHashes(p.copied)
		if failed != nil {
			return false, failed
		}
		var names []string
		if o.read != "new" {
			names = strings.Split(o.read, ",")
		}
		err = markRead(o.root, names, hashes, texts)
	case o.probes:
		s, _, failed := p.structure(filepath.Join(o.root, "facts"))
		if failed != nil {
			return false, failed
		}
		err = p.probes(r, s)
	default:
		err = p.all(r, o)
	}
	return r.differs, err
}

// all compares everything with what is recorded, and writes it down if that is asked for.
func (p *program) all(r *report, o *options) error {
	v, err := describe(o, p)
	if err != nil {
		return err
	}
	fmt.Fprintf(r.out, "# %s\n", v.title())
	s, found, err := p.structure(filepath.Join(o.root, "facts"))
	if err != nil {
		return err
	}
	versions, err := readVersions(o.root)
	if err != nil {
		return err
	}
	before := v.tag
	if versions.lines[before] == nil {
		before = versions.facts.newest()
	}
	old, err := versions.model(before)
	if err != nil {
		return err
	}
	r.compare(fmt.Sprintf("Structure, words, kinds and channels, against %s (%.7s)", targetName(before), commitOf(versions.facts, before)), old.lines, found)
	if o.write {
		byHand, err := versions.refresh(v, found)
		if err != nil {
			return err
		}
		if before == v.tag && slices.Equal(slices.Sorted(slices.Values(old.lines)), slices.Sorted(slices.Values(found))) {
			byHand = nil // it was said when this was written first
		}
		r.list("What the tables cannot say, or the program not tell", "Nothing.", byHand)
		if err := versions.write(); err != nil {
			return err
		}
	}
	entries, err := readSources(o.root)
	if err != nil {
		return err
	}
	hashes, _, err := sourceHashes(p.copied)
	if err != nil {
		return err
	}
	sourceReport(r, entries, hashes)
	texts, err := entryTexts(o.root)
	if err != nil {
		return err
	}
	if names := unlisted(entries, texts); names != nil {
		fmt.Fprintf(r.out, "\nNo source files are noted for %s; `make facts-read ENTRY=new` does that.\n", strings.Join(names, ", "))
	}
	rows := &rowUpdate{program: p, version: v, known: slices.Contains(versions.facts.tags(), v.tag), write: o.write}
	if err := rows.compare(r, filepath.Join(o.root, recordings)); err != nil {
		return err
	}
	if !o.write {
		return p.probes(r, s)
	}
	docs := newModel(old.root, found).documents(old, versions.facts)
	added, err := rows.add(filepath.Join(o.root, recordings), docs)
	if err == nil {
		fmt.Fprintf(r.out, "%d rows were recorded about what came, went or changed.\n", added)
	}
	return err
}

// What a run leaves in the repository, which the ordinary tests hold the facts to.
const (
	structureFile = "facts/extract/testdata/structure.txt"
	recordings    = "fixtures/loong"
)
