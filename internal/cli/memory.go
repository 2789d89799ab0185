package cli

import (
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
)

// How much garbage the collector lets pile up (docs/adr/0006-memory.md): room while little is held,
// so that most runs end before it starts, and as much as is held later.
const (
	room        = 12 << 20  // bytes
	memoryLimit = 200 << 20 // bytes; above it the collector runs more often
)

// tuneMemory sets the collector up, unless the environment does.
func tuneMemory(environ []string) {
	if slices.ContainsFunc(environ, func(v string) bool { return strings.HasPrefix(v, "GOGC=") || strings.HasPrefix(v, "GOMEMLIMIT=") }) {
		return
	}
	debug.SetGCPercent(100 * room / (4 << 20)) // the first collection, at 4 MB for 100 percent
	debug.SetMemoryLimit(memoryLimit)
	pacer(new(sentinel))
}

// sentinel is garbage by which a collection is noticed. It has a pointer, so that it shares no block.
type sentinel struct{ _ *sentinel }

// pacer sets the collector's pace after each collection.
func pacer(s *sentinel) {
	runtime.SetFinalizer(s, func(s *sentinel) {
		var m runtime.MemStats // package runtime/metrics has 0.1 ms of work in init
		runtime.ReadMemStats(&m)
		debug.SetGCPercent(pace(m.HeapAlloc))
		pacer(s)
	})
}

// pace is the percentage of what is held that may pile up as garbage.
func pace(live uint64) int {
	return int(max(100, 100*room/max(live, 1<<20))) //nolint:gosec // no more than 1200
}
