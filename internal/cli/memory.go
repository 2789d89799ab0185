package cli

import (
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
)

// How much garbage the collector lets pile up (docs/adr/0006-memory.md).
const (
	garbage     = 200       // percent of what is held
	memoryLimit = 200 << 20 // bytes; above it the collector runs more often
)

// tuneMemory sets the collector up, unless the environment does.
func tuneMemory(environ []string) {
	if slices.ContainsFunc(environ, func(v string) bool { return strings.HasPrefix(v, "GOGC=") || strings.HasPrefix(v, "GOMEMLIMIT=") }) {
		return
	}
	debug.SetGCPercent(garbage)
	debug.SetMemoryLimit(memoryLimit)
}

// growStack lets the stack of the goroutine grow at once while little is on it. In the middle of a check, where many calls are on it, to
// grow in steps takes a twentieth of a start.
//
//go:noinline
func growStack() {
	var room [16 << 10]byte
	runtime.KeepAlive(&room)
}
