package main

import (
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

// pairs runs two programs in turns and returns the median of each; the memory is the most of all.
func pairs(n int, a, b command) (ma, mb sample, err error) {
	var as, bs []sample
	for i := range n + max(1, n/20) {
		x, err := a.once()
		if err != nil {
			return ma, mb, err
		}
		y, err := b.once()
		if err != nil {
			return ma, mb, err
		}
		if i >= max(1, n/20) { // the first ones warm up
			as, bs = append(as, x), append(bs, y)
		}
	}
	return median(as), median(bs), nil
}

func median(list []sample) sample {
	slices.SortFunc(list, func(a, b sample) int { return int(a.took - b.took) })
	m := list[len(list)/2]
	for _, s := range list {
		m.memory = max(m.memory, s.memory)
	}
	return m
}
