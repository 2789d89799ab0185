//go:build unix

package cli

import "syscall"

// isRunning reports whether there is a process with an id.
func isRunning(id int) bool {
	return syscall.Kill(id, 0) != syscall.ESRCH
}
