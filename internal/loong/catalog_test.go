package loong

import (
	"reflect"
	"slices"
	"testing"

	"github.com/loonglint/loonglint/schema"
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

// facts/history.json: the user agent of kimi_coding, the regions of one kind and a model of another are all that changed.
func TestKindsOfOlderVersions(t *testing.T) {
	differ := map[string][]schema.Target{}
	for i := range Kinds() {
		k := &Kinds()[i]
		for _, target := range schema.AllOf() {
			if !reflect.DeepEqual(k.As(target), k) {
				differ[k.ID] = append(differ[k.ID], target)
			}
		}
	}
	if want := map[string][]schema.Target{
		"kimi_coding": {schema.V010Alpha2}, "minimax": {schema.V010Alpha2}, "stepfun": {schema.V010Alpha2},
	}; !reflect.DeepEqual(differ, want) {
		t.Errorf("kinds that differ are %v, want %v", differ, want)
	}
	if k := KindByName("kimi_coding"); k.As(schema.V010Alpha2).UserAgent == k.UserAgent {
		t.Error("kimi_coding has today's user agent in the oldest version")
	}
}
