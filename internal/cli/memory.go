package cli

import (
	"runtime/debug"
	"slices"
	"strings"
)

// How much garbage the collector lets pile up (docs/adr/0006-memory.md).
const (
	garbage     = 300       // percent of what is held
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
