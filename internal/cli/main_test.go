package cli

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestOutputThatCannotBeWritten(t *testing.T) {
	var stderr bytes.Buffer
	if got := Main([]string{"loonglint", "catalog"}, nil, brokenWriter{}, &stderr, nil); got != statusFailure {
		t.Errorf("status %d", got)
	}
	if !strings.Contains(stderr.String(), "no space left") {
		t.Errorf("stderr is %q", stderr.String())
	}
}

type panickingReader struct{}

func (panickingReader) Read([]byte) (int, error) { panic("sk-proj-abcdefghijklmnop") }

func TestCrashTellsNoValue(t *testing.T) {
	var stdout, stderr bytes.Buffer
	got := Main([]string{"loonglint", "check", "-"}, panickingReader{}, &stdout, &stderr, nil)
	if got != statusFailure || !strings.Contains(stderr.String(), "internal error") || !strings.Contains(stderr.String(), "readStdin") {
		t.Errorf("status %d, stderr %q", got, stderr.String())
	}
	if strings.Contains(stderr.String(), "sk-proj") {
		t.Errorf("the crash shows a value: %q", stderr.String())
	}
}

// TestSameOutputForEveryWorkerCount checks many files with one processor and with several.
func TestSameOutputForEveryWorkerCount(t *testing.T) {
	dir := t.TempDir()
	for i := range 60 {
		text := fmt.Sprintf("[providers.p%d]\nkind = \"volcegine\"\nmodle = %d\n", i, i)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%02d.loong.toml", i)), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	output := func(processors int) string {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		var stdout, stderr bytes.Buffer
		if got := Main([]string{"loonglint", "check", "--env=static", "-f", "json", dir}, nil, &stdout, &stderr, nil); got != statusFindings {
			t.Fatalf("status %d: %s", got, stderr.String())
		}
		return stdout.String() + stderr.String()
	}
	if output(1) != output(8) {
		t.Error("the output depends on the number of workers")
	}
}
