//go:build unix

package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

const faulty = "[providers.main]\nkind = \"opnai\"\n"

func writeFaulty(t *testing.T) (dir, path string) {
	t.Helper()
	dir = t.TempDir()
	path = filepath.Join(dir, "loong.toml")
	if err := os.WriteFile(path, []byte(faulty), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir, path
}

func TestFullDiskIsAFailureWithASentence(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("no /dev/full")
	}
	defer full.Close()
	_, path := writeFaulty(t)
	for _, format := range []string{"text", "json", "sarif"} {
		cmd := exec.Command("loonglint", "check", "--env=static", "--no-config", "--format", format, path)
		expectFailure(t, cmd, full, "no space left")
	}
	cmd := exec.Command("loonglint", "check", "--env=static", "--no-config", "--out", "json=/dev/full", path)
	expectFailure(t, cmd, io.Discard, "no space left")
}

func TestClosedPipeIsAFailureWithASentence(t *testing.T) {
	_, path := writeFaulty(t)
	for _, args := range [][]string{{"check", "--env=static", "--no-config", path}, {"catalog"}, {"schema"}, {"resolve", "--env=static", path}} {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		r.Close()
		expectFailure(t, exec.Command("loonglint", args...), w, "broken pipe")
		w.Close()
	}
}

// expectFailure runs a command whose output fails: status 3, and one line on stderr that says why.
func expectFailure(t *testing.T, cmd *exec.Cmd, stdout io.Writer, why string) {
	t.Helper()
	var stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = stdout, &stderr
	_ = cmd.Run()
	if code := cmd.ProcessState.ExitCode(); code != 3 {
		t.Errorf("%v: exit status %d", cmd.Args[1:], code)
	}
	if said := stderr.String(); !strings.HasPrefix(said, "loonglint: ") || strings.Count(said, why) != 1 || strings.Contains(said, "goroutine") {
		t.Errorf("%v: stderr is %q", cmd.Args[1:], said)
	}
}

