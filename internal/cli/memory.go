package cli

import (
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
)

// How much garbage the collector lets pile up (docs/adr/0006-memory.md): room while little is held,
// so that most runs end before it starts, and as much as is held later.
const (
	room        = 16 << 20  // bytes
	memoryLimit = 200 << 20 // bytes; above it the collector runs more often
)

// tuned is for runs that share a process: the collector needs one pacer.
var tuned sync.Once

// tuneMemory sets the collector up, unless the environment does.
func tuneMemory(environ []string) {
	if slices.ContainsFunc(environ, func(v string) bool { return strings.HasPrefix(v, "GOGC=") || strings.HasPrefix(v, "GOMEMLIMIT=") }) {
		return
	}
	const first = 100 * room / (4 << 20) // of the 4 MB at which the first collection is for 100 percent
	tuned.Do(func() {
		debug.SetGCPercent(first)
		debug.SetMemoryLimit(memoryLimit)
		pacer(new(sentinel), first)
	})
}

// sentinel is garbage by which a collection is noticed. It has a pointer, so that it shares no block.
type sentinel struct{ _ *sentinel }

// pacer sets the collector's pace after each collection; percent is the present one.
func pacer(s *sentinel, percent int) {
	runtime.SetFinalizer(s, func(s *sentinel) {
		var m runtime.MemStats // package runtime/metrics has 0.1 ms of work in init
		runtime.ReadMemStats(&m)
		next := pace(live(&m, percent))
		debug.SetGCPercent(next)
		pacer(s, next)
	})
}

// live is what the last collection left, in bytes: HeapAlloc has what came since then, and what is not
// swept yet. Near the limit the goal says nothing.
func live(m *runtime.MemStats, percent int) uint64 {
	if m.NextGC > memoryLimit/2 {
		return m.HeapAlloc
	}
	return min(m.HeapAlloc, m.NextGC*100/uint64(100+percent)) //nolint:gosec // 100 to 1600
}

// pace is the percentage of what is held that may pile up as garbage.
func pace(live uint64) int {
	return int(max(100, 100*room/max(live, 1<<20))) //nolint:gosec // no more than 1600
}
