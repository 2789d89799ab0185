// Command mutate changes a package in small ways, one at a time, and tells which changes no test notices. It writes no
// file of the tree: go build is given each changed file with -overlay.
//
// Only code that the tests run is changed. A change after which the compiler makes the same instructions is counted apart,
// and so is one that equivalent.txt lists, because somebody read the code and found that it does the same. One program has
// many changes, which a file switches on one at a time; a change that cannot be in such a program is left out.
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
	"./internal/document": {"./internal/document", "./internal/loong"},
	"./schema":            {"./schema", "./internal/loong"},
	"./internal/loong":    {"./internal/loong", "./rules"},
	"./internal/lint":     {"./internal/lint", "./rules", "./internal/cli"},
	"./internal/secret":   {"./internal/secret", "./internal/redact", "./internal/cli"},
	"./internal/redact":   {"./internal/redact", "./internal/cli"},
	"./internal/report":   {"./internal/report", "./internal/cli"},
	"./internal/view":     {"./internal/view", "./internal/cli", "./cmd/loonglint"},
	"./internal/cli":      {"./internal/cli", "./cmd/loonglint"},
	"./internal/audit":    {"./internal/audit", "./internal/cli"},
	"./internal/batch":    {"./internal/batch", "./internal/cli"},
	"./internal/weburl":   {"./internal/weburl", "./internal/loong"},
	"./internal/settings": {"./internal/settings", "./internal/cli", "./cmd/loonglint"},
	"./internal/suggest":  {"./internal/suggest", "./rules"},
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
	b := &bench{work: work, pkg: pkg, only: only, tests: tests}
	all, err := b.find()
	if err != nil {
		return err
	}
	shuffle(all, seed)
	possible, count := len(all), map[verdict]int{}
	tried := func() int { return count[killed] + count[survived] }
	for len(all) > 0 && (n == 0 || tried() < n) {
		size := 200
		if n > 0 { // and some more, because some cannot be tried
			size = (n-tried())*4/3 + 4
		}
		next := all[:min(len(all), size)]
		all = all[len(next):]
		for len(next) > 0 {
			if next, err = b.judge(next, n, count); err != nil {
				return err
			}
		}
	}
	fmt.Printf("%s, seed %d: %d of %d killed (%d %%); of %d possible changes %d more were looked at: %d are equivalent, %d in code that no test runs, %d do not compile\n",
		pkg, seed, count[killed], tried(), 100*count[killed]/max(tried(), 1), possible,
		count[equivalent]+count[unreached]+count[refused], count[equivalent], count[unreached], count[refused])
	return nil
}

// judge tries changes until n are tried in all, prints what became of them and counts it. It returns those that no
// program could have together with these.
func (b *bench) judge(list []*mutant, n int, count map[verdict]int) ([]*mutant, error) {
	in, left, err := b.build(list)
	if err != nil {
		return nil, err
	}
	count[refused] += len(list) - len(left) - len(in)
	reached, err := b.measure(in)
	if err != nil {
		return nil, err
	}
	for i, m := range in {
		if n > 0 && count[killed]+count[survived] == n {
			return nil, nil
		}
		v, err := b.try(i, reached)
		if err != nil {
			return nil, err
		}
		if v == survived {
			same := knownEquivalent(m)
			if !same {
				if same, err = b.same(m); err != nil {
					return nil, err
				}
			}
			if same {
				v = equivalent
			}
		}
		count[v]++
		place := fmt.Sprintf("%s:%d: %s", filepath.Join(b.pkg, filepath.Base(m.Path)), m.Line, m.What)
		switch v {
		case survived:
			fmt.Printf("SURVIVED %s\n%s", place, m.diff())
		case killed:
			fmt.Printf("killed %s\n", place)
		}
	}
	return left, nil
}
