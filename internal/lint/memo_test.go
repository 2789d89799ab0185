package lint

import (
	"testing"

	"github.com/loonglint/loonglint/internal/document"
)

func TestOnceKeepsWhatHasEachType(t *testing.T) {
	n, p, done := &document.Node{}, &Pass{File: &File{memo: &memo{}}}, 0
	for range 2 {
		text := Once(p, n, func() string { done++; return "text" })
		list := Once(p, n, func() []int { done++; return nil })
		if text != "text" || list != nil {
			t.Errorf("got %q and %v", text, list)
		}
	}
	if other := Once(p, &document.Node{}, func() string { return "other" }); other != "other" || done != 2 {
		t.Errorf("got %q of another node, and %d pieces of work were done", other, done)
	}
}
