package weburl

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestPlainAddressesAreReadAsAnyOther(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	parts := []string{"http", "https", "://", "a", "b1", "1", "0x1", "-", ".", "..", "/", "/v1", "xn--", "A", "%2e", "?", "#", "@", ":", ":80", "_", "\\", " ", "é", "api.example", "~", "http://127.0.0.1", "https://255.10.0", "http://1", ":443", ":65536", ":8080", "0"}
	plain := 0
	for range 200_000 {
		var b strings.Builder
		switch r.IntN(4) {
		case 0:
			b.WriteString("https://api")
		case 1:
			b.WriteString("http://10.0.0.1")
		}
		for range r.IntN(6) {
			b.WriteString(parts[r.IntN(len(parts))])
		}
		u, ok := plainURL(b.String())
		if !ok {
			continue
		}
		plain++
		if want, fault := parseWholeURL(b.String()); fault != "" || u != want {
			t.Fatalf("%q is read as %+v, not %+v (%s)", b.String(), u, want, fault)
		}
	}
	if plain < 1000 {
		t.Errorf("only %d addresses were plain", plain)
	}
}
