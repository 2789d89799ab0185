package lsp

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/loonglint/loonglint/internal/testing/thorough"
)

// No text fails a request, whether it is whole or cut off anywhere, and wherever the place is.
func TestEveryMethodBearsEveryText(t *testing.T) {
	c := start(t, Page{}, snippetClient)
	random := rand.New(rand.NewPCG(7, 7))
	every, n := thorough.Pick(40, 1), 0
	err := filepath.WalkDir("../../fixtures", func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".toml") {
			return err
		}
		if n++; n%every != 0 {
			return nil
		}
		whole, err := os.ReadFile(path)
		if err != nil || len(whole) > 20_000 {
			return err
		}
		for _, cut := range []int{len(whole), random.IntN(len(whole) + 1), random.IntN(len(whole) + 1)} {
			name := "loong.toml"
			if n%(10*every) == 0 {
				name = "loonglint.toml"
			}
			uri, text := "file:///work/"+name, string(whole[:cut])
			c.open(uri, text)
			lines := newText([]byte(text), true)
			for _, offset := range []int{cut, random.IntN(cut + 1)} {
				here := lines.position(offset)
				for _, method := range requests(c.server) {
					m := c.call(method, everyParameter(uri, Range{here, here}))
					if m.Error != nil && m.Error.Code == codeInternal {
						t.Errorf("%s fails at %d of the first %d bytes of %s: %s", method, offset, cut, path, m.Error.Message)
					}
				}
			}
			c.queue = nil
			c.log.Reset()
		}
		return nil
	})
	if err != nil || n < 500 {
		t.Errorf("%d files, %v", n, err)
	}
}
