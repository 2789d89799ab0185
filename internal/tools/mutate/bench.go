package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// bench runs the tests that prove a package. Their programs have several changes at once, and one of these is switched on
// at a time.
type bench struct {
	work     string   // a folder to write to
	pkg      string   // the package that is changed
	dir      string   // of it
	name     string   // in its package clauses
	only     string   // a part of the names of files that are changed
	tests    []string // packages
	dirs     []string // of tests
	limit    []limits // of a run of each; one that takes longer has noticed the change
	assembly []byte   // of the package without a change; nil until it is needed
}

// limits are the times that a run may take: on the clock, because it may wait forever, and of processors, which is the
// same however busy the machine is.
type limits struct{ clock, processor time.Duration }

// verdict is what became of a change.
type verdict int

const (
	killed     verdict = iota // a test failed
	survived                  // all passed
	equivalent                // the program does the same
	unreached                 // no test runs the code
	refused                   // it does not compile beside the code as it is
)

// find lists the package and its tests.
func (b *bench) find() ([]*mutant, error) {
	for _, pkg := range b.tests {
		dir, err := exec.Command("go", "list", "-f", "{{.Dir}}", pkg).Output()
		if err != nil {
			return nil, fmt.Errorf("go list %s: %w", pkg, err)
		}
		b.dirs = append(b.dirs, strings.TrimSpace(string(dir)))
	}
	out, err := exec.Command("go", "list", "-json=Dir,Name,GoFiles", b.pkg).Output()
	if err != nil {
		return nil, fmt.Errorf("go list %s: %w", b.pkg, err)
	}
	var p struct {
		Dir, Name string
		GoFiles   []string
	}
	if err := json.Unmarshal(out, &p); err != nil {
		return nil, err
	}
	b.dir, b.name = p.Dir, p.Name
	var list []*mutant
	for _, name := range p.GoFiles {
		path := filepath.Join(p.Dir, name)
		source, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		if bytes.HasPrefix(source, []byte("// Code generated")) || !strings.Contains(name, b.only) {
			continue
		}
		found, err := mutantsOf(path, source)
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	return list, nil
}

// switchFile is the file that a package gets beside its own: it says which change is on, and notes which ones are asked
// for. It reads a file, because tests start programs without their environment.
const switchFile = `package %s

import (
	"os"
	"path/filepath"
	"sync/atomic"
)

var (
	mutateOn, mutateReached = func() (int, string) {
		text, _ := os.ReadFile(%q)
		n, where := 0, ""
		for i, c := range text {
			if c == ' ' {
				where = string(text[i+1:])
				break
			}
			n = n*10 + int(c-'0')
		}
		return n, where
	}()
	mutateSeen [%d]atomic.Bool
)

func mutateAt(i int) bool {
	if mutateReached != "" && !mutateSeen[i].Swap(true) {
		digits := ""
		for n := i; n > 0; n /= 10 {
			digits = string(rune('0'+n%%10)) + digits
		}
		os.WriteFile(filepath.Join(mutateReached, digits), nil, 0o600)
	}
	return mutateOn == i
}

func mutateEither[T any](on bool, yes, no T) T {
	if on {
		return yes
	}
	return no
}

func mutateCase[T any](on bool, _, yes, no T) T { return mutateEither(on, yes, no) }
`

// build makes the programs of tests with as many of the changes as can be in one, all switched off. It returns these, and
// those that are left for another time; what the compiler refuses is in neither. A change is known by its place in its
// list, counted from 1.
func (b *bench) build(list []*mutant) (in, left []*mutant, err error) {
	for _, m := range list {
		if slices.ContainsFunc(in, m.overlaps) {
			left = append(left, m)
		} else {
			in = append(in, m)
		}
	}
	for len(in) > 0 {
		if err := b.write(in); err != nil {
			return nil, nil, err
		}
		out, err := b.run(exec.Command("go", "build", "-o", os.DevNull, "-gcflags=-e", "-overlay", b.overlay(), b.pkg))
		if err == nil {
			break
		}
		if in = accepted(in, out); in == nil {
			return nil, nil, err
		}
	}
	for i, pkg := range b.tests {
		if len(in) == 0 {
			break
		}
		if _, err := b.run(exec.Command("go", "test", "-c", "-o", b.program(i), "-overlay", b.overlay(), pkg)); err != nil {
			return nil, nil, err
		}
	}
	return in, left, nil
}

// run runs a command of Go; its output is part of the error.
func (b *bench) run(cmd *exec.Cmd) (string, error) {
	out, err := cmd.CombinedOutput()
	if err != nil {
		err = fmt.Errorf("%s: %w\n%s", strings.Join(cmd.Args, " "), err, out)
	}
	return string(out), err
}

func (b *bench) program(i int) string { return filepath.Join(b.work, fmt.Sprintf("tests%d", i)) }
func (b *bench) overlay() string      { return filepath.Join(b.work, "overlay.json") }
func (b *bench) switched() string     { return filepath.Join(b.work, "on") }

// write makes the changed files, each with its changes.
func (b *bench) write(list []*mutant) error {
	files := map[string][]byte{
		filepath.Join(b.dir, "mutate_at.go"): fmt.Appendf(nil, switchFile, b.name, b.switched(), len(list)+1),
	}
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(list[j].start, list[i].start) })
	for _, i := range order { // from the end of a file, so that what is left keeps its place
		m := list[i]
		text := files[m.Path]
		if text == nil {
			text = m.source
		}
		files[m.Path] = slices.Concat(text[:m.start], []byte(m.with(fmt.Sprintf("mutateAt(%d)", i+1))), text[m.end:])
	}
	return b.replace(files)
}

