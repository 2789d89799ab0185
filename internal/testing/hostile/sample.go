package hostile

import (
	"fmt"
	"os"
	"path/filepath"
	"unicode"
	"unicode/utf8"
)

// Samples reads the small files of a fixtures folder that tests begin with: those written to do harm,
// and those that operators write.
func Samples(fixtures string) ([][]byte, error) {
	var all [][]byte
	for _, dir := range [...]string{"hostile", "examples/*"} {
		paths, err := filepath.Glob(filepath.Join(fixtures, dir, "*.toml"))
		if err != nil {
			return nil, err
		}
		if len(paths) == 0 {
			return nil, fmt.Errorf("%s: no samples in %s", fixtures, dir)
		}
		for _, path := range paths {
			src, err := os.ReadFile(path)
			if err != nil {
				return nil, err
			}
			all = append(all, src)
		}
	}
	return all, nil
}

// HarmfulAt finds a control or formatting character, or a byte that is not UTF-8, which no output may
// hold; -1 for none.
func HarmfulAt(text []byte) int {
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		switch {
		case r == '\n', r == '\t', r == 0x200c, r == 0x200d: // breaks, and what joins letters
		case r == utf8.RuneError && n == 1, unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == 0x2028, r == 0x2029:
			return i
		}
		i += n
	}
	return -1
}
