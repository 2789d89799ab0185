package probe

import (
	"strconv"
	"strings"
	"time"
)

// A request is tried once more at most, and only when that is likely to help and the service does
// not ask for a long pause. Loong tries more often, and for more reasons (behaviour.md 7.4).
const (
	maxTries  = 2
	longPause = 5 * time.Second
	minPause  = 50 * time.Millisecond
)

// again tells how long to wait before a request is tried again, if it is at all.
func (d *decision) again(a *answer, f *failure, now time.Time) (pause time.Duration, ok bool) {
	longest := min(d.patience, longPause)
	pause = min(d.pause, longest)
	if f != nil {
		return pause, f.reset
	}
	if a.fault != "" {
		return 0, false // a body that cannot be read wins over the status
	}
	switch a.status {
	case 429:
		wish, given := retryAfter(a.retryAfter, now)
		return max(wish, minPause), given && wish <= longest
	case 503:
		if wish, given := retryAfter(a.retryAfter, now); given {
			return max(wish, minPause), wish <= longest
		}
		return pause, true
	case 502, 504:
		return pause, true
	}
	return 0, false
}

// retryAfter reads the header: whole seconds, or a moment. The past is no time at all.
func retryAfter(text string, now time.Time) (time.Duration, bool) {
	text = strings.TrimSpace(text)
	if n, err := strconv.ParseUint(strings.TrimPrefix(text, "+"), 10, 64); err == nil {
		return time.Duration(min(n, 1<<31)) * time.Second, true
	}
	for _, layout := range []string{time.RFC1123, time.RFC1123Z, "2 Jan 2006 15:04:05 MST", "2 Jan 2006 15:04:05 -0700", time.RFC3339, "2006-01-02 15:04:05Z07:00"} {
		if t, err := time.Parse(layout, text); err == nil && t.Unix() >= 0 {
			return max(t.Sub(now), 0), true
		}
	}
	return 0, false
}
