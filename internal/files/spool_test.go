package files

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// TestSpoolGivesBackWhatItTook holds it for much and little, with a folder for temporary files and without one.
func TestSpoolGivesBackWhatItTook(t *testing.T) {
	for _, tmp := range []string{t.TempDir(), filepath.Join(t.TempDir(), "nowhere")} {
		t.Setenv("TMPDIR", tmp)
		t.Setenv("TMP", tmp)
		for _, size := range []int{0, 1, spoolMemory, 3*spoolMemory + 7} {
			s := NewSpool()
			var want bytes.Buffer
			for i := 0; want.Len() < size; i++ {
				part := bytes.Repeat([]byte{byte(i)}, min(size-want.Len(), 100_000))
				want.Write(part)
				if n, err := s.Write(part); n != len(part) || err != nil {
					t.Fatalf("writing %d bytes: %d, %v", len(part), n, err)
				}
			}
			for range 2 {
				var got bytes.Buffer
				if n, err := s.WriteTo(&got); n != int64(size) || err != nil || !bytes.Equal(got.Bytes(), want.Bytes()) {
					t.Fatalf("%d bytes in %s: %d, %v", size, tmp, n, err)
				}
			}
			if inFile := s.file != nil; inFile != (size > spoolMemory && filepath.Base(tmp) != "nowhere") {
				t.Errorf("%d bytes are in a file: %v", size, inFile)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}
		if left, _ := os.ReadDir(tmp); len(left) > 0 {
			t.Errorf("%s is left", left[0].Name())
		}
	}
}
