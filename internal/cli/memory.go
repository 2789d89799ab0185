package cli

import (
	"runtime/debug"
	"slices"
	"strings"
)

// The collector runs rarely while little is held, for most runs end before it pays, and often
// where a hostile file makes much of it (docs/adr/0004-memory.md).
const (
	gcPercent   = 400
	memoryLimit = 160 << 20 // bytes; a soft limit
)

// tuneMemory sets the collector up, unless the environment does.
func tuneMemory(environ []string) {
	if !slices.ContainsFunc(environ, func(v string) bool { return strings.HasPrefix(v, "GOGC=") || strings.HasPrefix(v, "GOMEMLIMIT=") }) {
		debug.SetGCPercent(gcPercent)
		debug.SetMemoryLimit(memoryLimit)
	}
}
