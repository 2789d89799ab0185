package secret

import (
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/masked.txt anew")

// testdata/masked.txt has files, each followed by what is shown of it: just that much, and never a piece of "hunter".
func TestWhatIsShownOfAFile(t *testing.T) {
	const path, then, next = "testdata/masked.txt", "=>\n", "---\n"
	all, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for i, block := range strings.Split(string(all), next) {
		src, want, _ := strings.Cut(block, then)
		got := masked(src)
		if strings.Contains(got, "hunte") || strings.Contains(got, "unter") {
			t.Errorf("a secret is shown:\n%s", got)
		}
		if !*update && got != want {
			t.Errorf("of\n%sthis is shown:\n%swant\n%s", src, got, want)
		}
		if i > 0 {
			b.WriteString(next)
		}
		b.WriteString(src + then + got)
	}
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
