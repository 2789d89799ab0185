package loong

import (
	"slices"
	"testing"
)

func TestCatalog(t *testing.T) {
	if len(Kinds()) != 45 || len(KindNames(0)) != 127 || !slices.IsSorted(KindNames(0)) {
		t.Errorf("%d kinds, %d names", len(Kinds()), len(KindNames(0)))
	}
	for i := range Kinds() {
		k := &Kinds()[i]
		for _, n := range append([]string{k.ID}, k.Aliases...) {
			if KindByName(n) != k {
				t.Errorf("%s is not %s", n, k.ID)
			}
		}
	}
	for _, n := range []string{"", "OpenAI", " openai", "open-ai", "zzz"} {
		if KindByName(n) != nil {
			t.Errorf("%q is a kind", n)
		}
	}
	if k := FoldKind(" OpenAI\t"); k == nil || k.ID != "openai" || !k.IsDefault {
		t.Errorf("folded: %v", k)
	}
	if FoldKind("OPENAİ") != nil {
		t.Error("letters beyond ASCII are folded")
	}
}
