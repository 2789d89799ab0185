package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/loonglint/loonglint/internal/testing/hostile"
	"github.com/loonglint/loonglint/internal/testing/thorough"
)

// A hostile file may take 256 MB; the memory of the race detector is not counted. The time ends only what never
// would end by itself.
const (
	hostileTime   = 5 * time.Minute
	hostileMemory = 300 << 20 // bytes
)

// hostileSize is the size in bytes of the files; HOSTILE=16777216 in the environment asks for more.
func hostileSize(t *testing.T) int {
	if n, err := strconv.Atoi(os.Getenv("HOSTILE")); err == nil {
		return n
	}
	if underRace {
		return 32 << 10
	}
	return thorough.Pick(32<<10, 512<<10)
}

func TestHostileFilesAreAnswered(t *testing.T) {
	size, dir := hostileSize(t), t.TempDir()
	for _, c := range hostile.Cases() {
		t.Run(c.Name, func(t *testing.T) {
			path := filepath.Join(dir, c.Name+".toml")
			if err := os.WriteFile(path, c.Make(size), 0o600); err != nil {
				t.Fatal(err)
			}
			answered(t, "check", "--env=static", "--no-config", path)
		})
	}
}

// TestHostileLinesAreAnswered hands the same files over as lines of a batch, and the results to an audit.
func TestHostileLinesAreAnswered(t *testing.T) {
	size, dir, every := hostileSize(t), t.TempDir(), thorough.Pick(5, 1)
	for i, c := range hostile.Cases() {
		if i%every != 0 {
			continue
		}
		t.Run(c.Name, func(t *testing.T) {
			line, result := filepath.Join(dir, c.Name+".line"), filepath.Join(dir, c.Name+".result")
			if err := os.WriteFile(line, fmt.Appendf(nil, "{\"id\":\"a\",\"hex\":\"%x\",\"env\":{}}\n", c.Make(size)), 0o600); err != nil {
				t.Fatal(err)
			}
			answeredLine(t, line, os.DevNull, "check", "--batch", "--no-config")
			answeredLine(t, line, result, "audit", "--batch", "--no-config")
			answeredLine(t, result, os.DevNull, "audit", "--from", "-", "--no-config")
			answeredLine(t, line, os.DevNull, "resolve", "--batch")
		})
	}
}

// TestEndlessInputEnds holds that what never ends is not waited for, nor kept.
func TestEndlessInputEnds(t *testing.T) {
	if underRace || !thorough.Asked() {
		t.Skip("reads up to the limits of the program, which are large")
	}
	for _, args := range [][]string{{"check", "--batch"}, {"audit", "--batch"}, {"resolve", "--batch"}, {"audit", "--from", "-"}, {"report", "-"}, {"check", "-"},
		{"check", "--files-from", "-"}, {"resolve", "-"}} {
		for _, part := range []string{"x", " ", "{\"id\":\"", "[[[["} {
			answeredBy(t, hostile.Endless(part), nil, args...)
		}
	}
}

// answeredLine is answered with files as stdin and stdout: what this process holds would count as the
// other's memory.
func answeredLine(t *testing.T, in, out string, args ...string) {
	t.Helper()
	stdin, err := os.Open(in)
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	stdout, err := os.Create(out)
	if err != nil {
		t.Fatal(err)
	}
	defer stdout.Close()
	answeredBy(t, stdin, stdout, args...)
}

func TestHostileSamplesAreAnswered(t *testing.T) {
	samples, err := filepath.Glob("../../fixtures/hostile/*.toml")
	if err != nil || len(samples) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	for _, path := range samples {
		for _, format := range []string{"text", "json", "github"} {
			answered(t, "check", "--env=static", "--no-config", "--format", format, path)
		}
		answered(t, "resolve", "--env=static", path)
	}
}

var update = flag.Bool("update", false, "rewrite fixtures/hostile/answers.txt")

// TestHostileSamplesAreToldPlainly holds what is said about each sample: the summary, and the first
// finding of each rule.
func TestHostileSamplesAreToldPlainly(t *testing.T) {
	const golden = "../../fixtures/hostile/answers.txt"
	samples, err := filepath.Glob("../../fixtures/hostile/*.toml")
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, path := range samples {
		cmd := exec.Command("loonglint", "check", "--env=static", "--no-config", "--format", "concise", filepath.Base(path))
		cmd.Dir = filepath.Dir(path)
		var out, said bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &said
		_ = cmd.Run()
		fmt.Fprintf(&got, "%s: exit status %d, %s", filepath.Base(path), cmd.ProcessState.ExitCode(), &said)
		told := map[string]bool{}
		for line := range strings.Lines(out.String()) {
			_, rest, _ := strings.Cut(line, ": ")
			rule, _, _ := strings.Cut(rest, " ")
			if !told[rule] {
				told[rule] = true
				got.WriteString("  " + line)
			}
		}
	}
	if *update {
		if err := os.WriteFile(golden, []byte(got.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(golden); err != nil || got.String() != string(want) {
		t.Errorf("go test ./cmd/loonglint -run Hostile -update; %v; is now\n%s", err, &got)
	}
}

// answered runs loonglint, which must end in time with little memory, a plain status, and output that
// does nothing to a terminal.
func answered(t *testing.T, args ...string) {
	t.Helper()
	answeredBy(t, strings.NewReader(""), nil, args...)
}

// answeredBy is answered with stdin, and with a file for stdout or nil.
func answeredBy(t *testing.T, stdin io.Reader, stdout *os.File, args ...string) {
	t.Helper()
	cmd := exec.Command("loonglint", args...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if stdout != nil {
		cmd.Stdout = stdout
	}
	if file, ok := stdin.(*os.File); ok {
		cmd.Stdin = file
	} else {
		in, err := cmd.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			_, _ = io.Copy(in, stdin) // ends with the program, at the latest
			in.Close()
		}()
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	late := time.AfterFunc(hostileTime, func() { _ = cmd.Process.Kill() })
	defer late.Stop()
	err := cmd.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	t.Logf("%v: %v, %d MB", args, cmd.ProcessState.UserTime(), maxMemory(cmd.ProcessState)>>20)
	if code := cmd.ProcessState.ExitCode(); code != 0 && code != 1 && code != 3 {
		t.Errorf("%v: exit status %d (-1: killed after %v)\n%.400s", args, code, hostileTime, out.Bytes())
	}
	if used := maxMemory(cmd.ProcessState); used > hostileMemory && !underRace {
		t.Errorf("%v: %d MB of memory", args, used>>20)
	}
	if bytes.Contains(out.Bytes(), []byte("internal-error")) || bytes.Contains(out.Bytes(), []byte("internal error")) {
		t.Errorf("%v: an internal error\n%.400s", args, out.Bytes())
	}
	if at := hostile.HarmfulAt(out.Bytes()); at >= 0 {
		t.Errorf("%v: a character that steers a terminal at %d: %q", args, at, out.Bytes()[max(0, at-20):min(out.Len(), at+20)])
	}
}
