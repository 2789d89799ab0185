package rules

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/loonglint/loonglint/internal/suggest"
	"github.com/loonglint/loonglint/internal/testing/thorough"
	"github.com/loonglint/loonglint/schema"
)

// The short cuts that keep files of very many keys quick must not change what is near.
func TestShortCutsAgreeWithNearKeys(t *testing.T) {
	root := schema.RootPath.Type()
	r := rand.New(rand.NewPCG(3, 4))
	words := []string{"kind", "provider", "providers", "active_provider", "last_provider", "active", "last", "type", "default", "model", "sort", "vendor"}
	near, tries := 0, thorough.Pick(10_000, 100_000)
	for range tries {
		word := []byte(words[r.IntN(len(words))])
		for range r.IntN(4) {
			i := r.IntN(len(word) + 1)
			switch c := "abikndprvs_- TL1"[r.IntN(16)]; {
			case i < len(word) && r.IntN(2) == 0:
				word[i] = c
			case i < len(word) && r.IntN(2) == 0:
				word = slices.Delete(word, i, i+1)
			default:
				word = slices.Insert(word, i, c)
			}
		}
		name := string(word)
		if list, _ := nearKeys(root, name, 0); len(list) > 0 && isProviderKey(list[0]) {
			near++
			if root.Field(name) == nil && !mayMeanProvider(root, name) {
				t.Fatalf("%q is near to %q", name, list)
			}
		}
		if got := suggest.Nearest(name, slices.Values([]string{"provider"})); (len(got) > 0) != suggest.Near(name, suggest.Ready([]string{"provider"})...) {
			t.Fatalf("Near and Nearest differ on %q", name)
		}
	}
	if near < tries/100 {
		t.Errorf("only %d words were near", near)
	}
}
