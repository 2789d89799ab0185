package cli

import (
	"os"
	"os/exec"
	"runtime"
	"testing"
)

func TestIsRunning(t *testing.T) {
	if !isRunning(os.Getpid()) || !isRunning(os.Getppid()) {
		t.Error("this process and its parent do not run")
	}
	if runtime.GOOS == "windows" || runtime.GOOS == "js" {
		return
	}
	ended := exec.Command("true")
	if err := ended.Run(); err != nil {
		t.Skip(err)
	}
	if isRunning(ended.Process.Pid) {
		t.Error("a process that has ended runs")
	}
}