// replace makes Go read other text in the place of files.
func (b *bench) replace(files map[string][]byte) error {
	names := map[string]string{}
	for path, text := range files {
		names[path] = filepath.Join(b.work, filepath.Base(path))
		if err := os.WriteFile(names[path], text, 0o600); err != nil {
			return err
		}
	}
	text, err := json.Marshal(map[string]any{"Replace": names})
	if err != nil {
		return err
	}
	return os.WriteFile(b.overlay(), text, 0o600)
}

var compilerLine = regexp.MustCompile(`(?m)([^/\s]+\.go):(\d+)(?::\d+)?: (.*)`)

// accepted lists the changes that the compiler did not complain about, or nil where its complaint is about none of them.
func accepted(list []*mutant, complaints string) []*mutant {
	var rest []*mutant
	matches := compilerLine.FindAllStringSubmatch(complaints, -1)
	for _, m := range list {
		if !slices.ContainsFunc(matches, func(c []string) bool {
			line, _ := strconv.Atoi(c[2])
			// A function that no longer ends with a statement that leaves it is complained about at its end.
			ends := c[3] == "missing return" && m.What == "a statement removed"
			return filepath.Base(m.Path) == c[1] && (ends || m.firstLine() <= line && line <= m.lastLine())
		}) {
			rest = append(rest, m)
		}
	}
	if len(rest) == len(list) {
		return nil
	}
	return slices.Grow(rest, 1)
}

// measure runs all tests without a change, sets their limits, and returns for each package of tests which changes it
// reaches.
func (b *bench) measure(list []*mutant) ([][]bool, error) {
	reached := make([][]bool, len(b.tests))
	b.limit = make([]limits, len(b.tests))
	for i, pkg := range b.tests {
		where := filepath.Join(b.work, fmt.Sprintf("reached%d", i))
		if err := os.RemoveAll(where); err != nil {
			return nil, err
		}
		if err := os.Mkdir(where, 0o700); err != nil {
			return nil, err
		}
		if err := os.WriteFile(b.switched(), []byte("0 "+where), 0o600); err != nil {
			return nil, err
		}
		b.limit[i] = limits{10 * time.Minute, 10 * time.Minute}
		began := time.Now()
		took, ok, out := b.test(i)
		if !ok {
			return nil, fmt.Errorf("the tests of %s fail before anything is changed:\n%s", pkg, out)
		}
		b.limit[i] = limits{20*time.Second + 10*time.Since(began), 3*time.Second + 4*took}
		reached[i] = make([]bool, len(list))
		for j := range list {
			_, err := os.Stat(filepath.Join(where, strconv.Itoa(j+1)))
			reached[i][j] = err == nil
		}
	}
	return reached, nil
}

// try switches a change on, and runs the tests that reach it until one notices it.
func (b *bench) try(j int, reached [][]bool) (verdict, error) {
	if err := os.WriteFile(b.switched(), []byte(strconv.Itoa(j+1)), 0o600); err != nil {
		return 0, err
	}
	result := unreached
	for i := range b.tests {
		if !reached[i][j] {
			continue
		}
		if _, ok, _ := b.test(i); !ok {
			return killed, nil
		}
		result = survived
	}
	return result, nil
}

// test runs the tests of a package, and returns the time of processors that they took, whether they passed, and what they
// printed. What takes too long does not pass.
func (b *bench) test(i int) (took time.Duration, ok bool, out []byte) {
	ctx, cancel := context.WithTimeout(context.Background(), b.limit[i].clock)
	defer cancel()
	// A change may make a loop that allocates without end.
	script := fmt.Sprintf(`ulimit -d 4000000; ulimit -t %d; exec "$0" -test.failfast`, int(b.limit[i].processor.Seconds())+1)
	cmd := exec.CommandContext(ctx, "sh", "-c", script, b.program(i))
	cmd.Dir, cmd.WaitDelay = b.dirs[i], time.Second
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil { // it did not begin
		return 0, false, out
	}
	return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), err == nil, out
}

// same reports whether the compiler makes the same instructions of a package with a change and without it.
func (b *bench) same(m *mutant) (bool, error) {
	compile := func(args ...string) ([]byte, error) {
		args = append([]string{"build", "-o", os.DevNull, "-gcflags=-S"}, args...)
		out, err := b.run(exec.Command("go", append(args, b.pkg)...))
		return []byte(out), err
	}
	if b.assembly == nil {
		var err error
		if b.assembly, err = compile(); err != nil {
			return false, err
		}
	}
	if err := b.replace(map[string][]byte{m.Path: m.text()}); err != nil {
		return false, err
	}
	out, err := compile("-overlay", b.overlay())
	return err == nil && bytes.Equal(out, b.assembly), nil
}
