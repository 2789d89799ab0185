// Command mutate changes a package in small ways, one at a time, and tells which changes no test notices. It writes no
// file of the tree: go build is given each changed file with -overlay.
//
// Only code that the tests cover is changed. A change after which the program is the same, byte for byte, is counted
// apart, and so is one that does not compile.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
)

// provers lists the tests that prove a package, in the order in which they are run; other packages prove themselves.
var provers = map[string][]string{
	"./schema":           {"./schema", "./internal/loong"},
	"./internal/loong":   {"./internal/loong", "./rules"},
	"./internal/lint":    {"./internal/lint", "./rules", "./internal/cli"},
	"./internal/secret":  {"./internal/secret", "./internal/redact", "./internal/cli"},
	"./internal/redact":  {"./internal/redact", "./internal/cli"},
	"./internal/report":  {"./internal/report", "./internal/cli"},
	"./internal/view":    {"./internal/view", "./internal/cli", "./cmd/loonglint"},
	"./internal/cli":     {"./internal/cli", "./cmd/loonglint"},
	"./internal/audit":   {"./internal/audit", "./internal/cli"},
	"./internal/batch":   {"./internal/batch", "./internal/cli"},
	"./internal/weburl":  {"./internal/weburl", "./internal/loong"},
	"./internal/config":  {"./internal/config", "./internal/cli"},
	"./internal/suggest": {"./internal/suggest", "./rules"},
}

func main() {
	pkg := flag.String("pkg", "./internal/document", "the package to change")
	n := flag.Int("n", 30, "how many changes to try; 0 for all")
	seed := flag.Uint64("seed", 1, "chooses the sample")
	only := flag.String("file", "", "change files whose names contain this")
	tests := flag.String("tests", "", "the packages whose tests are run, instead of those in the table; with spaces between them")
	flag.Parse()
	list := provers[*pkg]
	if *tests != "" {
		list = strings.Fields(*tests)
	}
	if list == nil {
		list = []string{*pkg}
	}
	if err := run(*pkg, *only, list, *n, *seed); err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(1)
	}
}

func run(pkg, only string, tests []string, n int, seed uint64) error {
	work, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt)
	go func() {
		<-interrupted
		os.RemoveAll(work)
		os.Exit(1)
	}()
	b := &bench{work: work, tests: tests}
	all, err := b.mutants(pkg, only)
	if err != nil {
		return err
	}
	if err := b.prepare(); err != nil {
		return err
	}
	shuffle(all, seed)
	count := map[verdict]int{}
	for _, m := range all {
		if n > 0 && count[killed]+count[survived] == n {
			break
		}
		v, err := b.try(m)
		if err != nil {
			return err
		}
		count[v]++
		switch v {
		case survived:
			fmt.Printf("SURVIVED %s:%d: %s\n%s", filepath.Join(pkg, filepath.Base(m.Path)), m.Line, m.What, m.diff())
		case killed:
			fmt.Printf("killed %s:%d: %s\n", filepath.Join(pkg, filepath.Base(m.Path)), m.Line, m.What)
		}
	}
	tried := count[killed] + count[survived]
	fmt.Printf("%s, seed %d: %d of %d killed (%d %%); %d more make the same program, %d do not compile; %d changes are possible in covered code\n",
		pkg, seed, count[killed], tried, 100*count[killed]/max(tried, 1), count[same], count[broken], len(all))
	return nil
}
