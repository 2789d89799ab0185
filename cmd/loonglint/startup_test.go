package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/testing/thorough"
)

// starters are the modules that do something before main, and why that is borne; none of our own.
var starters = map[string]string{
	"github.com/urfave/cli/":           "the command line; a mark with the time in it",
	"github.com/hashicorp/go-envparse": "errors",
	"github.com/pelletier/go-toml/":    "the parser; errors",
	"golang.org/x/sys/":                "sizes",
	"golang.org/x/text/":               "by way of idna",
	"golang.org/x/net/idna":            "hosts outside ASCII",
}

// argued reports whether starters lists a package of another module; Go's own library needs no argument.
func argued(pkg string) bool {
	if domain, _, _ := strings.Cut(pkg, "/"); !strings.Contains(domain, ".") {
		return true
	}
	for prefix := range starters {
		if strings.HasPrefix(pkg, prefix) {
			return true
		}
	}
	return false
}

// What may be allocated before main, in bytes.
const (
	mostAllocated = 5 << 10 // by one package
	allAllocated  = 28 << 10
)

// The time that packages take before main differs from run to run; what they allocate does not.
func TestNothingWorksBeforeMain(t *testing.T) {
	if !thorough.Asked() {
		t.Skip("builds a release; only with THOROUGH")
	}
	program := filepath.Join(t.TempDir(), "loonglint")
	build := exec.Command("go", "build", "-trimpath", "-tags", "urfave_cli_no_template", "-ldflags", "-s -w", "-o", program, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Skipf("%v\n%s", err, out)
	}
	run := exec.Command(program, "version")
	run.Env = []string{"GODEBUG=inittrace=1"} // what is allocated depends on the number of variables
	out, err := run.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	seen, all := 0, 0
	for line := range strings.Lines(string(out)) {
		f := strings.Fields(line) // init PACKAGE @0.1 ms, 0.1 ms clock, 312 bytes, 7 allocs
		if len(f) < 11 || f[0] != "init" {
			continue
		}
		seen++
		bytes, err := strconv.Atoi(f[7])
		if err != nil || bytes > mostAllocated {
			t.Errorf("more than %d bytes: %s", mostAllocated, line)
		}
		all += bytes
		if !argued(f[1]) {
			t.Errorf("work in init; package-level variables should be constants or composite literals of them: %s", line)
		}
	}
	if seen == 0 {
		t.Fatalf("no trace in %s", out)
	}
	if all > allAllocated {
		t.Errorf("%d bytes before main, more than %d:\n%s", all, allAllocated, out)
	}
}
