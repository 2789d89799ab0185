package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

// sample is one process from start to exit.
type sample struct {
	took   time.Duration
	cpu    time.Duration // of all processors, for the program and for the system on its behalf
	memory int64         // bytes at most; 0: not known
}

// command is a program with its arguments.
type command []string

// job is a command and what belongs to it.
type job struct {
	command
	stdin   string       // a file; empty: nothing
	prepare func() error // is called before each run, and not measured; may be nil
}

// once runs a job; findings are no error.
func (j job) once() (sample, error) {
	if j.prepare != nil {
		if err := j.prepare(); err != nil {
			return sample{}, err
		}
	}
	cmd := exec.Command(j.command[0], j.command[1:]...)
	if j.stdin != "" {
		in, err := os.Open(j.stdin)
		if err != nil {
			return sample{}, err
		}
		defer in.Close()
		cmd.Stdin = in
	}
	start := time.Now()
	err := cmd.Run()
	s := sample{took: time.Since(start)}
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
		return s, fmt.Errorf("%s: %w", filepath.Base(j.command[0]), err)
	}
	s.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	s.memory = maxMemory(cmd.ProcessState)
	return s, nil
}

// pairs runs two programs in turns, n times after some that warm up. It tells the medians of the times that each took, the
// median of the ratios of pairs, which a machine that grows slower or faster does not change, and the most
// memory that the first one took. The ratio is of processor time, or of elapsed time for programs that only start: what
// the system does for them is not all counted as theirs.
func pairs(n int, elapsed bool, a, b job) (*row, error) {
	r := &row{}
	var as, bs, aTook []time.Duration
	var ratios []float64
	warm := n / 20
	for i := range n + warm {
		x, err := a.once()
		if err != nil {
			return nil, err
		}
		y, err := b.once()
		if err != nil {
			return nil, err
		}
		r.memory = max(r.memory, x.memory)
		if i < warm {
			continue
		}
		aTook = append(aTook, x.took)
		if elapsed {
			x.cpu, y.cpu = x.took, y.took
		}
		as, bs, ratios = append(as, x.cpu), append(bs, y.cpu), append(ratios, float64(x.cpu)/float64(y.cpu))
	}
	r.cpu, r.other, r.ratio, r.took = median(as), median(bs), median(ratios), median(aTook)
	return r, nil
}

func median[T cmp.Ordered](list []T) T {
	slices.Sort(list)
	return list[len(list)/2]
}
