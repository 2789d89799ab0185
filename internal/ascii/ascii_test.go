package ascii

import (
	"strings"
	"testing"
)

func TestPlain(t *testing.T) {
	for c := range 256 {
		for at := range 20 {
			s := strings.Repeat("~", at) + string([]byte{byte(c)}) + strings.Repeat(" ", 20-at)
			want := len(s)
			if c < ' ' || c >= 0x80 || c == '#' || c == 0x7F {
				want = at
			}
			if got := Plain(s, '#', 0x7F); got != want {
				t.Errorf("Plain(%q) = %d, want %d", s, got, want)
			}
		}
	}
}
