package main

import (
	"os"
	"syscall"
)

// maxMemory is the most memory in bytes that an ended process held.
func maxMemory(p *os.ProcessState) int64 {
	if u, ok := p.SysUsage().(*syscall.Rusage); ok {
		return u.Maxrss << 10
	}
	return 0
}
