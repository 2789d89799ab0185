package cli

import (
	"strings"
	"testing"
	"time"
)

func TestMeterIsPatient(t *testing.T) {
	for _, tt := range []struct {
		each time.Duration
		want string
	}{
		{100 * time.Millisecond, ""},
		{400 * time.Millisecond, "\r\x1b[Kchecked 3 of 4 files\r\x1b[Kchecked 4 of 4 files\r\x1b[K"},
	} {
		var b strings.Builder
		at := time.Unix(0, 0)
		v := &meter{w: &b, total: 4, now: func() time.Time { return at }, start: at}
		for range 4 {
			at = at.Add(tt.each)
			v.step()
		}
		if took := v.end(); b.String() != tt.want || took != 4*tt.each {
			t.Errorf("%v a file: %q after %v", tt.each, b.String(), took)
		}
	}
	silent := &meter{now: time.Now}
	silent.step() // nobody is watching
	silent.end()
}

func TestLinks(t *testing.T) {
	for _, tt := range []struct {
		environ  []string
		terminal bool
		want     bool
	}{
		{nil, false, false}, {nil, true, true}, {[]string{"TERM=dumb"}, true, false}, {[]string{"NO_COLOR=1"}, true, false},
		{[]string{"FORCE_HYPERLINK=1"}, false, true}, {[]string{"FORCE_HYPERLINK=0"}, true, false}, {[]string{"FORCE_COLOR=1"}, false, false},
	} {
		p := &process{environ: tt.environ, terminal: tt.terminal}
		color := tt.terminal && len(tt.environ) == 0
		if got := p.links(color); got != tt.want {
			t.Errorf("%v, terminal %v: %v", tt.environ, tt.terminal, got)
		}
	}
}
