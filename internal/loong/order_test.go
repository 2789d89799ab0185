package loong

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/document"
)

func TestByNameIsByteOrder(t *testing.T) {
	for _, format := range []string{"p%d", "a-very-long-beginning-%d", "%d-a-very-long-end-that-is-the-same", "%09d", "é%d\\u0000", "k%d"} {
		for _, count := range []int{0, 1, 2, 300} {
			var src strings.Builder
			for i := range count {
				fmt.Fprintf(&src, "\""+format+"\" = 1\n", (i*7919)%count)
			}
			src.WriteString("k = 1\n\"\" = 1\n")
			entries := document.Parse("x.toml", []byte(src.String())).Root.Entries
			got := byName(entries)
			want := slices.Clone(entries)
			slices.SortStableFunc(want, func(a, b *document.Node) int { return strings.Compare(a.Name(), b.Name()) })
			if !slices.Equal(got, want) {
				t.Errorf("%q, %d names: not in byte order", format, count)
			}
			if again := byName(got); len(got) > 0 && &again[0] != &got[0] {
				t.Errorf("%q, %d names: sorted again", format, count)
			}
		}
	}
}
