package cli

import (
	"runtime"
	"testing"
)

// What came since the collection is garbage for the most part, and must not quicken the next one.
func TestPaceCountsWhatIsHeld(t *testing.T) {
	const mb = 1 << 20
	for _, tt := range []struct {
		percent   int
		goal, has uint64
		held      uint64
		next      int
	}{
		{300, 16 * mb, 9 * mb, 4 * mb, 400},
		{300, 16 * mb, 3 * mb, 3 * mb, 533},       // swept and freed by hand
		{100, 190 * mb, 100 * mb, 100 * mb, 100},  // the limit has made the goal
		{1600, 199 * mb, 120 * mb, 120 * mb, 100}, // the same
		{1600, 17 * mb, 17 * mb, 1 * mb, 1600},    // little is held
		{100, 8 * mb << 1, 60 * mb, 8 * mb, 200},  // much has come since
	} {
		got := live(&runtime.MemStats{NextGC: tt.goal, HeapAlloc: tt.has}, tt.percent)
		if got != tt.held || pace(got) != tt.next {
			t.Errorf("%d percent, goal %d, heap %d: %d held and %d percent next, want %d and %d", tt.percent, tt.goal, tt.has, got, pace(got), tt.held, tt.next)
		}
	}
}