func TestNoHalfWrittenReportStays(t *testing.T) {
	if os.Getuid() == 0 && os.Getenv("CI") == "" {
		t.Log("as root, a folder without write permission is written to all the same; a missing one is used")
	}
	dir, path := writeFaulty(t)
	old := filepath.Join(dir, "report.json")
	if err := os.WriteFile(old, []byte("old\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	// A limit on the size of files fails the write in the middle, as a full disk does.
	script := `trap '' XFSZ; ulimit -f 1; exec loonglint check --env=static --no-config --out json=` + old + ` "$@"`
	many := []string{"-c", script, "sh"}
	for i := range 20 {
		p := filepath.Join(dir, fmt.Sprintf("c%d.loong.toml", i))
		if err := os.WriteFile(p, []byte(faulty), 0o600); err != nil {
			t.Fatal(err)
		}
		many = append(many, p)
	}
	expectFailure(t, exec.Command("sh", append(many, path)...), io.Discard, "--out: ")
	if text, err := os.ReadFile(old); err != nil || string(text) != "old\n" {
		t.Errorf("the old report is now %q, %v", text, err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

func TestInterruptEndsQuietly(t *testing.T) {
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		cmd := exec.Command("loonglint", "check", "--env=static", "--no-config", "-")
		stdin, err := cmd.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &out
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(50 * time.Millisecond) // it may as well be interrupted before it reads
		if err := cmd.Process.Signal(s); err != nil {
			t.Fatal(err)
		}
		late := time.AfterFunc(hostileTime, func() { _ = cmd.Process.Kill() })
		_ = cmd.Wait()
		late.Stop()
		stdin.Close()
		if state, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || !state.Signaled() || state.Signal() != s {
			t.Errorf("after %v: %v", s, cmd.ProcessState)
		}
		if out.Len() > 0 {
			t.Errorf("after %v it says %q", s, out.String())
		}
	}
}

func TestFilesThatAreNoneAreNamed(t *testing.T) {
	dir, path := writeFaulty(t)
	fifo := filepath.Join(dir, "fifo.toml")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Skip(err)
	}
	loop := filepath.Join(dir, "loop")
	for link, to := range map[string]string{loop: dir, filepath.Join(dir, "self.toml"): "self.toml", filepath.Join(dir, "gone.toml"): "nowhere"} {
		if err := os.Symlink(to, link); err != nil {
			t.Skip(err)
		}
	}
	for args, want := range map[string]string{
		fifo:                              "is a FIFO",
		"/dev/zero":                       "is a device",
		filepath.Join(dir, "self.toml"):   "too many levels of symbolic links",
		filepath.Join(dir, "gone.toml"):   "no such file",
		filepath.Join(dir, "loong.toml/"): "",
	} {
		cmd := exec.Command("loonglint", "check", "--env=static", "--no-config", "-f", "concise", args, path)
		out, _ := cmd.CombinedOutput()
		if !strings.Contains(string(out), want) || strings.Count(string(out), "opnai") != 1 {
			t.Errorf("%s: %s", args, out)
		}
		if code := cmd.ProcessState.ExitCode(); want != "" && code != 3 {
			t.Errorf("%s: exit status %d", args, code)
		}
	}
	cmd := exec.Command("loonglint", "check", "--env=static", "--no-config", "-f", "concise", "--all-toml", loop)
	out, _ := cmd.CombinedOutput()
	if strings.Count(string(out), "opnai") != 1 {
		t.Errorf("a folder with a link to itself: %s", out)
	}
}

// Files beside the configs may be pipes that a shell hands over, which <(command) names, up to their limits. A FIFO with a name is
// not waited for.
func TestFilesMayBeHandedOver(t *testing.T) {
	if _, err := os.Stat("/dev/fd"); err != nil {
		t.Skip(err)
	}
	dir, path := writeFaulty(t)
	request := `{"id":"a","toml":""}` + "\n"
	clean := filepath.Join(dir, "clean.toml")
	if err := os.WriteFile(clean, []byte("[providers.a]\nkind = \"openai\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text   string
		args   []string
		status int
		want   string
	}{
		{"0123456789abcdef0123456789abcdef\n", []string{"audit", "--batch", "--no-config", "--join-key-file"}, 0, `"verdict"`},
		{strings.Repeat("0", 1<<17), []string{"audit", "--batch", "--no-config", "--join-key-file"}, 3, "--join-key-file /dev/fd/3: is too large: the limit is 65536 bytes"},
		{"OPENAI_API_KEY=x\n", []string{"resolve", clean, "--env-file"}, 0, "OPENAI_API_KEY"},
		{"OPENAI_API_KEY\n", []string{"resolve", clean, "--env-names-file"}, 0, "OPENAI_API_KEY"},
		{"fail-on = \"never\"\n", []string{"check", "--env=static", path, "--config"}, 0, "opnai"},
		{path + "\n", []string{"check", "--env=static", "--no-config", "--files-from"}, 1, "opnai"},
	} {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("loonglint", append(slices.Clone(c.args), "/dev/fd/3")...)
		cmd.Stdin, cmd.ExtraFiles = strings.NewReader(request), []*os.File{r}
		go func() {
			_, _ = w.WriteString(c.text)
			w.Close()
		}()
		out, _ := cmd.CombinedOutput()
		r.Close()
		if code := cmd.ProcessState.ExitCode(); code != c.status || !strings.Contains(string(out), c.want) {
			t.Errorf("%v: exit status %d: %s", c.args, code, out)
		}
	}
	fifo := filepath.Join(dir, "fifo")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Skip(err)
	}
	cmd := exec.Command("loonglint", "audit", "--batch", "--no-config", "--join-key-file", fifo)
	if out, _ := cmd.CombinedOutput(); !strings.Contains(string(out), "--join-key-file "+fifo+": is a FIFO, not a file") || cmd.ProcessState.ExitCode() != 3 {
		t.Errorf("a FIFO: %s", out)
	}
}

// A file that grows, shrinks or vanishes while it is read is checked as it was met.
func TestFilesMayChangeWhileTheyAreRead(t *testing.T) {
	dir, path := writeFaulty(t)
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		long := faulty + strings.Repeat("# comment\n", 100_000)
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			switch i % 3 {
			case 0:
				_ = os.WriteFile(path, []byte(long), 0o600)
			case 1:
				_ = os.Truncate(path, 5)
			case 2:
				_ = os.Remove(path)
			}
		}
	}()
	for range 20 {
		cmd := exec.Command("loonglint", "check", "--env=static", "--no-config", dir)
		out, _ := cmd.CombinedOutput()
		if code := cmd.ProcessState.ExitCode(); code < 0 || code == 2 || strings.Contains(string(out), "internal") {
			t.Errorf("exit status %d: %s", code, out)
		}
	}
	close(stop)
	<-done
}
