package main

import (
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
)

// count is how many instructions a process took.
type count struct {
	what string
	n    int64
}

var references = regexp.MustCompile(`I *refs: *([0-9,]+)`)

// instructions counts by valgrind, where it is installed: a count hardly depends on what else the machine does. The
// collector stays off, for when it runs is chance.
func (b *bench) instructions(what string, j job) error {
	valgrind, err := exec.LookPath("valgrind")
	if err != nil {
		return nil
	}
	cmd := exec.Command(valgrind, append([]string{"--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"}, j.command...)...)
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1", "GOGC=off")
	text, _ := cmd.CombinedOutput() // its status is that of the program
	found := references.FindSubmatch(text)
	if found == nil {
		return fmt.Errorf("valgrind tells no number of instructions:\n%s", text)
	}
	n, err := strconv.ParseInt(strings.ReplaceAll(string(found[1]), ",", ""), 10, 64)
	b.counts = append(b.counts, count{what, n})
	fmt.Printf("%s: %.2f million instructions\n", what, float64(n)/1e6)
	return err
}
