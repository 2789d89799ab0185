package main

import (
	"cmp"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

// sample is one process from start to exit.
type sample struct {
	took   time.Duration
	memory int64 // bytes at most; 0: not known
}

// command is a program with its arguments.
type command []string

// once runs a program; findings are no error.
func (c command) once() (sample, error) {
	cmd := exec.Command(c[0], c[1:]...)
	start := time.Now()
	err := cmd.Run()
	s := sample{took: time.Since(start)}
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
		return s, fmt.Errorf("%s: %w", filepath.Base(c[0]), err)
	}
	s.memory = maxMemory(cmd.ProcessState)
	return s, nil
}

// pairs runs two programs in turns, n times after some that warm up. It tells the median time of each, the
// median of the ratios of pairs, which a machine that grows slower or faster does not change, and the most
// memory that the first one took.
func pairs(n int, a, b command) (*row, error) {
	r := &row{}
	var as, bs []time.Duration
	var ratios []float64
	warm := max(1, n/20)
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
		if i >= warm {
			as, bs, ratios = append(as, x.took), append(bs, y.took), append(ratios, float64(x.took)/float64(y.took))
		}
	}
	r.took, r.other, r.ratio = median(as), median(bs), median(ratios)
	return r, nil
}

func median[T cmp.Ordered](list []T) T {
	slices.Sort(list)
	return list[len(list)/2]
}
