package cli

import (
	"fmt"
	"io"
	"time"
)

// meter tells on a terminal how far a run is, once it takes longer than people like to wait.
type meter struct {
	w     io.Writer // nil: nobody is watching
	total int
	now   func() time.Time

	start, last time.Time
	done        int
	shown       bool
}

const (
	patience = time.Second // how long nothing is said
	pause    = 100 * time.Millisecond
)

// meter begins to watch over a number of files.
func (k *checkRun) meter(total int) *meter {
	v := &meter{total: total, now: time.Now}
	if !k.cmd.Bool("quiet") && k.watched && k.variable("TERM") != "dumb" {
		v.w = k.stderr
	}
	v.start = v.now()
	return v
}

// step counts a file.
func (v *meter) step() {
	v.done++
	if v.w == nil {
		return
	}
	now := v.now()
	if now.Sub(v.start) < patience || now.Sub(v.last) < pause {
		return
	}
	v.last, v.shown = now, true
	fmt.Fprintf(v.w, "\r\x1b[Kchecked %d of %s", v.done, count(v.total, "file"))
}

// hide takes away what is shown, for a report on the same terminal.
func (v *meter) hide() {
	if v.shown {
		fmt.Fprint(v.w, "\r\x1b[K")
		v.shown = false
	}
}

// end takes away what is shown and returns how long it took.
func (v *meter) end() time.Duration {
	v.hide()
	return v.now().Sub(v.start)
}
