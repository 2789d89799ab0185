package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// bench builds and runs the tests that prove a package.
type bench struct {
	work  string          // a folder to write to
	tests []string        // packages
	dirs  []string        // of tests
	sums  [][]byte        // of the programs of tests, without a change
	limit []time.Duration // of a run of each; one that takes longer has noticed the change
}

// verdict is what became of a change.
type verdict int

const (
	killed   verdict = iota // a test failed
	survived                // all passed
	same                    // the programs are equal
	broken                  // it does not compile
)

// mutants lists the changes that are possible in the covered code of a package.
func (b *bench) mutants(pkg, only string) ([]*mutant, error) {
	out, err := exec.Command("go", "list", "-json=Dir,ImportPath,GoFiles", pkg).Output()
	if err != nil {
		return nil, fmt.Errorf("go list %s: %w", pkg, err)
	}
	var p struct {
		Dir, ImportPath string
		GoFiles         []string
	}
	if err := json.Unmarshal(out, &p); err != nil {
		return nil, err
	}
	profile := filepath.Join(b.work, "cover")
	args := append([]string{"test", "-coverprofile", profile, "-coverpkg", pkg}, b.tests...)
	if out, err := exec.Command("go", args...).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("the tests fail before anything is changed: %w\n%s", err, out)
	}
	text, err := os.ReadFile(profile)
	if err != nil {
		return nil, err
	}
	blocks := coveredBlocks(string(text))
	var list []*mutant
	for _, name := range p.GoFiles {
		path := filepath.Join(p.Dir, name)
		source, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		if bytes.HasPrefix(source, []byte("// Code generated")) || !strings.Contains(name, only) {
			continue
		}
		found, err := mutantsOf(path, source, blocks[p.ImportPath+"/"+name].cover)
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	return list, nil
}

// block is a part of a file that ran, from one line and column to another.
type block struct{ from, fromColumn, to, toColumn int }

type blocks []block

func (list blocks) cover(line, column int) bool {
	for _, b := range list {
		if (line > b.from || line == b.from && column >= b.fromColumn) && (line < b.to || line == b.to && column <= b.toColumn) {
			return true
		}
	}
	return false
}

var profileLine = regexp.MustCompile(`(?m)^(.+):(\d+)\.(\d+),(\d+)\.(\d+) \d+ (\d+)$`)

// coveredBlocks reads a coverage profile: for each file, the blocks that ran.
func coveredBlocks(profile string) map[string]blocks {
	list := map[string]blocks{}
	for _, m := range profileLine.FindAllStringSubmatch(profile, -1) {
		var n [5]int
		for i := range n {
			n[i], _ = strconv.Atoi(m[i+2])
		}
		if n[4] > 0 {
			list[m[1]] = append(list[m[1]], block{n[0], n[1], n[2], n[3]})
		}
	}
	return list
}

// prepare builds the tests without a change.
func (b *bench) prepare() error {
	for i, pkg := range b.tests {
		dir, err := exec.Command("go", "list", "-f", "{{.Dir}}", pkg).Output()
		if err != nil {
			return fmt.Errorf("go list %s: %w", pkg, err)
		}
		b.dirs = append(b.dirs, strings.TrimSpace(string(dir)))
		sum, out, err := b.build(i, "")
		if err != nil {
			return fmt.Errorf("building the tests of %s: %w\n%s", pkg, err, out)
		}
		b.sums = append(b.sums, sum)
		b.limit = append(b.limit, time.Minute*5)
		began := time.Now()
		if !b.pass(i) {
			return fmt.Errorf("the tests of %s fail before anything is changed", pkg)
		}
		b.limit[i] = 15*time.Second + 8*time.Since(began)
	}
	return nil
}

// build compiles the tests of a package, and returns the sum of the program and what the compiler says.
func (b *bench) build(i int, overlay string) (sum, out []byte, err error) {
	program := b.program(i)
	args := []string{"test", "-c", "-o", program, "-ldflags", "-s -w -buildid="}
	if overlay != "" {
		args = append(args, "-overlay", overlay)
	}
	if out, err := exec.Command("go", append(args, b.tests[i])...).CombinedOutput(); err != nil {
		return nil, out, err
	}
	text, err := os.ReadFile(program)
	if err != nil {
		return nil, nil, err
	}
	s := sha256.Sum256(text)
	return s[:], nil, nil
}

func (b *bench) program(i int) string { return filepath.Join(b.work, fmt.Sprintf("tests%d", i)) }

// try makes a change and runs the tests until one notices it.
func (b *bench) try(m *mutant) (verdict, error) {
	changed, overlay := filepath.Join(b.work, "changed.go"), filepath.Join(b.work, "overlay.json")
	replace, err := json.Marshal(map[string]any{"Replace": map[string]string{m.Path: changed}})
	if err == nil {
		err = errors.Join(os.WriteFile(changed, m.text(), 0o600), os.WriteFile(overlay, replace, 0o600))
	}
	if err != nil {
		return 0, err
	}
	result := same
	for i := range b.tests {
		sum, _, err := b.build(i, overlay)
		if err != nil {
			return broken, nil
		}
		if bytes.Equal(sum, b.sums[i]) {
			continue
		}
		if !b.pass(i) {
			return killed, nil
		}
		result = survived
	}
	return result, nil
}

// pass runs the tests of a package. What takes too long does not pass.
func (b *bench) pass(i int) bool {
	ctx, cancel := context.WithTimeout(context.Background(), b.limit[i])
	defer cancel()
	// A change may make a loop that allocates without end.
	cmd := exec.CommandContext(ctx, "sh", "-c", `ulimit -v 6000000; exec "$0" -test.failfast`, b.program(i))
	cmd.Dir, cmd.WaitDelay = b.dirs[i], time.Second
	return cmd.Run() == nil
}
