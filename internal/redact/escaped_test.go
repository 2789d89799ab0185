package redact

import (
	"strconv"
	"testing"
)

// TestEscaped holds that a text is escaped as strconv.Quote does it, whatever byte or character is in it.
func TestEscaped(t *testing.T) {
	for r := range rune(0x180) {
		for _, text := range []string{"before " + string(r) + " behind", "before " + string([]byte{byte(r)}) + " behind", string(r)} {
			want := strconv.Quote(text)
			if got := escaped(text); got != want[1:len(want)-1] {
				t.Errorf("%q is escaped as %q, not %q", text, got, want[1:len(want)-1])
			}
		}
	}
}
