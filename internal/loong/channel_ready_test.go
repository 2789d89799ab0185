package loong

import "testing"

func TestShipsAndHeaders(t *testing.T) {
	for text, want := range map[string]bool{
		"~zod": true, "zod": true, "~sampel-palnet": true, "~Az": true, "~aZ": true,
		"": false, "~": false, "~zod1": false, "~zod.": false, "~zo d": false, "~`od": false, "~{od": false, "~@[": false,
	} {
		if got := isTlonShip(text); got != want {
			t.Errorf("%q is a ship: %v", text, got)
		}
	}
	for text, want := range map[string]bool{"": true, "Bearer abc": true, "a\tb": true, "é": true, "a\nb": false, "a\x00": false, "\x1f": false, "a\x7f": false} {
		if got := isHeaderValue(text); got != want {
			t.Errorf("%q is the value of a header: %v", text, got)
		}
	}
}
