// Command bench compares the run time of loonglint on one small file with that of a Go program
// that does nothing: whole processes, in turns, on the same machine. It prints both medians and
// their ratio; make bench runs it.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

func main() {
	runs := flag.Int("n", 300, "number of pairs")
	file := flag.String("file", "", "file to check; empty: a config of 2 KB")
	limit := flag.Float64("limit", 0, "fail when the ratio is above this; 0: never")
	flag.Parse()
	if err := run(*runs, *file, *limit); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(runs int, file string, limit float64) error {
	dir, err := os.MkdirTemp("", "loonglint-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if file == "" {
		file = filepath.Join(dir, "loong.toml")
		if err := os.WriteFile(file, config(2048), 0o600); err != nil {
			return err
		}
	}
	lint, empty, err := build(dir)
	if err != nil {
		return err
	}
	lintTimes, emptyTimes, err := measure(runs, file, lint, empty)
	if err != nil {
		return err
	}
	l, e := median(lintTimes), median(emptyTimes)
	ratio := float64(l) / float64(e)
	fmt.Printf("loonglint %v, empty program %v, ratio %.2f (medians of %d pairs)\n", l, e, ratio, runs)
	if limit > 0 && ratio > limit {
		return fmt.Errorf("ratio %.2f is above %.2f", ratio, limit)
	}
	return nil
}

// config is a good configuration of about size bytes.
func config(size int) []byte {
	b := []byte("active_provider = \"p0\"\n")
	for i := 0; len(b) < size; i++ {
		b = fmt.Appendf(b, "\n[providers.p%d]\nkind = \"openai\"\napi_key = { env = \"KEY_%d\" }\n"+
			"model = \"gpt-5-mini\"\ntemperature = 0.5\nrequest_timeout_ms = 30000\n", i, i)
	}
	return b
}

const emptyProgram = "package main\n\nfunc main() {}\n"

// build makes both programs as releases are made.
func build(dir string) (lint, empty string, err error) {
	source := filepath.Join(dir, "empty.go")
	if err := os.WriteFile(source, []byte(emptyProgram), 0o600); err != nil {
		return "", "", err
	}
	lint, empty = filepath.Join(dir, "loonglint"), filepath.Join(dir, "empty")
	for out, pkg := range map[string]string{lint: "./cmd/loonglint", empty: source} {
		cmd := exec.Command("go", "build", "-trimpath", "-tags", "urfave_cli_no_docs", "-ldflags", "-s -w -X github.com/loonglint/loonglint/internal/cli.version=bench", "-o", out, pkg)
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		if text, err := cmd.CombinedOutput(); err != nil {
			return "", "", fmt.Errorf("go build %s: %w\n%s", pkg, err, text)
		}
	}
	return lint, empty, nil
}

func measure(runs int, file, lint, empty string) (lintTimes, emptyTimes []time.Duration, err error) {
	const warm = 10
	for i := range runs + warm {
		l, err := once(lint, "check", "--env=static", file)
		if err != nil {
			return nil, nil, err
		}
		e, err := once(empty)
		if err != nil {
			return nil, nil, err
		}
		if i >= warm {
			lintTimes, emptyTimes = append(lintTimes, l), append(emptyTimes, e)
		}
	}
	return lintTimes, emptyTimes, nil
}

// once runs a program from start to exit.
func once(program string, args ...string) (time.Duration, error) {
	cmd := exec.Command(program, args...)
	start := time.Now()
	err := cmd.Run()
	took := time.Since(start)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", filepath.Base(program), err)
	}
	return took, nil
}

func median(times []time.Duration) time.Duration {
	slices.Sort(times)
	return times[len(times)/2]
}
