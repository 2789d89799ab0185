package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
)

// The limits of quality.md, "Speed".
const (
	startLimit  = 2.5
	fleetLimit  = 4
	largeLimit  = 5
	linearLimit = 1.3
	fleetMemory = 40 << 20
	fleetSize   = 10_000
)

func (b *bench) check(args ...string) command {
	return append(command{b.lint, "check", "--env=static", "--no-config", "--quiet"}, args...)
}

// start compares one file of 2 KB with a program that does nothing.
func (b *bench) start() error {
	path, err := single(filepath.Join(b.dir, "start"), shapes[0].make(2048))
	if err != nil {
		return err
	}
	return b.compare("one file of 2 KB", "a Go program that does nothing", b.runs, b.check(path), command{b.empty}, startLimit)
}

// rest makes all other comparisons.
func (b *bench) rest() error {
	many := filepath.Join(b.dir, "fleet")
	if err := fleet(many, fleetSize); err != nil {
		return err
	}
	n := max(5, b.runs/20)
	if err := b.compare("10,000 files of 1.4 KB", "reading and parsing them with go-toml's unstable", n, b.check(many), command{b.parse, many}, fleetLimit); err != nil {
		return err
	}
	if m := b.rows[len(b.rows)-1].memory; m > fleetMemory {
		b.above = append(b.above, "memory for 10,000 files")
	}
	large := filepath.Join(b.dir, "large")
	path, err := single(large, shapes[0].make(1<<20))
	if err != nil {
		return err
	}
	if err := b.compare("one file of 1 MB", "reading and parsing it", n, b.check(path), command{b.parse, large}, largeLimit); err != nil {
		return err
	}
	for i := range shapes {
		if err := b.linear(&shapes[i], max(3, n/3)); err != nil {
			return err
		}
	}
	return b.others(path, many, n)
}

// linear compares the time for 16 MB with that for 256 KB, a byte.
func (b *bench) linear(s *shape, n int) error {
	const small, large = 256 << 10, 16 << 20
	a, err := single(filepath.Join(b.dir, "small"), s.make(small))
	if err != nil {
		return err
	}
	c, err := single(filepath.Join(b.dir, "huge"), s.make(large))
	if err != nil {
		return err
	}
	big, little, err := pairs(n, b.check(c), b.check(a))
	if err != nil {
		return err
	}
	r := row{what: "16 MB, " + s.name, than: "256 KB of it, for each byte", took: big.took, other: little.took, memory: big.memory,
		ratio: float64(big.took) / float64(little.took) * small / large, limit: linearLimit}
	b.add(r)
	return nil
}

// others compares with linters of TOML that know nothing of Loong, where they are installed.
func (b *bench) others(large, many string, n int) error {
	for _, o := range []struct {
		name string
		args []string
	}{{"taplo", []string{"lint", "--no-schema"}}, {"tombi", []string{"lint", "--offline"}}} {
		program, err := exec.LookPath(o.name)
		if err != nil {
			continue
		}
		for _, in := range [][2]string{{"one file of 1 MB", large}, {"10,000 files of 1.4 KB", many}} {
			other := append(append(command{program}, o.args...), in[1])
			if in[1] == many && o.name == "taplo" {
				other[len(other)-1] = filepath.Join(many, "*.toml")
			}
			if err := b.compare(in[0], o.name, max(3, n/3), b.check(in[1]), other, 0); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *bench) compare(what, than string, n int, ours, other command, limit float64) error {
	a, c, err := pairs(n, ours, other)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	b.add(row{what: what, than: than, took: a.took, other: c.took, memory: a.memory, ratio: float64(a.took) / float64(c.took), limit: limit})
	return nil
}
