package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
)

// The limits that docs/performance.md states.
const (
	startLimit  = 2.1
	fleetLimit  = 4.5
	largeLimit  = 8
	linearLimit = 1.3
	fleetMemory = 40 << 20
	hugeMemory  = 256 << 20
	fleetSize   = 10_000
)

// What the inputs are called in tables.
const (
	small    = "one file of 2 KB"
	many     = "10,000 files of 1.4 KB"
	profiles = "one file of 1 MB, profiles"
	mixture  = "one file of 1 MB, of everything"
)

// input is what programs are given to check.
type input struct {
	what, path string
	pairs      int // how often
	glob       string
}

func (b *bench) check(args ...string) command {
	return append(command{b.lint, "check", "--env=static", "--no-config", "--quiet"}, args...)
}

// start compares one file of 2 KB with a program that does nothing.
func (b *bench) start() error {
	path, err := single(filepath.Join(b.dir, "start"), &shapes[0], 2048)
	if err != nil {
		return err
	}
	b.inputs = append(b.inputs, input{what: small, path: path, pairs: max(9, b.runs/10)})
	return b.compare(small, "a Go program that does nothing", b.runs, b.check(path), command{b.empty}, startLimit)
}

// rest makes all other comparisons.
func (b *bench) rest() error {
	if err := b.fleet(max(9, b.runs/10)); err != nil {
		return err
	}
	if err := b.large(max(9, b.runs/5)); err != nil {
		return err
	}
	for i := range shapes {
		if err := b.linear(&shapes[i], max(5, b.runs/20)); err != nil {
			return err
		}
	}
	return b.others()
}

// fleet compares many files with reading and parsing them.
func (b *bench) fleet(n int) error {
	dir := filepath.Join(b.dir, "fleet")
	if err := fleet(dir, fleetSize); err != nil {
		return err
	}
	b.inputs = append(b.inputs, input{many, dir, 5, filepath.Join(dir, "*.toml")})
	if err := b.compare(many, "reading and parsing them with go-toml's unstable", n, b.check(dir), command{b.parse, dir}, fleetLimit); err != nil {
		return err
	}
	b.bound("memory for "+many, fleetMemory)
	return nil
}

// large compares one file of 1 MB with reading and parsing it: of profiles alone, and of all that a file has.
func (b *bench) large(n int) error {
	everything, err := mixed()
	if err != nil {
		return err
	}
	for _, in := range []struct {
		what string
		*shape
	}{{profiles, &shapes[0]}, {mixture, everything}} {
		dir := filepath.Join(b.dir, "large"+fmt.Sprint(len(b.inputs)))
		path, err := single(dir, in.shape, 1<<20)
		if err != nil {
			return err
		}
		b.inputs = append(b.inputs, input{what: in.what, path: path, pairs: 9})
		if err := b.compare(in.what, "reading and parsing it", n, b.check(path), command{b.parse, dir}, largeLimit); err != nil {
			return err
		}
	}
	return nil
}

// linear compares the time for 16 MB with that for 256 KB, a byte.
func (b *bench) linear(s *shape, n int) error {
	const little, huge = 256 << 10, 16 << 20
	a, err := single(filepath.Join(b.dir, "little"), s, little)
	if err != nil {
		return err
	}
	c, err := single(filepath.Join(b.dir, "huge"), s, huge)
	if err != nil {
		return err
	}
	r, err := pairs(n, b.check(c), b.check(a))
	if err != nil {
		return err
	}
	r.what, r.than, r.limit = "16 MB, "+s.name, "256 KB of it, for each byte", linearLimit
	r.ratio *= float64(little) / huge
	b.add(r)
	b.bound("memory for "+r.what, hugeMemory)
	return nil
}

// bound holds the memory of the latest comparison to a limit.
func (b *bench) bound(what string, limit int64) {
	if b.rows[len(b.rows)-1].memory > limit {
		b.above = append(b.above, what)
	}
}

// linters know TOML and nothing of Loong; without a schema they look at syntax and layout.
var linters = [...]struct {
	name string
	args []string
	glob bool // it takes patterns instead of folders
}{
	{"taplo", []string{"lint", "--no-schema", "--no-auto-config"}, true},
	{"tombi", []string{"lint", "--offline", "--quiet"}, false},
}

// others compares with linters of TOML, where they are installed.
func (b *bench) others() error {
	for _, l := range linters {
		program, err := exec.LookPath(l.name)
		if err != nil {
			continue
		}
		name := l.name
		if text, err := exec.Command(program, "--version").Output(); err == nil {
			name = strings.Join(strings.Fields(string(text))[:2], " ")
		}
		for _, in := range b.inputs {
			path := in.path
			if l.glob && in.glob != "" {
				path = in.glob
			}
			other := append(append(command{program}, l.args...), path)
			if err := b.compare(in.what, name, in.pairs, b.check(in.path), other, 0); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *bench) compare(what, than string, n int, ours, other command, limit float64) error {
	r, err := pairs(n, ours, other)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	r.what, r.than, r.limit = what, than, limit
	b.add(r)
	return nil
}
