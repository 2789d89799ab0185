package files

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/loonglint/loonglint/internal/loong"
)

func TestMachineLooksAtFilesWithoutReadingThem(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"key": "sesame\n", "empty": ""} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for path, want := range map[string]loong.State{
		filepath.Join(dir, "key"):   loong.Declared,
		filepath.Join(dir, "empty"): loong.Unset,
		filepath.Join(dir, "none"):  loong.Unset,
		dir:                         loong.Unset,
		os.DevNull:                  loong.Unset,
	} {
		if text, state := (Machine{}).Text(path); state != want || text != "" {
			t.Errorf("%s: %q, state %d, want %d", path, text, state, want)
		}
		if got := (Machine{}).HasFolder(path); got != (path == dir) {
			t.Errorf("%s: is a folder: %t", path, got)
		}
	}
}
