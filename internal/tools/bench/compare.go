package main

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// The limits that docs/performance.md states; ratios, and bytes of memory.
const (
	startLimit   = 2.1
	fleetLimit   = 4.5
	streamLimit  = 3 // of a run with findings, to one without
	waitingLimit = 4 // where findings wait for the end of the run
	batchLimit   = 1.25
	resultsLimit = 3 // of results for an audit
	auditLimit   = 6
	largeLimit   = 8
	linearLimit  = 1.3
	editorLimit  = 2 // for messages and the changes

	fleetMemory   = 40 << 20
	streamMemory  = 60 << 20
	waitingMemory = 150 << 20
	auditMemory   = 150 << 20
	hugeMemory    = 256 << 20

	fleetSize = 10_000
	fixed     = 1_000 // files that are repaired
	opened    = 40    // documents in an editor
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

func (b *bench) check(args ...string) job {
	return job{command: append(command{b.lint, "check", "--env=static", "--no-config", "--quiet"}, args...)}
}

func (b *bench) audit(args ...string) job {
	return job{command: append(command{b.lint, "audit", "--no-config", "--quiet", "--fail-on=never"}, args...)}
}

// start compares one file of 2 KB with a program that does nothing.
func (b *bench) start() error {
	path, err := single(filepath.Join(b.dir, "start"), &shapes[0], 2048)
	if err != nil {
		return err
	}
	b.inputs = append(b.inputs, input{what: small, path: path, pairs: max(9, b.runs/10)})
	r, err := pairs(b.runs, true, b.check(path), job{command: command{b.empty}})
	if err != nil {
		return err
	}
	r.what, r.than, r.limit = small, "a Go program that does nothing", startLimit
	b.add(r)
	return nil
}

// rest makes all other comparisons.
func (b *bench) rest() error {
	for _, part := range []func() error{b.fleets, b.batch, b.fix, b.editor, b.large, b.linear, b.count, b.others} {
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}

// path is a place in the folder of this run.
func (b *bench) path(name string) string { return filepath.Join(b.dir, name) }

// few is how often a comparison of long runs is made.
func (b *bench) few() int { return max(3, b.runs/20) }

// fleets compares many files with reading and parsing them, and many files with findings with files that have none.
func (b *bench) fleets() error {
	clean, dirty := b.path("clean"), b.path("dirty")
	if err := cmp.Or(fleet(clean, fleetSize, false), fleet(dirty, fleetSize, true)); err != nil {
		return err
	}
	b.inputs = append(b.inputs, input{many, clean, 5, filepath.Join(clean, "*.toml")})
	parse := job{command: command{b.parse, clean}}
	if err := b.compare(many, "reading and parsing them with go-toml's unstable", max(5, b.runs/10), b.check(clean), parse, fleetLimit, fleetMemory); err != nil {
		return err
	}
	for _, f := range []struct {
		format string
		limit  float64
		memory int64
	}{
		{"text", streamLimit, streamMemory}, {"concise", streamLimit, streamMemory}, {"jsonl", streamLimit, streamMemory}, {"github", streamLimit, streamMemory},
		{"json", waitingLimit, waitingMemory}, {"junit", waitingLimit, waitingMemory}, {"sarif", waitingLimit, waitingMemory},
	} {
		what := fmt.Sprintf("such files with %d findings each, as %s", len(mistakes), f.format)
		if err := b.compare(what, "files without findings", b.few(), b.check("--color=never", "--format", f.format, dirty), b.check(clean), f.limit, f.memory); err != nil {
			return err
		}
	}
	return b.compare("audit of 10,000 files as html", "checking them", b.few(), b.audit("--env=static", "--format", "html", clean), b.check(clean), auditLimit, auditMemory)
}

// batch compares many lines with as many files, and merges their results.
func (b *bench) batch() error {
	lines, results := b.path("lines"), b.path("results")
	if err := requests(lines, fleetSize); err != nil {
		return err
	}
	batch := func(name string) job {
		return job{command: command{b.lint, name, "--batch", "--env=static", "--no-config"}, stdin: lines}
	}
	check, audit := batch("check"), batch("audit")
	if err := b.compare("check --batch of 10,000 configs", "checking them as files", b.few(), check, b.check(b.path("clean")), batchLimit, streamMemory); err != nil {
		return err
	}
	if err := b.compare("audit --batch of them", "checking them as files", b.few(), audit, b.check(b.path("clean")), resultsLimit, streamMemory); err != nil {
		return err
	}
	out, err := os.Create(results)
	if err != nil {
		return err
	}
	in, err := os.Open(lines)
	if err != nil {
		return err
	}
	defer in.Close()
	cmd := exec.Command(audit.command[0], audit.command[1:]...)
	cmd.Stdin, cmd.Stdout = in, out
	if err := cmp.Or(cmd.Run(), out.Close()); err != nil {
		return err
	}
	return b.compare("audit of their results as html", "making them", b.few(), b.audit("--format", "html", "--from", results), audit, auditLimit, auditMemory)
}

// fix compares the repair of many files with that of fewer ones, for each file.
func (b *bench) fix() error {
	repair := func(n int) job {
		dir := b.path(fmt.Sprint("fix", n))
		j := b.check("--unsafe-fixes", dir)
		j.prepare = func() error { return fleet(dir, n, true) }
		return j
	}
	r, err := pairs(b.few(), false, repair(fixed), repair(fixed/10))
	if err != nil {
		return err
	}
	r.what, r.than, r.limit, r.most = fmt.Sprintf("check --unsafe-fixes of %d files with findings", fixed), fmt.Sprintf("%d of them, for each file", fixed/10), linearLimit, streamMemory
	r.ratio /= 10
	b.add(r)
	return nil
}

// editor compares the language server, asked for some documents, with checking as many files.
func (b *bench) editor() error {
	dir := b.path("documents")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	path, err := single(b.path("document"), &shapes[0], 50<<10)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for i := range opened {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d.loong.toml", i)), text, 0o600); err != nil {
			return err
		}
	}
	messages := b.path("messages")
	if err := session(messages, string(text), opened); err != nil {
		return err
	}
	what := fmt.Sprintf("%d documents of 50 KB in an editor", opened)
	server := job{command: command{b.lint, "lsp"}, stdin: messages}
	return b.compare(what, fmt.Sprintf("checking %d files", opened), max(5, b.runs/5), server, b.check(dir), editorLimit, streamMemory)
}

// count counts instructions.
func (b *bench) count() error {
	for _, c := range []struct {
		what string
		job
	}{
		{small, b.check(b.path("start/loong.toml"))},
		{"one file of 1.4 KB", b.check(b.path("clean/c00001.loong.toml"))},
		{fmt.Sprintf("one such file with %d findings", len(mistakes)), b.check(b.path("dirty/c00001.loong.toml"))},
		{"a Go program that does nothing", job{command: command{b.empty}}},
	} {
		if err := b.instructions(c.what, c.job); err != nil {
			return err
		}
	}
	return nil
}

// large compares one file of 1 MB with reading and parsing it: of profiles alone, and of all that a file has.
func (b *bench) large() error {
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
		if err := b.compare(in.what, "reading and parsing it", max(5, b.runs/5), b.check(path), job{command: command{b.parse, dir}}, largeLimit, 0); err != nil {
			return err
		}
	}
	return nil
}

// linear compares the time for 16 MB with that for 256 KB, a byte.
func (b *bench) linear() error {
	const little, huge = 256 << 10, 16 << 20
	for i := range shapes {
		s := &shapes[i]
		a, err := single(b.path("little"), s, little)
		if err != nil {
			return err
		}
		c, err := single(b.path("huge"), s, huge)
		if err != nil {
			return err
		}
		r, err := pairs(b.few(), false, b.check(c), b.check(a))
		if err != nil {
			return err
		}
		r.what, r.than, r.limit, r.most = "16 MB, "+s.name, "256 KB of it, for each byte", linearLimit, hugeMemory
		r.ratio *= float64(little) / huge
		b.add(r)
	}
	return nil
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
			other := job{command: append(append(command{program}, l.args...), path)}
			if err := b.compare(in.what, name, in.pairs, b.check(in.path), other, 0, 0); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *bench) compare(what, than string, n int, ours, other job, limit float64, memory int64) error {
	r, err := pairs(n, false, ours, other)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	r.what, r.than, r.limit, r.most = what, than, limit, memory
	b.add(r)
	return nil
}
