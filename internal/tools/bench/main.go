// Command bench measures loonglint as its users meet it: whole processes, in turns with what they are
// compared with, on one machine. It prints medians and their ratio beside the limit (docs/performance.md);
// make bench runs it, from the top of the repository.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

func main() {
	runs := flag.Int("n", 300, "number of pairs for the smallest comparison; larger ones have fewer, but 3 at least")
	all := flag.Bool("all", false, "make all comparisons, not only the one with an empty program")
	write := flag.String("write", "", "make all comparisons and replace the tables between the markers of `FILES`, divided by commas")
	strict := flag.Bool("strict", false, "fail when a ratio is above its limit")
	flag.Parse()
	if err := run(*runs, *all, *write, *strict); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(runs int, all bool, write string, strict bool) error {
	dir, err := os.MkdirTemp("", "loonglint-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &bench{dir: dir, runs: runs}
	if err := b.build(); err != nil {
		return err
	}
	if err := b.start(); err != nil {
		return err
	}
	if all || write != "" {
		if err := b.rest(); err != nil {
			return err
		}
	}
	if write != "" {
		cmd := fmt.Sprintf("go run ./internal/tools/bench -n %d -write %s", runs, write)
		for path := range strings.SplitSeq(write, ",") {
			if err := b.write(path, cmd); err != nil {
				return err
			}
		}
	}
	if strict && len(b.above) > 0 {
		return fmt.Errorf("above the limit: %s", strings.Join(b.above, ", "))
	}
	return nil
}

// bench holds the programs and the results.
type bench struct {
	dir    string
	runs   int
	inputs []input
	rows   []*row
	counts []count
	above  []string // what exceeds its limit

	lint, empty, parse string // programs
}

const emptyProgram = "package main\n\nfunc main() {}\n"

// build makes the programs as releases are made.
func (b *bench) build() error {
	source := filepath.Join(b.dir, "empty.go")
	if err := os.WriteFile(source, []byte(emptyProgram), 0o600); err != nil {
		return err
	}
	b.lint, b.empty, b.parse = filepath.Join(b.dir, "loonglint"), filepath.Join(b.dir, "empty"), filepath.Join(b.dir, "parseonly")
	for _, p := range [][2]string{{b.lint, "./cmd/loonglint"}, {b.empty, source}, {b.parse, "./internal/tools/bench/parseonly"}} {
		linked := p[0] + ".linked"
		cmd := exec.Command("go", "build", "-trimpath", "-tags", "urfave_cli_no_template", "-ldflags", "-s -w -X github.com/loonglint/loonglint.version=bench", "-o", linked, p[1])
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		if text, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("go build %s: %w\n%s", p[1], err, text)
		}
		if err := copyProgram(linked, p[0]); err != nil {
			return err
		}
	}
	return nil
}

// copyProgram writes a program in one piece: a file fresh from the linker starts more slowly.
func copyProgram(from, to string) error {
	program, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, program, 0o700) //nolint:gosec // a program
}
