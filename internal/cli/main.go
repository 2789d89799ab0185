// Package cli is the command line of loonglint: commands, flags, files and exit statuses
// (contract.md). It is the only package that knows the command-line library.
package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os/signal"
	"runtime"
	"strings"
	"syscall"

	"github.com/loonglint/loonglint/internal/settings"
)

// The exit statuses (contract.md, "Levels and exit status").
const (
	statusClean    = 0
	statusFindings = 1
	statusUsage    = 2
	statusFailure  = 3
	statusNothing  = 4
)

// process is what a command may touch of the world around it, besides files.
type process struct {
	stdin  io.Reader
	stdout *bufio.Writer
	guard  *guard // below stdout
	stderr messages
	// environ is the process environment as NAME=value.
	environ  []string
	terminal bool // stdout is a terminal
	watched  bool // stderr is one
	// commands are all commands of the program.
	commands []*command
}

// Main runs loonglint and returns its exit status; args include the program's name, environ is
// as os.Environ gives it.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer, environ []string) (status int) {
	defer func() {
		if crash := recover(); crash != nil {
			fmt.Fprint(stderr, crashReport())
			status = statusFailure
		}
	}()
	tuneMemory(environ)
	signal.Ignore(syscall.SIGPIPE) // a closed pipe is an error of writing, and reported
	out := &guard{w: stdout}
	p := &process{stdin: stdin, stdout: bufio.NewWriter(out), guard: out, stderr: messages{&guard{w: stderr}}, environ: environ,
		terminal: isTerminal(stdout), watched: isTerminal(stderr), commands: commands()}
	err := p.run(args)
	if flushed := p.stdout.Flush(); flushed != nil {
		err = moreSevere(err, failuref("writing the output: %w", flushed))
	}
	return p.report(err)
}

// note writes a remark to stderr.
func (p *process) note(format string, args ...any) { p.stderr.note(format, args...) }

// passCommands says whether what follows on stdout are commands for a server that runs CI.
func (p *process) passCommands(wanted bool) {
	_ = p.stdout.Flush() // an error stays for the last call
	p.guard.off = wanted
}

// report tells on stderr what went wrong and returns the status for it.
func (p *process) report(err error) int {
	if err == nil {
		return statusClean
	}
	e := exitOf(err)
	if e.err != nil {
		lines := append(linesOf(e.err), e.hints...)
		p.stderr.tell(lines[0], lines[1:]...)
	}
	return e.status
}

// exit is an error that asks for a status; without err everything has been reported.
type exit struct {
	status int
	err    error
	hints  []string // further lines
}

func (e *exit) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit status %d", e.status)
	}
	return e.err.Error()
}

func (e *exit) Unwrap() error { return e.err }

// usagef is an error of whoever wrote the command line.
func usagef(format string, args ...any) error {
	return &exit{status: statusUsage, err: fmt.Errorf(format, args...)}
}

// failuref is an error for a job that could not be done.
func failuref(format string, args ...any) error {
	return &exit{status: statusFailure, err: fmt.Errorf(format, args...)}
}

// exitOf is an error with its status: 3 unless it says otherwise.
func exitOf(err error) *exit {
	var e *exit
	var usage settings.UsageError
	switch {
	case errors.As(err, &e):
		return e
	case errors.As(err, &usage):
		return &exit{status: statusUsage, err: err}
	}
	return &exit{status: statusFailure, err: err}
}

// exitWith asks for a status; everything has been reported.
func exitWith(status int) error {
	if status == statusClean {
		return nil
	}
	return &exit{status: status}
}

// moreSevere returns the error that decides the status: 2 beats 3 beats 1 beats 4.
func moreSevere(a, b error) error {
	if rank(b) > rank(a) {
		return b
	}
	return a
}

func rank(err error) int {
	if err == nil {
		return 0
	}
	switch exitOf(err).status {
	case statusUsage:
		return 4
	case statusFailure:
		return 3
	case statusFindings:
		return 2
	}
	return 1
}

// crashReport names the functions that were at work and no value, for a value may be a secret.
func crashReport() string {
	var b strings.Builder
	b.WriteString("loonglint: internal error; please report it with these lines and the version\n")
	pcs := make([]uintptr, 32)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	for {
		f, more := frames.Next()
		if strings.Contains(f.Function, "loonglint/") {
			fmt.Fprintf(&b, "  %s:%d\n", f.Function, f.Line)
		}
		if !more {
			return b.String()
		}
	}
}
